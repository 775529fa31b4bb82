"""A meeting's page: what it is, when and where, its agenda, its documents.

Who was there stands on the page, too, and is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.errors import AbsentError, UnreadableError
from ingest.html_content import flat
from ingest.sites.cmis.agenda import Row, agenda_rows
from ingest.sites.cmis.calendar import CANCELLED
from ingest.sites.cmis.days import whole_day
from ingest.sites.cmis.page import name_in, outermost, parse_page
from ingest.sites.cmis.papers import Listed, is_draft, read_papers, unused
from ingest.sites.cmis.withheld import is_withheld
from ingest.sites.fragments import fragment, written
from ingest.sites.records import Item, ListedMeeting, PaperKind, Part, Proceedings

_ABSENT = re.compile(
    r"\bmeeting\b[^.]{0,60}\b(?:not (?:be )?found|does not exist|(?:has been|was) (?:deleted|removed)"
    r"|is (?:no longer|not) available)\b|\bno such meeting\b",
    re.IGNORECASE,
)
#: The labels of what is read: a committee, a day, a state.
_WANTED = frozenset({"committee", "date/time", "status"})
_IS_CANCELLED = re.compile(r"\bcancel+ed\b", re.IGNORECASE)


def parse_meeting(body: bytes, address: str, listed: ListedMeeting) -> Proceedings:
    """Return what the page at `address` says about the meeting `listed`.

    Raises:
        AbsentError: the site says that there is no such meeting.
        UnreadableError: it is not the page of a meeting.
    """
    soup = parse_page(body, address)
    details = _details(soup)
    committee = details.get("committee", "")
    if not committee:
        if _ABSENT.search(flat(soup)):
            raise AbsentError(f"{address}: the site knows no such meeting any more")
        raise UnreadableError(f"{address}: no meeting in the page; the council's site may have changed")
    held = replace(listed, date=whole_day(details.get("date/time", "")) or listed.date)
    rows = agenda_rows(soup)
    items = _items(rows, held)
    papers = read_papers(_listed(soup, rows, items), address, held)
    minutes = [paper for paper in papers.of("") if paper.kind is PaperKind.MINUTES]
    return Proceedings(
        key=held.key,
        committee=committee,
        date=held.date,
        url=held.url,
        status=_status(details.get("status", "")),
        draft=bool(minutes) and all(is_draft(paper.title) for paper in minutes),
        minutes_published=bool(minutes),
        items=tuple(replace(item, papers=papers.of(item.key)) for item in items),
        papers=papers.of(""),
        withheld_papers=papers.withheld,
    )


def _details(soup: BeautifulSoup) -> dict[str, str]:
    """The wanted labels of a meeting's details, in small letters, and their values.

    The holder of the status holds that of the venue, and both have the same classes: labels are what counts.
    """
    values: dict[int, Tag] = {}
    for value in soup.select("div.holder div.Value"):
        values.setdefault(id(_holder(value)), value)
    found: dict[str, str] = {}
    for label in soup.select("div.holder div.DNNLabel"):
        name = name_in(label).rstrip(" :").lower()
        holder = id(_holder(label))
        if name in _WANTED and name not in found and holder in values:
            found[name] = name_in(values[holder])
    return found


def _holder(tag: Tag) -> Tag | None:
    return tag.find_parent("div", class_="holder")


def _status(words: str) -> str:
    if _IS_CANCELLED.search(words):
        return CANCELLED
    return "" if words.lower() == "scheduled" else words


def _items(rows: tuple[Row, ...], meeting: ListedMeeting) -> tuple[Item, ...]:
    taken: dict[str, int] = {}
    items = []
    for place, row in enumerate(rows, 1):
        withheld = is_withheld(row.title, row.whole)
        key = unused(row.key or f"{meeting.key}-{row.number or place}", taken)
        parts = () if withheld else _parts(row)
        items.append(Item(key, row.number, row.title, meeting.url, parts, withheld=withheld))
    return tuple(items)


def _parts(row: Row) -> tuple[Part, ...]:
    """The summary of an item, as the agenda's own text."""
    body = fragment(row.summary.decode_contents()) if row.summary else None
    if body is None:
        return ()
    for documents in body.select(".DocumentList"):
        documents.decompose()
    html = written(body)
    return (Part("", html),) if html else ()


def _listed(soup: BeautifulSoup, rows: tuple[Row, ...], items: tuple[Item, ...]) -> Iterator[Listed]:
    """The documents that are listed on the page, each with its item; whose item is withheld, so are they."""
    item_of = {
        id(entry): item
        for row, item in zip(rows, items, strict=True)
        for entry in row.whole.select("li.DocumentListItem")
    }
    for entry in outermost(soup.select("li.DocumentListItem")):
        item = item_of.get(id(entry))
        yield Listed(entry, item.key, item.withheld) if item else Listed(entry)
