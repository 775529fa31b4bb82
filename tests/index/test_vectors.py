import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import GenerationError
from index.vectors import EXACT_LIMIT, HELD, MAX_RECORDS, VectorIndex, VectorWriter
from tests.marks import slow

ROOT = Path(__file__).parents[2]
DIMENSION = 16

#: Opens a collection in a process that built nothing of it, and prints its count and what is nearest.
OPEN = """
import json
import sys
from pathlib import Path
import numpy as np
from index.vectors import VectorIndex

index = VectorIndex(Path(sys.argv[1]))
rows, scores = index.nearest(np.asarray(json.loads(sys.argv[2]), dtype=np.float32), 3)
print(json.dumps([index.count, rows.tolist(), scores.tolist()]), flush=True)
sys.stdin.read()
"""


def unit(count: int, seed: int = 0) -> np.ndarray:
    """Return vectors of length one in all directions."""
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


QUERY = unit(1, seed=99)[0]


def write(folder: Path, vectors: np.ndarray, *, chunk: int = 1_024, distinct: int | None = None) -> None:
    known = len(np.unique(vectors, axis=0)) if distinct is None else distinct
    with VectorWriter(folder, known) as writer:
        for first in range(0, len(vectors), chunk):
            writer.add(vectors[first : first + chunk])


def brute_force(vectors: np.ndarray, limit: int, allowed: np.ndarray | None = None) -> list[int]:
    rows = np.arange(len(vectors)) if allowed is None else np.flatnonzero(allowed)
    return rows[np.argsort(-(vectors[rows] @ QUERY), kind="stable")][:limit].tolist()


