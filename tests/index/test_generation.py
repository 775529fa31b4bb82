import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import GenerationError
from index.generation import Generation
from index.lexical import Scope, Wanted
from index.passage_table import PassageTable
from index.vectors import VectorIndex
from tests.factories import make_document, make_generation


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("home")
    make_generation(home, [make_document(), make_document("ashmere/2", "The pond was dredged.")]).close()
    return home / "generations" / "000001"


@pytest.fixture
def generation(folder) -> Iterator[Generation]:
    with closing(Generation(folder)) as generation:
        yield generation


def test_a_generation_is_known_by_its_folder_and_its_manifest(generation):
    assert generation.name == "000001"
    assert (generation.manifest.model, generation.manifest.documents) == ("hash", 2)


def test_all_three_stores_speak_of_the_same_rows(generation, hash_embedder):
    (row,) = generation.lexical.best(Wanted(terms=("dredg",)), Scope(), 5)[0].tolist()
    (passage,) = generation.table.passages([row])
    assert passage.text == "The pond was dredged."
    query = hash_embedder.embed_queries([f"{passage.heading}\n{passage.text}"])[0]
    assert generation.vectors.nearest(query, 1)[0].tolist() == [row]
    assert generation.table.count == generation.lexical.count == generation.vectors.count


@pytest.mark.parametrize(
    "part", ["manifest.json", "passages.sqlite3", "lexical", "vectors", "vectors/chroma.sqlite3"]
)
@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_a_part_that_is_missing_or_damaged_is_one_clear_error(folder, tmp_path, part, how):
    copy = tmp_path / "000001"
    shutil.copytree(folder, copy)
    path = copy / part
    is_folder = path.is_dir()
    shutil.rmtree(path) if is_folder else path.unlink()
    if how == "damaged":
        path.mkdir() if is_folder else path.write_bytes(b"no such thing " * 100)
    with pytest.raises(GenerationError, match="run: minutebook index") as error:
        Generation(copy)
    assert str(copy) in str(error.value)
    assert "\n" not in str(error.value)


def test_closing_closes_every_store_that_has_something_open(folder, monkeypatch):
    closed = []
    for store in (VectorIndex, PassageTable):
        close = store.close
        monkeypatch.setattr(
            store, "close", lambda self, close=close: (closed.append(type(self)), close(self))
        )
    Generation(folder).close()
    assert sorted(store.__name__ for store in closed) == ["PassageTable", "VectorIndex"]


def test_two_generations_can_be_open_at_once(folder, tmp_path):
    other = make_generation(tmp_path, [make_document("brack/1", "The kiosk was let.")])
    with closing(Generation(folder)) as first, closing(other) as second:
        assert (first.vectors.count, second.vectors.count) == (2, 1)
        assert second.table.document("brack/1") is not None
        assert first.table.document("brack/1") is None


def test_the_same_generation_can_be_open_twice_and_closed_once(folder):
    with closing(Generation(folder)) as first:
        Generation(folder).close()
        assert first.vectors.count == 2
        assert first.vectors.nearest(first.vectors.vectors(first.table.document_of[:1])[0], 1)[0].size == 1
