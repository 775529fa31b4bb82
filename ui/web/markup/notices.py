"""Single lines: what helps along, what went wrong, what is not there."""

from ui.web.handlers.records import Missing, Refused
from ui.web.markup.escape import text
from ui.web.markup.links import within
from ui.web.markup.words import capitalised
from ui.web.state import State, View


def notice(words: str) -> str:
    """Return one line that helps the reader along."""
    return f'<p class="mb-notice">{text(words)}</p>'


def problem(words: str) -> str:
    """Return one line that says what went wrong."""
    return f'<p class="mb-notice mb-problem" role="alert">{text(words)}</p>'


def refused(record: Refused) -> str:
    """Return why nothing can be shown."""
    heading = "One thing first" if record.hint else "This cannot be shown now"
    words = capitalised(record.words)
    line = notice(words) if record.hint else problem(words)
    return f'<div class="mb-shown" data-title="{heading}"><h1>{heading}</h1>{line}</div>'


def missing(record: Missing, *, root: str) -> str:
    """Return that what an address names is not there, and where to go on."""
    shelves = within(root, State(view=View.BROWSE), "See all that is there")
    return f"<h1>This is not here</h1>{notice(record.words)}<p>{shelves}</p>"