def table(folder: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(f"{(folder / 'chroma.sqlite3').as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def left_to_replay(folder: Path) -> int:
    """Count the records in the log that the graph on the disk does not hold."""
    ((last,),) = table(folder, "SELECT max(seq_id) FROM embeddings_queue")
    ((flushed,),) = table(
        folder,
        "SELECT m.seq_id FROM max_seq_id m JOIN segments s ON s.id = m.segment_id WHERE s.scope = 'VECTOR'",
    )
    return last - (flushed or 0)


def digests(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in paths}


def contents(folder: Path) -> dict[str, list[tuple]]:
    """Return all rows of all tables that a generation is made of."""
    names = [name for (name,) in table(folder, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: table(folder, f"SELECT * FROM [{name}]") for name in names if "fulltext" not in name}


@pytest.fixture(scope="module", params=[HELD, 0], ids=["held", "searched by the graph"])
def many(tmp_path_factory, request) -> Iterator[tuple[VectorIndex, np.ndarray]]:
    """A collection of 4,000 vectors, held in memory or too large for it, and its vectors."""
    vectors = unit(4_000)
    folder = tmp_path_factory.mktemp("many")
    write(folder, vectors)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.vectors.HELD", request.param)
        index = VectorIndex(folder)
    with closing(index):
        yield index, vectors


def test_the_nearest_come_best_first_with_their_dot_products(many):
    index, vectors = many
    rows, scores = index.nearest(QUERY, 20)
    assert rows.tolist() == brute_force(vectors, 20)
    assert np.allclose(scores, vectors[rows] @ QUERY, atol=1e-5)
    assert (rows.dtype, scores.dtype) == (np.int64, np.float32)


def test_what_is_near_to_many_queries_holds_the_nearest_of_each_to_the_last_bit(many):
    index, _ = many
    queries = unit(40, seed=7)
    known = index.near(queries, 25)
    assert all(25 <= len(near) < 50 for near in known if near is not None)
    for query, near in zip(queries, known, strict=True):
        rows, scores = index.nearest(query, 25)
        again, same = index.nearest(query, 25, near)
        assert (rows.tolist(), scores.tobytes()) == (again.tolist(), same.tobytes())
        assert near is None or index.scores(query, rows).tobytes() == scores.tobytes()


def test_what_is_near_is_known_beforehand_where_vectors_are_held(many, request):
    index, _ = many
    held = request.node.callspec.id == "held"
    assert [near is not None for near in index.near(unit(2), 3)] == [held, held]
    assert index.near(unit(2), index.count) == [None, None]


def test_vectors_come_back_in_the_order_in_which_they_are_asked_for(many):
    index, vectors = many
    rows = np.asarray([3_999, 0, 17, 17, 2_500])
    assert np.allclose(index.vectors(rows), vectors[rows], atol=1e-6)
    assert np.allclose(index.scores(QUERY, rows), vectors[rows] @ QUERY, atol=1e-5)


def test_distance_is_cosine_and_length_plays_no_part(many):
    index, vectors = many
    rows, scores = index.nearest(QUERY * 7, 5)
    assert rows.tolist() == brute_force(vectors, 5)
    assert np.allclose(scores, vectors[rows] @ QUERY, atol=1e-5)


def test_all_of_them_can_be_asked_for_and_no_more_come(many):
    index, vectors = many
    rows, scores = index.nearest(QUERY, 2 * len(vectors))
    assert sorted(rows.tolist()) == list(range(len(vectors)))
    assert np.all(np.diff(scores) <= 1e-6)


@pytest.mark.parametrize("share", [0.0, 0.0003, 0.01, 0.24, 0.26, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("limit", [1, 30])
def test_the_nearest_among_some_are_those_of_brute_force(many, share, limit):
    index, vectors = many
    allowed = np.random.default_rng(5).permutation(len(vectors)) < share * len(vectors)
    rows, scores = index.nearest_among(QUERY, allowed, limit)
    assert rows.tolist() == brute_force(vectors, limit, allowed)
    assert np.allclose(scores, vectors[rows] @ QUERY, atol=1e-5)


@pytest.mark.parametrize("count", [5, EXACT_LIMIT - 1, EXACT_LIMIT, EXACT_LIMIT + 1, 2_000])
def test_the_nearest_among_the_farthest_are_those_of_brute_force(many, count):
    index, vectors = many
    allowed = np.zeros(len(vectors), dtype=bool)
    allowed[np.argsort(vectors @ QUERY)[:count]] = True
    rows, _ = index.nearest_among(QUERY, allowed, 30)
    assert rows.tolist() == brute_force(vectors, 30, allowed)


@pytest.mark.parametrize("count", [1, 1_001, *slow(2, 999, 1_000, 2_000, MAX_RECORDS, MAX_RECORDS + 1)])
def test_every_count_is_flushed_whole_and_opens_in_a_fresh_process(tmp_path, count):
    vectors = unit(count)
    write(tmp_path, vectors, chunk=count)
    assert left_to_replay(tmp_path) == 0
    said = subprocess.run(
        [sys.executable, "-c", OPEN, tmp_path, json.dumps(QUERY.tolist())],
        cwd=ROOT,
        input="",
        capture_output=True,
        text=True,
        check=True,
    )
    found, rows, scores = json.loads(said.stdout)
    assert (found, rows) == (count, brute_force(vectors, 3))
    assert np.allclose(scores, vectors[rows] @ QUERY, atol=1e-5)


def test_the_log_keeps_no_vectors_that_the_graph_holds(tmp_path):
    write(tmp_path, unit(2_500))
    assert table(tmp_path, "SELECT count(*) FROM embeddings_queue") == [(1,)]  # the newest, always
    assert table(tmp_path, "SELECT count(*) FROM embedding_metadata") == [(0,)]
    assert table(tmp_path, "PRAGMA freelist_count") == [(0,)], "what the log took was not given back"


def test_an_empty_collection_can_be_opened_and_searched(tmp_path):
    write(tmp_path, unit(0))
    nobody = np.zeros(0, dtype=bool)
    with closing(VectorIndex(tmp_path)) as index:
        assert index.count == 0
        for rows, scores in (index.nearest(QUERY, 10), index.nearest_among(QUERY, nobody, 10)):
            assert (rows.tolist(), scores.tolist()) == ([], [])
        assert index.scores(QUERY, np.zeros(0, np.int64)).tolist() == []


def test_a_single_passage_is_found(tmp_path):
    write(tmp_path, unit(1))
    with closing(VectorIndex(tmp_path)) as index:
        rows, scores = index.nearest_among(QUERY, np.ones(1, dtype=bool), 10)
        assert rows.tolist() == [0]
        assert scores[0] == pytest.approx(float(unit(1)[0] @ QUERY), abs=1e-5)


@pytest.mark.parametrize("held", [HELD, 0])
@pytest.mark.parametrize("twins", [2, 999, 1_000])
def test_passages_with_the_same_vector_are_all_found_and_hide_nothing(tmp_path, twins, held, monkeypatch):
    monkeypatch.setattr("index.vectors.HELD", held)
    vectors = unit(1_500)
    same = np.random.default_rng(3).choice(1_500, twins, replace=False)
    vectors[same] = QUERY
    write(tmp_path, vectors)
    with closing(VectorIndex(tmp_path)) as index:
        assert index.count == 1_500
        rows, scores = index.nearest(QUERY, twins + 5)
        assert rows[:twins].tolist() == sorted(same.tolist())
        assert np.allclose(scores[:twins], 1, atol=1e-5)
        assert rows[twins:].tolist() == brute_force(vectors, twins + 5)[twins:]
        assert len(index.nearest(QUERY, 10)[0]) == 10
        assert np.allclose(index.vectors(np.sort(same)), QUERY, atol=1e-6)
        allowed = np.arange(1_500) % 2 == 0
        rows, _ = index.nearest_among(QUERY, allowed, 20)
        assert rows.tolist() == brute_force(vectors, 20, allowed)
        for row in np.setdiff1d(np.arange(1_500), same)[::50]:
            assert index.nearest(vectors[row], 1)[0].tolist() == [row]


@pytest.mark.parametrize("count", [1, 2, 1_200])
def test_a_collection_of_nothing_but_twins_is_found(tmp_path, count):
    write(tmp_path, np.repeat(unit(1), count, axis=0))
    with closing(VectorIndex(tmp_path)) as index:
        assert index.nearest(QUERY, count)[0].tolist() == list(range(count))
    assert left_to_replay(tmp_path) == 0


@pytest.mark.parametrize("announced", [8, 12, 30])
def test_fewer_different_vectors_than_announced_are_flushed_whole(tmp_path, announced):
    vectors = np.concatenate([unit(8), unit(4)])
    write(tmp_path, vectors, distinct=announced)
    assert left_to_replay(tmp_path) == 0
    with closing(VectorIndex(tmp_path)) as index:
        assert index.nearest(QUERY, 12)[0].tolist() == brute_force(vectors, 12)


@pytest.mark.parametrize("count", [0, 1, 1_500])
def test_reading_leaves_a_published_collection_as_it_is(tmp_path, count):
    write(tmp_path, unit(count))
    files, rows = digests(tmp_path), contents(tmp_path)
    for _ in range(3):
        with closing(VectorIndex(tmp_path)) as index:
            index.nearest(QUERY, 10)
            index.nearest_among(QUERY, np.ones(count, dtype=bool), 10)
    # At every opening Chroma tries whether it may write, by one row in a table that nothing reads.
    after = contents(tmp_path)
    assert len(after.pop("acquire_write")) == len(rows.pop("acquire_write")) + 3
    assert after == rows
    changed = {name for name, digest in digests(tmp_path).items() if files.get(name) != digest}
    assert changed == {"chroma.sqlite3"}


def test_several_processes_read_one_collection_at_once(tmp_path):
    vectors = unit(1_500)
    write(tmp_path, vectors)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, tmp_path, json.dumps(QUERY.tolist())],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            count, rows, _ = json.loads(reader.stdout.readline())  # the others have it open, too
            assert (count, rows) == (1_500, brute_force(vectors, 3))
        with closing(VectorIndex(tmp_path)) as index:
            assert index.nearest(QUERY, 3)[0].tolist() == brute_force(vectors, 3)
    finally:
        for reader in readers:
            reader.communicate()


def test_a_folder_can_be_renamed_and_copied_after_it_was_written(tmp_path):
    vectors = unit(1_200)
    write(tmp_path / "building", vectors)
    (tmp_path / "building").rename(tmp_path / "000001")
    shutil.copytree(tmp_path / "000001", tmp_path / "copy")
    for name in ("000001", "copy"):
        with closing(VectorIndex(tmp_path / name)) as index:
            assert index.nearest(QUERY, 5)[0].tolist() == brute_force(vectors, 5)


def test_the_same_place_can_be_written_again_after_a_failure(tmp_path):
    def fail() -> None:
        with VectorWriter(tmp_path / "building", 10) as writer:
            writer.add(unit(3, seed=8))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    shutil.rmtree(tmp_path / "building")
    write(tmp_path / "building", unit(10))
    with closing(VectorIndex(tmp_path / "building")) as index:
        assert index.count == 10
        assert np.allclose(index.vectors(np.arange(10)), unit(10), atol=1e-6)


def damage(folder: Path, what: str) -> None:
    if what == "nothing there":
        shutil.rmtree(folder)
    elif what == "no database":
        (folder / "chroma.sqlite3").write_bytes(b"These are the minutes. " * 100)
    elif what == "an empty database":
        (folder / "chroma.sqlite3").write_bytes(b"")
    elif what == "no twins":
        (folder / "twins.npy").unlink()
    elif what == "twins that are no numbers":
        (folder / "twins.npy").write_bytes(b"words")
    elif what == "a row too many":
        np.save(folder / "twins.npy", np.arange(31))


@pytest.mark.parametrize(
    "what",
    [
        "nothing there",
        "no database",
        "an empty database",
        "no twins",
        "twins that are no numbers",
        "a row too many",
    ],
)
def test_a_damaged_collection_is_one_clear_error(tmp_path, what):
    folder = tmp_path / "vectors"
    write(folder, unit(30))
    damage(folder, what)
    with pytest.raises(GenerationError) as error:
        VectorIndex(folder)
    assert str(folder) in str(error.value)
    assert str(error.value).endswith("; run: minutebook index")


def test_missing_vectors_are_no_silent_gap(tmp_path):
    write(tmp_path, unit(3))
    np.save(tmp_path / "twins.npy", np.asarray([0, 1, 7]))
    with pytest.raises(GenerationError, match="vectors of some passages are missing"):
        VectorIndex(tmp_path)


def test_vectors_that_follow_one_template_are_all_found(tmp_path):
    vectors = QUERY + 0.05 * unit(600) + 0.3 * np.repeat(unit(2, seed=7), 300, axis=0)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    write(tmp_path, vectors)
    with closing(VectorIndex(tmp_path)) as index:
        assert [int(index.nearest(vector, 1)[0][0]) for vector in vectors] == list(range(600))
