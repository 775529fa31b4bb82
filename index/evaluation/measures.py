"""Measures of a ranking and of refusals, over plain numbers.

A ranking is given as `news`: for each hit, best first, how many right passages it brings that no hit before
it has brought. So the same words twice count once, whether or not they were folded into one hit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2


def found_within(news: Sequence[int], k: int) -> bool:
    """Tell whether a right passage is among the first `k` hits."""
    return any(news[:k])


def share_within(news: Sequence[int], right: int, k: int) -> float:
    """Return the share of all `right` passages (at least one) that the first `k` hits bring."""
    return sum(news[:k]) / right


def reciprocal_rank(news: Sequence[int]) -> float:
    """Return one divided by the rank of the first hit that brings a right passage, 0 if none does."""
    return next((1 / rank for rank, brought in enumerate(news, start=1) if brought), 0.0)


def ndcg(news: Sequence[int], right: int, k: int) -> float:
    """Return nDCG at `k` with gains of 0 or 1; the ideal has as many of all `right` passages as fit."""
    gained = sum(1 / log2(rank + 1) for rank, brought in enumerate(news[:k], start=1) if brought)
    return gained / sum(1 / log2(rank + 1) for rank in range(1, min(right, k) + 1))


@dataclass(frozen=True, slots=True)
class Refusals:
    """What a threshold does: the shares of answerable and unanswerable questions below it, 0…1."""

    threshold: float
    answerable: float
    unanswerable: float


def refused_at(answerable: Sequence[float], unanswerable: Sequence[float], wrongly: float) -> Refusals:
    """Return what the highest threshold does that refuses at most the share `wrongly` of the answerable.

    Each question is given by how sure it is that the minutes answer it; below the threshold it is refused.
    There is at least one of each kind.
    """
    return refusals(answerable, unanswerable, threshold_at(answerable, wrongly))


def threshold_at(answerable: Sequence[float], wrongly: float) -> float:
    """Return the highest threshold that refuses at most the share `wrongly` of some (at least one)."""
    ordered = sorted(answerable)
    # A share of 0.3 of ten is three, whatever 0.3 * 10 is in binary.
    most = int(wrongly * len(ordered) + 1e-9)
    return ordered[most] if most < len(ordered) else float("inf")


def refusals(answerable: Sequence[float], unanswerable: Sequence[float], threshold: float) -> Refusals:
    """Return what `threshold` does; there is at least one question of each kind."""
    return Refusals(threshold, _below(threshold, answerable), _below(threshold, unanswerable))


def refusal_area(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """Return the area under the curve of right refusals over wrong ones.

    It is how often an answerable question, drawn at random, is surer than an unanswerable one; a tie is half.
    There is at least one of each kind.
    """
    ordered = sorted(answerable)
    below = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in unanswerable)
    return 1 - below / (2 * len(ordered) * len(unanswerable))


def _below(threshold: float, values: Sequence[float]) -> float:
    return sum(value < threshold for value in values) / len(values)
