import sqlite3
from contextlib import closing

import pytest

from corpus.site_record import SiteRecord
from corpus.store import Corpus, DocumentChange
from corpus.versions import (
    MISSES_BEFORE_WITHDRAWAL,
    Missing,
    Outcome,
    count_missing,
    erase,
    put_version,
    withdraw,
)
from tests.factories import make_document

BRIDGE = make_document("ashmere/bridge", "The bridge was closed.")
AGAIN = make_document("ashmere/bridge", "The bridge was opened again.")


def put(corpus: Corpus, document=BRIDGE, *, meeting: str = "", input_hash: str = "h", owner: str = "ashmere"):
    return put_version(
        corpus,
        document,
        owner=owner,
        input_hash=input_hash,
        raw=document.text.encode(),
        media_type="text/plain",
        meeting=meeting,
    )


def row(corpus: Corpus, document_id: str = BRIDGE.id) -> sqlite3.Row:
    return corpus.connection.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()


def miss(corpus: Corpus, document_id: str = BRIDGE.id) -> Missing:
    with corpus.writing():
        return count_missing(corpus, "id = ?", (document_id,))


class TestPut:
    def test_what_comes_of_it_is_told(self, corpus):
        assert [put(corpus, each) for each in (BRIDGE, BRIDGE, AGAIN)] == [
            Outcome.NEW,
            Outcome.UNCHANGED,
            Outcome.CHANGED,
        ]
        assert [version.text for version in corpus.versions(BRIDGE.id)] == [BRIDGE.text, AGAIN.text]

    def test_the_same_words_change_no_revision_and_yet_input_and_meeting_are_remembered(self, corpus):
        put(corpus)
        miss(corpus)
        revision = corpus.revision
        put(corpus, meeting="ashmere/meeting/7", input_hash="other")
        known = row(corpus)
        assert (known["input_hash"], known["meeting"], known["misses"]) == ("other", "ashmere/meeting/7", 0)
        assert corpus.revision == revision

    def test_a_change_moves_meeting_and_owner_stays_that_of_the_first(self, corpus):
        put(corpus, meeting="ashmere/meeting/7")
        put(corpus, AGAIN, meeting="ashmere/meeting/8", owner="another")
        assert (row(corpus)["meeting"], row(corpus)["source"]) == ("ashmere/meeting/8", "ashmere")

    def test_a_document_that_returns_unchanged_is_the_version_it_was(self, corpus):
        put(corpus)
        with corpus.writing():
            withdraw(corpus, BRIDGE.id)
        revision = corpus.revision
        assert put(corpus) is Outcome.CHANGED
        assert list(corpus.versions(BRIDGE.id)) == [BRIDGE]
        assert list(corpus.changes(revision)) == [DocumentChange(BRIDGE.id, revision + 1, withdrawn=False)]

    def test_bytes_are_those_of_the_current_version_and_kept_once(self, corpus):
        put(corpus)
        put(corpus, make_document("ashmere/copy", BRIDGE.text))
        put(corpus, AGAIN)
        assert corpus.raw(BRIDGE.id) == AGAIN.text.encode()
        assert corpus.raw("ashmere/copy") == BRIDGE.text.encode()
        assert corpus.connection.execute("SELECT count(*) FROM raw").fetchone()[0] == 2

    def test_what_fails_in_the_middle_leaves_nothing(self, corpus):
        with pytest.raises(TypeError):
            put_version(corpus, BRIDGE, owner="a", input_hash="h", raw=None, media_type="x")  # type: ignore[arg-type]
        assert (corpus.counts().versions, corpus.revision) == (0, 0)
        assert not corpus.connection.in_transaction


class TestMissing:
    def test_numbers_of_several_looks_add_up(self):
        assert Missing(2, 1) + Missing(3, 2) == Missing(5, 3)
        assert sum([Missing(1, 0), Missing(1, 1)], Missing()) == Missing(2, 1)

    def test_three_in_a_row_withdraw_and_history_stays(self, corpus):
        put(corpus)
        assert [miss(corpus) for _ in range(MISSES_BEFORE_WITHDRAWAL + 1)] == [
            Missing(1, 0),
            Missing(1, 0),
            Missing(1, 1),
            Missing(0, 0),
        ]
        assert corpus.document(BRIDGE.id) is None
        assert list(corpus.versions(BRIDGE.id)) == [BRIDGE]

    def test_one_that_is_seen_in_between_begins_anew(self, corpus):
        put(corpus)
        for _ in range(3):
            miss(corpus)
            miss(corpus)
            put(corpus)
        assert corpus.document(BRIDGE.id) == BRIDGE

    def test_only_what_is_absent_is_counted(self, corpus):
        put(corpus)
        put(corpus, make_document("ashmere/pond", "The pond."))
        assert miss(corpus, "ashmere/pond") == Missing(1, 0)
        assert (row(corpus)["misses"], row(corpus, "ashmere/pond")["misses"]) == (0, 1)

    def test_a_miss_is_no_change(self, corpus):
        put(corpus)
        revision = corpus.revision
        miss(corpus)
        assert corpus.revision == revision


