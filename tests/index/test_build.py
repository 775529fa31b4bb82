import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BusyError, GenerationError, NothingDoneError
from corpus.store import Corpus
from index import build as module
from index import embedding_cache, passage_table
from index.arrays import Vectors
from index.build import Built, build_next
from index.embedding import HashEmbedder, ModelEmbedder
from index.generations import Generations
from index.lexical import Scope, Wanted
from index.manifest import FORMAT, read_manifest
from index.passages import embedded_text
from index.search import search
from index.settings import ModelSettings
from tests.factories import build, make_document, make_generation, published, put_documents

ROOT = Path(__file__).parents[2]

DIE_WHILE_EMBEDDING = """
import os, signal, sys
from pathlib import Path
from corpus.store import Corpus
from index import build
from index.embedding import HashEmbedder
from tests.factories import build as build_all

class Dying(HashEmbedder):
    calls = 0
    def embed_passages(self, texts):
        self.calls += 1
        if self.calls == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_passages(texts)

build.CHUNK = 4
home = Path(sys.argv[1])
with Corpus(home / "corpus.sqlite3") as corpus:
    build_all(corpus, home, Dying())
"""


class Counting(HashEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed_passages(texts)


@dataclass
class Listener:
    """Remembers the progress that was reported."""

    heard: list[tuple[int, int]] = field(default_factory=list)

    def __call__(self, done: int, of: int) -> None:
        self.heard.append((done, of))


def item(number: int, words: str = "was inspected and found in good order") -> object:
    return make_document(f"ashmere/{number:04}", f"Item {number} {words}.", title=f"Item {number}")


def items(count: int) -> list:
    return [item(number) for number in range(count)]


def current(home: Path) -> str | None:
    return Generations(home / "generations").current()


def leftovers(home: Path) -> list[str]:
    """Return what stands among the generations besides them, the pointer and the lock."""
    names = {path.name for path in (home / "generations").iterdir()}
    return sorted(name for name in names - {"CURRENT", "build.lock"} if not name.isdigit())


def test_a_record_becomes_a_generation_that_is_searched(corpus, tmp_path, hash_embedder):
    put_documents(corpus, [*items(5), make_document("ashmere/bridge", "The mill bridge was closed.")])
    assert build(corpus, tmp_path) == Built("000001", True, documents=6, passages=6, embedded=6)
    with closing(published(tmp_path)) as generation:
        best = search(generation, hash_embedder, "mill bridge").hits[0]
        assert (best.document_id, best.text) == ("ashmere/bridge", "The mill bridge was closed.")
    assert leftovers(tmp_path) == []


def test_the_manifest_says_what_the_generation_was_made_of(corpus, tmp_path, hash_embedder):
    put_documents(corpus, items(3))
    put_documents(corpus, [item(1, "was closed")])
    build(corpus, tmp_path)
    manifest = read_manifest(tmp_path / "generations" / "000001")
    assert (manifest.corpus_revision, manifest.documents, manifest.passages) == (corpus.revision, 3, 3)
    assert (manifest.format, manifest.model, manifest.dimension) == (FORMAT, "hash", 128)
    assert manifest.fingerprint == hash_embedder.fingerprint
    assert manifest.built_at.endswith("+00:00")


def test_every_passage_is_a_slice_of_its_document_and_has_the_vector_of_its_words(tmp_path, hash_embedder):
    long = "\n\n".join(f"{n}. The clerk reported on drain {n}. It was noted, and agreed." for n in range(200))
    documents = [make_document("ashmere/long", long), *items(3), make_document("ashmere/blank", " \n ")]
    with closing(make_generation(tmp_path, documents)) as generation:
        passages = generation.table.passages(range(generation.table.count))
        assert len(passages) > 10
        stored = {document.id: document for document in documents}
        for passage in passages:
            assert passage.document == stored[passage.document.id]
            assert passage.text == stored[passage.document.id].text[passage.start : passage.end]
        texts = [embedded_text(passage.heading, passage.text) for passage in passages]
        vectors = generation.vectors.vectors(np.arange(len(passages)))
        assert np.allclose(vectors, hash_embedder.embed_passages(texts), atol=1e-6)
        assert generation.table.document("ashmere/blank") is not None


def test_a_second_run_changes_nothing_and_embeds_nothing(corpus, tmp_path):
    put_documents(corpus, items(3))
    build(corpus, tmp_path)
    folder = tmp_path / "generations" / "000001"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")}
    embedder = Counting()
    assert build(corpus, tmp_path, embedder) == Built("000001", False, documents=3, passages=3, embedded=0)
    assert embedder.asked == []
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")} == before
    assert [path.name for path in folder.parent.iterdir() if path.is_dir()] == ["000001"]


def test_only_what_changed_is_embedded_again(corpus, tmp_path):
    put_documents(corpus, items(4))
    build(corpus, tmp_path)
    put_documents(corpus, [item(2, "was closed")])
    embedder = Counting()
    assert build(corpus, tmp_path, embedder) == Built("000002", True, documents=4, passages=4, embedded=1)
    assert [text.splitlines()[-1] for text in embedder.asked] == ["Item 2 was closed."]


def test_a_rebuild_from_nothing_but_record_and_cache_embeds_nothing(corpus, tmp_path):
    put_documents(corpus, items(4))
    build(corpus, tmp_path)
    elsewhere = Generations(tmp_path / "elsewhere")
    embedder = Counting()
    cache = tmp_path / "embeddings.sqlite3"
    assert build_next(corpus, elsewhere, cache, embedder, Listener()).embedded == 0
    assert embedder.asked == []


def test_the_same_words_in_many_documents_are_embedded_once(corpus, tmp_path):
    put_documents(corpus, [make_document(str(number), "Apologies were received.") for number in range(30)])
    assert build(corpus, tmp_path) == Built("000001", True, documents=30, passages=30, embedded=1)
    with closing(published(tmp_path)) as generation:
        assert generation.vectors.count == 30


def test_another_model_makes_another_generation(corpus, tmp_path):
    class Other(HashEmbedder):
        name = "other"
        fingerprint = "other-1"

    put_documents(corpus, items(3))
    build(corpus, tmp_path)
    assert build(corpus, tmp_path, Other()) == Built("000002", True, 3, 3, embedded=3)
    assert read_manifest(tmp_path / "generations" / "000002").model == "other"


def test_a_withdrawn_document_leaves_the_next_generation(corpus, tmp_path):
    put_documents(corpus, items(3), complete=True)
    build(corpus, tmp_path)
    for _ in range(3):
        put_documents(corpus, items(2), complete=True)
    assert build(corpus, tmp_path) == Built("000002", True, documents=2, passages=2, embedded=0)
    with closing(published(tmp_path)) as generation:
        assert generation.table.document("ashmere/0002") is None


def test_a_record_of_withdrawn_documents_makes_an_empty_generation(corpus, tmp_path, hash_embedder):
    put_documents(corpus, items(2), complete=True)
    for _ in range(3):
        put_documents(corpus, [], complete=True)
    listener = Listener()
    generations = Generations(tmp_path / "generations")
    built = build_next(corpus, generations, tmp_path / "embeddings.sqlite3", hash_embedder, listener)
    assert built == Built("000001", True, documents=0, passages=0, embedded=0)
    assert listener.heard == [(0, 0)]
    with closing(published(tmp_path)) as generation:
        assert search(generation, hash_embedder, "the mill bridge").hits == ()
        assert generation.vectors.count == generation.lexical.count == generation.table.count == 0
    assert not build(corpus, tmp_path).changed


def test_a_record_that_was_never_filled_is_nothing_to_index(corpus, tmp_path):
    with pytest.raises(NothingDoneError, match="the record is empty; run: minutebook ingest"):
        build(corpus, tmp_path)
    assert (current(tmp_path), leftovers(tmp_path)) == (None, [])


def test_progress_goes_from_nothing_to_everything(corpus, tmp_path, hash_embedder, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 4)
    monkeypatch.setattr(embedding_cache, "SLICE", 2)
    put_documents(corpus, items(10))
    listener = Listener()
    generations = Generations(tmp_path / "generations")
    build_next(corpus, generations, tmp_path / "embeddings.sqlite3", hash_embedder, listener)
    assert list(dict.fromkeys(listener.heard)) == [(done, 10) for done in (0, 2, 4, 6, 8, 10)]
    assert listener.heard == sorted(listener.heard)


def test_rows_agree_in_all_stores_across_chunks(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 4)
    put_documents(corpus, items(11))
    build(corpus, tmp_path)
    with closing(published(tmp_path)) as generation:
        for passage in generation.table.passages(range(11)):
            number = str(passage.row)
            words = Wanted(terms=("item", number), phrases=(("item", number, "was"),))
            assert generation.lexical.best(words, Scope(), 1)[0].tolist() == [passage.row]


def test_filters_are_indexed_as_the_documents_have_them(tmp_path):
    documents = [
        make_document("a", council="Brackwater Town Council", meeting_date="2026-02-28"),
        make_document("b", committee="Planning", kind="decision", meeting_date=None),
    ]
    with closing(make_generation(tmp_path, documents)) as generation:
        for scope in (
            Scope(councils=("Brackwater Town Council",)),
            Scope(committees=("Planning",)),
            Scope(kinds=("decision",)),
            Scope(first_date=20260228, last_date=20260228),
        ):
            rows = generation.lexical.allowed(Wanted(), scope).tolist()
            assert rows == generation.table.allowed(scope).nonzero()[0].tolist()
            assert len(rows) == 1


def test_a_build_holds_few_documents_at_a_time(corpus, tmp_path, monkeypatch, hash_embedder):
    monkeypatch.setattr(module, "CHUNK", 8)
    monkeypatch.setattr(passage_table, "CHARACTERS_HELD", 50_000)
    words = "The clerk reported on the drains, and it was noted. " * 200
    put_documents(corpus, [make_document(str(number), f"Drain {number}. {words}") for number in range(80)])
    size = 80 * len(words)
    generations = Generations(tmp_path / "generations")
    tracemalloc.start()
    try:
        build_next(corpus, generations, tmp_path / "embeddings.sqlite3", hash_embedder, Listener())
        assert tracemalloc.get_traced_memory()[1] < size
    finally:
        tracemalloc.stop()


def test_what_is_written_while_a_build_reads_belongs_to_the_next_generation(corpus, tmp_path):
    class Meanwhile(HashEmbedder):
        """Another process ingests while the first document is being cut into passages."""

        written = False

        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            if not self.written:
                self.written = True
                with Corpus(corpus.path) as other:
                    put_documents(other, [item(9), item(1, "was closed")])
            return super().count_tokens(texts)

    put_documents(corpus, items(3))
    assert build(corpus, tmp_path, Meanwhile()).documents == 3
    assert read_manifest(tmp_path / "generations" / "000001").corpus_revision == 3
    with closing(published(tmp_path)) as generation:
        document = generation.table.document("ashmere/0001")
        assert document == item(1)
    assert build(corpus, tmp_path) == Built("000002", True, documents=4, passages=4, embedded=2)


def break_passages(folder: Path) -> None:
    (folder / "passages.sqlite3").write_bytes(b"")


def break_words(folder: Path) -> None:
    (folder / "lexical" / "meta.json").unlink()


def break_vectors(folder: Path) -> None:
    (folder / "vectors" / "chroma.sqlite3").unlink()


def age_the_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace(f'"format": {FORMAT}', f'"format": {FORMAT - 1}'))


