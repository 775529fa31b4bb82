"""The vocabulary of search and answers: filters, hits, lists of them, quotes."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from corpus.records import Document, Kind, Status
from index.answering.states import Reason, Silence, State


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to. Names match without regard to case, in whole or by all their words.

    `date_from` and `date_to` are ISO dates, both inclusive, of the meeting.
    """

    council: str = ""
    committee: str = ""
    date_from: str = ""
    date_to: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that was found. `text == document.text[start:end]`; `rank` counts from 1."""

    rank: int
    score: float
    passage_id: str
    document_id: str
    url: str
    title: str
    council: str
    committee: str
    meeting_date: str | None
    section: str
    start: int
    end: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Return the published format, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search.

    `interpreted` says in plain words how the query was understood; `notes` hold what a person should
    know about it ("no council named 'Kant'"); `also_in` maps a passage id to the documents (title, url)
    that hold the same words and were folded into that hit.
    """

    hits: tuple[Hit, ...]
    interpreted: str
    notes: tuple[str, ...] = ()
    also_in: dict[str, tuple[tuple[str, str], ...]] | None = None


class Sort(StrEnum):
    """The order of a list; where days are equal, and where there is none, by relevance."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a document besides its words; the fields mean what they mean in `Document`."""

    id: str
    source: str
    kind: Kind
    title: str
    url: str
    council: str
    committee: str
    meeting_date: str | None
    item_number: str
    status: Status

    @classmethod
    def of(cls, document: Document) -> Self:
        """Return the header of a document."""
        return cls(**{field.name: getattr(document, field.name) for field in fields(cls)})

    @property
    def draft(self) -> bool:
        """Whether the words may still change."""
        return self.status is Status.DRAFT


@dataclass(frozen=True, slots=True)
class Result:
    """A hit with what a reader needs beside it.

    `header` is that of its document, `link` opens the public page on the words, `also` are the documents that
    hold the same words and were folded into this one, best first.
    """

    hit: Hit
    header: Header
    link: str
    also: tuple[Header, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value by which a list can be narrowed, and how many of its results have it."""

    value: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field of a list: `name` is "council", "committee", "year" or "kind".

    The counts disregard the filter of this very field, so that a reader sees the alternatives to what is
    chosen; all other filters hold. A chosen value is there even if its count is 0. Years come newest first,
    other values by count. `without` counts the results that have no value, by which nothing can be narrowed.
    """

    name: str
    values: tuple[FacetValue, ...]
    without: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of results. `hit.rank` counts through all pages, in the order of `sort`.

    `total` counts the results on all pages; `more` tells that further passages may fit, because no more than
    a number of the best are listed (`index.listing.LISTED`). `page` counts from 1 and is the last one where a
    later one was asked for; `pages` is at least 1. `filters` are those that held, typed ones among them;
    `interpreted` and `notes` are as in `Found`.
    """

    results: tuple[Result, ...]
    total: int
    page: int
    pages: int
    sort: Sort
    more: bool
    facets: tuple[Facet, ...]
    filters: Filters
    interpreted: str
    notes: tuple[str, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a document: `text == document.text[start:end]`.

    `link` opens the public page on these words (text fragment, or page of a PDF). `points_to` is the place
    outside the document that the words point to ("Appendix 2"); it is no part of the published format.
    """

    text: str
    document_id: str
    url: str
    start: int
    end: int
    title: str
    council: str
    committee: str
    meeting_date: str | None
    section: str
    link: str
    points_to: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the published format, ready for JSON."""
        return {name: value for name, value in asdict(self).items() if name != "points_to"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the minutes say to a question, or that they do not say it.

    `answered` tells that it is sure enough that the `quotes` answer: where there are quotes without it, these
    may answer. Of silence, `quotes` is empty, `silence` says why, and `hits` are the closest passages, shown
    as such. `confidence` is how sure it is that the minutes answer at all, 0…1; it is no part of the
    published format.
    """

    question: str
    answered: bool
    answer: str
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    generation: str
    model: str
    seconds: float
    confidence: float = 0.0
    silence: Silence | None = None

    def __post_init__(self) -> None:
        """Keep `silence` where nothing is quoted, and only there."""
        known = None if self.quotes else self.silence or Silence(Reason.NOT_STATED)
        object.__setattr__(self, "silence", known)

    @property
    def state(self) -> State:
        """Whether the question is answered, may be answered, or is not."""
        if self.answered:
            return State.ANSWERED
        return State.MAYBE if self.quotes else State.SILENT

    @property
    def reason(self) -> Reason | None:
        """Why there is no answer, None where there is one or may be one."""
        return self.silence.reason if self.silence else None

    def as_dict(self) -> dict[str, Any]:
        """Return the published format, ready for JSON."""
        own = ("confidence", "silence")
        published = {name: value for name, value in asdict(self).items() if name not in own}
        return published | {
            "quotes": [quote.as_dict() for quote in self.quotes],
            "state": self.state.value,
            "reason": self.reason.value if self.reason else None,
            "silence": self.silence.as_dict() if self.silence else None,
        }
