"""Which body said something, and when, as HTML: a day is never broken over two lines."""

from ui.web.markup.escape import attribute, text
from ui.web.markup.links import within
from ui.web.markup.words import date_in_words, day_or_none
from ui.web.state import State, View


def day(iso: str | None) -> str:
    """Return a day, or that it is not known."""
    if not day_or_none(iso):
        return text(date_in_words(iso))
    return f'<time class="mb-day" datetime="{attribute((iso or "")[:10])}">{text(date_in_words(iso))}</time>'


def place(council: str, committee: str, meeting_date: str | None) -> str:
    """Return which body met and when, in one line."""
    return ", ".join([text(part) for part in (council, committee) if part] + [day(meeting_date)])


def meeting(council: str, committee: str, meeting_date: str | None, *, root: str) -> str:
    """Return the same, where the day leads to the meeting."""
    at = State(view=View.BROWSE, place=(council, committee, meeting_date or ""))
    met = within(root, at, date_in_words(meeting_date), more=' class="mb-day"')
    return ", ".join([text(part) for part in (council, committee) if part] + [met])
