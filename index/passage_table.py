"""The passages and documents of a generation in one SQLite file that is never written again."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from sys import intern
from threading import Lock

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from corpus.errors import GenerationError
from corpus.records import Document, Kind, Status
from corpus.rows import COLUMNS, from_row, insert, to_row
from index.arrays import Numbers
from index.browse import Extent
from index.lexical import Scope, terms
from index.passages import Passage
from index.records import Header
from index.speakers import turns_of

_SHAPE = f"""
    CREATE TABLE documents (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, verbatim INTEGER NOT NULL,
        {COLUMNS}
    ) STRICT;
    CREATE TABLE passages (
        row INTEGER PRIMARY KEY, document INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
        section TEXT NOT NULL, heading TEXT NOT NULL, words INTEGER NOT NULL
    ) STRICT;
"""
#: Whoever asks once asks again, and of the same meeting: documents that were read last, up to so much text.
CHARACTERS_HELD = 8_000_000
_HEADER = tuple(field.name for field in fields(Header))


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """One row: `document.text[start:end]`; `words` is equal for passages with the same words."""

    row: int
    document: Document
    section: str
    start: int
    end: int
    heading: str
    words: int

    @property
    def id(self) -> str:
        """The name of the passage, stable as long as its document does not change."""
        return f"{self.document.id}:{self.start}-{self.end}"

    @property
    def text(self) -> str:
        """The verbatim words."""
        return self.document.text[self.start : self.end]


class PassageTableWriter:
    """Fills a new table in the order of documents."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(_SHAPE)
        self.documents = 0
        self.passages = 0

    def add(self, document: Document, passages: Sequence[Passage]) -> int:
        """Add a document and its passages; return the row of the first."""
        first = self.passages
        row = {
            "number": self.documents,
            "id": document.id,
            "source": document.source,
            "verbatim": bool(turns_of(document.text)),
            **to_row(document),
        }
        self._db.execute(insert("documents", row), row)
        self._db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (first + n, self.documents, p.start, p.end, p.section, p.heading, _words_key(document, p))
                for n, p in enumerate(passages)
            ),
        )
        self.documents += 1
        self.passages += len(passages)
        return first

    def close(self) -> None:
        """Commit and close."""
        self._db.commit()
        self._db.close()


