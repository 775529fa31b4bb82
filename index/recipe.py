"""The switches of a search: what its ranking is made of. As they stand, they are what is shipped.

`minutebook evaluate --ablate` turns them on one after the other; nothing else has a reason to turn one off.
"""

from dataclasses import dataclass
from enum import StrEnum


class Fusion(StrEnum):
    """How the scores of the two kinds of search become one."""

    SUM = "sum"
    RANKS = "ranks"


@dataclass(frozen=True, slots=True)
class Recipe:
    """The stages of a ranking that are on, in the order in which they are gone through.

    `dense` and `lexical` propose candidates, and their scores count; one of them must be on. `heading` lets
    the heading count among the words. `context` is what a passage gains from its neighbours and its document,
    `sentences` from its most telling sentence, `setting` when its meeting is of the time and the council
    that are named; `learned` weighs all of these as was learned from questions
    with known answers, instead of by hand. `references` is what it gains when it meets one exactly, and
    `boilerplate` what it loses when the same words stand in many documents. `floor`
    leaves out what is not relevant, `duplicates` folds the same words into one hit, and `spread` lets the
    first hits out of a verbatim record come from different places.
    """

    dense: bool = True
    lexical: bool = True
    heading: bool = True
    fusion: Fusion = Fusion.SUM
    context: bool = True
    sentences: bool = True
    setting: bool = True
    learned: bool = True
    references: bool = True
    boilerplate: bool = True
    floor: bool = True
    duplicates: bool = True
    spread: bool = True

    def __post_init__(self) -> None:
        if not (self.dense or self.lexical):
            raise ValueError("a search is dense, lexical or both")


SHIPPED = Recipe()
