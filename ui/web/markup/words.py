"""How things are named to a reader: days, places, kinds, numbers of things."""

from datetime import date

from corpus.records import Kind

#: Spelled out here because strftime follows the locale of the server.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

KINDS = {
    Kind.MINUTES: "Minutes",
    Kind.DECISION: "Decision",
    Kind.REPORT: "Report",
    Kind.AGENDA: "Agenda",
    Kind.OTHER: "Other paper",
}


def day_or_none(iso: str | None) -> str:
    """Return an ISO date or time as a person writes the day ("15 January 2026"), "" for none."""
    try:
        day = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return ""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_in_words(iso: str | None) -> str:
    """Return an ISO date or time as a person writes the day, or that it is not known."""
    return day_or_none(iso) or "date not given"


def span_in_words(first: str | None, last: str | None) -> str:
    """Return from when to when, "" where no day is known."""
    begin, end = day_or_none(first), day_or_none(last)
    if not begin or not end:
        return begin or end
    return begin if begin == end else f"{begin} to {end}"


def kind_in_words(kind: str) -> str:
    """Return what a document is, with a capital."""
    return KINDS.get(Kind(kind), capitalised(kind)) if kind in set(Kind) else capitalised(kind)


def place_in_words(council: str, committee: str, meeting_date: str | None) -> str:
    """Return which body met and when, in one line."""
    return ", ".join(part for part in (council, committee, date_in_words(meeting_date)) if part)


def titled(title: str) -> str:
    """Return the title, or that there is none."""
    return title.strip() or "Untitled"


def capitalised(label: str) -> str:
    """Return `label` with a capital first; the rest stays as the council writes it."""
    return label[:1].upper() + label[1:]


def sentence(note: str) -> str:
    """Return `note` with a capital first and a full stop."""
    return capitalised(note) + ("" if note.endswith((".", "?", "!")) else ".")


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number of things: "1 document", "1,200 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
