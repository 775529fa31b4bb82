"""Vectors of sentences in their context: each is the mean of what the model made of the sentence's tokens.

The model reads a passage once, with its heading, and every token's vector then knows what stands round it
("He" knows whose report it was). Averaged over a sentence instead of the whole passage they give the
sentence a vector at no further cost ("late chunking", Günther et al. 2024, arXiv 2409.04701).
"""

from collections.abc import Sequence

import numpy as np

from index.arrays import Vectors, unit

#: A part of a text in characters, [start, end).
Span = tuple[int, int]


def pool(tokens: Vectors, offsets: Sequence[Span], spans: Sequence[Span]) -> Vectors:
    """Return the vectors of `spans` (shape: spans × dimension), each of length one.

    Args:
        tokens: the vectors of the tokens of a text (shape: tokens × dimension); the model may have read fewer
            than there are.
        offsets: the characters that each token stands for, (0, 0) where it stands for none.
        spans: parts of the text; one that the model has not read gets the mean of all that it has.
    """
    starts, ends = np.asarray(offsets[: len(tokens)], dtype=np.int64).reshape(-1, 2).T
    pooled = np.empty((len(spans), tokens.shape[1]), dtype=np.float32)
    for number, (start, end) in enumerate(spans):
        inside = (starts < end) & (ends > start)
        pooled[number] = tokens[: len(inside)][inside].mean(axis=0) if inside.any() else tokens.mean(axis=0)
    return unit(pooled)
