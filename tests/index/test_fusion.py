import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import (
    DOCUMENT_WEIGHT,
    NEIGHBOUR_WEIGHTS,
    fold_duplicates,
    fuse,
    in_context,
    min_max,
    reciprocal_ranks,
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


def test_both_kinds_of_score_count_alike():
    np.testing.assert_allclose(fuse([array(0.2, 0.4, 0.3), array(0, 10, 30)]), array(0, 1 + 1 / 3, 0.5 + 1))


def test_a_kind_that_tells_nothing_leaves_the_order_to_the_other():
    np.testing.assert_array_equal(fuse([array(0.5, 0.5), array(1, 2)]), array(0, 1))


@given(PAIRS)
def test_what_is_better_in_both_kinds_is_better_in_all(pair):
    dense, lexical = pair
    fused = fuse([dense, lexical])
    assert np.isfinite(fused).all()
    assert ((fused >= 0) & (fused <= 2)).all()
    for one in range(len(fused)):
        dominated = (dense <= dense[one]) & (lexical <= lexical[one])
        assert (fused[dominated] <= fused[one]).all()


def test_ranks_count_by_their_reciprocals_and_equal_scores_share_one():
    fused = reciprocal_ranks([array(0.9, 0.1, 0.5), array(0, 7, 0)])
    np.testing.assert_allclose(fused, array(1 + 61 / 62, 61 / 63 + 1, 61 / 62 + 61 / 62))


@pytest.mark.parametrize("fusing", [fuse, reciprocal_ranks])
def test_one_kind_of_score_keeps_its_order_and_none_makes_no_error(fusing):
    assert list(np.argsort(-fusing([array(3, 9, 5)]))) == [1, 2, 0]
    assert len(fusing([array(), array()])) == 0


def test_a_passage_gains_from_its_better_neighbour_and_less_from_the_next_but_one():
    scores = array(0, 1, 0, 0.4, 0)
    gained = in_context(scores, numbers(10, 11, 12, 13, 20), numbers(1, 1, 1, 1, 1))
    gains = gained - scores - DOCUMENT_WEIGHT * (1 + 0.4) / 3
    beside, beyond = NEIGHBOUR_WEIGHTS
    expected = beside * array(1, 0, 1, 0, 0) + beyond * array(0, 0.4, 0, 1, 0)
    np.testing.assert_allclose(gains, expected, atol=1e-12)


def test_a_passage_gains_nothing_from_the_next_document():
    scores = array(1, 0)
    gained = in_context(scores, numbers(10, 11), numbers(1, 2))
    np.testing.assert_allclose(gained, array(1 + DOCUMENT_WEIGHT / 3, 0))


def test_a_document_counts_by_its_three_best():
    scores = array(0.9, 0.6, 0.3, 0.1, 0.5)
    gained = in_context(scores, numbers(0, 3, 6, 9, 12), numbers(1, 1, 1, 1, 2))
    expected = scores + DOCUMENT_WEIGHT * array(0.6, 0.6, 0.6, 0.6, 0.5 / 3)
    np.testing.assert_allclose(gained, expected)


def test_the_order_of_candidates_plays_no_part():
    scores, rows, documents = array(0.1, 0.9, 0.3, 0.5), numbers(4, 5, 6, 9), numbers(1, 1, 2, 2)
    turned = in_context(scores[::-1], rows[::-1], documents[::-1])
    np.testing.assert_allclose(turned[::-1], in_context(scores, rows, documents))


@st.composite
def candidates(draw):
    rows = sorted(draw(st.sets(st.integers(0, 30), max_size=12)))
    scores = draw(st.lists(st.floats(0, 2), min_size=len(rows), max_size=len(rows)))
    return np.asarray(scores, dtype=np.float64), numbers(*rows), numbers(*(row // 4 for row in rows))


@given(candidates())
def test_context_adds_and_only_from_the_same_document(candidate):
    scores, rows, documents = candidate
    before = scores.copy()
    gained = in_context(scores, rows, documents)
    np.testing.assert_array_equal(scores, before, "the given scores are left as they are")
    assert (gained >= scores).all()
    for document in set(documents.tolist()):
        alone = documents == document
        np.testing.assert_allclose(gained[alone], in_context(scores[alone], rows[alone], documents[alone]))


EIGHT = frozenset("abcdefgh")
TWENTY = frozenset("abcdefghijklmnopqrst")


@pytest.mark.parametrize(
    ("words", "texts", "groups"),
    [
        ((1, 2, 3), (EIGHT, frozenset("b"), frozenset("c")), [[0], [1], [2]]),
        ((1, 2, 1), (frozenset("a"), frozenset("b"), frozenset("a")), [[0, 2], [1]]),
        # Nine tenths of the words alike, and no fewer
        ((1, 2), (TWENTY, TWENTY - {"a"}), [[0, 1]]),
        ((1, 2), (TWENTY - {"a"}, TWENTY), [[0, 1]]),
        ((1, 2), (TWENTY, TWENTY - set("abc")), [[0], [1]]),
        ((1, 2), (TWENTY, TWENTY - set("ab") | set("yz")), [[0], [1]]),
        # Few words are alike by chance
        ((1, 2), (EIGHT - {"a"}, EIGHT - {"a"}), [[0], [1]]),
        ((1, 2), (EIGHT, EIGHT), [[0, 1]]),
        ((1, 2), (frozenset(), frozenset()), [[0], [1]]),
    ],
)
def test_the_same_words_stand_in_one_group(words, texts, groups):
    assert fold_duplicates(range(len(words)), words, texts) == groups


def test_the_best_heads_its_group():
    texts = [frozenset("abc")] * 4
    assert fold_duplicates([3, 0, 1, 2], [5, 6, 5, 6], texts) == [[3, 1], [0, 2]]


@given(st.data(), st.integers(0, 10))
def test_each_candidate_is_in_exactly_one_group_in_order(data, count):
    order = data.draw(st.permutations(range(count)))
    words = data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    letters = st.frozensets(st.sampled_from("abcdefghij"), min_size=6)
    texts = data.draw(st.lists(letters, min_size=count, max_size=count))
    groups = fold_duplicates(order, words, texts)
    place = {candidate: number for number, candidate in enumerate(order)}
    assert sorted(candidate for group in groups for candidate in group) == list(range(count))
    assert [place[group[0]] for group in groups] == sorted(place[group[0]] for group in groups)
    assert all([place[one] for one in group] == sorted(place[one] for one in group) for group in groups)
    heads = [words[group[0]] for group in groups]
    assert len(heads) == len(set(heads)), "no two groups have the very same words at their head"
