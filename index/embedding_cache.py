"""Vectors by model and text, so that nothing is ever embedded twice, whatever is rebuilt.

A text stands here with the vectors of its sentences, which come with its own: what was embedded once but
divided otherwise is embedded again.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.errors import NothingDoneError
from index.arrays import Coarse, Vectors, coarse
from index.embedding import Embedder
from index.late_pooling import Span

#: SQLite takes no more values than 32,766 in one statement; fewer keep the statement cache small.
_KEYS_AT_ONCE = 500


#: Texts embedded between two commits: what a kill may cost, and how often progress shows.
SLICE = 128

#: Called with how many of the texts have their vectors by now.
Done = Callable[[int], None]

#: The vector of a text, and those of its sentences.
_Entry = tuple[Vectors, Coarse]


class Embedded(NamedTuple):
    """Vectors of texts (shape: texts × dimension), and of the sentences of each (sentences × dimension)."""

    texts: Vectors
    sentences: list[Coarse]


class EmbeddingCache:
    """An SQLite file of vectors; every slice that was embedded is on disk before the next begins.

    Raises:
        NothingDoneError: the file is damaged; the message says how to do without it.
    """

    def __init__(self, path: Path, embedder: Embedder) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._embedder = embedder
        self._fingerprint = embedder.fingerprint
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("DROP TABLE IF EXISTS vectors")  # of versions without sentences
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS passages"
                " (key BLOB PRIMARY KEY, vector BLOB NOT NULL, sentences BLOB NOT NULL) STRICT"
            )
        except sqlite3.Error as error:
            self._db.close()
            raise NothingDoneError(
                f"{path} cannot be used ({error}); delete it, and everything is embedded anew"
            ) from error
        #: How many texts were embedded rather than found.
        self.embedded = 0

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def vectors(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], done: Done = lambda _: None
    ) -> Embedded:
        """Return the vectors of texts and of the sentences at `spans` in each; unknown ones are embedded."""
        keys = [
            _key(self._fingerprint, text, places)
            for text, places in zip(texts, map(_places, spans), strict=True)
        ]
        known = _known(self._db, list(dict.fromkeys(keys)))
        missing = {key: number for number, key in enumerate(keys) if key not in known}
        # Texts of one length are read together: the model pads the short ones of a batch to its longest.
        order = sorted(missing, key=lambda key: len(texts[missing[key]]), reverse=True)
        for start in range(0, len(order), SLICE):
            part = order[start : start + SLICE]
            numbers = [missing[key] for key in part]
            made = self._embedder.embed_sentences([texts[n] for n in numbers], [spans[n] for n in numbers])
            entries = {key: (vector, coarse(own)) for key, vector, own in zip(part, *made, strict=True)}
            self._store(entries)
            known |= entries
            self.embedded += len(part)
            done(len(texts) - len(order) + start + len(part))
        if not keys:
            return Embedded(self._embedder.embed_passages([]), [])
        return Embedded(np.stack([known[key][0] for key in keys]), [known[key][1] for key in keys])

    def _store(self, entries: Mapping[bytes, _Entry]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT OR REPLACE INTO passages VALUES (?, ?, ?)",
            ((key, vector.tobytes(), own.tobytes()) for key, (vector, own) in entries.items()),
        )
        self._db.execute("COMMIT")


def cached_vector(path: Path, fingerprint: str, text: str, spans: Sequence[Span]) -> Vectors | None:
    """Return the vector that the model with `fingerprint` has made of `text`, None where it is not known."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        key = _key(fingerprint, text, _places(spans))
        entry = _known(db, [key]).get(key)
        return None if entry is None else entry[0]


def _known(db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, _Entry]:
    found: dict[bytes, _Entry] = {}
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        part = keys[start : start + _KEYS_AT_ONCE]
        marks = ", ".join("?" * len(part))
        for key, vector, own in db.execute(f"SELECT * FROM passages WHERE key IN ({marks})", part):
            whole = np.frombuffer(vector, dtype=np.float32)
            found[key] = whole, np.frombuffer(own, dtype=np.int8).reshape(-1, len(whole))
    return found


def _places(spans: Sequence[Span]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


def _key(fingerprint: str, text: str, places: str) -> bytes:
    return blake2b(f"{places}\n{text}".encode(), key=fingerprint.encode()[:64], digest_size=20).digest()
