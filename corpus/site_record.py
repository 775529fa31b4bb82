"""What the record remembers of one council's site between two looks at it."""

from collections.abc import Iterable

from corpus.records import Committee, Document, Meeting, Site, Watch
from corpus.store import Corpus
from corpus.versions import Missing, Outcome, count_missing, erase, put_version, withdraw


class SiteRecord:
    """The site of the source called `source`. Every call is on disk when it returns."""

    def __init__(self, corpus: Corpus, source: str) -> None:
        self._corpus = corpus
        self._db = corpus.connection
        self._source = source

    def site(self) -> Site | None:
        """Return what answers there, None before it was ever found out."""
        row = self._db.execute("SELECT * FROM sites WHERE source = ?", (self._source,)).fetchone()
        return Site(**dict(row)) if row else None

    def put_site(self, site: Site) -> None:
        """Remember what answers there."""
        with self._corpus.writing():
            self._db.execute(
                "INSERT OR REPLACE INTO sites VALUES (?, ?, ?, ?)",
                (self._source, site.software, site.base, site.since),
            )

    def committees(self) -> tuple[Committee, ...]:
        """Return the committees by title."""
        return committees_of(self._corpus, self._source)

    def put_committees(self, committees: Iterable[Committee]) -> None:
        """Remember committees; days that were listed before are kept where a new entry has none."""
        with self._corpus.writing():
            self._db.executemany(
                "INSERT INTO committees VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source, key) DO UPDATE SET "
                "title = excluded.title, expired = excluded.expired,"
                " listed_from = coalesce(excluded.listed_from, listed_from),"
                " listed_to = coalesce(excluded.listed_to, listed_to)",
                [
                    (self._source, one.key, one.title, one.expired, one.listed_from, one.listed_to)
                    for one in committees
                ],
            )

    def meetings(self) -> dict[str, Meeting]:
        """Return the meetings by id."""
        rows = self._db.execute("SELECT * FROM meetings WHERE source = ?", (self._source,))
        return {row["id"]: Meeting(**dict(row)) for row in rows}

    def put_meeting(self, meeting: Meeting) -> None:
        """Remember a meeting, in place of the one with the same id."""
        self._corpus.put_meeting(meeting)

    def watches(self) -> dict[str, Watch]:
        """Return all that is looked at again and again, by id."""
        rows = self._db.execute("SELECT * FROM watches WHERE source = ?", (self._source,))
        return {row["id"]: Watch(**dict(row)) for row in rows}

    def put_watch(self, watch: Watch) -> None:
        """Remember when something was looked at and what it showed."""
        with self._corpus.writing():
            self._db.execute(
                "INSERT OR REPLACE INTO watches VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    watch.id,
                    self._source,
                    watch.meeting,
                    watch.address,
                    watch.shown,
                    watch.last_look,
                    watch.last_change,
                ),
            )

    def document(self, document_id: str) -> Document | None:
        """Return a document that is published now."""
        return self._corpus.document(document_id)

    def documents_of(self, meeting: str) -> tuple[Document, ...]:
        """Return the documents of a meeting that are published now."""
        ids = self._db.execute(
            "SELECT id FROM documents WHERE meeting = ? AND NOT withdrawn ORDER BY id", (meeting,)
        ).fetchall()
        return tuple(filter(None, (self._corpus.document(row["id"]) for row in ids)))

    def put(
        self, document: Document, *, input_hash: str, raw: bytes, media_type: str, meeting: str
    ) -> Outcome:
        """Store a document of a meeting as it is published now."""
        return put_version(
            self._corpus,
            document,
            owner=self._source,
            input_hash=input_hash,
            raw=raw,
            media_type=media_type,
            meeting=meeting,
        )

    def put_issue(self, document_id: str, issue: str) -> None:
        """Remember which matter a document is about; items of other meetings share it."""
        row = self._db.execute("SELECT issue FROM issues WHERE document_id = ?", (document_id,)).fetchone()
        if row is None or row["issue"] != issue:
            with self._corpus.writing():
                self._db.execute("INSERT OR REPLACE INTO issues VALUES (?, ?)", (document_id, issue))

    def count_missing(self, meeting: str, seen: Iterable[str]) -> Missing:
        """Count a miss for each document of a meeting that a look at it did not see."""
        published = {
            row["id"]
            for row in self._db.execute(
                "SELECT id FROM documents WHERE meeting = ? AND source = ? AND NOT withdrawn",
                (meeting, self._source),
            )
        }
        found = published.intersection(seen)
        absent = sorted(published - found)
        with self._corpus.writing():
            self._db.executemany(
                "UPDATE documents SET misses = 0 WHERE misses > 0 AND id = ?", [(one,) for one in found]
            )
            return sum(
                (count_missing(self._corpus, "id = ?", (document_id,)) for document_id in absent), Missing()
            )

    def input_hash(self, document_id: str) -> str | None:
        """Return what stands for the input that a document was last read from."""
        row = self._db.execute("SELECT input_hash FROM documents WHERE id = ?", (document_id,)).fetchone()
        return row["input_hash"] if row else None

    def meeting_of(self, document_id: str) -> str | None:
        """Return the meeting that a document belongs to, withdrawn or not; None when it was never stored."""
        row = self._db.execute("SELECT meeting FROM documents WHERE id = ?", (document_id,)).fetchone()
        return row["meeting"] if row else None

    def minutes_elsewhere(
        self, meeting: str, committee: str, date: str, *, among: str
    ) -> tuple[Document, ...]:
        """Return the minutes of this committee and day that are among the papers of other meetings.

        `among` is what the ids of papers begin with, up to a "/": most documents of a site are none, and need
        not be looked through for every meeting.
        """
        rows = self._db.execute(
            "SELECT d.id FROM documents d JOIN versions v ON v.document_id = d.id AND v.number = d.version "
            "WHERE d.id >= ?1 || '/' AND d.id < ?1 || '0' AND NOT d.withdrawn AND d.meeting NOT IN ('', ?2) "
            "AND v.kind = 'minutes' AND v.committee = ?3 AND v.meeting_date = ?4",
            (among, meeting, committee, date),
        ).fetchall()
        return tuple(filter(None, (self._corpus.document(row["id"]) for row in rows)))

    def withdraw(self, document_id: str) -> None:
        """Take a document out of what is published, if it is there; its history stays."""
        with self._corpus.writing():
            if self._corpus.document(document_id) is not None:
                withdraw(self._corpus, document_id)

    def erase(self, document_id: str) -> bool:
        """Forget the words of a document that the council now withholds; tell whether there were any."""
        return erase(self._corpus, document_id)


def committees_of(corpus: Corpus, source: str) -> tuple[Committee, ...]:
    """Return the committees of a source by title."""
    rows = corpus.connection.execute(
        "SELECT * FROM committees WHERE source = ? ORDER BY title, key", (source,)
    )
    return tuple(Committee(**{**dict(row), "expired": bool(row["expired"])}) for row in rows)


def same_issue(corpus: Corpus, document_id: str) -> tuple[str, ...]:
    """Return the ids of the published documents about the same matter, this one left out, newest first."""
    rows = corpus.connection.execute(
        "SELECT d.id FROM issues mine JOIN issues other ON other.issue = mine.issue "
        "JOIN documents d ON d.id = other.document_id "
        "JOIN versions v ON v.document_id = d.id AND v.number = d.version "
        "WHERE mine.document_id = ?1 AND d.id <> ?1 AND NOT d.withdrawn ORDER BY v.meeting_date DESC, d.id",
        (document_id,),
    )
    return tuple(row["id"] for row in rows)
