"""The documents of a meeting: which they are, by nothing but their titles.

A document of CMIS has no number, and its address is another one each time the page is read. What lasts is
its title within the meeting.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from ingest.dates import find_meeting_date
from ingest.html_content import flat
from ingest.sites.cmis.page import name_in
from ingest.sites.cmis.withheld import is_withheld
from ingest.sites.records import ListedMeeting, Paper, PaperKind

_MINUTES = re.compile(r"\bminutes\b|\bcofnodion\b", re.IGNORECASE)
#: Minutes that a meeting receives, not its own.
_OTHER_MINUTES = re.compile(r"\b(?:previous|last|preceding) (?:meeting|minutes)\b", re.IGNORECASE)
#: These speak of minutes and are none, or hold more than minutes.
_ABOUT_MINUTES = re.compile(
    r"\bpack\b|\bextracts?\b|\bmatters arising\b|\bactions?\b|\bappendix\b|\bto the minutes\b|\d\s*minutes\b",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"\bdrafts?\b|\bunconfirmed\b|\bdrafft\b", re.IGNORECASE)
_DIGITS_DAY = re.compile(r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>20\d{2})(?!\d)")
#: In this order: the first that fits says what a document is.
_KINDS = (
    (PaperKind.PACK, re.compile(r"\bpack\b|\bagenda(?:\s+(?:and|with)|\s*&)?\s+reports\b", re.IGNORECASE)),
    (PaperKind.APPENDIX, re.compile(r"\b(?:appendix|appendices|annex(?:e|es)?)\b", re.IGNORECASE)),
    (
        PaperKind.DECISIONS,
        re.compile(
            r"\bdecisions? (?:sheet|list|notice|record|statement|log)s?\b|\brecord of decisions?\b"
            r"|^(?:\w+ )?decisions$",
            re.IGNORECASE,
        ),
    ),
    (PaperKind.FRONTSHEET, re.compile(r"\bagenda\b(?!\s+items?\b)|\bfront\s?sheet\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that a page lists, and the key of the item that it stands with, "" when with none."""

    entry: Tag
    item: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of a meeting, and the keys of those that are named and withheld."""

    shown: tuple[Paper, ...]
    withheld: tuple[str, ...]

    def of(self, item: str) -> tuple[Paper, ...]:
        """Return the documents of an item, or with "" those of the meeting as a whole."""
        return tuple(paper for paper in self.shown if paper.item == item)


def read_papers(listed: Iterable[Listed], address: str, meeting: ListedMeeting) -> Papers:
    """Return the documents of `meeting` that the page at `address` lists, in its order.

    Links to anything but documents are left out.
    """
    shown, withheld = [], []
    taken: dict[str, int] = {}
    for one in listed:
        name = one.entry.select_one(".TitleLink")
        title = _title(name) if name else ""
        if name is None or not title:
            continue
        kind = paper_kind(title, day=meeting.date, of_item=bool(one.item))
        file = _file(str(name.get("href") or ""), address)
        if one.withheld or is_withheld(title, one.entry):
            withheld.append(unused(f"{meeting.key}-{_slug(title, kind)}", taken))
        elif file:
            key = unused(f"{meeting.key}-{_slug(title, kind)}", taken)
            shown.append(Paper(key, title, kind, file, meeting.url, one.item, _size(one.entry)))
    return Papers(tuple(shown), tuple(withheld))


def unused(key: str, taken: dict[str, int]) -> str:
    """Return `key`, or `key` with the first number from 2 on that makes one not `taken` yet, and take it.

    `taken` has every key that was given, and how far its numbers are used up.
    """
    number = taken.get(key, 0) + 1
    while (numbered := key if number == 1 else f"{key}-{number}") in taken:
        number += 1
    taken[key] = number
    taken.setdefault(numbered, 1)
    return numbered


def paper_kind(title: str, *, day: str, of_item: bool = False) -> PaperKind:
    """Return what a document of the meeting on `day` is, by its title.

    Minutes that stand with an item are those of another meeting, which this one receives, and so are those
    that name another day. Among the documents of the meeting as a whole these are reports, or they would be
    taken for its own.
    """
    if _MINUTES.search(title) and not _ABOUT_MINUTES.search(title):
        return PaperKind.MINUTES if of_item or _own_minutes(title, day) else PaperKind.REPORT
    return next((kind for kind, words in _KINDS if words.search(title)), PaperKind.REPORT)


def is_draft(title: str) -> bool:
    """Return whether a title says that the document is not approved."""
    return _DRAFT.search(title) is not None


def _own_minutes(title: str, day: str) -> bool:
    if match := _DIGITS_DAY.search(title):
        named: str | None = f"{match['year']}-{match['month']}-{match['day']}"
    else:
        named = find_meeting_date(title, "")
    return named == day if named is not None else not _OTHER_MINUTES.search(title)


def _size(entry: Tag) -> str:
    size = entry.select_one("span.FileSize")
    return flat(size).strip("() ") if size else ""


def _title(link: Tag) -> str:
    """The words of a link, without the size that some sites print inside it."""
    size = link.select_one("span.FileSize")
    words = name_in(link)
    return words.removesuffix(flat(size)).strip() if size else words


def _file(href: str, address: str) -> str:
    """The address of a document, "" for a link to anything else."""
    try:
        parts = urlsplit(urljoin(address, href.strip()))
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.path.lower().endswith("/document.ashx"):
        return ""
    page = urlsplit(address)
    same = parts.netloc.lower() == page.netloc.lower()
    return (parts._replace(scheme=page.scheme) if same else parts).geturl()


def _slug(title: str, kind: PaperKind) -> str:
    """A title as part of a key; minutes keep theirs when they are no draft any more."""
    words = _DRAFT.sub(" ", title) if kind is PaperKind.MINUTES else title
    return "-".join(re.findall(r"\w+", words.lower())) or "untitled"
