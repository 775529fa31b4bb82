"""The calendar of a CMIS site: a month of meetings, and the list of the current one."""

import re
from dataclasses import dataclass

from corpus.errors import UnreadableError
from ingest.sites.cmis.addresses import Link, Module, committee_key, links_of, meeting_keys
from ingest.sites.cmis.days import day_in, whole_day
from ingest.sites.cmis.page import name_in, parse_any_page, parse_page
from ingest.sites.records import ListedCommittee, ListedMeeting

#: What stands before a committee's name: "10:00 " in a month, "9 Jul 2026 11:00 - " in the list.
_TIME = re.compile(r"^\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:[-–]\s*)?", re.IGNORECASE)
_DAY_AND_TIME = re.compile(
    r"^\d{1,2}\s+[a-z]{3,9}\s+\d{4}(?:\s+(?:-\s+)?\d{1,2}[:.]\d{2})?\s+[-–]\s+", re.IGNORECASE
)
_CANCELLED = re.compile(
    r"^\W*cancel+ed\W+|\W+cancel+ed\W*$|\s*\(\s*(?:meeting\s+)?cancel+ed\s*\)", re.IGNORECASE
)

#: A calendar of a month in whole weeks shows 42 days.
MOST_DAYS = 100
#: How a cancelled meeting is called, whatever the site says.
CANCELLED = "Cancelled"


@dataclass(frozen=True, slots=True)
class _Named:
    committee: str
    status: str


def parse_month(body: bytes, address: str, month: str, module: Module) -> tuple[ListedMeeting, ...]:
    """Return the meetings of `month` ("2026-06") out of the calendar page at `address`.

    Its days name no year, so they are held against the month that was asked for.

    Raises:
        UnreadableError: it is no calendar, or that of another month.
    """
    soup = parse_page(body, address)
    days = soup.select("td.SimpleCalendarDate")
    if not 0 < len(days) <= MOST_DAYS:
        raise UnreadableError(f"{address}: no calendar in the page; the council's site may have changed")
    found: dict[str, ListedMeeting] = {}
    known = 0
    for cell in days:
        day = day_in(month, name_in(cell))
        entries = cell.find_next_sibling("td")
        if day is None or entries is None:
            continue
        known += 1
        for link in links_of(entries, address):
            _take(found, link, _named(_TIME.sub("", link.words)), day, module)
    if not known:
        raise UnreadableError(
            f"{address}: the calendar shows another month than {month}; the council's site may have changed"
        )
    return tuple(found.values())


def parse_list(body: bytes, address: str, module: Module) -> tuple[ListedMeeting, ...]:
    """Return the meetings of the current month out of the list at `address`; a month may have none.

    Raises:
        UnreadableError: it is no page of CMIS.
    """
    found: dict[str, ListedMeeting] = {}
    for row in parse_page(body, address).select("tr.rgRow, tr.rgAltRow"):
        for link in links_of(row, address):
            day = whole_day(link.words)
            if day is not None:
                _take(found, link, _named(_DAY_AND_TIME.sub("", link.words)), day, module)
    return tuple(found.values())


def parse_committees(body: bytes, address: str) -> tuple[ListedCommittee, ...]:
    """Return the committees that the page at `address` links to, in its order."""
    found: dict[str, ListedCommittee] = {}
    for link in links_of(parse_any_page(body, address), address):
        key = committee_key(link.address)
        if key and link.words:
            found.setdefault(key, ListedCommittee(key, link.words))
    return tuple(found.values())


def _named(words: str) -> _Named:
    """A committee's name, and whether words round it say that the meeting is off."""
    name = _CANCELLED.sub("", words).strip()
    return _Named(name, CANCELLED if name != words.strip() else "")


def _take(found: dict[str, ListedMeeting], link: Link, named: _Named, day: str, module: Module) -> None:
    """Take a meeting, once, under the address that is the same in every view."""
    keys = meeting_keys(link.address)
    if keys is None or not named.committee or keys[0] in found:
        return
    meeting, committee = keys
    found[meeting] = ListedMeeting(
        key=meeting,
        committee=ListedCommittee(committee, named.committee),
        date=day,
        url=module.meeting(meeting, committee),
        status=named.status,
    )
