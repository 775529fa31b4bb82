"""Feedback in an SQLite file of its own: many may write at once, and the record is never touched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from corpus.database import Step, open_database, take_steps, writing
from corpus.errors import CorpusError
from index.records import Filters
from ui.feedback.records import Feedback, Place, Shown, Verdict

BUSY_SECONDS = 10.0
#: Anybody who may read may write here, so the file ends before the disk does: 256 MiB in pages of 4 KiB.
MOST_PAGES = 65_536
_WHAT = "the feedback"


def _m001_first_shape(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE feedback (
            number INTEGER PRIMARY KEY AUTOINCREMENT, given_at TEXT NOT NULL, verdict TEXT NOT NULL,
            note TEXT NOT NULL, question TEXT NOT NULL, council TEXT NOT NULL, committee TEXT NOT NULL,
            date_from TEXT NOT NULL, date_to TEXT NOT NULL, kind TEXT NOT NULL, generation TEXT NOT NULL,
            answered INTEGER NOT NULL
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE shown (
            number INTEGER NOT NULL REFERENCES feedback (number), part TEXT NOT NULL, rank INTEGER NOT NULL,
            document_id TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, mark TEXT NOT NULL,
            PRIMARY KEY (number, part, rank)
        ) STRICT, WITHOUT ROWID"""
    )


#: Step n brings a database from version n - 1 to n. Steps are only ever added.
MIGRATIONS: tuple[Step, ...] = (_m001_first_shape,)


class FeedbackStore:
    """The file at `path`, opened for each call: threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, feedback: Feedback) -> int:
        """Keep what a reader said, and return its number.

        Raises:
            CorpusError: the file cannot be written, is full, or has been written all the time.
        """
        filters, shown = feedback.filters, feedback.shown
        with closing(self._open()) as db, writing(db, what=f"{_WHAT} {self.path}"):
            try:
                number = db.execute(
                    "INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        feedback.given_at, feedback.verdict, feedback.note, feedback.question,
                        filters.council, filters.committee, filters.date_from, filters.date_to, filters.kind,
                        shown.generation, int(shown.answered),
                    ),
                ).lastrowid  # fmt: skip
                db.executemany("INSERT INTO shown VALUES (?, ?, ?, ?, ?, ?, ?)", _rows(number or 0, shown))
            except sqlite3.OperationalError as error:
                raise CorpusError(f"cannot write to {_WHAT} {self.path}: {error}") from error
        return number or 0

    def all(self) -> tuple[Feedback, ...]:
        """Return everything that was said, oldest first; nothing where there is no file.

        Raises:
            CorpusError: the file cannot be read.
        """
        if not self.path.exists():
            return ()
        with closing(self._open()) as db:
            db.execute("BEGIN")
            places = _places(db)
            rows = db.execute("SELECT * FROM feedback ORDER BY number").fetchall()
            db.execute("COMMIT")
        return tuple(_feedback(row, places) for row in rows)

    def _open(self) -> sqlite3.Connection:
        db = open_database(self.path, _bring_up, what=_WHAT, seconds=BUSY_SECONDS)
        db.execute(f"PRAGMA max_page_count = {MOST_PAGES}")
        return db


def _bring_up(db: sqlite3.Connection) -> None:
    take_steps(db, MIGRATIONS, what=_WHAT)


def _rows(number: int, shown: Shown) -> Iterator[tuple[int, str, int, str, int, int, str]]:
    for part, places in (("quote", shown.quotes), ("hit", shown.hits)):
        for rank, place in enumerate(places, start=1):
            yield number, part, rank, place.document_id, place.start, place.end, place.mark


def _places(db: sqlite3.Connection) -> dict[tuple[int, str], list[Place]]:
    found: dict[tuple[int, str], list[Place]] = {}
    for row in db.execute("SELECT * FROM shown ORDER BY number, part, rank"):
        place = Place(row["document_id"], row["start"], row["end"], row["mark"])
        found.setdefault((row["number"], row["part"]), []).append(place)
    return found


def _feedback(row: sqlite3.Row, places: dict[tuple[int, str], list[Place]]) -> Feedback:
    number = row["number"]
    return Feedback(
        verdict=Verdict(row["verdict"]),
        question=row["question"],
        filters=Filters(row["council"], row["committee"], row["date_from"], row["date_to"], row["kind"]),
        shown=Shown(
            row["generation"],
            bool(row["answered"]),
            tuple(places.get((number, "quote"), ())),
            tuple(places.get((number, "hit"), ())),
        ),
        given_at=row["given_at"],
        note=row["note"],
        number=number,
    )
