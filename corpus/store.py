"""The record in one SQLite file: what was published, every version of it, and when it was seen.

WAL mode: many readers, one writer at a time. Each change is one transaction that also counts up the
revision, so a kill at any moment leaves a whole record and `changes(since)` misses nothing.
"""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.database import open_database, writing
from corpus.migrations import migrate
from corpus.records import Document, Meeting, Source, SourceState
from corpus.rows import from_row

BUSY_SECONDS = 60.0

_CURRENT = (
    "SELECT v.*, d.source AS owner FROM documents d "
    "JOIN versions v ON v.document_id = d.id AND v.number = d.version"
)


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """The last change of a document: its current version is new, or it was withdrawn."""

    document_id: str
    revision: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the record holds; `documents` are those that are not withdrawn."""

    sources: int
    meetings: int
    documents: int
    versions: int
    withdrawn: int


class Corpus:
    """An open record. One thread at a time; open another for another thread.

    Raises:
        CorpusError: the file cannot be opened, is no database, or is a newer Minutebook's.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = open_database(path, migrate, what="the record", seconds=BUSY_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The open connection, for the writers of this package."""
        return self._db

    @property
    def revision(self) -> int:
        """The number of changes so far; equal revisions mean that the same is published."""
        return int(self._db.execute("SELECT value FROM counters WHERE name = 'revision'").fetchone()[0])

    @property
    def erased(self) -> int:
        """The revision in which words were last erased (`corpus.versions.erase`), 0 where none ever were."""
        row = self._db.execute("SELECT value FROM counters WHERE name = 'erased'").fetchone()
        return int(row[0]) if row else 0

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold one consistent state for all reads inside, whatever is written meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make all writes inside one transaction, waiting for another writer first.

        Raises:
            CorpusError: the file is read only, or another process has been writing all the time.
        """
        with writing(self._db, what=f"the record {self.path}"):
            yield

    def next_revision(self) -> int:
        """Count up the revision; only inside `writing`."""
        self._db.execute("UPDATE counters SET value = value + 1 WHERE name = 'revision'")
        return self.revision

    def document(self, document_id: str) -> Document | None:
        """Return the current version of a document, None when it is unknown or withdrawn."""
        row = self._db.execute(f"{_CURRENT} WHERE d.id = ? AND NOT d.withdrawn", (document_id,)).fetchone()
        return _document(row) if row else None

    def documents(self) -> Iterator[Document]:
        """Stream the current version of every document that is not withdrawn, ordered by id."""
        for row in self._db.execute(f"{_CURRENT} WHERE NOT d.withdrawn ORDER BY d.id"):
            yield _document(row)

    def ids_of(self, source: str) -> Iterator[str]:
        """Stream the ids of the documents of a source that are not withdrawn."""
        for row in self._db.execute("SELECT id FROM documents WHERE source = ? AND NOT withdrawn", (source,)):
            yield row["id"]

    def versions(self, document_id: str) -> Iterator[Document]:
        """Stream every version of a document, oldest first."""
        rows = self._db.execute(
            "SELECT v.*, v.source AS owner FROM versions v WHERE document_id = ? ORDER BY number",
            (document_id,),
        )
        for row in rows:
            yield _document(row)

    def raw(self, document_id: str) -> bytes | None:
        """Return the bytes that the current version was read from."""
        row = self._db.execute(
            "SELECT r.zlib FROM documents d JOIN versions v ON v.document_id = d.id AND v.number = d.version "
            "JOIN raw r ON r.hash = v.raw_hash WHERE d.id = ?",
            (document_id,),
        ).fetchone()
        return zlib.decompress(row["zlib"]) if row else None

    def changes(self, since: int) -> Iterator[DocumentChange]:
        """Stream the documents that changed after revision `since`, in the order of their last change."""
        rows = self._db.execute(
            "SELECT id, revision, withdrawn FROM documents WHERE revision > ? ORDER BY revision", (since,)
        )
        for row in rows:
            yield DocumentChange(row["id"], row["revision"], bool(row["withdrawn"]))

    def sources(self) -> tuple[Source, ...]:
        """Return all sources by name."""
        rows = self._db.execute("SELECT * FROM sources ORDER BY name")
        return tuple(Source(**{**dict(row), "state": SourceState(row["state"])}) for row in rows)

    def put_source(self, source: Source) -> None:
        """Store a source and how the last look at it went; that is no change of the documents."""
        with self.writing():
            self._db.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?)",
                (
                    source.name,
                    source.location,
                    source.state,
                    source.reason,
                    source.last_look,
                    source.last_good,
                ),
            )

    def meetings(self) -> Iterator[Meeting]:
        """Stream all meetings, newest first."""
        for row in self._db.execute("SELECT * FROM meetings ORDER BY date DESC, id"):
            yield Meeting(**dict(row))

    def put_meeting(self, meeting: Meeting) -> None:
        """Store a meeting, in place of the one with the same id."""
        fields = (
            meeting.id, meeting.source, meeting.council, meeting.committee,
            meeting.date, meeting.url, meeting.status,
        )  # fmt: skip
        known = self._db.execute("SELECT * FROM meetings WHERE id = ?", (meeting.id,)).fetchone()
        if known is None or tuple(known) != fields:
            with self.writing():
                self._db.execute("INSERT OR REPLACE INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?)", fields)

    def counts(self) -> Counts:
        """Count what the record holds."""
        row = self._db.execute(
            "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM meetings),"
            " (SELECT count(*) FROM documents WHERE NOT withdrawn), (SELECT count(*) FROM versions),"
            " (SELECT count(*) FROM documents WHERE withdrawn)"
        ).fetchone()
        return Counts(*row)


def _document(row: sqlite3.Row) -> Document:
    return from_row(row, document_id=row["document_id"], source=row["owner"])  # type: ignore[arg-type]