@pytest.mark.parametrize("damage", [break_passages, break_words, break_vectors, age_the_manifest])
def test_a_published_generation_that_is_damaged_is_built_anew(corpus, tmp_path, damage):
    put_documents(corpus, items(3))
    build(corpus, tmp_path)
    damage(tmp_path / "generations" / "000001")
    assert build(corpus, tmp_path) == Built("000002", True, documents=3, passages=3, embedded=0)


def test_a_pointer_that_is_damaged_is_mended(corpus, tmp_path):
    put_documents(corpus, items(3))
    build(corpus, tmp_path)
    (tmp_path / "generations" / "CURRENT").write_text("???")
    assert build(corpus, tmp_path).name == "000002"
    assert current(tmp_path) == "000002"


def spoil(monkeypatch, name: str, spoiled) -> None:
    """Let a step of the build do its work, and then something else."""
    step = getattr(module, name)

    def both(folder: Path, *rest):
        made = step(folder, *rest)
        spoiled(folder)
        return made

    monkeypatch.setattr(module, name, both)


@pytest.mark.parametrize("damage", [break_passages, break_words, break_vectors, age_the_manifest])
def test_a_generation_that_fails_verification_is_not_published(corpus, tmp_path, monkeypatch, damage):
    put_documents(corpus, items(3))
    build(corpus, tmp_path)
    put_documents(corpus, [item(9)])
    spoil(monkeypatch, "write_manifest", damage)
    with pytest.raises(GenerationError, match="failed its verification and was not published: ") as error:
        build(corpus, tmp_path)
    assert "\n" not in str(error.value)
    assert (current(tmp_path), leftovers(tmp_path)) == ("000001", [])
    assert sorted(path.name for path in (tmp_path / "generations").iterdir() if path.is_dir()) == ["000001"]
    with closing(published(tmp_path)) as generation:
        assert generation.table.count == 3


