"""Why there is no answer, as HTML, with the ways to go on from there."""

from dataclasses import replace

from index.answering.states import Reason, Silence
from index.answering.texts import CLOSEST, NOTHING_CLOSE, did_you_mean, told_of
from ui.web.backend import EVERYTHING
from ui.web.markup.escape import text
from ui.web.markup.links import in_place, within
from ui.web.markup.notices import notice
from ui.web.markup.words import sentence
from ui.web.state import State, View


def silence(silence: Silence, state: State, notes: tuple[str, ...], *, closest: bool, root: str) -> str:
    """Return what is said where the minutes do not answer; `closest` tells that passages stand beside it."""
    said = [text(told_of(silence)), *_ways_on(silence, state, root=root)]
    if silence.reason not in (Reason.NOTHING_WITHIN, Reason.NOT_READ) or closest:
        said.append(CLOSEST if closest else NOTHING_CLOSE)
    noted = "".join(notice(sentence(note)) for note in notes)
    return f'<p class="mb-silence">{" ".join(said)}</p>{noted}'


def _ways_on(silence: Silence, state: State, *, root: str) -> list[str]:
    """Return links: to the question spelt right, to all that mentions its matter, to it without filters."""
    ways = []
    if silence.corrected:
        meant = replace(state, text=silence.corrected, typed="")
        ways.append(in_place(root, meant, did_you_mean(silence.missing)))
    if silence.mentioned:
        found = State(view=View.SEARCH, text=silence.mentioned.search, filters=state.filters)
        ways.append(f"{within(root, found, 'See all the passages that mention it')}.")
    if silence.limited and state.filters != EVERYTHING:
        ways.append(f"{in_place(root, replace(state, filters=EVERYTHING), 'Ask without the filters')}.")
    return ways
