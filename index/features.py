"""What is known of a candidate passage, as numbers that a ranking adds up."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from index.arrays import Array, Numbers
from index.fusion import around, best_of_document
from index.telling import Telling

#: The widths, in passages, at which the neighbours of a passage are looked at.
WIDTHS = (1.0, 2.5, 6.0)
#: How many of the best passages of a document are taken together.
BEST = (1, 3, 10)
#: What the three shares of `Telling` are worth beside the two scores where neighbours are looked at.
TOLD = (0.7 / 2.2, 1.0 / 2.2, 0.5 / 2.2)


class Weights(NamedTuple):
    """What each of `Features` is worth."""

    dense: float = 0.0
    lexical: float = 0.0
    whole: float = 0.0
    rest: float = 0.0
    cued: float = 0.0
    dated: float = 0.0
    placed: float = 0.0
    near: float = 0.0
    around: float = 0.0
    region: float = 0.0
    best: float = 0.0
    three: float = 0.0
    ten: float = 0.0


class Features(NamedTuple):
    """Columns of one length, an element per candidate.

    `dense` and `lexical` are the two scores, 0…1; `whole`, `rest` and `cued` are those of `Telling`; `dated`
    and `placed` those of `Setting`. The others are means of the first five together: of what stands `near`,
    `around` and in the `region` of a passage, of the `best`, the `three` best and the `ten` best of its
    document.
    """

    dense: Array
    lexical: Array
    whole: Array
    rest: Array
    cued: Array
    dated: Array
    placed: Array
    near: Array
    around: Array
    region: Array
    best: Array
    three: Array
    ten: Array

    def without_context(self) -> "Features":
        """Return the features of each candidate alone: neighbours and document count nothing."""
        none = np.zeros_like(self.dense)
        alone = len(self) - len(WIDTHS) - len(BEST)
        return Features(*self[:alone], *[none] * (len(self) - alone))

    def matrix(self) -> Array:
        """Return the columns side by side (shape: candidates × features)."""
        return np.stack(self, axis=1)


class Setting(NamedTuple):
    """How well the meeting of each candidate fits the days and the councils that are named, 0…1."""

    dated: Array
    placed: Array


def features_of(
    dense: Array, lexical: Array, told: Telling, setting: Setting, rows: Numbers, documents: Numbers
) -> Features:
    """Return the features of candidates in the order of rows; `dense` and `lexical` are stretched to 0…1."""
    together = dense + lexical + sum(share * one for share, one in zip(TOLD, told, strict=True))
    return Features(dense, lexical, *told, *setting, *_context(together, rows, documents))


def weighed(features: Features, weights: Weights) -> Array:
    """Return the score of each candidate."""
    return np.sum([weight * one for weight, one in zip(weights, features, strict=True)], axis=0)  # type: ignore[no-any-return]


def _context(scores: Array, rows: Numbers, documents: Numbers) -> Iterator[Array]:
    for width in WIDTHS:
        yield around(scores, rows, documents, width)
    for most in BEST:
        yield best_of_document(scores, documents, most)
