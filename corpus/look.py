"""One look at a source: what is there now, what is new, what has changed, what is missing."""

from corpus.records import Document, Source, SourceState
from corpus.store import Corpus
from corpus.versions import Missing, Outcome, count_missing, put_version


class Look:
    """Collects what one look at `source` finds; nothing counts as missing before `finish`.

    Every `put` is on disk when it returns, so an interrupted look loses nothing; the next one starts
    again and passes over what is unchanged.
    """

    def __init__(self, corpus: Corpus, source: Source) -> None:
        self._corpus = corpus
        self._db = corpus.connection
        self._source = source
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY) STRICT")
        self._db.execute("DELETE FROM temp.seen")

    def seen(self, document_id: str) -> bool:
        """Tell whether this look has met the document already."""
        query = "SELECT 1 FROM temp.seen WHERE id = ?"
        return self._db.execute(query, (document_id,)).fetchone() is not None

    def keep(self, document_id: str) -> None:
        """Count a document as seen although it could not be read: its stored words stay as they are."""
        self._db.execute("INSERT OR IGNORE INTO temp.seen VALUES (?)", (document_id,))

    def unchanged(self, document_id: str, input_hash: str) -> bool:
        """Tell whether the same input, read in the same way, is stored already; then it counts as seen."""
        row = self._db.execute(
            "SELECT 1 FROM documents WHERE id = ? AND input_hash = ? AND NOT withdrawn",
            (document_id, input_hash),
        ).fetchone()
        if row is not None:
            self.keep(document_id)
        return row is not None

    def put(self, document: Document, *, input_hash: str, raw: bytes, media_type: str) -> Outcome:
        """Store a document as it is published now; a change makes a new version and keeps the old ones.

        `input_hash` stands for everything that it was read from; `raw` are the bytes themselves.
        """
        self.keep(document.id)
        return put_version(
            self._corpus,
            document,
            owner=self._source.name,
            input_hash=input_hash,
            raw=raw,
            media_type=media_type,
        )

    def finish(self, *, now: str, state: SourceState, reason: str = "", complete: bool = True) -> Missing:
        """Record how the look went; only a complete one counts what is missing towards withdrawal.

        A document belongs to the source whose complete look has seen it last: a file that was ingested
        alone at first becomes its folder's, so that the folder notices when it vanishes.

        Args:
            now: ISO 8601 in UTC.
            state: of the source from now on.
            reason: for any state but ok, in one line.
            complete: whether the whole source could be looked at.
        """
        with self._corpus.writing():
            # Whatever was seen is not missing, and its misses are no longer in a row.
            self._db.execute(
                "UPDATE documents SET misses = 0 WHERE misses > 0 AND id IN (SELECT id FROM temp.seen)"
            )
            missing = self._take_stock() if complete else Missing()
        good = now if state is SourceState.OK else self._source.last_good
        self._corpus.put_source(
            Source(self._source.name, self._source.location, state, reason, last_look=now, last_good=good)
        )
        return missing

    def _take_stock(self) -> Missing:
        self._db.execute(
            "UPDATE documents SET source = ?1 WHERE source <> ?1 AND id IN (SELECT id FROM temp.seen)",
            (self._source.name,),
        )
        return count_missing(
            self._corpus, "source = ? AND id NOT IN (SELECT id FROM temp.seen)", (self._source.name,)
        )
