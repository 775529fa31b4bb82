"""What is said of an uncertain answer and of silence, in plain words, and nowhere else.

Nothing is escaped here: questions and words of minutes stand in these texts as they are.
"""

from collections.abc import Iterator, Sequence

from index.answering.states import Mentioned, Missing, Reason, Silence
from index.passages import spoken_date

MAY_ANSWER_HEADING = "This may answer your question"
MAY_ANSWER = f"{MAY_ANSWER_HEADING}."
UNCERTAIN = "It is not certain that these words answer it. Read them where they stand."
CLOSEST = "The closest passages follow; they are not an answer."
NOTHING_CLOSE = "No passage comes close to it either."

_HEADINGS = {
    Reason.NOTHING_WITHIN: "No minutes to look in",
    Reason.NOT_MENTIONED: "The minutes do not mention this",
    Reason.NOT_STATED: "The minutes do not say",
    Reason.NOT_READ: "Not all minutes could be looked at",
}


def heading_of(silence: Silence) -> str:
    """Return a heading for a silence."""
    return _HEADINGS[silence.reason]


def silence_in_words(silence: Silence) -> str:
    """Return all that is said of a silence, as one paragraph."""
    parts = [told_of(silence), did_you_mean(silence.missing), *map(_sentence, silence.notes)]
    return " ".join([*filter(None, parts), *_unread(silence.unread)])


def told_of(silence: Silence) -> str:
    """Return in a sentence why there is no answer."""
    match silence.reason:
        case Reason.NOTHING_WITHIN | Reason.NOT_READ:
            return _nothing_within(silence)
        case Reason.NOT_MENTIONED:
            return " ".join(_not_mentioned(silence))
        case Reason.NOT_STATED:
            return _not_stated(silence)


def did_you_mean(missing: Sequence[Missing]) -> str:
    """Return which spellings occur in the place of words that do not, as a question; "" for none."""
    nearest = [one.nearest for one in missing if one.nearest]
    return f"Did you mean {_listed(nearest, 'and')}?" if nearest else ""


def notes_in_words(silence: Silence) -> tuple[str, ...]:
    """Return which filters match nothing, a sentence for each."""
    return tuple(map(_sentence, silence.notes))


def _nothing_within(silence: Silence) -> str:
    if silence.limits:
        return f"There are no minutes {silence.limits}{' within these filters' if silence.limited else ''}."
    return "There are no minutes within these filters."


def _not_mentioned(silence: Silence) -> Iterator[str]:
    within = " within these filters" if silence.limited else ""
    if absent := [one.words for one in silence.missing if not one.apart]:
        yield f"The minutes{within} do not mention {_listed(absent, 'or')}."
    for one in silence.missing:
        if one.apart:
            yield f"The minutes{within} have each of the words “{one.words}”, but never together."


def _not_stated(silence: Silence) -> str:
    within = " within these filters" if silence.limited else ""
    if silence.mentioned is None:
        return f"Nothing in the minutes{within} states what you asked."
    mentioned = silence.mentioned
    together = " together" if len(mentioned.words) > 1 else ""
    places = mentioned.meetings + mentioned.undated
    none = "but none of them states what you asked" if places > 1 else "but it does not state what you asked"
    words = f"{_listed(mentioned.words, 'and')}{together}"
    return f"The minutes{within} mention {words} in {_places(mentioned)}, {none}."


def _places(mentioned: Mentioned) -> str:
    """Return in how many meetings, from when to when, and in how many documents without a day."""
    parts = []
    if mentioned.meetings:
        meetings = "1 meeting" if mentioned.meetings == 1 else f"{mentioned.meetings:,} meetings"
        first, last = spoken_date(mentioned.first), spoken_date(mentioned.last)
        parts.append(f"{meetings} on {first}" if first == last else f"{meetings} between {first} and {last}")
    if mentioned.undated:
        documents = "1 document" if mentioned.undated == 1 else f"{mentioned.undated:,} documents"
        parts.append(f"{documents} without a date")
    return " and in ".join(parts)


def _unread(unread: Sequence[str]) -> Iterator[str]:
    if unread:
        yield "Not all sources could be looked at, and what is missing may stand there:"
        yield f"{'; '.join(unread)}."


def _listed(words: Sequence[str], joint: str) -> str:
    quoted = [f"“{word}”" for word in words]
    return f" {joint} ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:]}" + ("" if note.endswith((".", "?", "!")) else ".")
