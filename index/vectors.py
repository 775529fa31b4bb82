"""Dense search: a Chroma collection of passage rows and their vectors, and nothing else.

A passage is known here by its row, a number that counts from 0 within one generation; Chroma's ids are
these numbers as text. Distances are cosine distances, so `1 - distance` is the dot product of unit vectors.

Rows with the very same vector are twins: the first stands in Chroma for all of them, and `twins.npy` tells
which (shape: rows). A few hundred equal points would have only each other for neighbours, and the search
that walks from neighbour to neighbour would neither find the way in nor the way out.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self

import chromadb
import numpy as np
from chromadb.config import Settings
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from corpus.errors import GenerationError
from index.arrays import Vectors

COLLECTION = "passages"
TWINS = "twins.npy"
DATABASE = "chroma.sqlite3"
#: Chroma takes no more records in one call (get_max_batch_size).
MAX_RECORDS = 5_000
#: Up to so many vectors are held in memory and compared one by one: that is exact, and faster than any graph
#: (42,000 of them in 1.3 ms on two cores). Passages that follow one template lie so close together that the
#: graph falls apart into islands: of 600 such passages it did not find 141 by their own vectors.
HELD = 100_000
#: Beyond, candidates examined per query, and links of each vector; with fewer, more islands.
SEARCH_BREADTH = 200
NEIGHBOURS = 48
#: Beyond, at most this many vectors are fetched and compared one by one.
EXACT_LIMIT = 1_000
#: So many queries are compared with all vectors in one product; more would only take memory.
COMPARED = 64
#: So far at most is a cosine of BLAS from the exact one, many times over.
DOUBT = 1e-5

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


class VectorWriter:
    """Fills a new collection with `distinct` vectors that differ, and any number of twins of them.

    It is whole when its block is left without an error.
    """

    def __init__(self, folder: Path, distinct: int) -> None:
        self._folder = folder
        self._client = _client(folder)
        # Chroma flushes its graph each time this many records have come, and never at the end. Flushed
        # once, by the very last record, the graph is written whole and nothing is left to replay.
        self._flush = max(distinct, 2)  # it takes no number below two
        self._collection = self._client.create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "max_neighbors": NEIGHBOURS,
                    "ef_construction": 200,
                    "ef_search": SEARCH_BREADTH,
                    "sync_threshold": self._flush,
                    "batch_size": min(self._flush, 1_000),
                }
            },
        )
        self._first: dict[bytes, int] = {}
        self._twins: list[int] = []

    def add(self, vectors: Vectors) -> None:
        """Add vectors for the next rows."""
        keys = [blake2b(vector.tobytes(), digest_size=16).digest() for vector in vectors]
        new = []
        for number, key in enumerate(keys):
            row = len(self._twins)
            if self._first.setdefault(key, row) == row:
                new.append(number)
            self._twins.append(self._first[key])
        first_row = len(self._twins) - len(keys)
        self._send([first_row + number for number in new], vectors[new])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._fill_up()
        finally:
            self._client.close()
        if kind is None:
            self._finish()

    def _finish(self) -> None:
        """Write what stands beside the vectors; the log that the flush has emptied gives its space back."""
        np.save(self._folder / TWINS, np.asarray(self._twins, dtype=np.int64))
        with closing(sqlite3.connect(self._database, isolation_level=None)) as database:
            database.execute("VACUUM")

    @property
    def _database(self) -> Path:
        return self._folder / DATABASE

    def _send(self, rows: Sequence[int], vectors: Vectors) -> None:
        for start in range(0, len(rows), MAX_RECORDS):
            part = slice(start, start + MAX_RECORDS)
            self._collection.upsert(ids=[str(row) for row in rows[part]], embeddings=vectors[part])

    def _fill_up(self) -> None:
        """Send records again until the number is reached that makes Chroma flush.

        A lone vector has to come twice; and some texts that differ have the same vector after all.
        """
        rows = list(self._first.values())
        sent = len(rows)
        while rows and not self._flushed():
            again = rows[: min(max(self._flush - sent, 1), MAX_RECORDS)]
            got = self._collection.get(ids=[str(row) for row in again], include=["embeddings"])
            self._send([int(row) for row in got["ids"]], np.asarray(got["embeddings"], dtype=np.float32))
            sent += len(again)

    def _flushed(self) -> bool:
        with closing(sqlite3.connect(self._database)) as database:
            ((left,),) = database.execute(
                "SELECT (SELECT max(seq_id) FROM embeddings_queue) - coalesce((SELECT m.seq_id FROM"
                " max_seq_id m JOIN segments s ON s.id = m.segment_id WHERE s.scope = 'VECTOR'), 0)"
            )
        return bool(left == 0)


class VectorIndex:
    """A finished collection, read only.

    Raises:
        GenerationError: the folder holds no such collection.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / DATABASE).exists():
            raise GenerationError(f"{folder} holds no vectors; run: minutebook index")
        try:
            self._client = _client(folder)
        except Exception as error:  # Chroma raises what its Rust core gives it, without a common base
            raise _unreadable(folder, error) from error
        try:
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            #: The row that stands in Chroma for each row (shape: rows).
            self._twins: Rows = np.load(folder / TWINS)
            self._distinct = len(np.unique(self._twins))
            if self._collection.count() != self._distinct:
                raise ValueError(f"{self._collection.count()} vectors instead of {self._distinct}")
        except Exception as error:
            self._client.close()
            raise _unreadable(folder, error) from error

        self.count = len(self._twins)
        #: All rows, ordered so that twins stand together, and where those of each row begin and end.
        self._grouped: Rows = np.argsort(self._twins, kind="stable")
        grouped = self._twins[self._grouped]
        self._begins: Rows = np.searchsorted(grouped, np.arange(self.count), side="left")
        self._ends: Rows = np.searchsorted(grouped, np.arange(self.count), side="right")
        #: All vectors (shape: rows × dimensions), if they are few enough.
        self._held: Vectors | None = None
        if 0 < self.count <= HELD:
            self._held = self._fetched(np.arange(self.count))

    def close(self) -> None:
        """Close the collection."""
        self._client.close()

    def near(self, queries: Vectors, limit: int) -> list[Rows | None]:
        """Return, for each of `queries` (shape: queries × dimension), rows with the `limit` nearest in them.

        Many at once take a fraction of the time. None stands where it would take as long, or longer.
        """
        if self._held is None or limit >= self.count:
            return [None] * len(queries)
        columns = queries / np.linalg.norm(queries, axis=1, keepdims=True)
        near: list[Rows | None] = []
        with _blas().limit(limits=1, user_api="blas"):
            for start in range(0, len(columns), COMPARED):
                near += [_enough(one, limit) for one in columns[start : start + COMPARED] @ self._held.T]
        return near

    def nearest(self, query: Vectors, limit: int, near: Rows | None = None) -> tuple[Rows, Scores]:
        """Return the rows nearest to `query` (shape: dimension) and their dot products, best first.

        `near` is what the method of this name says of the query, where that is known already.
        """
        limit = min(limit, self.count)
        if limit == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._held is not None and near is not None:
            return _sorted(near, self._held[near], query, limit)
        if self._held is not None:
            return _best(np.arange(self.count), self._held, query, limit)
        wanted = min(limit, self._distinct)
        found = self._collection.query(query_embeddings=[query], n_results=wanted, include=["distances"])
        scores = 1 - np.asarray((found["distances"] or [[]])[0], dtype=np.float32)
        twins = [self._grouped[self._begins[row] : self._ends[row]] for row in map(int, found["ids"][0])]
        rows = np.concatenate(twins)[:limit]
        return rows, np.repeat(scores, [len(group) for group in twins])[:limit]

    def nearest_among(self, query: Vectors, allowed: NDArray[np.bool_], limit: int) -> tuple[Rows, Scores]:
        """Like `nearest`, among the rows that `allowed` (shape: rows) marks.

        Rows that are held, or few, are compared one by one, which is exact; of many, ever more of the nearest
        are fetched until enough of them are allowed. Both are faster than Chroma's own filters.
        """
        total = int(allowed.sum())
        if total == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._held is not None or total <= EXACT_LIMIT:
            rows = np.flatnonzero(allowed)
            return _best(rows, self.vectors(rows), query, limit)
        fetch = limit * max(2, round(self.count / total))
        while True:
            rows, scores = self.nearest(query, fetch)
            keep = allowed[rows]
            if int(keep.sum()) >= min(limit, total) or fetch >= self.count:
                return rows[keep][:limit], scores[keep][:limit]
            fetch *= 4

    def scores(self, query: Vectors, rows: Rows) -> Scores:
        """Return the cosine of each of `rows` to `query`."""
        return _exact(self.vectors(rows), query) if len(rows) else np.zeros(0, np.float32)

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors of `rows` (at least one), in their order."""
        return self._fetched(rows) if self._held is None else self._held[rows]

    def _fetched(self, rows: Rows) -> Vectors:
        stored, places = np.unique(self._twins[rows], return_inverse=True)
        starts = range(0, len(stored), MAX_RECORDS)
        found = [self._embeddings(stored[start : start + MAX_RECORDS]) for start in starts]
        return np.asarray(np.concatenate(found)[places])

    def _embeddings(self, stored: Rows) -> Vectors:
        got = self._collection.get(ids=[str(row) for row in stored], include=["embeddings"])
        if len(got["ids"]) < len(stored):
            raise GenerationError("the vectors of some passages are missing; run: minutebook index")
        order = np.argsort([int(number) for number in got["ids"]])
        return np.asarray(got["embeddings"], dtype=np.float32)[order]


def _best(rows: Rows, vectors: Vectors, query: Vectors, limit: int) -> tuple[Rows, Scores]:
    near = _enough(_cosines(vectors, query), limit) if limit < len(rows) else np.arange(len(rows))
    return _sorted(rows[near], vectors[near], query, limit)


def _enough(cosines: Scores, limit: int) -> Rows:
    """Return the places of the `limit` best, and of what may be as good: to sort all of them takes longer."""
    least = np.partition(cosines, -limit)[-limit] - DOUBT
    return np.flatnonzero(cosines >= least)


def _sorted(rows: Rows, vectors: Vectors, query: Vectors, limit: int) -> tuple[Rows, Scores]:
    scores = _exact(vectors, query)
    order = np.argsort(-scores, kind="stable")[:limit]
    return rows[order].astype(np.int64), scores[order]


def _exact(vectors: Vectors, query: Vectors) -> Scores:
    """Return cosines whose last bit depends on nothing but the two vectors.

    Those of BLAS also depend on how many vectors it is given, and where in memory each of them lies.
    """
    return np.asarray((vectors * (query / np.linalg.norm(query))).sum(axis=1), dtype=np.float32)


def _cosines(vectors: Vectors, query: Vectors) -> Scores:
    # The threads of BLAS go on spinning after their work and then keep the model's from theirs: on two cores
    # every tenth query took 100 ms instead of 25. One thread is enough, memory is what it waits for.
    with _blas().limit(limits=1, user_api="blas"):
        return np.asarray(vectors @ (query / np.linalg.norm(query)), dtype=np.float32)


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


def _unreadable(folder: Path, error: Exception) -> GenerationError:
    reason = " ".join(str(error).split())[:200]
    return GenerationError(f"the vectors in {folder} cannot be read ({reason}); run: minutebook index")


def _client(folder: Path) -> "chromadb.api.ClientAPI":
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
