import tracemalloc
from collections.abc import Sequence
from contextlib import closing

import numpy as np
import pytest

from corpus.errors import NothingDoneError
from corpus.store import Corpus
from corpus.versions import erase
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
from tests.index.building import Listener, current, item, items, leftovers


class Counting(HashEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed_passages(texts)


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


def test_erased_words_are_in_no_generation_any_more(corpus, tmp_path):
    put_documents(corpus, items(2))
    put_documents(corpus, [item(7, "was sold for a sum that nobody may know")])
    build(corpus, tmp_path)
    erase(corpus, item(7).id)
    build(corpus, tmp_path)
    assert [entry.name for entry in (tmp_path / "generations").iterdir() if entry.is_dir()] == ["000002"]
    put_documents(corpus, items(4))
    build(corpus, tmp_path)
    assert (tmp_path / "generations" / "000002").is_dir(), "its predecessor holds nothing that was erased"


def test_a_kill_before_the_sweep_leaves_no_erased_words_to_the_next_run(corpus, tmp_path, monkeypatch):
    put_documents(corpus, items(3))
    build(corpus, tmp_path)
    erase(corpus, item(0).id)
    with monkeypatch.context() as killed:
        killed.setattr(Generations, "sweep", lambda *_: None)
        build(corpus, tmp_path)
    assert (tmp_path / "generations" / "000001").is_dir()
    assert not build(corpus, tmp_path).changed
    assert not (tmp_path / "generations" / "000001").exists()


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


@pytest.mark.slow
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
