"""Moving on to the next generation while the old one answers; the rest is in test_reader."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread, Timer
from threading import enumerate as enumerate_threads
from time import monotonic, sleep

import pytest

from corpus.errors import GenerationError
from corpus.store import Corpus
from index import published
from index.embedding import HashEmbedder
from index.generation import Generation
from index.generations import Generations
from index.published import Published
from tests.factories import build, make_document, put_documents

LONG = 60.0


class Shop:
    """A record, and what is published of it; from the second on, generations open when they are let."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.corpus = Corpus(folder / "corpus.sqlite3")
        self.generations = Generations(folder / "generations")
        self.let, self.damaged = Event(), False
        self.tried: list[str] = []
        monkeypatch.setattr(published, "Generation", self._slowly)
        self.publish("one")

    def _slowly(self, folder: Path) -> Generation:
        self.tried.append(folder.name)
        if folder.name != "000001":
            assert self.let.wait(LONG)
        if self.damaged:
            raise GenerationError(f"{folder} is damaged; run: minutebook index")
        return Generation(folder)

    def publish(self, *ids: str) -> None:
        put_documents(self.corpus, [make_document(id) for id in ids])
        build(self.corpus, self.folder)

    def open(self, patience: float) -> Published:
        return Published(self.generations, HashEmbedder(), patience=patience)


@pytest.fixture
def shop(tmp_path, monkeypatch) -> Iterator[Shop]:
    shop = Shop(tmp_path, monkeypatch)
    yield shop
    shop.let.set()
    shop.corpus.close()


def name_of(published: Published) -> str:
    with published.opened() as generation:
        return generation.name


def wait_for(published: Published, name: str) -> None:
    deadline = monotonic() + LONG
    while name_of(published) != name:
        assert monotonic() < deadline
        sleep(0.01)


def test_the_old_generation_answers_while_a_large_one_is_being_opened(shop):
    published = shop.open(patience=0.05)
    assert name_of(published) == "000001"
    shop.publish("two")
    for _ in range(3):
        started = monotonic()
        assert name_of(published) == "000001"
        assert monotonic() - started < LONG / 10
    shop.let.set()
    wait_for(published, "000002")
    assert shop.tried == ["000001", "000002"], "it is opened once, whoever asks meanwhile"
    published.close()


def test_a_generation_that_opens_soon_is_used_by_the_very_next_question(shop):
    published = shop.open(patience=LONG)
    assert name_of(published) == "000001"
    shop.publish("two")
    found: list[str] = []
    asking = [Thread(target=lambda: found.append(name_of(published))) for _ in range(4)]
    for thread in asking:
        thread.start()
    sleep(0.05)
    assert found == []
    shop.let.set()
    for thread in asking:
        thread.join()
    assert found == ["000002"] * 4
    published.close()


def test_what_is_published_while_one_is_being_opened_is_opened_next(shop):
    published = shop.open(patience=0.0)
    assert name_of(published) == "000001"
    shop.publish("two")
    assert name_of(published) == "000001"
    shop.publish("three")
    assert name_of(published) == "000001"
    shop.let.set()
    wait_for(published, "000003")
    assert shop.tried == ["000001", "000002", "000003"]
    published.close()


def test_a_question_keeps_the_old_generation_open_until_it_is_done(shop):
    shop.let.set()
    published = shop.open(patience=LONG)
    with published.opened() as old:
        shop.publish("two")
        assert name_of(published) == "000002"
        assert old.table.document("one") is not None
    with pytest.raises(Exception, match="closed"):
        old.table.document("one")
    published.close()


def test_a_generation_that_cannot_be_opened_is_named_and_tried_again(shop):
    shop.let.set()
    published = shop.open(patience=LONG)
    assert name_of(published) == "000001"
    shop.publish("two")
    shop.damaged = True
    for _ in range(2):
        with pytest.raises(GenerationError, match=r"000002 is damaged"):
            name_of(published)
    shop.damaged = False
    assert name_of(published) == "000002"
    published.close()


def test_nothing_is_left_open_when_the_end_comes_while_one_is_being_opened(shop):
    published = shop.open(patience=0.0)
    assert name_of(published) == "000001"
    shop.publish("two")
    assert name_of(published) == "000001"
    Timer(0.2, shop.let.set).start()
    published.close()
    for thread in enumerate_threads():
        if thread.name == "opening a generation":
            thread.join()
    assert published._open is None


def test_the_first_generation_is_waited_for_however_long_it_takes(tmp_path, shop):
    shop.publish("two")
    published = shop.open(patience=0.0)
    Timer(0.1, shop.let.set).start()
    assert name_of(published) == "000002"
    published.close()