class TestErase:
    def test_words_bytes_and_title_are_gone_from_the_file_in_every_version(self, tmp_path):
        path = tmp_path / "corpus.sqlite3"
        with Corpus(path) as corpus:
            secret = make_document("ashmere/1", "The confidential sum.", title="A confidential matter")
            put(corpus, secret)
            put(corpus, make_document("ashmere/1", "The confidential total.", title="A confidential matter"))
            revision = corpus.revision
            assert erase(corpus, "ashmere/1")
            assert [(one.title, one.text) for one in corpus.versions("ashmere/1")] == [("", ""), ("", "")]
            assert list(corpus.changes(revision)) == [
                DocumentChange("ashmere/1", revision + 1, withdrawn=True)
            ]
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"confidential" not in path.read_bytes()

    def test_the_record_knows_when_words_were_last_erased(self, corpus):
        put(corpus)
        assert corpus.erased == 0
        erase(corpus, BRIDGE.id)
        assert corpus.erased == corpus.revision > 0
        put(corpus)
        assert corpus.erased == corpus.revision - 1

    def test_what_was_withdrawn_before_is_erased_all_the_same(self, corpus):
        put(corpus)
        with corpus.writing():
            withdraw(corpus, BRIDGE.id)
        assert erase(corpus, BRIDGE.id)
        assert [one.text for one in corpus.versions(BRIDGE.id)] == [""]

    def test_it_is_done_once_and_only_to_what_is_known(self, corpus):
        put(corpus)
        assert [erase(corpus, BRIDGE.id), erase(corpus, BRIDGE.id), erase(corpus, "ashmere/none")] == [
            True,
            False,
            False,
        ]

    def test_numbers_of_versions_go_on(self, corpus):
        put(corpus)
        erase(corpus, BRIDGE.id)
        assert put(corpus) is Outcome.CHANGED
        assert [one.text for one in corpus.versions(BRIDGE.id)] == ["", BRIDGE.text]
        assert row(corpus)["version"] == 2

    def test_bytes_that_others_share_stay(self, corpus):
        put(corpus)
        put(corpus, make_document("ashmere/copy", BRIDGE.text))
        erase(corpus, BRIDGE.id)
        assert corpus.raw("ashmere/copy") == BRIDGE.text.encode()
        assert corpus.raw(BRIDGE.id) == b""


class TestMinutesElsewhere:
    """Minutes of one meeting among the papers of another."""

    def found(self, corpus: Corpus, **fields) -> list[str]:
        record = SiteRecord(corpus, "ashmere")
        asked = {"meeting": "ashmere/meeting/1", "committee": "Cabinet", "date": "2026-01-05", **fields}
        return [one.id for one in record.minutes_elsewhere(**asked, among="ashmere/paper")]

    def put(self, corpus: Corpus, document_id: str, meeting: str = "ashmere/meeting/2", **fields) -> None:
        said = {"kind": "minutes", "committee": "Cabinet", "meeting_date": "2026-01-05", **fields}
        put(corpus, make_document(document_id, f"The words of {document_id}.", **said), meeting=meeting)

    def test_they_are_found_by_committee_and_day(self, corpus):
        self.put(corpus, "ashmere/paper/9")
        assert self.found(corpus) == ["ashmere/paper/9"]
        assert self.found(corpus, committee="Council") == []
        assert self.found(corpus, date="2026-01-06") == []

    def test_those_of_the_meeting_itself_and_other_documents_are_none(self, corpus):
        self.put(corpus, "ashmere/paper/1", meeting="ashmere/meeting/1")
        self.put(corpus, "ashmere/paper/2", meeting="")
        self.put(corpus, "ashmere/paper/3", kind="report")
        self.put(corpus, "ashmere/item/4")
        self.put(corpus, "ashmere/papers-of-old/5")
        self.put(corpus, "ashmere2/paper/6")
        self.put(corpus, "ashmere/paper/7")
        with corpus.writing():
            withdraw(corpus, "ashmere/paper/7")
        assert self.found(corpus) == []
