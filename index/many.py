"""Many questions at once: each has the answer that it has alone, in a fraction of the time.

The model reads a batch of questions at once, and all vectors are compared with the batch in one product.
Meanwhile threads rank what was found for the batch before, and choose what to quote.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from time import perf_counter
from typing import TypeVar

from corpus.errors import MinutebookError
from index.answer import answer
from index.arrays import Vectors
from index.candidates import CANDIDATES
from index.embedding import QueryEmbedder
from index.generation import Generation
from index.query import ParsedQuery, parse_query
from index.records import Answer, Filters, Found
from index.reranking import Reranker
from index.search import best_of, rank_embedded
from index.settings import AnswerSettings
from index.vectors import Rows

#: Questions that are embedded together: enough for many to be of one length.
BATCH = 128
EVERYTHING = Filters()

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or what is searched for, and what it is limited to."""

    question: str
    filters: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class _Embedded:
    """A question in its parts, its vector (shape: dimension), and what `VectorIndex.near` says of that."""

    question: str
    parsed: ParsedQuery
    vector: Vectors
    near: Rows | None


def answer_many(
    generation: Generation,
    embedder: QueryEmbedder,
    asked: Iterable[Asked],
    *,
    settings: AnswerSettings,
    k: int = 10,
    threads: int | None = None,
    reranker: Reranker | None = None,
) -> Iterator[Answer | MinutebookError]:
    """Yield the answer to each of `asked`, in their order, or why it cannot be asked."""

    def answered(one: _Embedded) -> Answer:
        started = perf_counter()
        ranking = rank_embedded(generation, one.parsed, one.vector, near=one.near, reranker=reranker)
        given = answer(generation, embedder, one.question, settings=settings, k=k, ranking=ranking)
        return replace(given, seconds=round(perf_counter() - started, 3))

    yield from _each(generation, embedder, asked, answered, threads)


def search_many(
    generation: Generation,
    embedder: QueryEmbedder,
    asked: Iterable[Asked],
    *,
    k: int = 10,
    threads: int | None = None,
    reranker: Reranker | None = None,
) -> Iterator[Found | MinutebookError]:
    """Yield what is found for each of `asked`, in their order, or why it cannot be searched for."""

    def found(one: _Embedded) -> Found:
        return best_of(rank_embedded(generation, one.parsed, one.vector, near=one.near, reranker=reranker), k)

    yield from _each(generation, embedder, asked, found, threads)


def _each(
    generation: Generation,
    embedder: QueryEmbedder,
    asked: Iterable[Asked],
    work: Callable[[_Embedded], _T],
    threads: int | None,
) -> Iterator[_T | MinutebookError]:
    def done(one: _Embedded | MinutebookError) -> _T | MinutebookError:
        if isinstance(one, MinutebookError):
            return one
        try:
            return work(one)
        except MinutebookError as error:
            return error

    pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, thread_name_prefix="asking")
    begun: deque[Future[_T | MinutebookError]] = deque()
    left = iter(asked)
    try:
        while batch := list(islice(left, BATCH)):
            embedded = _embedded(generation, embedder, batch)
            while begun:
                yield begun.popleft().result()
            begun.extend(pool.submit(done, one) for one in embedded)
        while begun:
            yield begun.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _embedded(
    generation: Generation, embedder: QueryEmbedder, batch: Sequence[Asked]
) -> list[_Embedded | MinutebookError]:
    parsed = [_parsed(one) for one in batch]
    good = [one for one in parsed if isinstance(one, ParsedQuery)]
    vectors = embedder.embed_queries([one.words for one in good])
    ready = iter(zip(vectors, generation.vectors.near(vectors, CANDIDATES), strict=True))
    return [
        _Embedded(one.question, query, *next(ready)) if isinstance(query, ParsedQuery) else query
        for one, query in zip(batch, parsed, strict=True)
    ]


def _parsed(asked: Asked) -> ParsedQuery | MinutebookError:
    try:
        return parse_query(asked.question, asked.filters)
    except MinutebookError as error:
        return error
