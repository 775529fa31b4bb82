"""A model of many small trees (gradient boosting) in plain arrays, asked without scikit-learn."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import NothingDoneError
from index.arrays import Array, Numbers

_ARRAYS = ("feature", "threshold", "left", "right", "value", "roots")


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees whose values are added up; together they give the logarithm of the odds of something.

    Nodes of all trees stand one after the other: at node n a row goes on to `left[n]` where its `feature[n]`
    is at most `threshold[n]`, otherwise to `right[n]`; a leaf leads to itself, and has a `value`. `roots` are
    the first nodes of the trees, `depth` the longest way down, `base` what the values are added to, and
    `names` those of the features, in order.
    """

    names: tuple[str, ...]
    base: float
    depth: int
    feature: Numbers
    threshold: Array
    left: Numbers
    right: Numbers
    value: Array
    roots: Numbers

    def odds(self, rows: NDArray[np.floating]) -> Array:
        """Return the logarithm of the odds for each of `rows` (shape: rows × features)."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        every = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            low = rows[every, self.feature[at]] <= self.threshold[at]
            at = np.where(low, self.left[at], self.right[at])
        return np.asarray(self.base + self.value[at].sum(axis=1), dtype=np.float64)

    def chances(self, rows: NDArray[np.floating]) -> Array:
        """Return the chance for each of `rows`, 0…1."""
        return np.asarray(1 / (1 + np.exp(-self.odds(rows))), dtype=np.float64)

    def save(self, path: Path) -> str:
        """Write them to a file; return its SHA-256."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        words = "\n".join(self.names)
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                names=np.asarray(words),
                base=np.asarray(self.base),
                depth=np.asarray(self.depth),
                **arrays,
            )
        return sha256(path.read_bytes()).hexdigest()


def load_trees(path: Path, digest: str) -> Trees:
    """Return the trees of a file whose SHA-256 is `digest`.

    Raises:
        NothingDoneError: the file is not what was shipped.
    """
    if not path.is_file() or sha256(path.read_bytes()).hexdigest() != digest:
        raise NothingDoneError(f"{path} is damaged; install Minutebook again")
    with np.load(path, allow_pickle=False) as file:
        held: dict[str, Any] = {name: file[name] for name in _ARRAYS}
        names = tuple(str(file["names"]).split("\n"))
        return Trees(names, float(file["base"]), int(file["depth"]), **held)


def trees_of(model: Any, names: tuple[str, ...]) -> Trees:  # noqa: ANN401  # scikit-learn has no types
    """Return the trees of a fitted `HistGradientBoostingClassifier` with two classes and no categories."""
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in _ARRAYS}
    first = depth = 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes)) + first
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]).astype(np.int64))
        parts["threshold"].append(np.where(leaf, np.inf, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, own, nodes["left"].astype(np.int64) + first))
        parts["right"].append(np.where(leaf, own, nodes["right"].astype(np.int64) + first))
        parts["value"].append(np.where(leaf, nodes["value"], 0.0))
        parts["roots"].append(np.asarray([first]))
        depth = max(depth, int(nodes["depth"].max()))
        first += len(nodes)
    joined: dict[str, Any] = {name: np.concatenate(values) for name, values in parts.items()}
    return Trees(names, float(np.ravel(model._baseline_prediction)[0]), depth, **joined)
