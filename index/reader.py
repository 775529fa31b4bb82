"""The published generation, always the newest: readers move on between two questions, without a restart."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from time import perf_counter

from corpus.errors import GenerationError, ModelMismatchError
from corpus.records import Document
from index.answer import answer
from index.browse import Extent, Holdings, Shelves
from index.embedding import Embedder
from index.generation import Generation
from index.generations import Generations
from index.lexical import Scope
from index.links import link_to
from index.listing import list_results
from index.query import take_out_filters
from index.records import Answer, Filters, Found, Hit, Listing, Result, Sort
from index.search import best_of, rank, resolve_filters, search
from index.settings import AnswerSettings

#: A generation can be swept between reading its name and opening it, if two are published meanwhile.
_TRIES = 5


@dataclass(slots=True)
class _Open:
    """An open generation and how many questions are in it."""

    generation: Generation
    users: int = 0
    left: bool = False


class Reader:
    """Searches and answers from whatever generation is published at the moment; threads may share it.

    A question stays in the generation in which it began. The old one is closed when its last question is
    done.
    """

    def __init__(
        self, generations: Generations, embedder: Embedder, settings: AnswerSettings | None = None
    ) -> None:
        self._generations = generations
        self._embedder = embedder
        self._settings = settings or AnswerSettings()
        self._lock = Lock()
        self._open: _Open | None = None

    @property
    def generation(self) -> str:
        """Name the generation that answers now.

        Raises:
            GenerationError: there is none, or it is broken.
        """
        with self.opened() as generation:
            return generation.name

    def warm_up(self) -> None:
        """Load what the first question would have to wait for; no matter if there is no generation yet."""
        self._embedder.embed_queries(["minutes"])
        try:
            self.search("minutes", k=1)
        except GenerationError:
            return

    def search(self, query: str, *, filters: Filters | None = None, k: int = 10) -> Found:
        """Return the `k` passages that fit `query` best.

        Raises:
            UsageError: the query is empty, too long or without words.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        with self.opened() as generation:
            return search(generation, self._embedder, query, filters=filters, k=k)

    def ask(self, question: str, *, filters: Filters | None = None, k: int = 10) -> Answer:
        """Return what the minutes say to `question`, with the `k` passages that were looked at.

        Raises:
            UsageError: the question is empty, too long or without words.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        with self.opened() as generation:
            return answer(generation, self._embedder, question, settings=self._settings, filters=filters, k=k)

    def asking(
        self, question: str, *, filters: Filters | None = None, k: int = 10
    ) -> Iterator[Found | Answer]:
        """Yield the `k` passages that are found for `question` as soon as they are, then what `ask` returns.

        Raises:
            UsageError: the question is empty, too long or without words.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        started = perf_counter()
        with self.opened() as generation:
            ranking = rank(generation, self._embedder, question, filters)
            yield best_of(ranking, k)
            given = answer(
                generation, self._embedder, question, settings=self._settings, k=k, ranking=ranking
            )
            yield replace(given, seconds=round(perf_counter() - started, 3))

    def listing(
        self, query: str, *, filters: Filters | None = None, sort: Sort = Sort.RELEVANCE, page: int = 1
    ) -> Listing:
        """Return a page of all the results for `query`, with facets.

        Raises:
            UsageError: the query is empty, too long or without words.
            GenerationError: there is nothing to search, or it was embedded with another model.
        """
        with self.opened() as generation:
            return list_results(generation, self._embedder, query, filters=filters, sort=sort, page=page)

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
        with self._lock:
            self._leave()

    @contextmanager
    def opened(self) -> Iterator[Generation]:
        """Hold the published generation; it stays open and the same as long as the block lasts.

        Raises:
            GenerationError: there is none, it is broken, or it was embedded with another model.
        """
        with self._lock:
            entered = self._newest()
            entered.users += 1
        try:
            yield entered.generation
        finally:
            with self._lock:
                entered.users -= 1
                _close_if_done(entered)

    def _newest(self) -> _Open:
        for attempt in range(_TRIES):
            folder = self._generations.published()
            if self._open is not None and self._open.generation.name == folder.name:
                return self._open
            try:
                generation = Generation(folder)
            except GenerationError:
                if self._generations.current() != folder.name and attempt + 1 < _TRIES:
                    continue
                raise
            self._check_model(generation)
            self._leave()
            self._open = _Open(generation)
            return self._open
        raise GenerationError("generations are published faster than they can be opened; try again")

    def _check_model(self, generation: Generation) -> None:
        manifest = generation.manifest
        if manifest.fingerprint != self._embedder.fingerprint:
            generation.close()
            raise ModelMismatchError(
                f"generation {generation.name} was embedded with {manifest.model}, the settings name "
                f"{self._embedder.name} (or other files or prompts of it); run: minutebook index, or set "
                f"model.name back to {manifest.model!r}"
            )

    def _leave(self) -> None:
        if self._open is not None:
            self._open.left = True
            _close_if_done(self._open)
            self._open = None


def _results(generation: Generation, hits: Sequence[Hit]) -> Iterator[Result]:
    for hit in hits:
        header = generation.shelves.header(hit.document_id)
        document = generation.table.document(hit.document_id)
        if header is None or document is None:
            continue
        there = document.text[hit.start : hit.end] == hit.text
        yield Result(hit, header, link_to(document, hit.start, hit.end) if there else document.url)


def _close_if_done(opened: _Open) -> None:
    if opened.left and opened.users == 0:
        opened.generation.close()
