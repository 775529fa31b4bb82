"""How scores become one ranking. Every step is a pure function of arrays, one element per candidate."""

from collections.abc import Sequence

import numpy as np

from index.arrays import Array, Numbers

#: Softens the difference between the first places (Cormack et al. 2009).
RANKS_K = 60
#: Among so many of the first hits, those within so many passages of one another stand back.
SPREAD_FIRST = 5
SPREAD_REACH = 6
#: Beyond so many standard deviations a passage is not near any more.
REACH = 2.5


def min_max(scores: Array) -> Array:
    """Stretch `scores` to 0…1, so that scores of different kinds can be added (Bruch et al. 2022)."""
    if len(scores) == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    return np.zeros_like(scores) if high <= low else (scores - low) / (high - low)


def reciprocal_ranks(scores: Sequence[Array]) -> Array:
    """Return the sum of reciprocal ranks, 1 for a first place.

    Equal scores share the best of their places.
    """
    places = [1 + np.searchsorted(np.sort(-one), -one, side="left") for one in scores]
    return np.sum([(RANKS_K + 1) / (RANKS_K + place) for place in places], axis=0)  # type: ignore[no-any-return]


def best_first(scores: Array) -> list[int]:
    """Return the places of candidates, best first; equal ones stay in their order."""
    return np.argsort(-scores, kind="stable").tolist()  # type: ignore[no-any-return]


def around(scores: Array, rows: Numbers, documents: Numbers, width: float) -> Array:
    """Return the mean of the scores round each candidate, weighed by a Gaussian of `width` passages.

    Rows count the passages of a generation in order, so those beside row r are r - 1 and r + 1, where they
    belong to the same document. They come in ascending order; what is no candidate has the score 0.
    """
    reach = int(REACH * width)
    away = np.arange(-reach, reach + 1)[:, None]
    weights = np.exp(-0.5 * (away / width) ** 2)
    place = np.minimum(np.searchsorted(rows, rows + away), len(rows) - 1)
    beside = (rows[place] == rows + away) & (documents[place] == documents)
    return np.sum(weights / weights.sum() * np.where(beside, scores[place], 0.0), axis=0)  # type: ignore[no-any-return]


def best_of_document(scores: Array, documents: Numbers, most: int) -> Array:
    """Return, for each candidate, the mean of the `most` best scores of its document; missing ones are 0."""
    order = np.lexsort((-scores, documents))
    _, first, which = np.unique(documents[order], return_index=True, return_inverse=True)
    counted = np.arange(len(order)) - first[which] < most
    sums = np.bincount(which, np.where(counted, scores[order], 0.0), minlength=len(first))
    best = np.empty_like(scores)
    best[order] = (sums / most)[which]
    return best


def fold_duplicates(words: Sequence[int]) -> list[list[int]]:
    """Put candidates with the very same words together, each group headed by its best.

    Who says almost the same may say the opposite: a draft and its final differ in one amount.

    Args:
        words: a number per candidate, best first, equal where the words are equal.
    """
    groups: dict[int, list[int]] = {}
    for candidate, said in enumerate(words):
        groups.setdefault(said, []).append(candidate)
    return list(groups.values())


def spread(
    scores: Sequence[float], rows: Sequence[int], documents: Sequence[int], penalties: Sequence[float]
) -> list[int]:
    """Return the order of candidates when the first of them come from different places.

    A long debate has ten passages that all say the same matter is debated, and who reads the first of them
    goes on to the next without a search. So among the first `SPREAD_FIRST`, a candidate counts less for each
    of them that stands within `SPREAD_REACH` passages of it.

    Args:
        scores: of the candidates, best first.
        rows: of the candidates.
        documents: of the candidates.
        penalties: what each candidate loses for one that stands so near.
    """
    left = list(range(len(scores)))
    chosen: list[int] = []

    def worth(one: int) -> float:
        near = sum(
            documents[one] == documents[o] and abs(rows[one] - rows[o]) <= SPREAD_REACH for o in chosen
        )
        return scores[one] - penalties[one] * near

    while left and len(chosen) < SPREAD_FIRST:
        best = max(left, key=worth)
        chosen.append(best)
        left.remove(best)
    return chosen + left
