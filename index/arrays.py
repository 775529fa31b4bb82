"""The kinds of arrays that pass from stage to stage."""

import numpy as np
from numpy.typing import NDArray

#: Scores or weights, one for each of something.
Array = NDArray[np.float64]
#: Rows or other numbers of things.
Numbers = NDArray[np.int64]
#: Rows are texts, columns are dimensions; every row has length 1.
Vectors = NDArray[np.float32]
#: Vectors in steps of 1/127 of their largest part; only their direction is kept.
Coarse = NDArray[np.int8]


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """Return `vectors` with length one; one of nothing but zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def coarse(vectors: Vectors) -> Coarse:
    """Return `vectors` in a quarter of their space; the cosine of two changes by less than 0.01."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True)
    return np.rint(vectors / np.where(largest == 0, 1, largest) * 127).astype(np.int8)
