"""What is taken away."""

from dataclasses import dataclass
from datetime import date

from index.records import Answer, Filters, Result


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """An answer to be taken away, with the filters that held, on the day when it was made.

    `closest` are the passages that come closest where the minutes do not say. `drafts` are the numbers of the
    quotes out of drafts, counted from 1; `warnings` are a line for each source that could not be looked at.
    """

    answer: Answer
    filters: Filters
    made: date
    closest: tuple[Result, ...] = ()
    drafts: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenList:
    """Results to be taken away, in the order in which they were listed."""

    query: str
    filters: Filters
    made: date
    generation: str
    results: tuple[Result, ...]
