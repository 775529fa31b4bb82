import sqlite3
import zlib
from contextlib import closing

import pytest

from corpus import database, migrations
from corpus.errors import CorpusError
from corpus.records import Site
from corpus.rows import insert, to_row
from corpus.site_record import SiteRecord
from corpus.store import Corpus
from tests.factories import make_document, put_documents

#: The steps of today; the tests add further ones.
STEPS = migrations.MIGRATIONS
NOW = len(STEPS)


def _marks(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE documents ADD COLUMN mark TEXT NOT NULL DEFAULT 'none'")
    db.execute("CREATE TABLE marks (name TEXT) STRICT")


def _breaks(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO marks VALUES ('half done')")
    db.execute("ALTER TABLE documents DROP COLUMN mark")
    raise sqlite3.OperationalError("the disk is full")


def _version(path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


@pytest.fixture
def old_file(tmp_path):
    """A record in the shape of today, with one document."""
    path = tmp_path / "corpus.sqlite3"
    with Corpus(path) as corpus:
        put_documents(corpus, [make_document()])
    return path


def test_a_new_file_gets_the_newest_shape(tmp_path):
    Corpus(tmp_path / "new.sqlite3").close()
    assert _version(tmp_path / "new.sqlite3") == len(migrations.MIGRATIONS)


def test_an_older_file_is_brought_forward_and_keeps_what_it_holds(old_file, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", (*STEPS, _marks))
    with Corpus(old_file) as corpus:
        assert list(corpus.documents()) == [make_document()]
        assert corpus.connection.execute("SELECT mark FROM documents").fetchone()[0] == "none"
    assert _version(old_file) == NOW + 1


def test_a_step_that_was_taken_is_not_taken_again(old_file, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", (*STEPS, _marks))
    Corpus(old_file).close()
    Corpus(old_file).close()  # a second ALTER TABLE would fail
    assert _version(old_file) == NOW + 1


def test_a_step_that_fails_leaves_the_whole_version_before_it(old_file, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", (*STEPS, _marks, _breaks))
    with pytest.raises(CorpusError, match="the disk is full"):
        Corpus(old_file)
    assert _version(old_file) == NOW + 1
    monkeypatch.setattr(migrations, "MIGRATIONS", (*STEPS, _marks))
    with Corpus(old_file) as corpus:
        assert corpus.connection.execute("SELECT count(*) FROM marks").fetchone()[0] == 0
        assert corpus.connection.execute("SELECT mark FROM documents").fetchone()[0] == "none"


def test_a_step_that_the_database_has_undone_itself_shows_its_own_error(old_file, monkeypatch):
    def undone(db: sqlite3.Connection) -> None:
        db.execute("INSERT OR ROLLBACK INTO counters VALUES ('revision', 0)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*STEPS, undone))
    with pytest.raises(CorpusError, match="UNIQUE"):
        Corpus(old_file)
    assert _version(old_file) == NOW


def test_a_file_of_a_newer_minutebook_is_refused_and_left_alone(old_file):
    with closing(sqlite3.connect(old_file)) as db:
        db.execute("PRAGMA user_version = 99")
    before = old_file.read_bytes()
    with pytest.raises(CorpusError, match="newer Minutebook; update Minutebook"):
        Corpus(old_file)
    assert old_file.read_bytes() == before


def test_a_step_that_another_process_takes_meanwhile_is_not_taken_twice(old_file, monkeypatch):
    taken = []

    def slow_step(db: sqlite3.Connection) -> None:
        taken.append(db)
        db.execute("CREATE TABLE marks (name TEXT) STRICT")

    real = database.version
    with closing(sqlite3.connect(old_file, isolation_level=None)) as other:
        read = []

        def version_read_too_early(db: sqlite3.Connection) -> int:
            found = real(db)
            if db is not other and not db.in_transaction:
                read.append(found)
                if len(read) == 2:
                    migrations.migrate(other)  # between the last reading and the lock
            return found

        monkeypatch.setattr(migrations, "MIGRATIONS", (*STEPS, slow_step))
        monkeypatch.setattr(database, "version", version_read_too_early)
        Corpus(old_file).close()
    assert (read[:2], len(taken)) == ([NOW, NOW], 1)
    assert _version(old_file) == NOW + 1


def test_a_record_of_the_first_shape_keeps_its_documents_and_can_hold_sites(tmp_path, monkeypatch):
    path = tmp_path / "corpus.sqlite3"
    monkeypatch.setattr(migrations, "MIGRATIONS", STEPS[:1])
    with Corpus(path) as corpus, corpus.writing():
        document = make_document()
        row = {
            "document_id": document.id,
            "number": 1,
            "content_hash": document.content_hash,
            "raw_hash": "r",
            "source": document.source,
            **to_row(document),
        }
        corpus.connection.execute("INSERT INTO raw VALUES ('r', 'text/plain', ?)", (zlib.compress(b"raw"),))
        corpus.connection.execute(insert("versions", row), row)
        corpus.connection.execute(
            "INSERT INTO documents (id, source, version, input_hash, revision) VALUES (?, ?, 1, 'h', 1)",
            (document.id, document.source),
        )
    monkeypatch.setattr(migrations, "MIGRATIONS", STEPS)
    with Corpus(path) as corpus:
        assert list(corpus.documents()) == [document]
        record = SiteRecord(corpus, "ashmere")
        record.put_site(Site("ashmere", "ModernGov pages", "https://ashmere.example/", "2026-01-01"))
        assert record.site() is not None
        assert record.documents_of("") == (document,)
