"""What the page is to show, as records without markup."""

from dataclasses import dataclass

from corpus.records import Document
from index.browse import CommitteeShelf, CouncilSummary, Extent, History, Holdings, MeetingShelf
from index.records import Answer, Filters, Header, Listing, Result
from ui.web.backend import SourceSummary
from ui.web.state import State


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing can be shown, and why, in one sentence for people.

    `hint` tells that the reader only has to do something else first; otherwise something is wrong here.
    """

    state: State
    words: str
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What an address names is not there (any more); `words` say what that is, in one sentence."""

    state: State
    words: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: not to find is not the same as not to look.

    `extent` is what lies within `filters`, among them those that were typed into the text. `sources` are all
    that the library has, `warnings` a line for each that could not be looked at.
    """

    extent: Extent
    filters: Filters
    sources: tuple[SourceSummary, ...]
    warnings: tuple[str, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as a reader meets it: its number on the page, and the numbers of the quotes that cite it.

    `result.link` opens the public page on the first of these quotes, or else on the passage.
    """

    number: int
    result: Result
    cited_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The first step of an answer: where it is looked for, best first, before it is known what is said there.

    `documents` are those of the passages found, each once.
    """

    state: State
    documents: tuple[Header, ...]
    interpreted: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The last step of an answer. `answer.quotes[n - 1]` is quote n; silence has none.

    `sources` are the passages in the order in which a reader meets them, numbered from 1: those that are
    cited, then the others that were found; of silence the closest. `drafts` are the numbers of the quotes out
    of drafts. `notes` say which filters match nothing.
    """

    state: State
    answer: Answer
    sources: tuple[Source, ...]
    drafts: frozenset[int]
    searched: Searched
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A page of search results. `state` has the page and the filters that hold, typed ones not among them."""

    state: State
    listing: Listing
    searched: Searched


@dataclass(frozen=True, slots=True)
class ShelvesShown:
    """Where browsing begins: sources, and councils with their committees."""

    state: State
    holdings: Holdings
    sources: tuple[SourceSummary, ...]


@dataclass(frozen=True, slots=True)
class CouncilShown:
    """One council and its committees."""

    state: State
    council: CouncilSummary


@dataclass(frozen=True, slots=True)
class CommitteeShown:
    """One committee and its meetings by year."""

    state: State
    shelf: CommitteeShelf


@dataclass(frozen=True, slots=True)
class MeetingShown:
    """One meeting and its documents."""

    state: State
    shelf: MeetingShelf


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document in full; `document.text[start:end]` is marked, nothing where they are equal.

    `before` and `after` are its neighbours in its meeting, in the order of its items.
    """

    state: State
    document: Document
    start: int
    end: int
    link: str
    history: History
    before: Header | None = None
    after: Header | None = None


#: What is shown while and after a question is answered.
AskStep = Reading | Answered | Refused
#: What can be shown of the shelves.
Browsed = ShelvesShown | CouncilShown | CommitteeShown | MeetingShown | DocumentShown | Missing | Refused
