"""Against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.measures import (
    Refusals,
    found_within,
    ndcg,
    reciprocal_rank,
    refusal_area,
    refusals,
    refused_at,
    share_within,
)

NEWS = st.lists(st.sampled_from([0, 0, 0, 1, 1, 2]), max_size=20)
SURE = st.lists(st.integers(0, 10).map(lambda tenth: tenth / 10), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("news", "k", "found"),
    [([0, 0, 1], 3, True), ([0, 0, 1], 2, False), ([2], 1, True), ([], 10, False), ([0, 0], 10, False)],
)
def test_a_right_passage_within_the_first(news, k, found):
    assert found_within(news, k) is found


def test_the_share_of_right_passages():
    assert share_within([0, 1, 0, 2, 1], 5, 1) == 0
    assert share_within([0, 1, 0, 2, 1], 5, 4) == pytest.approx(0.6)
    assert share_within([0, 1, 0, 2, 1], 5, 50) == pytest.approx(0.8)


@pytest.mark.parametrize(("news", "value"), [([1, 1], 1), ([0, 0, 0, 3, 1], 1 / 4), ([0, 0], 0), ([], 0)])
def test_the_reciprocal_rank(news, value):
    assert reciprocal_rank(news) == value


@pytest.mark.parametrize(
    ("news", "right", "k", "value"),
    [
        ([1], 1, 10, 1),
        ([0, 1], 1, 10, 0.63093),  # 1 / log2(3)
        ([1, 0, 1], 2, 10, 0.91972),  # (1 + 1/2) / (1 + 0.63093)
        ([0, 0, 1], 2, 2, 0),  # the hit comes after k
        ([1, 1], 5, 2, 1),  # of five right ones, no more than two fit
        ([1, 1], 5, 10, 0.55315),  # 1.63093 / (1 + 0.63093 + 1/2 + 0.43068 + 0.38685)
        ([0, 2], 2, 10, 0.38685),  # two right ones folded into one hit are one gain: 0.63093 / 1.63093
        ([], 3, 10, 0),
    ],
)
def test_ndcg(news, right, k, value):
    assert ndcg(news, right, k) == pytest.approx(value, abs=1e-5)


@given(NEWS, st.integers(1, 20))
def test_all_shares_lie_between_0_and_1_and_grow_with_k(news, k):
    right = max(sum(news), 1)
    assert 0 <= ndcg(news, right, k) <= 1 + 1e-9
    assert 0 <= share_within(news, right, k) <= share_within(news, right, k + 1) <= 1
    assert found_within(news, k) == (share_within(news, right, k) > 0)
    assert found_within(news, 20) == (reciprocal_rank(news) > 0)


ANSWERABLE = [0.9, 0.8, 0.7, 0.6, 0.55, 0.5, 0.45, 0.4, 0.3, 0.1]
UNANSWERABLE = [0.35, 0.25, 0.2, 0.3]


def test_refusals_at_a_share_of_wrong_ones():
    # One of ten may be refused wrongly: the one with 0.1. All below 0.3 are refused then.
    assert refused_at(ANSWERABLE, UNANSWERABLE, 0.1) == Refusals(0.3, 0.1, 0.5)
    assert refused_at(ANSWERABLE, UNANSWERABLE, 0.0) == Refusals(0.1, 0.0, 0.0)
    assert refused_at(ANSWERABLE, UNANSWERABLE, 0.3) == Refusals(0.45, 0.3, 1.0)
    assert refused_at(ANSWERABLE, UNANSWERABLE, 1.0) == Refusals(float("inf"), 1.0, 1.0)


def test_refusals_at_a_threshold():
    assert refusals(ANSWERABLE, UNANSWERABLE, 0.5) == Refusals(0.5, 0.4, 1.0)
    assert refusals([0.5], [0.5], 0.5) == Refusals(0.5, 0.0, 0.0)


def test_equally_sure_questions_are_refused_together_or_not_at_all():
    assert refused_at([0.2, 0.2, 0.9], [0.2], 0.34) == Refusals(0.2, 0.0, 0.0)


def test_the_area_under_the_refusal_curve():
    # Of forty pairs, the answerable one is less sure in those of 0.1 with all four, and of 0.3 with 0.35; it
    # ties in that of 0.3 with 0.3.
    assert refusal_area(ANSWERABLE, UNANSWERABLE) == pytest.approx(1 - 5.5 / 40)
    assert refusal_area([0.9], [0.1, 0.2]) == 1
    assert refusal_area([0.1], [0.9]) == 0
    assert refusal_area([0.5, 0.5], [0.5]) == 0.5


@given(SURE, SURE, st.floats(0, 1))
def test_no_threshold_refuses_more_answerable_ones_than_allowed(answerable, unanswerable, wrongly):
    refused = refused_at(answerable, unanswerable, wrongly)
    assert refused.answerable <= wrongly + 1e-9
    assert 0 <= refused.unanswerable <= 1


@given(SURE, SURE)
def test_the_area_is_that_of_all_pairs(answerable, unanswerable):
    pairs = [(a > u) + (a == u) / 2 for a in answerable for u in unanswerable]
    assert refusal_area(answerable, unanswerable) == pytest.approx(sum(pairs) / len(pairs))
