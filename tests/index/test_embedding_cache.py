import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import NothingDoneError
from index import embedding_cache
from index.arrays import Vectors, coarse
from index.embedding import HashEmbedder
from index.embedding_cache import EmbeddingCache, cached_vector

ROOT = Path(__file__).parents[2]

EMBED_AND_WAIT = """
import sys
from pathlib import Path
from index.embedding import HashEmbedder
from index.embedding_cache import EmbeddingCache

class Stuck(HashEmbedder):
    def embed_passages(self, texts):
        if "stuck" in texts:
            print("embedding", flush=True)
            sys.stdin.read()
        return super().embed_passages(texts)

cache = EmbeddingCache(Path(sys.argv[1]), Stuck())
cache.vectors(["one", "two"], [(), ()])
cache.vectors(["three", "stuck"], [(), ()])
"""


class Counting(HashEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self, fingerprint: str = "counting-1") -> None:
        self.fingerprint = fingerprint
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed_passages(texts)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "embeddings.sqlite3"


def vectors(path: Path, embedder: HashEmbedder, *texts: str) -> Vectors:
    with closing(EmbeddingCache(path, embedder)) as cache:
        return cache.vectors(texts, [()] * len(texts)).texts


def test_vectors_are_those_of_the_embedder_in_the_order_of_the_texts(path, hash_embedder):
    texts = ["the pond", "the bridge", "the pond", ""]
    expected = hash_embedder.embed_passages(texts)
    assert np.array_equal(vectors(path, hash_embedder, *texts), expected)
    assert np.array_equal(vectors(path, hash_embedder, *reversed(texts)), expected[::-1])


def test_nothing_is_embedded_twice(path):
    embedder = Counting()
    with closing(EmbeddingCache(path, embedder)) as cache:
        cache.vectors(["one", "two"], [()] * 2)
        cache.vectors(["two", "three", "one"], [()] * 3)
        assert (embedder.asked, cache.embedded) == (["one", "two", "three"], 3)


def test_what_an_earlier_process_embedded_is_known(path):
    code = EMBED_AND_WAIT.replace('cache.vectors(["three", "stuck"], [(), ()])', "cache.close()")
    subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, check=True)
    embedder = Counting(HashEmbedder.fingerprint)
    known = vectors(path, embedder, "two", "one")
    assert embedder.asked == []
    assert np.array_equal(known, HashEmbedder().embed_passages(["two", "one"]))


def test_identical_texts_are_embedded_once(path):
    embedder = Counting()
    with closing(EmbeddingCache(path, embedder)) as cache:
        assert len(cache.vectors(["apologies"] * 5, [()] * 5).texts) == 5
        assert (embedder.asked, cache.embedded) == (["apologies"], 1)


@pytest.mark.parametrize(("a", "b"), [("ab", "ab "), ("Pond", "pond"), ("é", "e\u0301")])
def test_texts_that_differ_in_a_single_character_are_different(path, a, b):
    embedder = Counting()
    vectors(path, embedder, a, b)
    assert sorted(embedder.asked) == sorted([a, b])


def test_another_fingerprint_is_another_model(path):
    first, second = Counting("a"), Counting("b")
    for embedder in (first, second, first):
        vectors(path, embedder, "the pond")
    assert (first.asked, second.asked) == (["the pond"], ["the pond"])


def test_a_model_that_shares_the_file_never_gets_the_vectors_of_another(path, hash_embedder):
    class Other(HashEmbedder):
        fingerprint = "other"

        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            return -super().embed_passages(texts)

    first = vectors(path, hash_embedder, "the pond")
    assert np.array_equal(vectors(path, Other(), "the pond"), -first)


def test_texts_of_one_length_are_embedded_together_and_progress_is_told(path, hash_embedder, monkeypatch):
    monkeypatch.setattr(embedding_cache, "SLICE", 2)
    vectors(path, hash_embedder, "ccc")
    embedder = Counting(HashEmbedder.fingerprint)
    told: list[int] = []
    texts = ["a", "bbbbb", "ccc", "dd", "eeee"]
    with closing(EmbeddingCache(path, embedder)) as cache:
        made = cache.vectors(texts, [()] * 5, told.append).texts
    assert embedder.asked == ["bbbbb", "eeee", "dd", "a"]
    assert told == [3, 5]
    assert np.array_equal(made, hash_embedder.embed_passages(texts))


def test_more_texts_than_one_statement_takes_are_found_again(path):
    texts = [f"item {number}" for number in range(1_203)]
    first = vectors(path, Counting(), *texts)
    embedder = Counting()
    assert np.array_equal(vectors(path, embedder, *texts), first)
    assert embedder.asked == []


def test_the_vectors_of_sentences_are_kept_with_their_text(path, hash_embedder):
    text, spans = "The pond is dry. The mill is sold.", [(0, 16), (17, 34)]
    for embedder in (hash_embedder, Counting(hash_embedder.fingerprint)):
        with closing(EmbeddingCache(path, embedder)) as cache:
            (kept,) = cache.vectors([text], [spans]).sentences
    assert np.array_equal(kept, coarse(hash_embedder.embed_passages([text[a:b] for a, b in spans])))
    assert embedder.asked == []


def test_a_text_that_is_divided_otherwise_is_embedded_again(path):
    embedder = Counting()
    with closing(EmbeddingCache(path, embedder)) as cache:
        for spans in ([(0, 8)], [(0, 3), (4, 8)], [(0, 8)]):
            (own,) = cache.vectors(["the pond"], [spans]).sentences
            assert len(own) == len(spans)
    assert embedder.asked == ["the pond"] * 2


def test_no_texts_have_no_vectors(path, hash_embedder):
    assert vectors(path, hash_embedder).shape == (0, hash_embedder.dimension)


def test_a_kill_costs_no_more_than_the_chunk_that_was_being_embedded(path):
    with subprocess.Popen(
        [sys.executable, "-c", EMBED_AND_WAIT, path],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "embedding\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    embedder = Counting(HashEmbedder.fingerprint)
    vectors(path, embedder, "one", "two", "three", "stuck")
    assert embedder.asked == ["three", "stuck"]


def test_an_embedder_that_fails_leaves_the_cache_usable(path):
    class Failing(Counting):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError

    with closing(EmbeddingCache(path, Failing())) as cache:
        with pytest.raises(MemoryError):
            cache.vectors(["one"], [()])
        assert cache.embedded == 0
    embedder = Counting()
    vectors(path, embedder, "one")
    assert embedder.asked == ["one"]


def test_a_single_vector_can_be_looked_up_without_the_model(path, hash_embedder):
    (expected,) = vectors(path, hash_embedder, "the pond")
    found = cached_vector(path, hash_embedder.fingerprint, "the pond", ())
    assert found is not None
    assert np.array_equal(found, expected)
    assert cached_vector(path, hash_embedder.fingerprint, "the bridge", ()) is None
    assert cached_vector(path, "another model", "the pond", ()) is None


def test_a_damaged_file_is_one_clear_line_with_its_remedy(path, hash_embedder):
    path.write_bytes(b"no database at all, " * 100)
    with pytest.raises(NothingDoneError, match="delete it, and everything is embedded anew") as error:
        EmbeddingCache(path, hash_embedder)
    assert str(path) in str(error.value)


def test_a_file_whose_owner_is_writing_can_be_read(path, hash_embedder):
    vectors(path, hash_embedder, "the pond")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert cached_vector(path, hash_embedder.fingerprint, "the pond", ()) is not None
