"""How tellingly a passage meets a question: what its best sentence says of it, with the heading beside.

BM25 counts the words of a title once more wherever the text repeats it, so the introduction of an item goes
before the sentence that answers. Here a word of the heading is met by every passage under it, and what
counts is the sentence that meets most of the rest.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import Array
from index.sentence_table import Met


class Telling(NamedTuple):
    """Shares of a question, by weight of its words, that the best sentence of each passage meets, 0…1.

    `whole` together with the heading; `rest` of what the heading leaves; `cued` is `whole` of a sentence that
    has the words to answer this kind of question. Shape of each: passages.
    """

    whole: Array
    rest: Array
    cued: Array


def telling(met: Met, weights: Array, cue: int) -> Telling:
    """Return how tellingly passages meet a question.

    Args:
        met: what the passages and their sentences meet of the question.
        weights: what each of its terms tells (shape: terms), as inverse document frequency.
        cue: the bit of the kind of question, 0 for a kind without words of its own: every sentence counts.
    """
    count = len(met.above)
    if not len(weights):
        return Telling(*np.zeros((3, count)))
    above = met.above[met.passage]
    whole = ((met.terms | above) @ weights) / weights.sum()
    left = ~above @ weights
    rest = np.where(left > 0, ((met.terms & ~above) @ weights) / np.maximum(left, 1e-9), 1.0)
    cued = whole * ((met.cues & cue) > 0) if cue else whole
    return Telling(*(_best(shares, met, count) for shares in (whole, rest, cued)))


def _best(shares: Array, met: Met, count: int) -> Array:
    """Return the largest share among the sentences of each of `count` passages, 0 for one without any."""
    best = np.zeros(count)
    np.maximum.at(best, met.passage, shares)
    return best
