"""The vocabulary of the record: sources, meetings, documents and their parts."""

from dataclasses import dataclass, fields
from enum import StrEnum
from hashlib import sha256
from json import dumps


class Kind(StrEnum):
    """What a document is."""

    MINUTES = "minutes"
    DECISION = "decision"
    REPORT = "report"
    AGENDA = "agenda"
    OTHER = "other"


class Status(StrEnum):
    """How settled a document's words are."""

    DRAFT = "draft"
    FINAL = "final"
    UNKNOWN = "unknown"


class SourceState(StrEnum):
    """How the last look at a source went."""

    NEVER = "never fetched"
    OK = "ok"
    FAILING = "failing"
    BLOCKED = "blocked"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Source:
    """A site or folder that is ingested, and how the last look at it went.

    Times are ISO 8601 in UTC. `last_look` is any attempt, `last_good` one that read the whole source.
    """

    name: str
    location: str
    state: SourceState = SourceState.NEVER
    reason: str = ""
    last_look: str | None = None
    last_good: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting of a committee on one day (`date` is ISO)."""

    id: str
    source: str
    council: str
    committee: str
    date: str
    url: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A source that is a council's site: what answers at which base address, read since which ISO day."""

    source: str
    software: str
    base: str
    since: str


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee of a site, and from which day to which its meetings have been listed (None: not yet).

    An `expired` one meets no more; `key` is the site's own number.
    """

    source: str
    key: str
    title: str
    expired: bool = False
    listed_from: str | None = None
    listed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Something of a site that is looked at again and again: a list, a meeting, an item, a file.

    `shown` stands for what was seen at the last look (a hash), `address` is where to look when the thing
    has an address of its own. Times are ISO 8601 in UTC; `last_change` is the last look that saw
    something new.
    """

    id: str
    source: str
    meeting: str = ""
    address: str = ""
    shown: str = ""
    last_look: str | None = None
    last_change: str | None = None


#: Joins the labels of nested sections: "54. Public Question Time · minutes".
NESTED = " · "


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled part of a document's text: `text[start:end]`, offsets in characters."""

    label: str
    start: int
    end: int

    @property
    def role(self) -> str:
        """The innermost label, which says what kind of words these are ("resolved", "minutes")."""
        return self.label.rsplit(NESTED, 1)[-1]


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page: `text[start:end]` stands on page `number`, counted from 1 as a PDF viewer counts."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What can be cited on its own: an agenda item of a structured site, otherwise one file or page.

    `sections` and `pages` are in order, do not overlap, and lie inside `text`. `url` is where a reader
    should land. `fetched_at` is ISO 8601 in UTC. An unknown text field is "", an unknown date None.
    """

    id: str
    source: str
    title: str
    text: str
    url: str
    kind: Kind = Kind.MINUTES
    council: str = ""
    committee: str = ""
    meeting_date: str | None = None
    item_number: str = ""
    status: Status = Status.UNKNOWN
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    fetched_at: str = ""

    def __post_init__(self) -> None:
        for spans in (self.sections, self.pages):
            last = 0
            for span in spans:
                if not last <= span.start <= span.end <= len(self.text):
                    raise ValueError(f"{self.id}: {span} does not fit into {len(self.text)} characters")
                last = span.end

    @property
    def content_hash(self) -> str:
        """A hash of what was published; where it came from and when it was fetched do not change it."""
        published = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name not in {"id", "source", "sections", "pages", "fetched_at"}
        }
        published["sections"] = [(s.label, s.start, s.end) for s in self.sections]
        published["pages"] = [(p.number, p.start, p.end) for p in self.pages]
        return sha256(dumps(published, sort_keys=True).encode()).hexdigest()

    def page_of(self, offset: int) -> int | None:
        """Return the number of the page that the character at `offset` stands on, if pages are known."""
        return next((page.number for page in self.pages if page.start <= offset < page.end), None)
