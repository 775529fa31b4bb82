import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import store
from corpus.errors import CorpusError
from corpus.look import Look
from corpus.records import Meeting, SourceState
from corpus.store import Corpus, Counts, DocumentChange
from tests.factories import make_document, make_source, put_documents

MEETING = Meeting("m1", "ashmere", "Ashmere Borough Council", "Planning", "2026-01-15", "https://a.example")
NOBODY = 65_534

WRITE_AND_WAIT = """
import sys
from pathlib import Path
from corpus.store import Corpus
from tests.factories import make_document, put_documents

corpus = Corpus(Path(sys.argv[1]))
put_documents(corpus, [make_document("done")])
with corpus.writing():
    corpus.connection.execute("UPDATE documents SET misses = 99, revision = 99")
    corpus.next_revision()
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder with a closed record that may be read, but not written; not even by root."""
    folder = Path(tempfile.mkdtemp())
    path = folder / "corpus.sqlite3"
    with Corpus(path) as corpus:
        put_documents(corpus, [make_document()])
    path.chmod(0o444)
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def one_line(error: pytest.ExceptionInfo[CorpusError], path: Path) -> str:
    message = str(error.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_a_new_record_is_empty(corpus):
    assert corpus.counts() == Counts(0, 0, 0, 0, 0)
    assert corpus.revision == 0
    assert (list(corpus.documents()), corpus.document("a"), corpus.raw("a")) == ([], None, None)


def test_the_folder_of_a_new_record_is_made(tmp_path):
    path = tmp_path / "two" / "levels" / "corpus.sqlite3"
    Corpus(path).close()
    assert path.exists()


def test_what_was_stored_is_there_when_opened_again(corpus):
    put_documents(corpus, [make_document()])
    corpus.put_meeting(MEETING)
    corpus.close()
    with Corpus(corpus.path) as again:
        assert list(again.documents()) == [make_document()]
        assert list(again.meetings()) == [MEETING]
        assert again.counts() == Counts(1, 1, 1, 1, 0)


def test_documents_come_in_the_order_of_their_ids(corpus):
    put_documents(corpus, [make_document(id) for id in ("c", "a", "b")])
    assert [document.id for document in corpus.documents()] == ["a", "b", "c"]


def test_documents_are_streamed(corpus):
    put_documents(corpus, [make_document(f"{number}", "x" * 100_000) for number in range(100)])
    tracemalloc.start()
    try:
        assert sum(len(document.text) for document in corpus.documents()) == 10_000_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@given(raw=st.binary(max_size=200))
def test_raw_bytes_come_back_as_they_were(raw):
    with Corpus(Path(":memory:")) as corpus:
        look = Look(corpus, make_source())
        look.put(make_document(), input_hash="h", raw=raw, media_type="application/pdf")
        assert corpus.raw("ashmere/1") == raw


def test_raw_bytes_are_those_of_the_current_version(corpus):
    for text in ("old", "new"):
        put_documents(corpus, [make_document(text=text)])
    assert corpus.raw("ashmere/1") == b"new"


def test_equal_raw_bytes_are_stored_once_and_small(corpus):
    long = "The minutes were agreed. " * 20_000
    put_documents(corpus, [make_document(id, long) for id in ("a", "b")])
    ((size,),) = corpus.connection.execute("SELECT length(zlib) FROM raw").fetchall()
    assert size < len(long) / 50


def test_changes_are_complete_and_in_the_order_in_which_they_came(corpus):
    put_documents(corpus, [make_document(id, "first") for id in ("c", "a", "b")], complete=True)
    put_documents(corpus, [make_document("c", "second")])
    for _ in range(3):
        put_documents(corpus, [make_document("c", "second"), make_document("b", "first")], complete=True)
    assert list(corpus.changes(0)) == [
        DocumentChange("b", 3, withdrawn=False),
        DocumentChange("c", 4, withdrawn=False),
        DocumentChange("a", 5, withdrawn=True),
    ]
    for since in range(7):
        assert list(corpus.changes(since)) == [c for c in corpus.changes(0) if c.revision > since]
    assert corpus.revision == 5


def test_each_change_has_a_revision_of_its_own(corpus):
    put_documents(corpus, [make_document(str(number)) for number in range(5)], complete=True)
    for _ in range(3):
        put_documents(corpus, [], complete=True)
    assert [change.revision for change in corpus.changes(0)] == [6, 7, 8, 9, 10]


def test_the_ids_of_a_source_are_those_not_withdrawn(corpus):
    put_documents(corpus, [make_document("a"), make_document("b")], complete=True)
    put_documents(corpus, [make_document("c")], source="other")
    for _ in range(3):
        put_documents(corpus, [make_document("a")], complete=True)
    assert list(corpus.ids_of("ashmere")) == ["a"]
    assert list(corpus.ids_of("other")) == ["c"]


def test_sources_are_kept_by_name_and_are_no_change_of_the_documents(corpus):
    blocked = make_source("brack", state=SourceState.BLOCKED, reason="robots.txt", last_look="2026-03-01")
    for source in (blocked, make_source("ashmere"), make_source("brack"), blocked):
        corpus.put_source(source)
    assert corpus.sources() == (make_source("ashmere"), blocked)
    assert corpus.sources()[1].state is SourceState.BLOCKED
    assert corpus.revision == 0


def test_meetings_come_newest_first_and_the_newest_words_hold(corpus):
    later = Meeting("m2", "ashmere", "Ashmere Borough Council", "Planning", "2026-02-15")
    moved = Meeting("m1", "ashmere", "Ashmere Borough Council", "Planning", "2026-03-15", status="moved")
    for meeting in (MEETING, later):
        corpus.put_meeting(meeting)
    assert list(corpus.meetings()) == [later, MEETING]
    corpus.put_meeting(moved)
    assert list(corpus.meetings()) == [moved, later]


def test_a_snapshot_does_not_move_while_another_writes(corpus):
    put_documents(corpus, [make_document("a", "first")])
    with Corpus(corpus.path) as writer:
        with corpus.snapshot():
            assert corpus.revision == 1
            put_documents(writer, [make_document("a", "second"), make_document("b")])
            assert [document.text for document in corpus.documents()] == ["first"]
            assert corpus.revision == 1
            assert corpus.counts().documents == 1
        assert (corpus.revision, corpus.counts().documents) == (3, 2)


def test_a_stream_that_has_begun_does_not_move_while_another_writes(corpus):
    put_documents(corpus, [make_document(id) for id in "abc"])
    stream = corpus.documents()
    assert next(stream).id == "a"
    with Corpus(corpus.path) as writer:
        put_documents(writer, [make_document("bb"), make_document("c", "changed")])
    assert [(document.id, document.text == "changed") for document in stream] == [("b", False), ("c", False)]


def test_writing_that_fails_is_undone_as_a_whole(corpus):
    def interrupted() -> None:
        with corpus.writing():
            corpus.next_revision()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert corpus.revision == 0


def test_writing_that_the_database_has_undone_itself_shows_its_own_error(corpus):
    with pytest.raises(sqlite3.IntegrityError), corpus.writing():
        corpus.connection.execute("INSERT OR ROLLBACK INTO counters VALUES ('revision', 0)")
    put_documents(corpus, [make_document()])


def test_a_writer_waits_for_another_one(corpus):
    waiting = Event()

    def write() -> None:
        with Corpus(corpus.path) as other:
            other.connection.set_trace_callback(lambda sql: "BEGIN" in sql and waiting.set())
            put_documents(other, [make_document("theirs")])

    thread = Thread(target=write)
    with corpus.writing():
        corpus.next_revision()
        thread.start()
        assert waiting.wait(20)
        assert thread.is_alive()
    thread.join(20)
    put_documents(corpus, [make_document("ours")])
    assert [(change.document_id, change.revision) for change in corpus.changes(0)] == [
        ("theirs", 2),
        ("ours", 3),
    ]


def test_a_writer_that_waited_in_vain_says_so(corpus, monkeypatch):
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.01)
    with Corpus(corpus.path) as other, corpus.writing(), pytest.raises(CorpusError, match="locked") as error:
        put_documents(other, [make_document()])
    one_line(error, corpus.path)


