"""What the page asks of a library, answered out of its published generation and its record."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.errors import GenerationError, MinutebookError
from corpus.records import Document, Source
from corpus.site_record import same_issue
from index.browse import (
    CommitteeShelf,
    CouncilSummary,
    Extent,
    History,
    Holdings,
    Kinship,
    MeetingShelf,
    Shelves,
    newest_first,
)
from index.listing import PER_PAGE
from index.many import Asked
from index.provenance import Provenance
from index.reader import Reader
from index.records import Answer, Filters, Found, Header, Hit, Listing, Result, Sort
from ui import clock
from ui.freshness import fresh_state, warnings
from ui.known_sources import known_sources
from ui.library import Library
from ui.settings import is_address
from ui.sources import LOOSE
from ui.web.backend import EVERYTHING, SourceSummary

#: The folders in front of a name.
_LEADING_THERE = re.compile(r"/(?:[^/\n]+/)+")


@dataclass(frozen=True, slots=True)
class LibraryBackend:
    """A library's published generation, and how well its sources could be looked at."""

    library: Library
    reader: Reader

    @property
    def generation(self) -> str:
        """Name the generation that answers now."""
        return self.reader.generation

    @property
    def provenance(self) -> Provenance:
        """Tell what the answers of now depend on."""
        return self.reader.provenance

    def search(self, query: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Found:
        """Return the `k` passages that fit `query` best."""
        return self.reader.search(query, filters=filters, k=k)

    def ask(self, question: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Answer:
        """Return what the minutes say to `question`."""
        return self.reader.ask(question, filters=filters, k=k)

    def search_many(
        self, asked: Iterable[Asked], *, k: int = 10, threads: int | None = None
    ) -> Iterator[Found | MinutebookError]:
        """Yield what is found for each of `asked`, out of one generation."""
        return self.reader.search_many(asked, k=k, threads=threads)

    def ask_many(
        self, asked: Iterable[Asked], *, k: int = 10, threads: int | None = None
    ) -> Iterator[Answer | MinutebookError]:
        """Yield what the minutes say to each of `asked`, out of one generation."""
        return self.reader.ask_many(asked, k=k, threads=threads)

    def asking(
        self, question: str, *, filters: Filters = EVERYTHING, k: int = 10
    ) -> Iterator[Found | Answer]:
        """Yield what is found for `question` as soon as it is, then what `ask` returns."""
        return self.reader.asking(question, filters=filters, k=k)

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
        return self.reader.listing(query, filters=filters, sort=sort, page=page, per_page=per_page)

    def results(self, hits: Sequence[Hit]) -> tuple[Result, ...]:
        """Return `hits` with what is known of their documents, and links."""
        return self.reader.results(hits)

    def extent(self, query: str = "", *, filters: Filters = EVERYTHING) -> Extent:
        """Return how much lies within `filters`, and within those that are typed into `query`."""
        return self.reader.extent(query, filters=filters)

    def holdings(self) -> Holdings:
        """Return all that there is."""
        return self.reader.holdings()

    def council(self, council: str) -> CouncilSummary | None:
        """Return a council with its committees."""
        return self.reader.shelves().council(council)

    def committee(self, council: str, committee: str) -> CommitteeShelf | None:
        """Return a committee with its meetings."""
        return self.reader.shelves().committee(council, committee)

    def meeting(self, council: str, committee: str, date: str | None) -> MeetingShelf | None:
        """Return a meeting with its documents."""
        return self.reader.shelves().meeting(council, committee, date)

    def header(self, document_id: str) -> Header | None:
        """Return what is known of a document besides its words."""
        return self.reader.shelves().header(document_id)

    def document(self, document_id: str) -> Document | None:
        """Return a whole document, or None where no such document is stored."""
        return self.reader.document(document_id)

    def history(self, document_id: str) -> History:
        """Return what other meetings have on the matter of a document.

        Where the council's site does not say it, items with the same title are.
        """
        shelves = self.reader.shelves()
        found = [header for header in map(shelves.header, self._same_issue(document_id)) if header]
        if found:
            return History(newest_first(found), Kinship.ISSUE)
        return shelves.same_title(document_id)

    def sources(self) -> tuple[SourceSummary, ...]:
        """Return the sources that are looked at, by name."""
        shelves = self._shelves_or_none()
        summaries = [
            SourceSummary(
                name=_public(source).name,
                kind=_kind(source),
                documents=shelves.count_of(source.name) if shelves else 0,
                last_good=source.last_good,
                last_look=source.last_look,
                state=source.state,
                reason=_public(source).reason,
            )
            for source in self._looked_at()
        ]
        return tuple(sorted(summaries, key=lambda one: one.name.casefold()))

    def warnings(self) -> tuple[str, ...]:
        """Return a line for each source that could not be looked at."""
        return warnings(map(_public, self._looked_at()), clock.now())

    def _looked_at(self) -> list[Source]:
        """Return the sources as they stand now; a site that was taken out of the settings is not missed."""
        return [
            fresh_state(known.source, clock.now())
            for known in known_sources(self.library)
            if known.settings or not is_address(known.source.location)
        ]

    def _same_issue(self, document_id: str) -> tuple[str, ...]:
        if not self.library.record.exists():
            return ()
        with self.library.corpus() as corpus:
            return same_issue(corpus, document_id)

    def _shelves_or_none(self) -> Shelves | None:
        try:
            return self.reader.shelves()
        except GenerationError:
            return None


def _kind(source: Source) -> str:
    if is_address(source.location):
        return "council site"
    return "files" if source.name == LOOSE else "folder"


def _public(source: Source) -> Source:
    """Return a source without the server's paths: a folder that was never named has its path for a name."""
    if is_address(source.location):
        return source
    return replace(
        source,
        name=_LEADING_THERE.sub("", source.name),
        reason=_LEADING_THERE.sub("", source.reason),
    )
