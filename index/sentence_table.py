"""The sentences of every passage as sets of terms, so that a query is compared with each in a moment.

To divide a passage into sentences takes longer than a search may; here it was done when the generation was
built. Files of bare numbers, little-endian (N passages, S sentences, T terms in all of them, H in headings):

    first      N + 1   64 bits   the number of the first sentence of each passage
    bounds     S + 1   64 bits   where the terms of each sentence begin
    terms      T       32 bits   terms, as hashes; of a million terms, a hundred share theirs
    cues       S        8 bits   what kinds of question each sentence has the words to answer (`index.cues`)
    headings   N + 1   64 bits   where the terms of the heading of each passage begin
    above      H       32 bits   terms of headings, as hashes
    vectors    S × D    8 bits   the vector of each sentence (D dimensions; `index.late_pooling`)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

from corpus.errors import GenerationError
from index.arrays import Array, Coarse, Vectors, unit
from index.cues import cues_in
from index.late_pooling import Span
from index.lexical import terms
from index.sentences import quotable_spans

_FILES = {
    "first": "<i8",
    "bounds": "<i8",
    "terms": "<u4",
    "cues": "<u1",
    "headings": "<i8",
    "above": "<u4",
    "vectors": "<i1",
}


def spans_of(passage: str) -> list[Span]:
    """Return what of a passage can be quoted, or all of it where it is nothing but a heading."""
    return list(quotable_spans(passage)) or [(0, len(passage))]


def hashes(words: Iterable[str]) -> NDArray[np.uint32]:
    """Return terms as they stand in the table."""
    return np.asarray([crc32(word.encode()) for word in words], dtype=np.uint32)


class SentenceTableWriter:
    """Fills a new table in the order of rows, and holds none of it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._files = {name: (folder / name).open("wb") for name in _FILES}
        self._sentences = self._terms = self._above = 0
        for name in ("first", "bounds", "headings"):
            self._put(name, [0])

    def add(self, sentences: Iterable[str], heading: str, vectors: Coarse) -> None:
        """Add the sentences of the next passage with their vectors, and the terms of its heading."""
        for sentence in sentences:
            held = np.unique(hashes(terms(sentence)))
            self._sentences += 1
            self._terms += len(held)
            self._put("terms", held)
            self._put("bounds", [self._terms])
            self._put("cues", [cues_in(sentence)])
        self._put("first", [self._sentences])
        self._put("vectors", vectors)
        above = np.unique(hashes(terms(heading)))
        self._above += len(above)
        self._put("above", above)
        self._put("headings", [self._above])

    def close(self) -> None:
        """Finish the files."""
        for file in self._files.values():
            file.close()

    def _put(self, name: str, values: ArrayLike) -> None:
        self._files[name].write(np.asarray(values, dtype=_FILES[name]).tobytes())


@dataclass(frozen=True, slots=True)
class Met:
    """What P passages and their S sentences meet of a query of Q terms.

    `passage` (S) is the place of each sentence's passage among those asked for, `terms` (S × Q) tells which
    terms it holds, `cues` (S) what kinds of question it has the words to answer; `above` (P × Q) tells which
    terms the heading of each passage holds.
    """

    passage: NDArray[np.int64]
    terms: NDArray[np.bool_]
    cues: NDArray[np.uint8]
    above: NDArray[np.bool_]

    @property
    def held(self) -> NDArray[np.bool_]:
        """Which terms each passage holds in one of its sentences (shape: P × Q)."""
        held = np.zeros_like(self.above)
        sentence, term = np.nonzero(self.terms)
        held[self.passage[sentence], term] = True
        return held


class SentenceTable:
    """A finished table, mapped into memory; threads may share it.

    Raises:
        GenerationError: a file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        try:
            loaded = {name: _mapped(folder / name, kind) for name, kind in _FILES.items()}
        except (OSError, ValueError) as error:
            raise GenerationError(f"{folder} cannot be read ({error}); run: minutebook index") from error
        self._first, self._bounds = loaded["first"], loaded["bounds"]
        self._terms, self._cues = loaded["terms"], loaded["cues"]
        self._headings, self._above = loaded["headings"], loaded["above"]
        whole = (
            len(self._first) > 0
            and len(self._first) == len(self._headings)
            and int(self._headings[-1]) == len(self._above)
            and len(self._bounds) == len(self._cues) + 1
            and int(self._first[-1]) == len(self._cues)
            and int(self._bounds[-1]) == len(self._terms)
            and len(loaded["vectors"]) % max(len(self._cues), 1) == 0
        )
        if not whole:
            raise GenerationError(f"{folder} is cut short; run: minutebook index")
        self._vectors = (
            loaded["vectors"].reshape(len(self._cues), -1) if len(self._cues) else loaded["vectors"]
        )

    @property
    def count(self) -> int:
        """The number of passages."""
        return len(self._first) - 1

    def cosines(self, rows: Sequence[int], vector: Vectors) -> list[Array]:
        """Return, for each of the passages `rows`, the cosine of each of its sentences to a vector."""
        if not rows:
            return []
        asked = np.asarray(rows, dtype=np.int64)
        sentences, passage = _spread(self._first, asked)
        # Summed row by row, the last bit of each is the same among whatever others it is asked for.
        own = unit(self._vectors[sentences].astype(np.float32)) * (vector / np.linalg.norm(vector))
        cosines = own.sum(axis=1)
        return np.split(cosines, np.searchsorted(passage, np.arange(1, len(asked))))

    def met(self, rows: ArrayLike, words: Sequence[str]) -> Met:
        """Return what every sentence of the passages `rows` meets of the terms `words`."""
        sought = hashes(words)
        asked = np.asarray(rows, dtype=np.int64)
        sentences, passage = _spread(self._first, asked)
        return Met(
            passage=passage,
            terms=_held(self._bounds, self._terms, sentences, sought),
            cues=np.asarray(self._cues[sentences]),
            above=_held(self._headings, self._above, asked, sought),
        )


def _spread(starts: NDArray[np.int64], places: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Return the numbers of all that lies in some places, and for each of them which place it was.

    Place p holds the numbers from starts[p] to starts[p + 1].
    """
    counts = np.asarray(starts[places + 1] - starts[places])
    of = np.repeat(np.arange(len(places)), counts)
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)[:-1]]) if len(places) else counts
    return np.arange(counts.sum()) - before[of] + starts[places][of], of


def _held(
    starts: NDArray[np.int64], held: NDArray[np.uint32], places: NDArray[np.int64], sought: NDArray[np.uint32]
) -> NDArray[np.bool_]:
    """Tell which of the terms `sought` each of `places` holds (shape: places × sought)."""
    numbers, of = _spread(starts, places)
    there = np.asarray(held[numbers])
    found = np.zeros((len(places), len(sought)), dtype=bool)
    for which, term in enumerate(sought):
        found[of[there == term], which] = True
    return found


def _mapped(path: Path, kind: str) -> NDArray[Any]:
    """Map a file into memory; one without a byte cannot be mapped.

    It is looked at as a plain array: `memmap` takes longer to make its own kind of every piece.
    """
    if not path.stat().st_size:
        return np.zeros(0, dtype=kind)
    return np.asarray(np.memmap(path, dtype=kind, mode="r"))
