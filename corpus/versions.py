"""Documents into the record, version by version, and out of it when they are no longer published."""

import zlib
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from corpus.records import Document
from corpus.rows import insert, to_row
from corpus.store import Corpus

#: A document that this many looks in a row did not find is withdrawn: sites and shared folders lose
#: files for a night and have them back the next.
MISSES_BEFORE_WITHDRAWAL = 3


class Outcome(StrEnum):
    """What a look made of one document."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Missing:
    """The documents that a look did not find: how many, and how many of them are now withdrawn."""

    missing: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Missing") -> "Missing":
        return Missing(self.missing + other.missing, self.withdrawn + other.withdrawn)


def put_version(
    corpus: Corpus,
    document: Document,
    *,
    owner: str,
    input_hash: str,
    raw: bytes,
    media_type: str,
    meeting: str = "",
) -> Outcome:
    """Store a document as it is published now; a change makes a new version and keeps the old ones.

    Args:
        corpus: the record.
        document: as it was read.
        owner: the name of the source that looks after it.
        input_hash: stands for everything that it was read from.
        raw: the bytes that it was read from.
        media_type: of `raw`.
        meeting: the id of the meeting that it belongs to, "" for none.
    """
    db = corpus.connection
    with corpus.writing():
        known = db.execute(
            "SELECT d.version, d.withdrawn, v.content_hash FROM documents d JOIN versions v "
            "ON v.document_id = d.id AND v.number = d.version WHERE d.id = ?",
            (document.id,),
        ).fetchone()
        if known and known["content_hash"] == document.content_hash and not known["withdrawn"]:
            db.execute(
                "UPDATE documents SET input_hash = ?, meeting = ?, misses = 0 WHERE id = ?",
                (input_hash, meeting, document.id),
            )
            return Outcome.UNCHANGED
        number = known["version"] if known else 0
        if not known or known["content_hash"] != document.content_hash:
            number += 1
            _add_version(corpus, document, number, raw, media_type)
        db.execute(
            "INSERT INTO documents (id, source, version, input_hash, revision, meeting) "
            "VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET version = excluded.version, input_hash = excluded.input_hash,"
            " revision = excluded.revision, meeting = excluded.meeting, misses = 0, withdrawn = 0",
            (document.id, owner, number, input_hash, corpus.next_revision(), meeting),
        )
    return Outcome.CHANGED if known else Outcome.NEW


def count_missing(corpus: Corpus, absent: str, values: tuple[str, ...]) -> Missing:
    """Count one miss for each document that is `absent`, and withdraw those with too many; in `writing`.

    `absent` is a condition on the table of documents, with a placeholder for each of `values`.
    """
    db = corpus.connection
    condition = f"NOT withdrawn AND {absent}"
    missing = db.execute(f"UPDATE documents SET misses = misses + 1 WHERE {condition}", values).rowcount
    gone = db.execute(
        f"SELECT id FROM documents WHERE {condition} AND misses >= ?", (*values, MISSES_BEFORE_WITHDRAWAL)
    ).fetchall()
    for row in gone:
        withdraw(corpus, row["id"])
    return Missing(missing, len(gone))


def withdraw(corpus: Corpus, document_id: str) -> None:
    """Take a document out of what is published; its history stays. Only inside `writing`."""
    corpus.connection.execute(
        "UPDATE documents SET withdrawn = 1, revision = ? WHERE id = ?", (corpus.next_revision(), document_id)
    )


def erase(corpus: Corpus, document_id: str) -> bool:
    """Withdraw a document and forget its words and bytes in every version; return whether it was known.

    For what a council has made confidential after publishing it: a withdrawn document keeps its history,
    this one must not be kept at all. Versions stay as empty rows, so that their numbers go on.
    """
    db = corpus.connection
    with corpus.writing():
        rows = db.execute(
            "SELECT raw_hash FROM versions WHERE document_id = ? AND text <> ''", (document_id,)
        ).fetchall()
        if not rows:
            return False
        db.execute("INSERT OR IGNORE INTO raw VALUES (?, 'text/plain', ?)", _NOTHING)
        db.execute(
            "UPDATE versions SET title = '', text = '', sections = '[]', pages = '[]', content_hash = '',"
            " raw_hash = ? WHERE document_id = ?",
            (_NOTHING[0], document_id),
        )
        for row in rows:
            db.execute(
                "DELETE FROM raw WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM versions WHERE raw_hash = ?1)",
                (row["raw_hash"],),
            )
        withdraw(corpus, document_id)
        db.execute("INSERT OR REPLACE INTO counters VALUES ('erased', ?)", (corpus.revision,))
    return True


_NOTHING = (sha256(b"").hexdigest(), zlib.compress(b""))


def _add_version(corpus: Corpus, document: Document, number: int, raw: bytes, media_type: str) -> None:
    raw_hash = sha256(raw).hexdigest()
    db = corpus.connection
    db.execute("INSERT OR IGNORE INTO raw VALUES (?, ?, ?)", (raw_hash, media_type, zlib.compress(raw)))
    row = {
        "document_id": document.id,
        "number": number,
        "content_hash": document.content_hash,
        "raw_hash": raw_hash,
        "source": document.source,
        **to_row(document),
    }
    db.execute(insert("versions", row), row)
