"""Dense search: a Chroma collection of passage rows and their vectors, and nothing else.

A passage is known here by its row, a number that counts from 0 within one generation; Chroma's ids are
these numbers as text. Distances are cosine distances, so `1 - distance` is the dot product of unit vectors.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings
from numpy.typing import NDArray

from corpus.errors import GenerationError
from index.embedding import Vectors

COLLECTION = "passages"
#: Chroma takes no more records in one call (get_max_batch_size).
MAX_RECORDS = 5_000
#: Candidates examined per query; with 200 the approximate search misses practically nothing.
SEARCH_BREADTH = 200
#: At most this many vectors are compared one by one; for more, over-fetching is faster.
EXACT_LIMIT = 1_000

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


class VectorWriter:
    """Fills a new collection with exactly `count` vectors."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._client = _client(folder)
        # Chroma flushes its graph each time this many records have come, and never at the end. Flushed
        # once, by the very last record, the graph is written whole and nothing is left to replay.
        # It takes no number below two, so that a lone record has to come twice.
        flush = max(count, 2)
        self._times = 2 if count == 1 else 1
        self._collection = self._client.create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "ef_construction": 200,
                    "ef_search": SEARCH_BREADTH,
                    "sync_threshold": flush,
                    "batch_size": min(flush, 1_000),
                }
            },
        )

    def add(self, first_row: int, vectors: Vectors) -> None:
        """Add vectors for the rows from `first_row` on."""
        for start in range(0, len(vectors), MAX_RECORDS):
            part = vectors[start : start + MAX_RECORDS]
            ids = [str(first_row + start + number) for number in range(len(part))]
            for _ in range(self._times):
                self._collection.upsert(ids=ids, embeddings=part)

    def close(self) -> None:
        """Finish; the write-ahead queue that the flush has emptied gives its space back."""
        self._client.close()
        with closing(sqlite3.connect(self._folder / "chroma.sqlite3", isolation_level=None)) as database:
            database.execute("VACUUM")


class VectorIndex:
    """A finished collection, read only.

    Raises:
        GenerationError: the folder holds no such collection.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / "chroma.sqlite3").exists():
            raise GenerationError(f"{folder} holds no vectors; run: minutebook index")
        try:
            self._client = _client(folder)
        except Exception as error:  # Chroma raises what its Rust core gives it, without a common base
            raise GenerationError(f"the vectors in {folder} cannot be read: {error}") from error
        try:
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self.count = int(self._collection.count())
        except Exception as error:
            self._client.close()
            raise GenerationError(f"the vectors in {folder} cannot be read: {error}") from error

    def close(self) -> None:
        """Close the collection."""
        self._client.close()

    def nearest(self, query: Vectors, limit: int) -> tuple[Rows, Scores]:
        """Return the rows nearest to `query` (shape: dimension) and their dot products, best first."""
        limit = min(limit, self.count)
        if limit == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        found = self._collection.query(query_embeddings=[query], n_results=limit, include=["distances"])
        rows = np.asarray([int(number) for number in found["ids"][0]], dtype=np.int64)
        return rows, 1 - np.asarray((found["distances"] or [[]])[0], dtype=np.float32)

    def nearest_among(self, query: Vectors, allowed: NDArray[np.bool_], limit: int) -> tuple[Rows, Scores]:
        """Like `nearest`, among the rows that `allowed` (shape: rows) marks.

        Few rows are compared one by one, which is exact; for many, ever more of the nearest are fetched
        until enough of them are allowed. Both are faster than Chroma's own filters.
        """
        total = int(allowed.sum())
        if total <= EXACT_LIMIT:
            rows = np.flatnonzero(allowed).astype(np.int64)
            scores = self.scores(query, rows)
            order = np.argsort(-scores, kind="stable")[:limit]
            return rows[order], scores[order]
        fetch = limit * max(2, round(self.count / total))
        while True:
            rows, scores = self.nearest(query, fetch)
            keep = allowed[rows]
            if int(keep.sum()) >= min(limit, total) or fetch >= self.count:
                return rows[keep][:limit], scores[keep][:limit]
            fetch *= 4

    def scores(self, query: Vectors, rows: Rows) -> Scores:
        """Return the dot product of `query` with each of `rows`."""
        return self.vectors(rows) @ query if len(rows) else np.zeros(0, np.float32)

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors of `rows` (at least one), in their order."""
        got = self._collection.get(ids=[str(row) for row in rows], include=["embeddings"])
        places = {int(number): place for place, number in enumerate(got["ids"])}
        if len(places) < len(set(rows.tolist())):
            raise GenerationError("the vectors of some passages are missing; run: minutebook index")
        embeddings = np.asarray(got["embeddings"], dtype=np.float32)
        return embeddings[[places[int(row)] for row in rows]]


def _client(folder: Path) -> "chromadb.api.ClientAPI":
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
