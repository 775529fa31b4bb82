"""How tellingly a passage meets a question: what its best sentence says of it, with the heading beside.

BM25 counts the words of a title once more wherever the text repeats it, so the introduction of an item goes
before the sentence that answers. Here a word of the heading is met by every passage under it, and what
counts is the sentence that meets most of the rest.
"""

from collections.abc import Sequence

import numpy as np

from index.fusion import Array
from index.lexical import terms
from index.sentence_table import Met

#: What a passage gains for the share of the question, by weight of its words, that its best sentence meets
#: together with the heading; for the share of what the heading leaves; and for the first share once more in
#: a sentence that has the words to answer this kind of question.
WHOLE_WEIGHT = 0.7
REST_WEIGHT = 1.0
CUE_WEIGHT = 0.5


def telling(met: Met, headings: Sequence[str], words: Sequence[str], weights: Array, cue: int) -> Array:
    """Return what each passage gains (shape: passages).

    Args:
        met: the sentences of the passages.
        headings: of the passages.
        words: the terms of the question, as many as `met` was asked for.
        weights: what each of them tells (shape: terms), as inverse document frequency.
        cue: the bit of the kind of question, 0 for a kind without words of its own.
    """
    gained = np.zeros(len(headings))
    if not len(words) or not len(met.passage):
        return gained
    known = {heading: frozenset(terms(heading)) for heading in set(headings)}
    above = np.asarray([[word in known[heading] for word in words] for heading in headings])[met.passage]
    whole = ((met.terms | above) @ weights) / weights.sum()
    left = ~above @ weights
    rest = np.where(left > 0, ((met.terms & ~above) @ weights) / np.maximum(left, 1e-9), 1.0)
    answers = whole * ((met.cues & cue) > 0) if cue else whole
    for weight, shares in ((WHOLE_WEIGHT, whole), (REST_WEIGHT, rest), (CUE_WEIGHT, answers)):
        best = np.zeros(len(headings))
        np.maximum.at(best, met.passage, shares)
        gained += weight * best
    return gained
