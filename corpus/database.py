"""An SQLite file that many read and one writes at a time, and whose shape grows by numbered steps."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from corpus.errors import CorpusError

#: Brings a database from one version to the next.
Step = Callable[[sqlite3.Connection], None]


def open_database(
    path: Path, bring_up: Callable[[sqlite3.Connection], None], *, what: str, seconds: float
) -> sqlite3.Connection:
    """Open the file at `path` in WAL mode, in the shape that `bring_up` gives it; the caller closes it.

    `what` names it in messages ("the record"), `seconds` is how long another writer is waited for.

    Raises:
        CorpusError: it cannot be opened, is no database, or is a newer Minutebook's.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=seconds, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise CorpusError(f"cannot open {what} {path}: {error}") from error
    try:
        db.row_factory = sqlite3.Row
        _use_wal(db, seconds)
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        # What is erased must not linger in the file's free space.
        db.execute("PRAGMA secure_delete = ON")
        bring_up(db)
    except CorpusError:
        db.close()
        raise
    except sqlite3.Error as error:
        db.close()
        # An operational error is the disk's, another process's or the owner's doing: the file is whole.
        remedy = "" if isinstance(error, sqlite3.OperationalError) else "; restore it from a backup"
        raise CorpusError(f"cannot open {what} {path}: {error}{remedy}") from error
    return db


def take_steps(db: sqlite3.Connection, steps: Sequence[Step], *, what: str) -> None:
    """Bring `db` to the newest shape; each step is one transaction, so a kill leaves a whole version.

    Raises:
        CorpusError: a newer Minutebook has written this database.
    """
    if version(db) > len(steps):
        raise CorpusError(f"{what} was written by a newer Minutebook; update Minutebook to open it")
    while version(db) < len(steps):
        db.execute("BEGIN IMMEDIATE")
        try:
            # Read again: another process may have taken the step while this one waited for the lock.
            number = version(db)
            if number < len(steps):
                steps[number](db)
                db.execute(f"PRAGMA user_version = {number + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # a full disk has undone it already
                db.execute("ROLLBACK")
            raise


@contextmanager
def writing(db: sqlite3.Connection, *, what: str) -> Iterator[None]:
    """Make all writes inside one transaction, waiting for another writer first.

    Raises:
        CorpusError: the file is read only, or another process has been writing all the time.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise CorpusError(f"cannot write to {what}: {error}") from error
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has undone it already
            db.execute("ROLLBACK")
        raise


def version(db: sqlite3.Connection) -> int:
    """Return the number of the step that was taken last."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _use_wal(db: sqlite3.Connection, seconds: float) -> None:
    """Turn WAL mode on; while another process does the same, SQLite refuses without waiting."""
    deadline = monotonic() + seconds
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(0.005)
