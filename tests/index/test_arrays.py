import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.arrays import coarse, unit

VECTORS = arrays(np.float32, (4, 16), elements=st.integers(-1000, 1000).map(float))


@given(VECTORS)
def test_coarse_vectors_keep_their_direction(vectors):
    fine, kept = unit(vectors), unit(coarse(vectors).astype(np.float32))
    seen = vectors.any(axis=1)
    assert ((fine * kept).sum(axis=1)[seen] > 0.999).all()
    assert not kept[~seen].any()
