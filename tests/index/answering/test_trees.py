from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from corpus.errors import NothingDoneError
from index.answering.trees import Trees, load_trees, trees_of

NAMES = ("length", "cosine", "place")


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(400, 3)).astype(np.float32)


@pytest.fixture(scope="module")
def model(rows: np.ndarray) -> HistGradientBoostingClassifier:
    right = rows[:, 0] * rows[:, 1] + 0.3 * rows[:, 2] > 0.2
    model = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=7, random_state=0)
    return model.fit(rows, right)


def test_trees_say_what_the_fitted_model_says(model, rows):
    trees = trees_of(model, NAMES)
    others = np.random.default_rng(2).normal(size=(300, 3)).astype(np.float32)
    for asked in (rows, others):
        assert trees.chances(asked) == pytest.approx(model.predict_proba(asked)[:, 1], abs=1e-12)
        assert trees.odds(asked) == pytest.approx(model.decision_function(asked), abs=1e-9)


def test_a_row_has_the_same_chance_alone_and_among_others(model, rows):
    trees = trees_of(model, NAMES)
    together = trees.chances(rows)
    assert [trees.chances(rows[n : n + 1])[0] for n in range(50)] == together[:50].tolist()
    assert trees.chances(rows[:0]).shape == (0,)


def test_trees_are_read_as_they_were_written(model, rows, tmp_path: Path):
    trees = trees_of(model, NAMES)
    digest = trees.save(tmp_path / "trees.npz")
    assert trees.save(tmp_path / "again.npz") == digest
    read: Trees = load_trees(tmp_path / "trees.npz", digest)
    assert read.names == NAMES
    assert read.chances(rows).tolist() == trees.chances(rows).tolist()


def test_what_is_not_the_file_that_was_shipped_is_refused(model, tmp_path: Path):
    file = tmp_path / "trees.npz"
    digest = trees_of(model, NAMES).save(file)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    for path in (file, tmp_path / "none.npz"):
        with pytest.raises(NothingDoneError, match=f"{path.name} is damaged"):
            load_trees(path, digest)
