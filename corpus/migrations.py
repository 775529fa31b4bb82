"""The shape of the record's database, as numbered steps applied in order when it is opened."""

import sqlite3

from corpus.database import Step, take_steps
from corpus.rows import COLUMNS


def _m001_first_shape(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT")
    db.execute("INSERT INTO counters VALUES ('revision', 0)")
    db.execute(
        """CREATE TABLE sources (
            name TEXT PRIMARY KEY, location TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
            last_look TEXT, last_good TEXT
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE meetings (
            id TEXT PRIMARY KEY, source TEXT NOT NULL, council TEXT NOT NULL, committee TEXT NOT NULL,
            date TEXT NOT NULL, url TEXT NOT NULL, status TEXT NOT NULL
        ) STRICT"""
    )
    db.execute(
        "CREATE TABLE raw (hash TEXT PRIMARY KEY, media_type TEXT NOT NULL, zlib BLOB NOT NULL) STRICT"
    )
    db.execute(
        """CREATE TABLE documents (
            id TEXT PRIMARY KEY, source TEXT NOT NULL, version INTEGER NOT NULL, input_hash TEXT NOT NULL,
            misses INTEGER NOT NULL DEFAULT 0, withdrawn INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL
        ) STRICT"""
    )
    db.execute("CREATE INDEX documents_by_revision ON documents (revision)")
    db.execute("CREATE INDEX documents_by_source ON documents (source)")
    db.execute(
        f"""CREATE TABLE versions (
            document_id TEXT NOT NULL, number INTEGER NOT NULL, content_hash TEXT NOT NULL,
            raw_hash TEXT NOT NULL REFERENCES raw (hash), source TEXT NOT NULL, {COLUMNS},
            PRIMARY KEY (document_id, number)
        ) STRICT"""
    )


def _m002_sites(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE sites (
            source TEXT PRIMARY KEY, software TEXT NOT NULL, base TEXT NOT NULL, since TEXT NOT NULL
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE committees (
            source TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, expired INTEGER NOT NULL,
            listed_from TEXT, listed_to TEXT, PRIMARY KEY (source, key)
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE watches (
            id TEXT PRIMARY KEY, source TEXT NOT NULL, meeting TEXT NOT NULL, address TEXT NOT NULL,
            shown TEXT NOT NULL, last_look TEXT, last_change TEXT
        ) STRICT"""
    )
    db.execute("CREATE INDEX watches_by_source ON watches (source)")
    db.execute("CREATE INDEX meetings_by_source ON meetings (source)")
    db.execute("ALTER TABLE documents ADD COLUMN meeting TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE INDEX documents_by_meeting ON documents (meeting)")
    db.execute("CREATE TABLE issues (document_id TEXT PRIMARY KEY, issue TEXT NOT NULL) STRICT")
    db.execute("CREATE INDEX issues_by_issue ON issues (issue)")


#: Step n brings a database from version n - 1 to n. Steps are only ever added.
MIGRATIONS: tuple[Step, ...] = (_m001_first_shape, _m002_sites)


def migrate(db: sqlite3.Connection) -> None:
    """Bring `db` to the newest shape.

    Raises:
        CorpusError: a newer Minutebook has written this database.
    """
    take_steps(db, MIGRATIONS, what="the record")
