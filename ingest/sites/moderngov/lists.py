"""Lists on pages: the committees of a council, the meetings of a committee."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import NavigableString, Tag

from corpus.errors import UnreadableError
from ingest.html_content import drop_unseen, flat
from ingest.sites.moderngov.addresses import absolute, meeting_url, number_of, page_of, value_of
from ingest.sites.moderngov.soups import Shown, shown
from ingest.sites.moderngov.wording import clean, day, status
from ingest.sites.records import ListedCommittee, ListedMeeting

#: The pages that list committees; a site has one of them at least.
COMMITTEE_LISTS = ("mgListCommittees.aspx?bcr=1", "mgCommitteeStructure.aspx")
_COMMITTEE_PAGES = frozenset({"mgcommitteedetails.aspx", "ielistmeetings.aspx"})
_MEETING_PAGE = "ielistdocuments.aspx"
#: Meetings that a council has taken over from older software; their numbers are others.
_IMPORTED_PAGE = "celistdocuments.aspx"
_IMPORTED = "ce"
_EXPIRED = re.compile(r"\b(?:expired|former|disbanded)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
#: What stands on every page that lists meetings, though it lists none.
_LIST_MARKS = ("FormYearSelect", "YearSelect")


@dataclass(frozen=True, slots=True)
class Browsed:
    """One page of a committee's meetings: `earlier` and `later` lead on, "" where the page has no such link.

    `years` are those that the page offers a list of.
    """

    meetings: tuple[ListedMeeting, ...]
    earlier: str = ""
    later: str = ""
    years: tuple[int, ...] = ()


def read_committees(data: bytes) -> tuple[ListedCommittee, ...]:
    """Return the committees of `mgListCommittees.aspx`; those that meet no more are mostly not on it."""
    what = "list of committees"
    page = shown(data, what)
    drop_unseen(page.soup)
    found: dict[str, ListedCommittee] = {}
    expired = False
    for tag in page.content.find_all(["h2", "h3", "a"]):
        if tag.name != "a":
            expired = _EXPIRED.search(flat(tag)) is not None
            continue
        href = str(tag.get("href") or "")
        if page_of(href) in _COMMITTEE_PAGES:
            key, title = number_of(href, "id", "cid", "committeeid"), clean(flat(tag))
            if key and key != "0" and title:
                found.setdefault(key, ListedCommittee(key, title, expired))
    if not found:
        raise UnreadableError(f"{what}: the page names no committee at all")
    return tuple(found.values())


def list_url(base: str, committee: str, year: int = 0) -> str:
    """Return the page that lists the newest meetings of a committee, or those of a year."""
    return f"{base}ieListMeetings.aspx?CId={committee}&Year={year}"


def read_meetings(data: bytes, base: str, committee: ListedCommittee) -> Browsed:
    """Return the meetings on a page `ieListMeetings.aspx`.

    Raises UnreadableError for a page that lists no meetings of this committee, or is no list.
    """
    what = f"meetings of {committee.title}"
    page = shown(data, what)
    years = _years(page)
    if not _is_list(page):
        raise UnreadableError(f"{what}: the page is no list of meetings")
    hidden = page.part.find("input", attrs={"name": "hCommitteeId"})
    if hidden is not None and str(hidden.get("value") or "").strip() not in {"", committee.key}:
        raise UnreadableError(f"{what}: the page lists those of another committee")
    drop_unseen(page.soup)
    rows = {meeting.key: meeting for meeting in _rows(page.part, base, committee)}
    return Browsed(
        tuple(rows.values()),
        earlier=_onward(page.part, base, "earlier"),
        later=_onward(page.part, base, "later"),
        years=years,
    )


def _is_list(page: Shown) -> bool:
    return (
        any(page.part.find(id=mark) is not None for mark in _LIST_MARKS)
        or page.part.find(class_="mgMeetingTableLnk") is not None
    )


def _years(page: Shown) -> tuple[int, ...]:
    choices = page.part.find(id="YearSelect")
    if choices is None:
        return ()
    values = (str(option.get("value") or "").strip() for option in choices.find_all("option"))
    return tuple(int(value) for value in values if _YEAR.fullmatch(value))


def _rows(part: Tag, base: str, committee: ListedCommittee) -> Iterator[ListedMeeting]:
    for link in part.find_all("a", href=True):
        href, held = str(link["href"]), day(clean(flat(link)))
        key = number_of(href, "mid", "meetingid")
        if held is None or not key or key == "0":
            continue
        state = _cancelled(link)
        if page_of(href) == _MEETING_PAGE:
            yield ListedMeeting(key, committee, held, meeting_url(base, key), state)
        elif page_of(href) == _IMPORTED_PAGE and (address := absolute(base, href)):
            yield ListedMeeting(f"{_IMPORTED}{key}", committee, held, address, state)


def _cancelled(link: Tag) -> str:
    """Return the state that the words after a link tell; they also tell what is published."""
    after = "".join(str(node) for node in link.next_siblings if isinstance(node, NavigableString))
    return "Cancelled" if status(after) == "Cancelled" else ""


def _onward(part: Tag, base: str, way: str) -> str:
    for link in part.find_all("a", href=True):
        href = str(link["href"])
        if page_of(href) == "ielistmeetings.aspx" and value_of(href, "act") == way:
            return absolute(base, href)
    return ""
