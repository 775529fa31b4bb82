"""Reading, writing and publishing at the same time, in processes of their own."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep, time

import index
from index.reader import Reader
from index.settings import ModelSettings
from tests.test_kills import lay, words_of
from tests.ui.commanding import Minutebook

#: What the reader may take to see a new generation, seconds.
SOON = 2.0


class Watcher(Thread):
    """Searches in a loop, as a web page does all day, and notes when it first met each generation."""

    def __init__(self, reader: Reader, wanted: str, words: str) -> None:
        super().__init__()
        self.reader, self.wanted, self.words = reader, wanted, words
        self.first_seen: dict[str, float] = {}
        self.misses = 0
        self.searches = 0
        self.error: Exception | None = None
        self.stop = Event()

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                hits = self.reader.search(self.words, k=1).hits
                self.misses += not hits or hits[0].document_id != self.wanted
                self.searches += 1
                self.first_seen.setdefault(self.reader.generation, time())
        except Exception as error:
            self.error = error


def test_readers_see_each_publication_soon_and_miss_nothing_meanwhile(tmp_path, scale):
    folder = tmp_path / "minutes"
    lay(folder, files=100)
    minutebook = Minutebook(tmp_path / "data")
    assert minutebook("ingest", str(folder)).code == minutebook("index").code == 0
    reader = index.open(minutebook.data, model=ModelSettings(name="hash"))
    watchers = [Watcher(reader, f"{folder}/0007.txt", "repair road number7") for _ in range(2)]
    for watcher in watchers:
        watcher.start()
    published = {}
    for number in range(scale(1, 3)):
        (folder / f"new{number}.txt").write_text(words_of(1_000 + number))
        assert minutebook("ingest", str(folder)).code == minutebook("index").code == 0
        current = minutebook.data / "generations/CURRENT"
        name = current.read_text().strip()
        published[name] = current.stat().st_mtime
        wait_until(partial(seen_by_all, watchers, name))
        (hit,) = reader.search(f"repair road number{1_000 + number}", k=1).hits
        assert hit.document_id == f"{folder}/new{number}.txt"
    for watcher in watchers:
        watcher.stop.set()
        watcher.join()
        assert watcher.error is None
        assert watcher.misses == 0
        assert watcher.searches > 50
        assert list(watcher.first_seen) == ["000001", *published]
        assert all(watcher.first_seen[name] - when < SOON for name, when in published.items())
    reader.close()


def seen_by_all(watchers: list[Watcher], name: str) -> bool:
    return all(name in watcher.first_seen for watcher in watchers)


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = monotonic() + SOON
    while not happened():
        assert monotonic() < deadline
        sleep(0.01)


def test_of_two_builders_one_works_and_the_other_names_it(tmp_path):
    lay(tmp_path / "minutes", files=300)
    minutebook = Minutebook(tmp_path / "data")
    assert minutebook("ingest", str(tmp_path / "minutes")).code == 0
    first = minutebook.start("index")
    assert holder_of(minutebook.data / "generations/build.holder.json") == first.pid
    second = minutebook("index")
    assert first.poll() is None, "the first builder was too quick for the second to meet it"
    assert second.code == 3
    assert second.err.startswith(f"another process is indexing: process {first.pid} on ")
    first.communicate()
    assert first.returncode == 0
    assert minutebook("index").code == 0


def holder_of(path: Path) -> int:
    """Wait until a builder has written down who it is."""
    deadline = monotonic() + 60
    while True:
        try:
            return json.loads(path.read_text())["process"]
        except (FileNotFoundError, ValueError):
            assert monotonic() < deadline
            sleep(0.005)
