import sqlite3
from contextlib import closing

import pytest

from corpus import migrations
from corpus.errors import CorpusError
from corpus.store import Corpus
from tests.factories import make_document, put_documents

FIRST = migrations.MIGRATIONS[0]


def _m002_marks(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE documents ADD COLUMN mark TEXT NOT NULL DEFAULT 'none'")
    db.execute("CREATE TABLE marks (name TEXT) STRICT")


def _m003_breaks(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO marks VALUES ('half done')")
    db.execute("ALTER TABLE documents DROP COLUMN mark")
    raise sqlite3.OperationalError("the disk is full")


def _version(path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


@pytest.fixture
def old_file(tmp_path):
    """A record in the first shape, with one document."""
    path = tmp_path / "corpus.sqlite3"
    with Corpus(path) as corpus:
        put_documents(corpus, [make_document()])
    return path


def test_a_new_file_gets_the_newest_shape(tmp_path):
    Corpus(tmp_path / "new.sqlite3").close()
    assert _version(tmp_path / "new.sqlite3") == len(migrations.MIGRATIONS)


def test_an_older_file_is_brought_forward_and_keeps_what_it_holds(old_file, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", (FIRST, _m002_marks))
    with Corpus(old_file) as corpus:
        assert list(corpus.documents()) == [make_document()]
        assert corpus.connection.execute("SELECT mark FROM documents").fetchone()[0] == "none"
    assert _version(old_file) == 2


def test_a_step_that_was_taken_is_not_taken_again(old_file, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", (FIRST, _m002_marks))
    Corpus(old_file).close()
    Corpus(old_file).close()  # a second ALTER TABLE would fail
    assert _version(old_file) == 2


def test_a_step_that_fails_leaves_the_whole_version_before_it(old_file, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", (FIRST, _m002_marks, _m003_breaks))
    with pytest.raises(CorpusError, match="the disk is full"):
        Corpus(old_file)
    assert _version(old_file) == 2
    monkeypatch.setattr(migrations, "MIGRATIONS", (FIRST, _m002_marks))
    with Corpus(old_file) as corpus:
        assert corpus.connection.execute("SELECT count(*) FROM marks").fetchone()[0] == 0
        assert corpus.connection.execute("SELECT mark FROM documents").fetchone()[0] == "none"


def test_a_step_that_the_database_has_undone_itself_shows_its_own_error(old_file, monkeypatch):
    def undone(db: sqlite3.Connection) -> None:
        db.execute("INSERT OR ROLLBACK INTO counters VALUES ('revision', 0)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (FIRST, undone))
    with pytest.raises(CorpusError, match="UNIQUE"):
        Corpus(old_file)
    assert _version(old_file) == 1


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

    real = migrations._version
    with closing(sqlite3.connect(old_file, isolation_level=None)) as other:
        read = []

        def version_read_too_early(db: sqlite3.Connection) -> int:
            found = real(db)
            if db is not other and not db.in_transaction:
                read.append(found)
                if len(read) == 2:
                    migrations.migrate(other)  # between the last reading and the lock
            return found

        monkeypatch.setattr(migrations, "MIGRATIONS", (FIRST, slow_step))
        monkeypatch.setattr(migrations, "_version", version_read_too_early)
        Corpus(old_file).close()
    assert (read[:2], len(taken)) == ([1, 1], 1)
    assert _version(old_file) == 2
