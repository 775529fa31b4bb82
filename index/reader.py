"""What people and programs ask of the minutes: search, answers, documents."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from time import perf_counter
from types import TracebackType
from typing import Self

from corpus.errors import GenerationError, MinutebookError, UsageError
from corpus.records import Document
from index.answer import answer, answer_out_of
from index.browse import Extent, Holdings, Shelves
from index.embedding import Embedder
from index.generation import Generation
from index.lexical import Scope
from index.links import link_to
from index.listing import PER_PAGE, list_results
from index.many import Asked, answer_many, search_many
from index.provenance import Provenance, provenance_of
from index.published import Published
from index.query import take_out_filters
from index.records import Answer, Filters, Found, Hit, Listing, Result, Sort
from index.reranking import Reranker
from index.search import best_of, rank, resolve_filters, search
from index.settings import AnswerSettings


class Reader:
    """Searches and answers from whatever generation is published at the moment; threads may share it.

    A question stays in the generation in which it began. `index.open` makes one.
    """

    def __init__(
        self,
        published: Published,
        embedder: Embedder,
        settings: AnswerSettings | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._published = published
        self.embedder = embedder
        self.reranker = reranker
        self._settings = settings or AnswerSettings()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def generation(self) -> str:
        """Name the generation that answers now.

        Raises:
            GenerationError: there is none, or it is broken.
        """
        with self.opened() as generation:
            return generation.name

    @property
    def provenance(self) -> Provenance:
        """Return what makes an answer the same another time.

        Raises:
            GenerationError: there is no generation, or it is broken.
        """
        with self.opened() as generation:
            return provenance_of(generation, self._settings, self.reranker)

    def warm_up(self) -> None:
        """Load what the first question would have to wait for; no matter if there is no generation yet."""
        self.embedder.embed_queries(["minutes"])
        try:
            self.search("minutes", k=1)
            self.shelves()
        except GenerationError:
            return

    def search(self, query: str, *, filters: Filters | None = None, k: int = 10) -> Found:
        """Return the `k` passages that fit `query` best.

        Raises:
            UsageError: the query is empty, too long or without words, or `k` is below one.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        _check(k)
        with self.opened() as generation:
            return search(generation, self.embedder, query, filters=filters, k=k, reranker=self.reranker)

    def ask(self, question: str, *, filters: Filters | None = None, k: int = 10) -> Answer:
        """Return what the minutes say to `question`, with the `k` passages that were looked at.

        Raises:
            UsageError: the question is empty, too long or without words, or `k` is below one.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        _check(k)
        with self.opened() as generation:
            return answer(
                generation,
                self.embedder,
                question,
                settings=self._settings,
                filters=filters,
                k=k,
                reranker=self.reranker,
            )

    def ask_many(
        self,
        asked: Iterable[Asked],
        *,
        k: int = 10,
        begin: int = 0,
        threads: int | None = None,
        processes: bool = False,
    ) -> Iterator[Answer | MinutebookError]:
        """Yield the answer to each of `asked` from number `begin` on, or why it cannot be asked.

        Each is what `ask` returns (but for its `seconds`, and the last bits of its scores), in a fraction of
        the time, and to its last bit the same another time, wherever one begins. All stay in the generation
        of the first one. `asked` is read as it is needed, a few hundred ahead at most. `threads`
        work at once (None: one for each core); with `processes`, each is a process of its own, which needs
        the memory of one and some seconds to begin: of two thousand questions it saves a third of the time,
        of four hundred nothing.

        Raises:
            UsageError: `k` is below one.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        _check(k)
        with self.opened() as generation:
            yield from answer_many(
                generation,
                self.embedder,
                asked,
                settings=self._settings,
                k=k,
                begin=begin,
                threads=threads,
                processes=processes,
                reranker=self.reranker,
            )

    def search_many(
        self,
        asked: Iterable[Asked],
        *,
        k: int = 10,
        begin: int = 0,
        threads: int | None = None,
        processes: bool = False,
    ) -> Iterator[Found | MinutebookError]:
        """Yield what is found for each of `asked` from number `begin` on, as `ask_many` yields answers.

        Raises:
            UsageError: `k` is below one.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        _check(k)
        with self.opened() as generation:
            yield from search_many(
                generation,
                self.embedder,
                asked,
                k=k,
                begin=begin,
                threads=threads,
                processes=processes,
                reranker=self.reranker,
            )

    def asking(
        self, question: str, *, filters: Filters | None = None, k: int = 10
    ) -> Iterator[Found | Answer]:
        """Yield the `k` passages that are found for `question` as soon as they are, then what `ask` returns.

        Raises:
            UsageError: the question is empty, too long or without words, or `k` is below one.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        _check(k)
        started = perf_counter()
        with self.opened() as generation:
            ranking = rank(generation, self.embedder, question, filters, reranker=self.reranker)
            yield best_of(ranking, k)
            given = answer_out_of(generation, question, ranking, settings=self._settings, k=k)
            yield replace(given, seconds=round(perf_counter() - started, 3))

    def listing(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        sort: Sort = Sort.RELEVANCE,
        page: int = 1,
        per_page: int = PER_PAGE,
    ) -> Listing:
        """Return a page of all the results for `query`, with facets.

        Raises:
            UsageError: the query is empty, too long or without words.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        with self.opened() as generation:
            return list_results(
                generation,
                self.embedder,
                query,
                filters=filters,
                sort=sort,
                page=page,
                per_page=per_page,
                reranker=self.reranker,
            )

    def results(self, hits: Sequence[Hit]) -> tuple[Result, ...]:
        """Return `hits`, in their order, with what is known of their documents, and links.

        A hit whose document is there no more is left out, and one whose words have moved leads to its
        document only.
        """
        with self.opened() as generation:
            return tuple(_results(generation, hits))

    def extent(self, query: str = "", *, filters: Filters | None = None) -> Extent:
        """Return how much lies within `filters`, and within those that are typed into `query`."""
        _, held = take_out_filters(query, filters or Filters())
        with self.opened() as generation:
            scope, notes = resolve_filters(generation.table, held)
            return Extent(0, None, None) if notes else generation.table.extent(scope)

    def holdings(self) -> Holdings:
        """Return all that the generation holds."""
        with self.opened() as generation:
            return Holdings(
                generation.name,
                generation.manifest.built_at,
                generation.table.extent(Scope()),
                generation.shelves.councils(),
                generation.table.values("kind"),
            )

    def shelves(self) -> Shelves:
        """Return the documents in the order in which people look through them."""
        with self.opened() as generation:
            return generation.shelves

    def document(self, document_id: str) -> Document | None:
        """Return a whole document, None where no such document is indexed."""
        with self.opened() as generation:
            return generation.table.document(document_id)

    def close(self) -> None:
        """Close the generation, as soon as no question is in it any more."""
        self._published.close()

    def opened(self) -> AbstractContextManager[Generation]:
        """Hold the published generation; it stays open and the same as long as the block lasts.

        Raises:
            GenerationError: there is none, it is broken, or it was embedded with another model.
        """
        return self._published.opened()


def _check(k: int) -> None:
    if k < 1:
        raise UsageError(f"k is {k}; ask for one passage at least")


def _results(generation: Generation, hits: Sequence[Hit]) -> Iterator[Result]:
    for hit in hits:
        header = generation.shelves.header(hit.document_id)
        document = generation.table.document(hit.document_id)
        if header is None or document is None:
            continue
        there = document.text[hit.start : hit.end] == hit.text
        yield Result(hit, header, link_to(document, hit.start, hit.end) if there else document.url)
