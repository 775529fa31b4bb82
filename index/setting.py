"""When and where a question is set: the days and the councils that it names, as wishes rather than filters.

"What was decided in 2015" asks for meetings of 2015 first, but minutes of 2016 may tell it, too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import Array, Numbers
from index.lexical import terms

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: "2023/24" is the name of a budget, which is made before and spent after: it dates no meeting.
_YEAR = re.compile(
    rf"(?:\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?,?\s+(?:of\s+)?)?(?<![\d/£€$.,])(?P<year>(?:19|20)\d\d)(?![\d%]|\.\d|[/–-]\d\d)",
    re.IGNORECASE,
)
#: A meeting in the year, but not in the month that was named; and one in the year before, in which a budget
#: is made and a plan adopted.
OTHER_MONTH = 0.5
YEAR_BEFORE = 0.3
#: Words that name what a council is, not which.
_KINDS = frozenset(
    term
    for word in (
        "council city county borough district parish town township village community metropolitan royal "
        "of the and upon on in greater london municipality municipal"
    ).split()
    for term in terms(word)
) - set(terms("london"))


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, or the whole year where `month` is 0."""

    year: int
    month: int = 0


def months_in(question: str) -> tuple[Month, ...]:
    """Return the years that `question` names, each with its month where that stands before it."""
    return tuple(
        dict.fromkeys(
            Month(
                int(match["year"]), 1 + _MONTHS.index(match["month"][:3].casefold()) if match["month"] else 0
            )
            for match in _YEAR.finditer(question)
        )
    )


def dated(months: Sequence[Month], days: Numbers) -> Array:
    """Return how well each of `days` (20260115 for 15 January 2026, 0 for none) fits the best of `months`."""
    fits = np.zeros(len(days))
    years, named = days // 10_000, days // 100 % 100
    for one in months:
        fitting = np.where(years == one.year, OTHER_MONTH, np.where(years == one.year - 1, YEAR_BEFORE, 0.0))
        fitting[(years == one.year) & ((named == one.month) | (one.month == 0))] = 1.0
        fits = np.maximum(fits, fitting)
    return fits


def councils_in(words: Sequence[str], councils: Sequence[str]) -> tuple[str, ...]:
    """Return those of `councils` that a question with the terms `words` names by a word of their own.

    A word that many councils share ("Norfolk") names none of them.
    """
    asked = set(words)
    named = {council: set(terms(council)) - _KINDS for council in councils}
    shared = [word for own in named.values() for word in own]
    most = max(1, len(councils) // 5)
    return tuple(
        council
        for council, own in named.items()
        if any(word in asked and shared.count(word) <= most for word in own)
    )
