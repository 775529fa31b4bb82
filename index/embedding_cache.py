"""Vectors by model and text, so that nothing is ever embedded twice, whatever is rebuilt."""

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from index.embedding import Embedder, Vectors

#: SQLite takes no more values than 32,766 in one statement; fewer keep the statement cache small.
_KEYS_AT_ONCE = 500


class EmbeddingCache:
    """An SQLite file of vectors; every chunk that was embedded is on disk before the next begins."""

    def __init__(self, path: Path, embedder: Embedder) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._embedder = embedder
        self._fingerprint = embedder.fingerprint.encode()
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) STRICT"
        )
        #: How many texts were embedded rather than found.
        self.embedded = 0

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vector of each text (shape: texts × dimensions), embedding those not yet known."""
        keys = [self._key(text) for text in texts]
        known = self._known(list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            made = self._embedder.embed_passages(list(missing.values()))
            self._store(list(missing), made)
            known.update(zip(missing, made, strict=True))
            self.embedded += len(missing)
        return np.stack([known[key] for key in keys])

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        found: dict[bytes, Vectors] = {}
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            part = keys[start : start + _KEYS_AT_ONCE]
            marks = ", ".join("?" * len(part))
            for key, vector in self._db.execute(
                f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part
            ):
                found[key] = np.frombuffer(vector, dtype=np.float32)
        return found

    def _store(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
            ((key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)),
        )
        self._db.execute("COMMIT")

    def _key(self, text: str) -> bytes:
        return blake2b(
            text.encode("utf-8", "surrogatepass"), key=self._fingerprint[:64], digest_size=20
        ).digest()
