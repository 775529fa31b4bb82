import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from corpus.errors import BusyError, GenerationError
from index import build as module
from index.arrays import Vectors
from index.build import Built, build_next, verify_elsewhere
from index.embedding import HashEmbedder
from index.generations import Generations
from index.lexical import LexicalWriter
from index.manifest import FORMAT
from index.vectors import VectorWriter
from tests import factories
from tests.factories import published, put_documents
from tests.index.building import Listener, current, item, items, leftovers
from tests.marks import slow

ROOT = Path(__file__).parents[2]
#: As the command does it: what a fresh process finds of a generation counts.
build = partial(factories.build, verify=verify_elsewhere)

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


def break_passages(folder: Path) -> None:
    (folder / "passages.sqlite3").write_bytes(b"")


def break_words(folder: Path) -> None:
    (folder / "lexical" / "meta.json").unlink()


def break_vectors(folder: Path) -> None:
    (folder / "vectors" / "chroma.sqlite3").unlink()


def age_the_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace(f'"format": {FORMAT}', f'"format": {FORMAT - 1}'))


@pytest.mark.parametrize("damage", [break_vectors, *slow(break_passages, break_words, age_the_manifest)])
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


@pytest.mark.parametrize("damage", [break_words, *slow(break_passages, break_vectors, age_the_manifest)])
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
    add = VectorWriter.add
    monkeypatch.setattr(VectorWriter, "add", lambda writer, vectors: add(writer, vectors[::-1]))
    with pytest.raises(GenerationError, match="does not have the vector of its own words"):
        build(corpus, tmp_path)
    assert current(tmp_path) is None


def test_a_missing_row_of_words_is_not_published(corpus, tmp_path, monkeypatch):
    put_documents(corpus, items(3))
    add = LexicalWriter.add
    monkeypatch.setattr(LexicalWriter, "add", lambda writer, row: row.row == 1 or add(writer, row))
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
