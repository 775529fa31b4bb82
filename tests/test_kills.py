"""SIGKILL at random moments: nothing is lost or doubled, and what is published answers throughout."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter, sleep

import pytest

import index
from corpus.store import Corpus
from index.generations import Generations
from index.reader import Reader
from index.settings import ModelSettings
from tests.marks import slow
from tests.ui.commanding import Minutebook

KILLS = 20
FILES = 300


def words_of(number: int, edition: int = 1) -> str:
    return (
        f"Item {number} of the Roads Committee\n\nThe engineer reported on road number{number} at length. "
        f"This is edition{edition} of the record.\n\nRESOLVED\n\n"
        + "".join(f"{n}. To repair section {n} of road number{number}.\n\n" for n in range(1, 9))
    )


def lay(folder: Path, files: int = FILES) -> dict[str, str]:
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:04}.txt").write_text(words_of(number))
    return {f"{folder}/{number:04}.txt": words_of(number) for number in range(files)}


def killed_at_random(minutebook: Minutebook, *arguments: str, longest: float) -> float:
    """Start the command, kill it after a random part of `longest` seconds, and return that part."""
    delay = random.uniform(0.05, 1) * longest
    process = minutebook.start(*arguments)
    sleep(delay)
    process.kill()
    process.communicate()
    return delay


def took(run: Callable[[], object]) -> float:
    started = perf_counter()
    run()
    return perf_counter() - started


def stored(minutebook: Minutebook) -> dict[str, str]:
    with Corpus(minutebook.data / "corpus.sqlite3") as corpus:
        texts = {document.id: document.text for document in corpus.documents()}
        counts = corpus.counts()
        assert counts.versions == counts.documents == len(texts)
        return texts


def killed_when(happened: Callable[[], bool], minutebook: Minutebook, *arguments: str) -> None:
    """Start the command, and kill it as soon as `happened` says so, or when it ends by itself."""
    process = minutebook.start(*arguments)
    while not happened() and process.poll() is None:
        sleep(0.002)
    process.kill()
    process.communicate()


def test_ingest_goes_on_after_a_kill_in_the_middle(tmp_path):
    folder = tmp_path / "minutes"
    expected = lay(folder)
    minutebook = Minutebook(tmp_path / "data")
    record = minutebook.data / "corpus.sqlite3"
    killed_when(lambda: count_documents(record) > 20, minutebook, "ingest", str(folder))
    kept = stored(minutebook)
    assert 20 < len(kept) < FILES
    assert kept.items() <= expected.items()
    assert f"{FILES - len(kept)} new, {len(kept)} unchanged" in minutebook("ingest", str(folder)).err
    assert stored(minutebook) == expected


def holds_more_than(record: Path, count: int) -> bool:
    return count_documents(record) > count


def count_documents(record: Path) -> int:
    """Return how many documents another process has stored so far."""
    try:
        with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:  # the record is still being made
        return 0


def test_a_kill_while_indexing_leaves_what_is_published(tmp_path):
    folder = tmp_path / "minutes"
    lay(folder, files=100)
    minutebook = Minutebook(tmp_path / "data")
    assert minutebook("ingest", str(folder)).code == minutebook("index").code == 0
    (folder / "0000.txt").write_text(words_of(0, edition=2))
    assert minutebook("ingest", str(folder)).code == 0
    generations = minutebook.data / "generations"
    killed_when(lambda: bool(begun(generations)), minutebook, "index")
    assert Generations(generations).current() == "000001"
    with closing(index.open(minutebook.data, model=ModelSettings(name="hash"))) as reader:
        assert [hit.document_id for hit in reader.search("road number0", k=1).hits] == [f"{folder}/0000.txt"]
        assert "edition1" in read_text(reader, f"{folder}/0000.txt")
    assert minutebook("index").code == 0
    assert_same_as_a_clean_build(minutebook, tmp_path)
    assert_nothing_left_over(generations)


def read_text(reader: Reader, id: str) -> str:
    document = reader.document(id)
    assert document is not None
    return document.text


def begun(generations: Path) -> list[str]:
    """Return the names of what a build has begun to write, and not published."""
    return [one.name for one in generations.iterdir() if one.is_dir() and not one.name.isdigit()]


@pytest.mark.slow
def test_ingest_survives_twenty_kills(tmp_path):
    folder = tmp_path / "minutes"
    expected = lay(folder)
    whole = Minutebook(tmp_path / "whole")
    longest = took(lambda: whole.apart("ingest", str(folder)))
    minutebook = Minutebook(tmp_path / "data")
    sizes = []
    for number in range(KILLS):
        # Half of the kills hit an empty record, where every document is new; half go on where it stopped.
        if number == KILLS // 2:
            shutil.rmtree(minutebook.data)
            minutebook = Minutebook(tmp_path / "data")
        record = minutebook.data / "corpus.sqlite3"
        if number % 3:
            killed_at_random(minutebook, "ingest", str(folder), longest=longest)
        elif (known := count_documents(record)) < FILES:
            aim = random.randrange(known, FILES)
            killed_when(partial(holds_more_than, record, aim), minutebook, "ingest", str(folder))
        if record.exists():
            with closing(sqlite3.connect(record)) as database:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            texts = stored(minutebook)
            sizes.append(len(texts))
            assert texts.items() <= expected.items()
    assert any(0 < size < FILES for size in sizes), "no kill came in the middle: lay out more files"
    assert minutebook("ingest", str(folder)).code == 0
    assert stored(minutebook) == expected
    assert minutebook("ingest", str(folder)).err.startswith(f"{folder}: {FILES} unchanged")


@pytest.mark.slow
def test_index_survives_twenty_kills_and_goes_on_answering(tmp_path):
    folder = tmp_path / "minutes"
    expected = lay(folder)
    minutebook = Minutebook(tmp_path / "data")
    assert minutebook("ingest", str(folder)).code == 0
    longest = took(lambda: minutebook.apart("index"))
    reader = index.open(minutebook.data, model=ModelSettings(name="hash"))
    names = [reader.generation]
    for number in range(KILLS):
        # There is always something to build, and never all of it is in the cache.
        path = folder / f"{number:04}.txt"
        path.write_text(words_of(number, edition=2))
        expected[str(path)] = words_of(number, edition=2)
        assert minutebook("ingest", str(folder)).code == 0
        killed_at_random(minutebook, "index", longest=longest)
        names.append(reader.generation)
        for other in (0, KILLS, FILES - 1):
            (best, *_) = reader.search(f"repair road number{other}", k=1).hits
            assert best.document_id == f"{folder}/{other:04}.txt"
        # A second reader, as a process that starts now would open it.
        fresh = index.open(minutebook.data, model=ModelSettings(name="hash"))
        assert fresh.search(f"road number{number}", k=1).hits
        fresh.close()
    assert names == sorted(names)
    assert len(set(names)) <= KILLS, "no kill came in the middle: lay out more files"
    assert minutebook("index").code == 0
    assert minutebook("status", "--json").json["behind"] == 0
    assert {name: document.text for name in expected if (document := reader.document(name))} == expected
    assert_same_as_a_clean_build(minutebook, tmp_path)
    assert_nothing_left_over(minutebook.data / "generations")
    reader.close()


def assert_same_as_a_clean_build(minutebook: Minutebook, tmp_path: Path) -> None:
    clean = Minutebook(tmp_path / "clean")
    shutil.copy(minutebook.data / "corpus.sqlite3", clean.data)
    assert clean("index").code == 0
    folders = [Generations(one.data / "generations").published() for one in (minutebook, clean)]
    tables = [sqlite3.connect(folder / "passages.sqlite3") for folder in folders]
    rows = [table.execute("SELECT * FROM passages ORDER BY row").fetchall() for table in tables]
    texts = [table.execute("SELECT id, text FROM documents ORDER BY number").fetchall() for table in tables]
    for table in tables:
        table.close()
    assert rows[0] == rows[1]
    assert texts[0] == texts[1]


def assert_nothing_left_over(folder: Path) -> None:
    kept = [entry.name for entry in folder.iterdir() if entry.is_dir()]
    assert len(kept) <= 2, kept
    assert all(name.isdigit() for name in kept), kept


@pytest.mark.parametrize("signal", ["kill", *slow("terminate")])
def test_a_lock_does_not_outlive_its_holder(tmp_path, signal):
    lay(tmp_path / "minutes", files=20)
    minutebook = Minutebook(tmp_path / "data")
    minutebook("ingest", str(tmp_path / "minutes"))
    process = minutebook.start("index")
    holder = minutebook.data / "generations/build.holder.json"
    while not holder.exists() and process.poll() is None:
        sleep(0.005)
    getattr(process, signal)()
    process.communicate()
    assert minutebook("index").code == 0
