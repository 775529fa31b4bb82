"""Do the minutes say it at all? Several signals, put together by a logistic function."""

from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer, each 0…1.

    `cosine` and `coverage` are those of the best sentences, `context` is the share of the question's words
    met by the best passage with its heading, `rarest` tells whether that passage holds the question's
    rarest word, `referenced` whether an exact reference that was asked for is met (1 if none was).
    """

    cosine: float
    coverage: float
    context: float
    rarest: float
    referenced: float


INTERCEPT = -6.0
WEIGHTS = Signals(cosine=6.0, coverage=2.5, context=3.0, rarest=1.0, referenced=1.0)


def confidence(signals: Signals) -> float:
    """Return how sure it is that the minutes answer the question, 0…1."""
    total = INTERCEPT + sum(
        getattr(WEIGHTS, name) * getattr(signals, name)
        for name in ("cosine", "coverage", "context", "rarest", "referenced")
    )
    return 1 / (1 + exp(-total))
