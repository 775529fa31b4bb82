"""Many questions at once: each has the answer that it has alone, in a fraction of the time.

The model reads a batch of questions at once, each of them once, and all vectors are compared with the batch
in one product. Meanwhile workers rank what was found for the batch before, and choose what to quote: threads,
and from the second batch on processes, if these are wanted.

The last bits of a vector depend on what it is computed with, as processors have kernels of their own for
short texts. So batches are always the same ones, counted from the first question, wherever one begins.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from time import perf_counter
from typing import TypeVar

import numpy as np

from corpus.errors import MinutebookError
from index.answer import answer_out_of
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
from index.workers import Work, Workers

#: Questions that are embedded together: enough for many to be of one length, or even the same.
BATCH = 256
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
    begin: int = 0,
    threads: int | None = None,
    processes: bool = False,
    reranker: Reranker | None = None,
) -> Iterator[Answer | MinutebookError]:
    """Yield the answer to each of `asked` from number `begin` on, in their order, or why it cannot be asked.

    `threads` work at once (None: one for each core), with `processes` each in a process of its own, unless
    there is a `reranker`.
    """
    work = partial(_answer, settings=settings, k=k, reranker=reranker)
    workers = _workers(generation, threads, processes, reranker)
    yield from _each(generation, embedder, asked, work, workers, begin)


def search_many(
    generation: Generation,
    embedder: QueryEmbedder,
    asked: Iterable[Asked],
    *,
    k: int = 10,
    begin: int = 0,
    threads: int | None = None,
    processes: bool = False,
    reranker: Reranker | None = None,
) -> Iterator[Found | MinutebookError]:
    """Yield what is found for each of `asked` from number `begin` on, or why it cannot be searched for."""
    work = partial(_search, k=k, reranker=reranker)
    workers = _workers(generation, threads, processes, reranker)
    yield from _each(generation, embedder, asked, work, workers, begin)


def _workers(
    generation: Generation, threads: int | None, processes: bool, reranker: Reranker | None
) -> Workers:
    # A reranker is loaded once, and does nearly all of the work: it has no time to lose to Python.
    return Workers(generation, threads, processes=processes and reranker is None)


def _answer(
    generation: Generation, one: _Embedded, *, settings: AnswerSettings, k: int, reranker: Reranker | None
) -> Answer:
    started = perf_counter()
    ranking = rank_embedded(generation, one.parsed, one.vector, near=one.near, reranker=reranker)
    given = answer_out_of(generation, one.question, ranking, settings=settings, k=k)
    return replace(given, seconds=round(perf_counter() - started, 3))


def _search(generation: Generation, one: _Embedded, *, k: int, reranker: Reranker | None) -> Found:
    return best_of(rank_embedded(generation, one.parsed, one.vector, near=one.near, reranker=reranker), k)


def _each(
    generation: Generation,
    embedder: QueryEmbedder,
    asked: Iterable[Asked],
    work: Work[_Embedded, _T],
    workers: Workers,
    begin: int,
) -> Iterator[_T | MinutebookError]:
    begun: deque[Iterator[_T | MinutebookError]] = deque()
    skipped, done = divmod(begin, BATCH)
    left = islice(asked, skipped * BATCH, None)
    with workers:
        while batch := list(islice(left, BATCH)):
            begun.append(workers.begin(work, _embedded(generation, embedder, batch)[done:]))
            done = 0
            if len(begun) > 1:
                yield from begun.popleft()
        while begun:
            yield from begun.popleft()


def _embedded(
    generation: Generation, embedder: QueryEmbedder, batch: Sequence[Asked]
) -> list[_Embedded | MinutebookError]:
    parsed = [_parsed(one) for one in batch]
    good = [one for one in parsed if isinstance(one, ParsedQuery)]
    # Asked of thirty councils, a question is the same thirty times.
    words = list(dict.fromkeys(one.words for one in good))
    vectors = dict(zip(words, embedder.embed_queries(words), strict=True))
    anywhere = list(dict.fromkeys(one.words for one in good if one.filters == EVERYTHING))
    near: dict[str, Rows | None] = {}
    if anywhere:
        found = generation.vectors.near(np.stack([vectors[one] for one in anywhere]), CANDIDATES)
        near = dict(zip(anywhere, found, strict=True))
    return [
        _Embedded(one.question, query, vectors[query.words], near.get(query.words))
        if isinstance(query, ParsedQuery)
        else query
        for one, query in zip(batch, parsed, strict=True)
    ]


def _parsed(asked: Asked) -> ParsedQuery | MinutebookError:
    try:
        return parse_query(asked.question, asked.filters)
    except MinutebookError as error:
        return error.with_traceback(None)  # it would keep alive whatever was at hand when it arose
