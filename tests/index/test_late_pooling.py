import numpy as np
import pytest

from index.late_pooling import pool

TOKENS = np.asarray([[9, 9], [1, 0], [3, 0], [0, 2]], dtype=np.float32)
OFFSETS = [(0, 0), (0, 3), (4, 8), (9, 12)]


def test_a_sentence_is_the_mean_of_its_tokens_with_length_one():
    pooled = pool(TOKENS, OFFSETS, [(0, 8), (4, 12)])
    assert pooled == pytest.approx(np.asarray([[1, 0], [3 / 13**0.5, 2 / 13**0.5]]), abs=1e-6)


def test_marks_round_a_text_belong_to_no_sentence():
    np.testing.assert_allclose(pool(TOKENS, OFFSETS, [(0, 12)])[0], np.asarray([4, 2]) / 20**0.5, atol=1e-6)


def test_what_the_model_did_not_read_has_the_vector_of_what_it_read():
    read = TOKENS[:3]
    mean = read.mean(axis=0)
    np.testing.assert_allclose(pool(read, OFFSETS, [(9, 12)])[0], mean / np.linalg.norm(mean), atol=1e-6)


def test_a_text_without_sentences_has_none():
    assert pool(TOKENS, OFFSETS, []).shape == (0, 2)
