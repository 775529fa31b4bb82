import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from index.records import Filters
from tests.factories import TEXT, make_document
from tests.ui.feedback.saying import feedback, hit_of, quote_of, shown
from ui.feedback import store
from ui.feedback.records import Place, Shown, Verdict
from ui.feedback.store import FeedbackStore

BRIDGE = make_document()
SAID = feedback(
    Verdict.WRONG_SOURCE,
    seen=shown([quote_of(BRIDGE, TEXT[:40]), quote_of(BRIDGE, TEXT[-30:])], [hit_of(BRIDGE, TEXT)]),
    filters=Filters("Ashmere", "Roads", "2026-01-01", "2026-12-31", "minutes"),
    note="It was the other bridge.\n\nSee July; “Möwe” 🐟",
)
ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from pathlib import Path
from tests.ui.feedback.test_store import SAID
from dataclasses import replace
from ui.feedback.store import FeedbackStore
name, path, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
for number in range(count):
    FeedbackStore(path).add(replace(SAID, question=f"{name} {number}"))
"""


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "data" / "feedback.sqlite3"


def test_what_was_said_comes_back_whole(path):
    assert FeedbackStore(path).add(SAID) == 1
    assert FeedbackStore(path).add(feedback()) == 2
    assert FeedbackStore(path).all() == (replace(SAID, number=1), feedback(number=2))


def test_no_words_of_the_minutes_are_kept(path):
    FeedbackStore(path).add(SAID)
    with closing(sqlite3.connect(path)) as db:
        everything = "".join(db.iterdump())
    assert "mill bridge" in everything  # of the question
    assert "piers" not in everything
    assert TEXT[:40] not in everything


def test_nobody_has_said_anything_where_there_is_no_file_and_none_is_made(path):
    assert FeedbackStore(path).all() == ()
    assert not path.exists()


def test_threads_and_processes_that_write_at_once_lose_nothing(path):
    """Every one of them finds no file at first, so the first steps meet, too."""
    with ThreadPoolExecutor(8) as threads:
        processes = [
            subprocess.Popen([sys.executable, "-c", WRITER, f"process {n}", str(path), "20"], cwd=ROOT)
            for n in range(3)
        ]
        writes = [
            threads.submit(FeedbackStore(path).add, replace(SAID, question=f"thread {n} {number}"))
            for number in range(10)
            for n in range(8)
        ]
        numbers = [write.result() for write in writes]
        assert [process.wait(60) for process in processes] == [0, 0, 0]
    kept = FeedbackStore(path).all()
    expected = {f"thread {n} {number}" for n in range(8) for number in range(10)}
    expected |= {f"process {n} {number}" for n in range(3) for number in range(20)}
    assert {one.question for one in kept} == expected
    assert len(kept) == len({one.number for one in kept}) == 140
    assert len(set(numbers)) == 80
    assert {one.shown for one in kept} == {SAID.shown}


def test_one_who_writes_for_too_long_is_named(path, monkeypatch):
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    FeedbackStore(path).add(SAID)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CorpusError, match=r"cannot write to the feedback .*feedback\.sqlite3: .*locked"):
            FeedbackStore(path).add(SAID)
        assert len(FeedbackStore(path).all()) == 1  # readers do not wait


def test_the_file_ends_before_the_disk_does_and_stays_readable(path, monkeypatch):
    monkeypatch.setattr(store, "MOST_PAGES", 12)
    large = replace(SAID, note="x" * 2_000)
    with pytest.raises(CorpusError, match=r"cannot write to the feedback .* full"):  # noqa: PT012
        for _ in range(100):
            FeedbackStore(path).add(large)
    kept = FeedbackStore(path).all()
    assert 1 <= len(kept) < 20
    assert {one.shown for one in kept} == {SAID.shown}


def test_what_breaks_off_leaves_nothing_half_kept(path, monkeypatch):
    FeedbackStore(path).add(SAID)

    def breaks_off(number: int, shown: Shown) -> Iterator[tuple]:
        yield number, "quote", 1, "ashmere/1", 0, 1, "0" * 32
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "_rows", breaks_off)
    with pytest.raises(CorpusError, match="cannot write to the feedback"):
        FeedbackStore(path).add(SAID)
    assert FeedbackStore(path).all() == (replace(SAID, number=1),)


def test_a_file_of_a_newer_minutebook_is_left_alone(path):
    FeedbackStore(path).add(SAID)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(store.MIGRATIONS) + 1}")
    with pytest.raises(CorpusError, match="the feedback was written by a newer Minutebook"):
        FeedbackStore(path).add(SAID)


def test_a_step_that_comes_later_keeps_what_was_said(path, monkeypatch):
    FeedbackStore(path).add(SAID)

    def more(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE feedback ADD COLUMN mood TEXT NOT NULL DEFAULT ''")

    monkeypatch.setattr(store, "MIGRATIONS", (*store.MIGRATIONS, more))
    assert FeedbackStore(path).all() == (replace(SAID, number=1),)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT mood FROM feedback").fetchall() == [("",)]


def test_a_file_that_is_no_database_is_named(path):
    path.parent.mkdir()
    path.write_bytes(b"no database" * 100)
    with pytest.raises(CorpusError, match=r"cannot open the feedback .*feedback\.sqlite3"):
        FeedbackStore(path).all()


def test_places_keep_their_order(path):
    places = tuple(Place(f"d{n}", n, n + 1, "0" * 32) for n in range(30, 0, -1))
    FeedbackStore(path).add(feedback(seen=Shown("000007", True, places, places[::-1])))
    (kept,) = FeedbackStore(path).all()
    assert (kept.shown.quotes, kept.shown.hits) == (places, places[::-1])