@pytest.mark.parametrize("attempt", range(20))
def test_a_new_record_may_be_opened_by_many_at_once(tmp_path, attempt):
    ready = Barrier(6)

    def opened(number: int) -> int:
        ready.wait()
        with Corpus(tmp_path / "corpus.sqlite3") as corpus:
            put_documents(corpus, [make_document(str(number))])
            return corpus.counts().documents

    with ThreadPoolExecutor(6) as pool:
        assert max(pool.map(opened, range(6))) == 6


def test_a_kill_while_writing_leaves_the_record_whole(tmp_path):
    path = tmp_path / "corpus.sqlite3"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_WAIT, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        process.kill()
    with Corpus(path) as corpus:
        assert list(corpus.changes(0)) == [DocumentChange("done", 1, withdrawn=False)]
        assert corpus.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert put_documents(corpus, [make_document("next")]) == ["new"]


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path):
    path = tmp_path / "corpus.sqlite3"
    path.write_bytes(b"These are the minutes of a meeting. " * 100)
    with pytest.raises(CorpusError) as error:
        Corpus(path)
    assert one_line(error, path).endswith("file is not a database; restore it from a backup")
    assert path.read_bytes().startswith(b"These")


def test_a_folder_in_the_place_of_the_record_is_one_clear_line(tmp_path):
    with pytest.raises(CorpusError, match="unable to open") as error:
        Corpus(tmp_path)
    one_line(error, tmp_path)


def test_a_file_in_the_place_of_the_folder_is_one_clear_line(tmp_path):
    (tmp_path / "data").touch()
    with pytest.raises(CorpusError, match="cannot open") as error:
        Corpus(tmp_path / "data" / "corpus.sqlite3")
    one_line(error, tmp_path / "data" / "corpus.sqlite3")


def test_a_folder_that_may_not_be_written_is_one_clear_line_without_a_wrong_remedy(read_only):
    for name in ("corpus.sqlite3", "new.sqlite3"):
        with pytest.raises(CorpusError) as error:
            Corpus(read_only / name)
        assert "backup" not in one_line(error, read_only / name)


def test_the_record_is_in_wal_mode_so_that_readers_never_wait(corpus):
    with closing(sqlite3.connect(corpus.path)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    with corpus.writing(), Corpus(corpus.path) as reader:
        assert reader.revision == 0
