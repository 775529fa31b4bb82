"""What the page asks of the library."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import MinutebookError
from corpus.records import Document, SourceState
from index.browse import CommitteeShelf, CouncilSummary, Extent, History, Holdings, MeetingShelf
from index.listing import PER_PAGE
from index.many import Asked
from index.provenance import Provenance
from index.records import Answer, Filters, Found, Header, Hit, Listing, Result, Sort

EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source as a reader may know it; no path of the server's is in it.

    `kind` is "council site", "folder" or "files"; `documents` counts those that can be found now. Times are
    ISO 8601 in UTC, None before the first. `reason` says why the state is not ok.
    """

    name: str
    kind: str
    documents: int
    last_good: str | None
    last_look: str | None
    state: SourceState
    reason: str = ""


class Backend(Protocol):
    """Search, answers and documents of one published generation, and how well its sources are looked at.

    Every method raises `MinutebookError` with a message fit for people, and may be called from many
    threads at once. Names of councils and committees, and ids, are met exactly; "" is the name of what has
    none.
    """

    @property
    def generation(self) -> str:
        """Name the generation that answers now."""
        ...

    @property
    def provenance(self) -> Provenance:
        """Tell what the answers of now depend on."""
        ...

    def search(self, query: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Found:
        """Return the `k` passages that fit `query` best."""
        ...

    def ask(self, question: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Answer:
        """Return what the minutes say to `question`, with the `k` passages that were looked at."""
        ...

    def search_many(
        self, asked: Iterable[Asked], *, k: int = 10, threads: int | None = None
    ) -> Iterator[Found | MinutebookError]:
        """Yield what `search` returns for each of `asked`, out of one generation."""
        ...

    def ask_many(
        self, asked: Iterable[Asked], *, k: int = 10, threads: int | None = None
    ) -> Iterator[Answer | MinutebookError]:
        """Yield what `ask` returns for each of `asked`, out of one generation."""
        ...

    def asking(
        self, question: str, *, filters: Filters = EVERYTHING, k: int = 10
    ) -> Iterator[Found | Answer]:
        """Yield what is found for `question` as soon as it is, then what `ask` returns."""
        ...

    def listing(
        self,
        query: str,
        *,
        filters: Filters = EVERYTHING,
        sort: Sort = Sort.RELEVANCE,
        page: int = 1,
        per_page: int = PER_PAGE,
    ) -> Listing:
        """Return a page of all the results for `query`, with facets."""
        ...

    def results(self, hits: Sequence[Hit]) -> tuple[Result, ...]:
        """Return `hits`, in their order, with what is known of their documents, and links.

        A hit whose document is there no more is left out.
        """
        ...

    def extent(self, query: str = "", *, filters: Filters = EVERYTHING) -> Extent:
        """Return how much lies within `filters`, and within those that are typed into `query`."""
        ...

    def holdings(self) -> Holdings:
        """Return all that there is: councils with their committees, kinds, from when to when."""
        ...

    def council(self, council: str) -> CouncilSummary | None:
        """Return a council with its committees, None where there is no such council."""
        ...

    def committee(self, council: str, committee: str) -> CommitteeShelf | None:
        """Return a committee with its meetings, None where there is no such committee."""
        ...

    def meeting(self, council: str, committee: str, date: str | None) -> MeetingShelf | None:
        """Return a meeting (None: day not known) with its documents, None where there is no such meeting."""
        ...

    def header(self, document_id: str) -> Header | None:
        """Return what is known of a document besides its words, or None where no such document is stored."""
        ...

    def document(self, document_id: str) -> Document | None:
        """Return a whole document, or None where no such document is stored."""
        ...

    def history(self, document_id: str) -> History:
        """Return what other meetings have on the matter of a document."""
        ...

    def sources(self) -> tuple[SourceSummary, ...]:
        """Return the sources that are looked at, by name, and how well each could be."""
        ...

    def warnings(self) -> tuple[str, ...]:
        """Return a line for each source that could not be looked at: what it lacks is not known to lack."""
        ...
