import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import pytest

from corpus.errors import GenerationError
from index.lexical import LexicalRow, LexicalWriter
from index.manifest import read_manifest, write_manifest
from index.passage_table import PassageTable
from index.vectors import COLLECTION
from index.verify import main, verify_generation
from tests.factories import make_document, make_generation

DOCUMENTS = [
    make_document(f"ashmere/{name}", f"The {name} was inspected. It was in good order.")
    for name in ("bridge", "pond", "kiosk", "promenade", "library", "allotment")
]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("home")
    make_generation(home, DOCUMENTS).close()
    return home


@pytest.fixture
def home(built, tmp_path) -> Path:
    """A copy of a whole generation and its cache, to be tampered with."""
    shutil.copytree(built, tmp_path / "home")
    return tmp_path / "home"


def folder_of(home: Path) -> Path:
    return home / "generations" / "000001"


def verify(home: Path) -> None:
    verify_generation(folder_of(home), home / "embeddings.sqlite3")


def swap_vectors(home: Path) -> None:
    """Give two passages the vectors of one another: everything is there, and nothing is right."""
    twins = folder_of(home) / "vectors" / "twins.npy"
    rows = np.load(twins)
    rows[[0, 1]] = rows[[1, 0]]
    np.save(twins, rows)


def change_vectors(home: Path, value: float = 1) -> None:
    client = chromadb.PersistentClient(str(folder_of(home) / "vectors"))
    collection = client.get_collection(COLLECTION, embedding_function=None)
    collection.update(ids=["2"], embeddings=np.full((1, 128), value, dtype=np.float32))
    client.close()


def lose_a_vector(home: Path) -> None:
    client = chromadb.PersistentClient(str(folder_of(home) / "vectors"))
    client.get_collection(COLLECTION, embedding_function=None).delete(ids=["2"])
    client.close()


def write_words(home: Path, change: Callable[[LexicalRow], LexicalRow | None]) -> None:
    """Write the lexical index anew, each row as `change` gives it, without those it gives None for."""
    folder = folder_of(home) / "lexical"
    shutil.rmtree(folder)
    with (
        closing(PassageTable(folder_of(home) / "passages.sqlite3")) as table,
        closing(LexicalWriter(folder)) as writer,
    ):
        for passage in table.passages(range(table.count)):
            row = LexicalRow(passage.row, passage.text, passage.heading, "", "", "minutes", 0)
            if changed := change(row):
                writer.add(changed)


def lose_a_row_of_words(home: Path) -> None:
    write_words(home, lambda row: None if row.row == 3 else row)


def lose_the_words_of_a_row(home: Path) -> None:
    write_words(home, lambda row: replace(row, text="") if row.row == 3 else row)


def shift_the_words(home: Path) -> None:
    write_words(home, lambda row: replace(row, row=(row.row + 1) % len(DOCUMENTS)))


def change_the_text(home: Path) -> None:
    with closing(sqlite3.connect(folder_of(home) / "passages.sqlite3", isolation_level=None)) as table:
        table.execute(
            "UPDATE documents SET text = replace(text, 'good order', 'ruins_once') WHERE number = 1"
        )


def lose_a_passage(home: Path) -> None:
    with closing(sqlite3.connect(folder_of(home) / "passages.sqlite3", isolation_level=None)) as table:
        table.execute("DELETE FROM passages WHERE row = 5")


def miscount(home: Path, **counts: Any) -> None:
    manifest = read_manifest(folder_of(home))
    write_manifest(folder_of(home), replace(manifest, **counts))


def forget_the_cache(home: Path) -> None:
    with closing(sqlite3.connect(home / "embeddings.sqlite3", isolation_level=None)) as cache:
        cache.execute("DELETE FROM passages")


def test_a_whole_generation_is_verified(home):
    verify(home)
    assert main([str(folder_of(home)), str(home / "embeddings.sqlite3")]) == 0


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (swap_vectors, "does not have the vector of its own words"),
        (change_vectors, "does not have the vector of its own words"),
        (lambda home: change_vectors(home, 1e-9), "does not have the vector of its own words"),
        (lose_a_vector, "5 vectors instead of 6"),
        (lose_a_row_of_words, "'words': 5"),
        (lose_the_words_of_a_row, "ashmere/.* is not found by its own words"),
        (shift_the_words, "ashmere/.* is not found by its own words"),
        (change_the_text, "is not found by its own words"),
        (lose_a_passage, "'passages': 5"),
        (lambda home: miscount(home, passages=7), "'manifest': 7"),
        (lambda home: miscount(home, documents=7), "6 documents instead of 7"),
        (lambda home: miscount(home, format=99), "has format 99"),
        (forget_the_cache, "does not have the vector of its own words"),
    ],
)
def test_a_generation_that_was_tampered_with_is_refused(home, capsys, tamper, reason):
    tamper(home)
    with pytest.raises(GenerationError, match=reason):
        verify(home)
    assert main([str(folder_of(home)), str(home / "embeddings.sqlite3")]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_vector_that_is_right_but_cannot_be_found_is_refused(home, monkeypatch):
    monkeypatch.setattr(
        "index.vectors.VectorIndex.nearest", lambda *_: (np.asarray([4]), np.asarray([0.2], np.float32))
    )
    with pytest.raises(GenerationError, match="5 of 6 passages are not found by their own vectors"):
        verify(home)


def test_passages_that_crowd_one_another_out_are_no_fault(tmp_path):
    same = [make_document(f"ashmere/{number:02}", "Apologies were received.") for number in range(40)]
    make_generation(tmp_path, same).close()
    verify(tmp_path)


def test_an_empty_manifest_folder_is_refused(tmp_path):
    with pytest.raises(GenerationError, match="damaged"):
        verify(tmp_path)
