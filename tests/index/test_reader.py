from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest

import index
from corpus.errors import GenerationError, ModelMismatchError, UsageError
from corpus.store import Corpus
from index.embedding import HashEmbedder
from index.generations import Generations
from index.many import Asked
from index.published import Published
from index.reader import Reader
from index.settings import AnswerSettings, ModelSettings
from tests.factories import build, make_document, put_documents


class OtherEmbedder(HashEmbedder):
    name = "other"
    fingerprint = "other-1"


def reading(data: Path, embedder) -> Reader:
    return Reader(Published(Generations(data / index.GENERATIONS), embedder), embedder)


class Library:
    """A record and its generations, with a reader over them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus = Corpus(folder / "corpus.sqlite3")
        self.reader = index.open(folder, model=ModelSettings(name="hash"))

    def publish(self, *ids: str) -> str:
        put_documents(self.corpus, [make_document(id, text=f"The words of {id} are here.") for id in ids])
        return build(self.corpus, self.folder).name

    def first(self, query: str) -> str:
        return self.reader.search(query, k=1).hits[0].document_id


@pytest.fixture
def library(tmp_path) -> Iterator[Library]:
    library = Library(tmp_path)
    yield library
    library.reader.close()
    library.corpus.close()


def test_before_the_first_publication_there_is_a_remedy(library):
    with pytest.raises(GenerationError, match="minutebook index"):
        library.reader.search("words")
    library.reader.warm_up()
    library.publish("one")
    assert library.first("words of one") == "one"


def test_a_new_generation_is_read_without_a_restart(library):
    assert library.publish("one") == library.reader.generation == "000001"
    assert library.publish("two") == library.reader.generation == "000002"
    assert library.first("words of two") == "two"


def test_an_old_generation_is_closed_when_its_last_question_is_done(library):
    library.publish("one")
    with library.reader.opened() as old:
        library.publish("two")
        assert library.reader.generation == "000002"
        assert old.table.document("one") is not None  # still open, for the question that is in it
    with pytest.raises(Exception, match="closed"):
        old.table.document("one")


def test_a_reader_may_stay_in_a_generation(library):
    library.publish("one")
    with index.open(library.folder, model=ModelSettings(name="hash"), generation="000001") as staying:
        library.publish("two")
        assert (staying.generation, library.reader.generation) == ("000001", "000002")
        assert [hit.document_id for hit in staying.search("words").hits] == ["one"]


@pytest.mark.parametrize("name", ["000007", "../000001", "", "."])
def test_a_generation_that_is_not_there_cannot_be_stayed_in(library, name):
    library.publish("one")
    with (
        index.open(library.folder, model=ModelSettings(name="hash"), generation=name) as staying,
        pytest.raises(GenerationError, match="no generation"),
    ):
        staying.search("words")


def test_many_questions_stay_in_the_generation_of_the_first(library):
    library.publish("one")
    answers = library.reader.ask_many(Asked(question) for question in ("words of one?", "words of two?"))
    first = next(answers)
    library.publish("two")
    assert {first.generation, next(answers).generation} == {"000001"}
    assert list(answers) == []


@pytest.mark.parametrize("k", [0, -1])
@pytest.mark.parametrize(
    "ask",
    [
        lambda reader, k: reader.search("bridge", k=k),
        lambda reader, k: reader.ask("bridge", k=k),
        lambda reader, k: list(reader.asking("bridge", k=k)),
        lambda reader, k: list(reader.search_many([Asked("bridge")], k=k)),
        lambda reader, k: list(reader.ask_many([Asked("bridge")], k=k)),
    ],
)
def test_fewer_than_one_passage_cannot_be_asked_for(library, ask, k):
    library.publish("one")
    with pytest.raises(UsageError, match=f"k is {k}; ask for one passage at least"):
        ask(library.reader, k)


def test_half_a_character_is_no_document(library):
    library.publish("one")
    assert library.reader.document("\ud800") is None


def test_provenance_tells_what_an_answer_depends_on(library):
    library.publish("one")
    first = library.reader.provenance
    assert first == library.reader.provenance
    assert (first.generation, first.model, first.fingerprint) == ("000001", "hash", "hash-1")
    library.publish("two")
    second = library.reader.provenance
    assert second.generation == "000002"
    assert second.corpus_revision > first.corpus_revision
    assert second.settings == first.settings
    with index.open(
        library.folder, model=ModelSettings(name="hash"), answer=AnswerSettings(threshold=0.25)
    ) as bolder:
        assert bolder.provenance.settings != first.settings


def test_a_question_keeps_its_generation_even_when_that_is_swept(library):
    library.publish("one")
    with library.reader.opened() as old:
        for name in ("two", "three", "four"):
            library.publish(name)
        assert not (library.folder / "generations" / old.name).exists()
        assert old.table.document("one") is not None
        assert old.lexical.count == old.vectors.count == 1


def test_documents_come_out_whole(library):
    library.publish("one")
    document = library.reader.document("one")
    assert document is not None
    assert document.text == "The words of one are here."
    assert library.reader.document("two") is None


def test_another_model_is_refused_with_the_remedy(library):
    library.publish("one")
    reader = reading(library.folder, OtherEmbedder())
    for ask in (reader.search, reader.ask):
        with pytest.raises(ModelMismatchError, match=r"embedded with hash.*run: minutebook index"):
            ask("words")


def test_a_broken_generation_is_named(library):
    name = library.publish("one")
    (library.folder / "generations" / name / "passages.sqlite3").write_bytes(b"broken")
    with pytest.raises(GenerationError, match=r"passages\.sqlite3"):
        library.reader.search("words")


def test_a_generation_that_is_swept_while_it_is_opened_is_passed_over(library, monkeypatch):
    library.publish("one")
    real = Generations.published
    calls: list[Path] = []

    def late(self: Generations) -> Path:
        folder = real(self)
        if not calls:
            calls.append(folder)
            for name in ("two", "three", "four"):
                library.publish(name)
        return folder

    monkeypatch.setattr(Generations, "published", late)
    assert library.reader.generation == "000004"


def test_many_threads_ask_at_once(library):
    library.publish(*(f"document{n}" for n in range(20)))
    wrong: list[str] = []
    barrier = Barrier(8)

    def work(number: int) -> None:
        barrier.wait()
        for n in range(20):
            try:
                if library.first(f"words of document{n}") != f"document{n}":
                    wrong.append(f"{number}: document{n} not found")
                library.reader.ask(f"Where are the words of document{n}?")
            except Exception as error:
                wrong.append(f"{number}: {error!r}")

    threads = [Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    library.publish("one more")
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.model
def test_the_real_model_serves_many_threads(tmp_path, minilm):
    with Corpus(tmp_path / "corpus.sqlite3") as corpus:
        put_documents(corpus, [make_document("one"), make_document("two", text="The pond was dredged.")])
        build(corpus, tmp_path, minilm)
    reader = reading(tmp_path, minilm)
    wrong: list[str] = []

    def work() -> None:
        for _ in range(5):
            if reader.search("Why was the bridge shut?", k=1).hits[0].document_id != "one":
                wrong.append("bridge")
            if not reader.ask("What was resolved about the mill bridge?").answered:
                wrong.append("silent")

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader.close()
    assert wrong == []
