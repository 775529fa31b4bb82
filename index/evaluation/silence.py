"""What silence costs and saves: thresholds of confidence, over all questions and on councils held out.

A threshold that was chosen on the questions that it judges flatters itself. So it is also chosen on all
councils but one, and judges that one, for each of them in turn.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.evaluation.measures import refusal_area, refusals, refused_at, threshold_at

#: The shares of answerable questions that may be refused wrongly, for the figures; and for the curve.
WRONGLY = 0.1
SELDOM = 0.07
CURVE = (0.0, 0.02, 0.05, SELDOM, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


class Sure(NamedTuple):
    """How sure it was that the minutes answer a question of a council, and whether they do."""

    council: str
    answerable: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What refuses at most the share `wrongly` of the answerable questions.

    `everywhere` is chosen on all of them; `elsewhere` holds, for each council, what is chosen on the others.
    """

    wrongly: float
    everywhere: float
    elsewhere: Mapping[str, float]


def thresholds(sure: Sequence[Sure], wrongly: float) -> Thresholds | None:
    """Return the thresholds for some questions, None where none of them is answerable."""
    answerable = [one for one in sure if one.answerable]
    if not answerable:
        return None
    elsewhere = {}
    for council in sorted({one.council for one in sure}):
        if others := [one.confidence for one in answerable if one.council != council]:
            elsewhere[council] = threshold_at(others, wrongly)
    everywhere = threshold_at([one.confidence for one in answerable], wrongly)
    return Thresholds(wrongly, everywhere, elsewhere)


def silence_figures(sure: Sequence[Sure], chosen: Thresholds) -> dict[str, dict[str, float | None]]:
    """Return the shares that are refused by one threshold for all, and by that of the other councils."""
    held_out = [one for one in sure if one.council in chosen.elsewhere]
    return {
        "one threshold": _refused(sure, lambda one: chosen.everywhere),
        "held out": _refused(held_out, lambda one: chosen.elsewhere[one.council]),
    }


def refusal_figures(
    answerable: Sequence[float], unanswerable: Sequence[float], threshold: float
) -> dict[str, object]:
    """Return what confidence tells about questions of both kinds (at least one of each)."""
    now = refusals(answerable, unanswerable, threshold)
    refused = now.answerable * len(answerable) + now.unanswerable * len(unanswerable)
    points = [refused_at(answerable, unanswerable, share) for share in CURVE]
    figures: dict[str, object] = {
        "threshold": threshold,
        "precision": round(now.unanswerable * len(unanswerable) / refused, 4) if refused else None,
        "recall": round(now.unanswerable, 4),
        "answerable refused": round(now.answerable, 4),
        "area": round(refusal_area(answerable, unanswerable), 4),
    }
    for wrongly in (WRONGLY, SELDOM):
        allowed = refused_at(answerable, unanswerable, wrongly)
        figures[f"refused at {wrongly}"] = round(allowed.unanswerable, 4)
        figures[f"threshold at {wrongly}"] = round(allowed.threshold, 4)
    figures["curve"] = [
        {
            "threshold": round(point.threshold, 4),
            "answerable refused": round(point.answerable, 4),
            "refused": round(point.unanswerable, 4),
        }
        for point in points
    ]
    return figures


def _refused(sure: Iterable[Sure], threshold: Callable[[Sure], float]) -> dict[str, float | None]:
    refused: dict[bool, list[bool]] = {True: [], False: []}
    for one in sure:
        refused[one.answerable].append(one.confidence < threshold(one))
    return {"answerable refused": _share(refused[True]), "refused": _share(refused[False])}


def _share(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