def test_vectors_in_the_wrong_order_are_not_published(corpus, tmp_path, monkeypatch):
    put_documents(corpus, items(3))
    add = module.VectorWriter.add
    monkeypatch.setattr(module.VectorWriter, "add", lambda writer, vectors: add(writer, vectors[::-1]))
    with pytest.raises(GenerationError, match="does not have the vector of its own words"):
        build(corpus, tmp_path)
    assert current(tmp_path) is None


def test_a_missing_row_of_words_is_not_published(corpus, tmp_path, monkeypatch):
    put_documents(corpus, items(3))
    add = module.LexicalWriter.add
    monkeypatch.setattr(module.LexicalWriter, "add", lambda writer, row: row.row == 1 or add(writer, row))
    with pytest.raises(GenerationError, match="do not hold the same passages"):
        build(corpus, tmp_path)


def test_verification_is_not_led_astray_by_the_working_directory(corpus, tmp_path, monkeypatch):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "verify.py").write_text("raise SystemExit('another index')")
    put_documents(corpus, items(2))
    monkeypatch.chdir(tmp_path)
    generations = Generations(Path("generations"))
    assert build_next(corpus, generations, Path("embeddings.sqlite3"), HashEmbedder(), Listener()).changed


def test_a_build_that_fails_midway_can_be_repeated_in_the_same_process(corpus, tmp_path, monkeypatch):
    class Failing(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            if "Item 7" in texts[-1]:
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    monkeypatch.setattr(module, "CHUNK", 4)
    put_documents(corpus, items(10))
    with pytest.raises(KeyboardInterrupt):
        build(corpus, tmp_path, Failing())
    assert (current(tmp_path), leftovers(tmp_path)) == (None, [])
    assert build(corpus, tmp_path) == Built("000001", True, documents=10, passages=10, embedded=6)


def test_a_kill_while_embedding_costs_one_chunk_and_leaves_the_published_one(corpus, tmp_path):
    put_documents(corpus, [item(100)])
    build(corpus, tmp_path)
    put_documents(corpus, items(12))
    command = [sys.executable, "-c", DIE_WHILE_EMBEDDING, tmp_path]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert (current(tmp_path), ".building" in leftovers(tmp_path)) == ("000001", True)
    assert build(corpus, tmp_path) == Built("000002", True, documents=13, passages=13, embedded=4)
    assert leftovers(tmp_path) == []


def test_two_builders_exclude_each_other(corpus, tmp_path):
    put_documents(corpus, items(2))
    with (
        Generations(tmp_path / "generations").building(),
        pytest.raises(BusyError, match=f"process {os.getpid()}"),
    ):
        build(corpus, tmp_path)


@pytest.mark.model
def test_the_weights_of_the_model_are_checked_before_anything_is_embedded(corpus, tmp_path, monkeypatch):
    def damaged(self: ModelEmbedder) -> None:
        raise NothingDoneError("the weights are damaged")

    put_documents(corpus, items(2))
    monkeypatch.setattr(ModelEmbedder, "check_weights", damaged)
    with pytest.raises(NothingDoneError, match="weights are damaged"):
        build(corpus, tmp_path, ModelEmbedder(ModelSettings()))
    assert (current(tmp_path), (tmp_path / "embeddings.sqlite3").exists()) == (None, False)


@pytest.mark.model
def test_the_real_model_finds_by_meaning(tmp_path, minilm):
    documents = [
        make_document("a", "Vehicles may no longer cross the river at the mill.", title="Highways"),
        make_document("b", "The allotment rents were raised by two pounds.", title="Parks"),
        make_document("c", "The library will open on Sundays.", title="Culture"),
    ]
    with closing(make_generation(tmp_path, documents, minilm)) as generation:
        assert (generation.manifest.model, generation.manifest.dimension) == (minilm.name, 384)
        rows, _ = generation.vectors.nearest(minilm.embed_queries(["why is the bridge closed to cars"])[0], 1)
        assert generation.table.passages(rows)[0].document.id == "a"
