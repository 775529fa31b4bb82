"""Vectors by model and text, so that nothing is ever embedded twice, whatever is rebuilt."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

import numpy as np

from corpus.errors import NothingDoneError
from index.embedding import Embedder, Vectors

#: SQLite takes no more values than 32,766 in one statement; fewer keep the statement cache small.
_KEYS_AT_ONCE = 500


#: Texts embedded between two commits: what a kill may cost, and how often progress shows.
SLICE = 128

#: Called with how many of the texts have their vectors by now.
Done = Callable[[int], None]


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
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) STRICT"
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

    def vectors(self, texts: Sequence[str], done: Done = lambda _: None) -> Vectors:
        """Return the vector of each text (shape: texts × dimensions), embedding those not yet known."""
        if not texts:
            return self._embedder.embed_passages([])
        keys = [_key(self._fingerprint, text) for text in texts]
        known = _known(self._db, list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        # Texts of one length are read together: the model pads the short ones of a batch to its longest.
        order = sorted(missing, key=lambda key: len(missing[key]), reverse=True)
        for start in range(0, len(order), SLICE):
            part = order[start : start + SLICE]
            made = self._embedder.embed_passages([missing[key] for key in part])
            self._store(part, made)
            known.update(zip(part, made, strict=True))
            self.embedded += len(part)
            done(len(texts) - len(order) + start + len(part))
        return np.stack([known[key] for key in keys])

    def _store(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
            ((key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)),
        )
        self._db.execute("COMMIT")


def cached_vector(path: Path, fingerprint: str, text: str) -> Vectors | None:
    """Return the vector that the model with `fingerprint` has made of `text`, None where it is not known."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        key = _key(fingerprint, text)
        return _known(db, [key]).get(key)


def _known(db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        part = keys[start : start + _KEYS_AT_ONCE]
        marks = ", ".join("?" * len(part))
        for key, vector in db.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part):
            found[key] = np.frombuffer(vector, dtype=np.float32)
    return found


def _key(fingerprint: str, text: str) -> bytes:
    return blake2b(text.encode(), key=fingerprint.encode()[:64], digest_size=20).digest()
