import pytest

from index.embedding import HashEmbedder
from index.evaluation.ranking import Ranked, judge, rank_all, ranking_figures, seconds_figures
from index.recipe import Recipe
from tests.index.evaluation.conftest import BRIDGE, LOST, QUESTIONS, REFUSED, SILENT


def test_only_questions_with_known_places_are_judged(minutes):
    judged = judge(QUESTIONS, minutes)
    assert [one.question for one in judged] == [BRIDGE, REFUSED, LOST]
    assert [bool(one.right) for one in judged] == [True, True, False]
    assert judge([SILENT], minutes) == []


def test_each_question_is_ranked_and_progress_is_told(minutes):
    told = []
    ranked = rank_all(
        judge(QUESTIONS, minutes), minutes, HashEmbedder(), progress=lambda done, of: told.append((done, of))
    )
    assert [(one.id, one.rank) for one in ranked] == [("bridge", 1), ("ferry", 1), ("lost", None)]
    assert ranked[2].right == 0
    assert all(one.seconds > 0 for one in ranked)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_same_words_in_two_places_count_once_folded_or_not(minutes):
    for folding in (True, False):
        (bridge,) = rank_all(
            judge([BRIDGE], minutes), minutes, HashEmbedder(), Recipe(duplicates=folding, floor=False)
        )
        assert sum(bridge.news) == bridge.right


def test_figures_are_means_and_what_is_missing_counts_as_not_found():
    ranked = [
        Ranked("a", [0, 1, 0, 1], 4, 0.1),
        Ranked("b", [1], 1, 0.2),
        Ranked("c", [0] * 20 + [1], 1, 0.3),
        Ranked("d", [0, 0], 0, 0.4),
    ]
    figures = ranking_figures(ranked)
    assert {name: figures[name] for name in ("found@1", "found@5", "found@10", "found@50")} == {
        "found@1": 0.25, "found@5": 0.5, "found@10": 0.5, "found@50": 0.75,
    }  # fmt: skip
    assert figures["share@1"] == 0.25
    assert figures["share@5"] == 0.375  # (1/2 + 1 + 0 + 0) / 4
    assert figures["share@50"] == 0.625
    assert figures["mrr"] == pytest.approx((1 / 2 + 1 + 1 / 21) / 4, abs=1e-4)
    assert figures["ndcg@10"] == pytest.approx((1.06161 / 2.56161 + 1) / 4, abs=1e-4)


def test_seconds_are_given_as_median_and_95th_percentile():
    assert seconds_figures([number / 100 for number in range(101)]) == {
        "seconds p50": 0.5,
        "seconds p95": 0.95,
    }
    assert seconds_figures([0.25]) == {"seconds p50": 0.25, "seconds p95": 0.25}
