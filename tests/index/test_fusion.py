import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import (
    around,
    best_of_document,
    fold_duplicates,
    min_max,
    reciprocal_ranks,
    spread,
)

SCORE = st.floats(-1e6, 1e6).map(lambda score: round(score, 3))
SCORES = st.lists(SCORE, max_size=12).map(lambda scores: np.asarray(scores, dtype=np.float64))
PAIRS = st.lists(st.tuples(SCORE, SCORE), min_size=1, max_size=12).map(
    lambda pairs: tuple(np.asarray(column, dtype=np.float64) for column in zip(*pairs, strict=True))
)


def array(*values):
    return np.asarray(values, dtype=np.float64)


def numbers(*values):
    return np.asarray(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("scores", "stretched"),
    [
        (array(2, 4, 3), array(0, 1, 0.5)),
        (array(-1, -3), array(1, 0)),
        (array(7), array(0)),
        (array(0, 0, 0), array(0, 0, 0)),
        (array(), array()),
    ],
)
def test_scores_are_stretched_between_0_and_1(scores, stretched):
    np.testing.assert_array_equal(min_max(scores), stretched)


@given(SCORES)
def test_stretched_scores_keep_their_order_and_reach_both_ends(scores):
    stretched = min_max(scores)
    assert stretched.shape == scores.shape
    assert np.isfinite(stretched).all()
    if len(set(scores.tolist())) > 1:
        assert (stretched.min(), stretched.max()) == (0, 1)
        best_first = np.argsort(-scores, kind="stable")
        assert (np.diff(stretched[best_first]) <= 0).all()
        assert len(set(stretched.tolist())) == len(set(scores.tolist()))
    else:
        assert not stretched.any()


@given(SCORES, st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_another_scale_of_the_same_scores_changes_nothing(scores, factor, shift):
    np.testing.assert_allclose(min_max(scores * factor + shift), min_max(scores), atol=1e-3)


def test_ranks_count_by_their_reciprocals_and_equal_scores_share_one():
    fused = reciprocal_ranks([array(0.9, 0.1, 0.5), array(0, 7, 0)])
    np.testing.assert_allclose(fused, array(1 + 61 / 62, 61 / 63 + 1, 61 / 62 + 61 / 62))


def test_one_kind_of_score_keeps_its_order_and_none_makes_no_error():
    assert list(np.argsort(-reciprocal_ranks([array(3, 9, 5)]))) == [1, 2, 0]
    assert len(reciprocal_ranks([array(), array()])) == 0


def test_near_passages_count_more_than_far_ones_and_only_those_of_the_same_document():
    rows, documents = numbers(10, 11, 13, 14), numbers(1, 1, 1, 2)
    mean = around(array(1, 0, 0, 0), rows, documents, 1.5)
    assert mean[0] > mean[1] > mean[2] > mean[3] == 0


def test_where_all_around_is_alike_the_mean_is_the_same():
    rows = numbers(*range(40))
    np.testing.assert_allclose(around(np.ones(40), rows, rows * 0, 2.0)[5:-5], 1.0)


def test_what_is_no_candidate_counts_as_nothing():
    dense = around(np.ones(3), numbers(1, 2, 3), numbers(1, 1, 1), 1.0)
    sparse = around(np.ones(2), numbers(1, 3), numbers(1, 1), 1.0)
    assert sparse[0] < dense[0]


def test_a_document_counts_by_its_best():
    scores, documents = array(0.9, 0.6, 0.3, 0.1, 0.5), numbers(1, 1, 1, 1, 2)
    np.testing.assert_allclose(best_of_document(scores, documents, 3), array(0.6, 0.6, 0.6, 0.6, 0.5 / 3))
    np.testing.assert_allclose(best_of_document(scores, documents, 1), array(0.9, 0.9, 0.9, 0.9, 0.5))


@st.composite
def candidates(draw):
    rows = sorted(draw(st.sets(st.integers(0, 30), max_size=12)))
    scores = draw(st.lists(st.floats(0, 2), min_size=len(rows), max_size=len(rows)))
    return np.asarray(scores, dtype=np.float64), numbers(*rows), numbers(*(row // 4 for row in rows))


@given(candidates(), st.sampled_from([1.0, 2.5, 6.0]))
def test_context_comes_only_from_the_same_document(candidate, width):
    scores, rows, documents = candidate
    before = scores.copy()
    mean = around(scores, rows, documents, width)
    np.testing.assert_array_equal(scores, before, "the given scores are left as they are")
    assert ((mean >= 0) & (mean <= max(scores, default=0) + 1e-9)).all()
    for document in set(documents.tolist()):
        alone = documents == document
        np.testing.assert_allclose(mean[alone], around(scores[alone], rows[alone], documents[alone], width))


def test_the_first_hits_out_of_a_debate_come_from_different_places():
    scores, rows, documents = [9.0, 8.9, 8.8, 8.0, 7.9, 7.8], [10, 11, 12, 50, 13, 14], [1] * 6
    assert spread(scores, rows, documents, [1.0] * 6) == [0, 3, 1, 2, 4, 5]
    assert spread(scores, rows, documents, [0.0] * 6) == [0, 1, 2, 3, 4, 5]
    assert spread(scores, rows, [1, 2, 1, 1, 1, 1], [1.0] * 6)[:2] == [0, 1]


@given(st.lists(st.tuples(st.floats(0, 9), st.integers(0, 60), st.integers(1, 3)), max_size=12))
def test_spreading_loses_nobody_and_keeps_the_first_and_the_order_of_the_rest(candidates):
    candidates.sort(key=lambda one: -one[0])
    scores, rows, documents = ([one[place] for one in candidates] for place in range(3))
    order = spread(scores, rows, documents, [1.0] * len(candidates))
    assert sorted(order) == list(range(len(candidates)))
    assert order[:1] == [0][: len(candidates)]
    assert order[5:] == sorted(order[5:])


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ([], []),
        ([1, 2, 3], [[0], [1], [2]]),
        ([1, 2, 1], [[0, 2], [1]]),
        ([5, 6, 5, 6], [[0, 2], [1, 3]]),
    ],
)
def test_the_very_same_words_stand_in_one_group_headed_by_the_best(words, groups):
    assert fold_duplicates(words) == groups


@given(st.lists(st.integers(0, 3), max_size=10))
def test_each_candidate_is_in_exactly_one_group_in_order(words):
    groups = fold_duplicates(words)
    assert sorted(candidate for group in groups for candidate in group) == list(range(len(words)))
    assert groups == sorted(map(sorted, groups))
    assert all({words[one] for one in group} == {words[group[0]]} for group in groups)