class PassageTable:
    """A finished table, opened immutable; threads may share it.

    Raises:
        GenerationError: the file is missing or no such table.
    """

    def __init__(self, path: Path) -> None:
        try:
            address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise GenerationError(f"{path} cannot be opened ({error}); run: minutebook index") from error
        try:
            self._db.row_factory = sqlite3.Row
            self._load()
            held: LRUCache[tuple[int], Document] = LRUCache(
                maxsize=CHARACTERS_HELD, getsizeof=lambda document: len(document.text)
            )
            self._numbered = cached(held, lock=Lock())(self._read)
        except sqlite3.Error as error:
            self._db.close()
            raise GenerationError(f"{path} cannot be read ({error}); run: minutebook index") from error

    def _load(self) -> None:
        rows = self._db.execute("SELECT document, words FROM passages ORDER BY row").fetchall()
        #: The number of the document of each row, and what is equal for equal words (shape: rows).
        self.document_of: NDArray[np.int64] = np.asarray([row["document"] for row in rows], dtype=np.int64)
        self.words_of: NDArray[np.int64] = np.asarray([row["words"] for row in rows], dtype=np.int64)
        _, same, copies = np.unique(self.words_of, return_inverse=True, return_counts=True)
        #: How many passages have the same words as each row (shape: rows).
        self.copies_of: NDArray[np.int64] = copies[same]
        documents = self._db.execute(
            "SELECT council, committee, kind, meeting_date, verbatim FROM documents ORDER BY number"
        ).fetchall()
        self._columns = {
            name: np.asarray([row[name] for row in documents], dtype=object)
            for name in ("council", "committee", "kind")
        }
        self._values = {
            name: tuple(sorted({value for value in column if value}))
            for name, column in self._columns.items()
        }
        verbatim = np.asarray([row["verbatim"] for row in documents], dtype=bool)
        #: Whether the document of each row is a verbatim record (shape: rows).
        self.verbatim_of: NDArray[np.bool_] = verbatim[self.document_of]
        self._dates = np.asarray([date_number(row["meeting_date"]) for row in documents], dtype=np.int64)

    @property
    def count(self) -> int:
        """The number of passages."""
        return len(self.document_of)

    def days(self, rows: Numbers) -> Numbers:
        """Return the day of the meeting of each row as a number (`date_number`), 0 where it is not known."""
        return self._dates[self.document_of[rows]]

    def of_councils(self, rows: Numbers, councils: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which of `rows` are of one of `councils`."""
        return np.isin(self._columns["council"][self.document_of[rows]].astype(str), list(councils))

    @property
    def documents(self) -> int:
        """The number of documents."""
        return len(self._dates)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def values(self, column: str) -> tuple[str, ...]:
        """Return the values of "council", "committee" or "kind", sorted, without the empty one."""
        return self._values[column]

    def dates(self) -> tuple[str, str] | None:
        """Return the first and the last meeting date (ISO), None when no document has one."""
        row = self._db.execute(
            "SELECT min(meeting_date) AS a, max(meeting_date) AS b FROM documents"
        ).fetchone()
        return (row["a"], row["b"]) if row["a"] else None

    def allowed(self, scope: Scope) -> NDArray[np.bool_]:
        """Mark the rows that `scope` allows (shape: rows)."""
        return self._within(scope)[self.document_of] if self.count else np.zeros(0, dtype=bool)

    def extent(self, scope: Scope) -> Extent:
        """Return how many documents `scope` allows, and from when to when their meetings were."""
        keep = self._within(scope)
        days = self._dates[keep & (self._dates > 0)]
        dated = len(days) > 0
        return Extent(
            documents=int(keep.sum()),
            first=_iso(int(days.min())) if dated else None,
            last=_iso(int(days.max())) if dated else None,
        )

    def _within(self, scope: Scope) -> NDArray[np.bool_]:
        """Mark the documents that `scope` allows (shape: documents)."""
        keep = np.ones(self.documents, dtype=bool)
        for name, values in (
            ("council", scope.councils),
            ("committee", scope.committees),
            ("kind", scope.kinds),
        ):
            if values is not None:
                keep &= np.isin(self._columns[name].astype(str), values)
        if scope.first_date is not None or scope.last_date is not None:
            keep &= (self._dates >= (scope.first_date or 1)) & (
                self._dates <= (scope.last_date or 99_999_999)
            )
        return keep

    def passages(self, rows: Iterable[int]) -> list[StoredPassage]:
        """Return the passages of `rows`, in their order."""
        wanted = [int(row) for row in rows]
        if not wanted:
            return []
        marks = ", ".join("?" * len(wanted))
        found = self._db.execute(f"SELECT * FROM passages WHERE row IN ({marks})", wanted).fetchall()
        by_row = {row["row"]: _passage(row, self._numbered(row["document"])) for row in found}
        return [by_row[row] for row in wanted]

    def _read(self, number: int) -> Document:
        return _document(self._db.execute("SELECT * FROM documents WHERE number = ?", (number,)).fetchone())

    def addresses(self) -> list[tuple[str, str]]:
        """Return the id and the URL of each document, in the order of their numbers."""
        rows = self._db.execute("SELECT id, url FROM documents ORDER BY number").fetchall()
        return [(row["id"], row["url"]) for row in rows]

    def headers(self) -> Iterator[Header]:
        """Stream the headers of all documents, in the order of their numbers."""
        for row in self._db.execute(f"SELECT {', '.join(_HEADER)} FROM documents ORDER BY number"):
            yield Header(
                id=row["id"],
                source=intern(row["source"]),
                kind=Kind(row["kind"]),
                title=row["title"],
                url=row["url"],
                council=intern(row["council"]),
                committee=intern(row["committee"]),
                meeting_date=row["meeting_date"],
                item_number=row["item_number"],
                status=Status(row["status"]),
            )

    def document(self, document_id: str) -> Document | None:
        """Return a document by its id."""
        try:
            row = self._db.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
        except UnicodeEncodeError:  # half a character, which no id holds
            return None
        return _document(row) if row else None


def date_number(iso: str | None) -> int:
    """Return a date as a number that sorts ("2026-01-15" → 20260115), 0 for none."""
    return int(iso.replace("-", "")) if iso else 0


def _iso(day: int) -> str:
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _words_key(document: Document, passage: Passage) -> int:
    words = " ".join(terms(document.text[passage.start : passage.end]))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


def _passage(row: sqlite3.Row, document: Document) -> StoredPassage:
    return StoredPassage(
        row=row["row"],
        document=document,
        section=row["section"],
        start=row["first"],
        end=row["last"],
        heading=row["heading"],
        words=row["words"],
    )


def _document(row: sqlite3.Row) -> Document:
    return from_row(row, document_id=row["id"], source=row["source"])  # type: ignore[arg-type]
