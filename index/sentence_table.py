"""The sentences of every passage as sets of terms, so that a query is compared with each in a moment.

To divide a passage into sentences takes longer than a search may; here it was done when the generation was
built. Files of bare numbers, little-endian (N passages, S sentences, T terms in all of them):

    first    N + 1   64 bits   the number of the first sentence of each passage
    bounds   S + 1   64 bits   where the terms of each sentence begin
    terms    T       32 bits   terms, as hashes; of a million terms, a hundred share theirs
    cues     S        8 bits   what kinds of question each sentence has the words to answer (`index.cues`)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

from corpus.errors import GenerationError
from index.cues import cues_in
from index.lexical import terms
from index.sentences import quotable_spans

_FILES = {"first": "<i8", "bounds": "<i8", "terms": "<u4", "cues": "<u1"}


def sentences_of(passage: str) -> list[str]:
    """Return what of a passage can be quoted, or all of it where it is nothing but a heading."""
    return [passage[start:end] for start, end in quotable_spans(passage)] or [passage]


def hashes(words: Iterable[str]) -> NDArray[np.uint32]:
    """Return terms as they stand in the table."""
    return np.asarray([crc32(word.encode()) for word in words], dtype=np.uint32)


class SentenceTableWriter:
    """Fills a new table in the order of rows, and holds none of it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._files = {name: (folder / name).open("wb") for name in _FILES}
        self._sentences = self._terms = 0
        self._put("first", [0])
        self._put("bounds", [0])

    def add(self, passage: str) -> None:
        """Add the sentences of the next passage."""
        for sentence in sentences_of(passage):
            held = np.unique(hashes(terms(sentence)))
            if len(held):
                self._sentences += 1
                self._terms += len(held)
                self._put("terms", held)
                self._put("bounds", [self._terms])
                self._put("cues", [cues_in(sentence)])
        self._put("first", [self._sentences])

    def close(self) -> None:
        """Finish the files."""
        for file in self._files.values():
            file.close()

    def _put(self, name: str, values: ArrayLike) -> None:
        self._files[name].write(np.asarray(values, dtype=_FILES[name]).tobytes())


@dataclass(frozen=True, slots=True)
class Met:
    """What the sentences of some passages meet of a query: S sentences, Q terms.

    `passage` (S) is the place of each sentence's passage among those asked for, `terms` (S × Q) tells which
    terms it holds, `cues` (S) what kinds of question it has the words to answer.
    """

    passage: NDArray[np.int64]
    terms: NDArray[np.bool_]
    cues: NDArray[np.uint8]


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
        whole = (
            len(self._first) > 0
            and len(self._bounds) == len(self._cues) + 1
            and int(self._first[-1]) == len(self._cues)
            and int(self._bounds[-1]) == len(self._terms)
        )
        if not whole:
            raise GenerationError(f"{folder} is cut short; run: minutebook index")

    @property
    def count(self) -> int:
        """The number of passages."""
        return len(self._first) - 1

    def met(self, rows: Sequence[int], words: Sequence[str]) -> Met:
        """Return what every sentence of the passages `rows` meets of the terms `words`."""
        sought = hashes(words)
        places, held, cues = [], [], []
        for place, row in enumerate(rows):
            start, end = int(self._first[row]), int(self._first[row + 1])
            if start == end:
                continue
            bounds = np.asarray(self._bounds[start : end + 1])
            inside = np.asarray(self._terms[bounds[0] : bounds[-1]])[:, None] == sought[None, :]
            held.append(np.logical_or.reduceat(inside, bounds[:-1] - bounds[0], axis=0))
            cues.append(np.asarray(self._cues[start:end]))
            places.append(np.full(end - start, place, dtype=np.int64))
        if not places:
            none = np.zeros(0, dtype=np.int64)
            return Met(none, np.zeros((0, len(sought)), dtype=bool), none.astype(np.uint8))
        return Met(np.concatenate(places), np.concatenate(held), np.concatenate(cues))


def _mapped(path: Path, kind: str) -> NDArray[Any]:
    """Map a file into memory; one without a byte cannot be mapped."""
    return np.memmap(path, dtype=kind, mode="r") if path.stat().st_size else np.zeros(0, dtype=kind)
