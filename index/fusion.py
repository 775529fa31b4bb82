"""How scores become one ranking. Every step is a pure function of arrays, one element per candidate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

#: What a passage gains from the better of the two passages next to it, from the better of the two beyond
#: those, and from the best of its document.
NEIGHBOUR_WEIGHTS = (0.3, 0.1)
DOCUMENT_WEIGHT = 0.2
#: What an exact reference is worth beside the two scores of at most 1 each.
REFERENCE_WEIGHT = 0.5
#: Softens the difference between the first places (Cormack et al. 2009).
RANKS_K = 60


def min_max(scores: Array) -> Array:
    """Stretch `scores` to 0…1, so that scores of different kinds can be added."""
    if len(scores) == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    return np.zeros_like(scores) if high <= low else (scores - low) / (high - low)


def fuse(scores: Sequence[Array]) -> Array:
    """Return the sum of the scores after min-max normalisation (Bruch et al. 2022: better than ranks)."""
    return np.sum([min_max(one) for one in scores], axis=0)  # type: ignore[no-any-return]


def reciprocal_ranks(scores: Sequence[Array]) -> Array:
    """Return the sum of reciprocal ranks, 1 for a first place, so that it has the size of `fuse`.

    Equal scores share the best of their places.
    """
    places = [1 + np.searchsorted(np.sort(-one), -one, side="left") for one in scores]
    return np.sum([(RANKS_K + 1) / (RANKS_K + place) for place in places], axis=0)  # type: ignore[no-any-return]


def in_context(scores: Array, rows: Numbers, documents: Numbers) -> Array:
    """Add what a passage gains from its neighbours and from its document.

    Rows count the passages of a generation in order, so the neighbours of row r are r - 1 and r + 1, and
    r - 2 and r + 2, where they belong to the same document.
    """
    place = {int(row): number for number, row in enumerate(rows)}
    gained = scores.copy()
    best = _best_of_document(scores, documents)
    for number, row in enumerate(rows):
        for away, weight in enumerate(NEIGHBOUR_WEIGHTS, start=1):
            beside = [
                scores[other]
                for step in (-away, away)
                if (other := place.get(int(row) + step)) is not None and documents[other] == documents[number]
            ]
            gained[number] += weight * max(beside, default=0.0)
        gained[number] += DOCUMENT_WEIGHT * best[number]
    return gained


def _best_of_document(scores: Array, documents: Numbers) -> Array:
    """Return, for each candidate, the mean of the three best scores of its document."""
    best = np.zeros_like(scores)
    for document in np.unique(documents):
        members = documents == document
        best[members] = np.sort(scores[members])[::-1][:3].sum() / 3
    return best


def fold_duplicates(
    order: Sequence[int], words: Sequence[int], texts: Sequence[frozenset[str]]
) -> list[list[int]]:
    """Put candidates with the same words together, each group headed by its best.

    Args:
        order: candidates, best first.
        words: a number per candidate, equal where the words are equal.
        texts: the set of terms of each candidate; sets that agree to nine tenths are the same words twice.
    """
    groups: list[list[int]] = []
    for candidate in order:
        for group in groups:
            head = group[0]
            if words[head] == words[candidate] or _alike(texts[head], texts[candidate]):
                group.append(candidate)
                break
        else:
            groups.append([candidate])
    return groups


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    if len(a) < 8 or len(b) < 8 or not 0.9 <= len(a) / len(b) <= 1 / 0.9:
        return False
    shared = len(a & b)
    return shared >= 0.9 * (len(a) + len(b) - shared)
