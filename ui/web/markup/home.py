"""What stands below the box before anything is asked: examples, and what there is to ask about."""

from collections.abc import Sequence

from index.browse import Holdings
from ui.web.markup.asking import examples
from ui.web.markup.escape import text
from ui.web.markup.links import within
from ui.web.markup.searched import unseen
from ui.web.markup.words import counted, day_or_none, span_in_words
from ui.web.state import State, View


def home(
    state: State, holdings: Holdings, warnings: tuple[str, ...], questions: Sequence[str], *, root: str
) -> str:
    """Return what a reader meets first."""
    offered = examples(questions, root=root) if state.view is View.ASK else ""
    heading = "" if state.view is View.ASK else "<h1>Search the minutes</h1>"
    return (
        f'<div class="mb-shown mb-first" data-title="">{heading}{offered}'
        f'<p class="mb-about mb-there">{text(_there_is(holdings))} '
        f"{within(root, State(view=View.BROWSE), 'See what is there')}.</p>{unseen(warnings)}</div>"
    )


def _there_is(holdings: Holdings) -> str:
    extent = holdings.extent
    named = [one.council for one in holdings.councils if one.council]
    whose = f" of {named[0]}" if len(named) == 1 else f" of {counted(len(named), 'council')}" if named else ""
    days = span_in_words(extent.first, extent.last)
    held = f", meetings of {days}" if days else ""
    built = day_or_none(holdings.built_at)
    return f"{counted(extent.documents, 'document')}{whose}{held}. Indexed {built}."
