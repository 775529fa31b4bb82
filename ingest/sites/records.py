"""What a council's site publishes, in one vocabulary for every software.

Keys are the site's own numbers as text ("711"), unique within a site and kind. Dates are ISO days.
"""

from dataclasses import dataclass
from enum import StrEnum


class Software(StrEnum):
    """What answers at a site's address."""

    MODERNGOV_SERVICE = "ModernGov web service"
    MODERNGOV_PAGES = "ModernGov pages"
    CMIS = "CMIS"


class Attachments(StrEnum):
    """Which files of a meeting are read beside its items."""

    NONE = "none"
    MINUTES = "minutes"
    REPORTS = "reports"
    ALL = "all"


class PaperKind(StrEnum):
    """What a file is, by its place and title."""

    MINUTES = "minutes"
    REPORT = "report"
    APPENDIX = "appendix"
    DECISIONS = "decisions"
    FRONTSHEET = "frontsheet"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class ListedCommittee:
    """A committee as the site lists it; an `expired` one meets no more."""

    key: str
    title: str
    expired: bool = False


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting as a list names it. `url` is the public page of the meeting; `status` the site's own word."""

    key: str
    committee: ListedCommittee
    date: str
    url: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled part of an item. `label` is one of `corpus.blocks.LABELS`, or "" for the agenda's own text.

    `html` is the part's markup with scripts, hidden text and personal lines taken out; never escaped twice.
    """

    label: str
    html: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that belongs to a meeting, or to the item `item` of it ("" when to the meeting).

    `address` is where to fetch it now, `url` where a reader should land for years. `version` is whatever
    the site shows that changes when the file is replaced (size, date of publication), "" when nothing.
    """

    key: str
    title: str
    kind: PaperKind
    address: str
    url: str
    item: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One agenda item. `number` is as printed, without the full stop ("54", "4a"), "" when there is none.

    A `withheld` item has neither parts nor papers: they are dropped while parsing. A `cut` one shows only
    the beginning of some part; `Site.whole` has the rest. `issue` is the key of the matter that it belongs
    to, which other meetings have items on, too.
    """

    key: str
    number: str
    title: str
    url: str
    parts: tuple[Part, ...] = ()
    papers: tuple[Paper, ...] = ()
    withheld: bool = False
    cut: bool = False
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Proceedings:
    """All that a site publishes about one meeting.

    `date` is the day it is held on now (it may have moved since it was listed). `draft` when the minutes
    are published and not approved. `minutes_published` tells whether the site has minutes of it at all.
    `papers` are those of the meeting as a whole; an item's stand with the item. `withheld_papers` are the
    keys of files that the site names and withholds. `withheld` when the meeting may not be displayed: then
    there are neither items nor papers.
    """

    key: str
    committee: str
    date: str
    url: str
    status: str = ""
    draft: bool = False
    minutes_published: bool = False
    items: tuple[Item, ...] = ()
    papers: tuple[Paper, ...] = ()
    withheld_papers: tuple[str, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """A decision as the register lists it."""

    key: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision in full: who made it, when, and its labelled parts ("decision", "reasons for decision" …).

    `issue` is the key of the matter; `date` the day of the decision, None when the page names none.
    """

    key: str
    title: str
    url: str
    maker: str = ""
    date: str | None = None
    parts: tuple[Part, ...] = ()
    papers: tuple[Paper, ...] = ()
    issue: str = ""
    withheld: bool = False
