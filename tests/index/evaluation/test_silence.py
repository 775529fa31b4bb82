"""Against values worked out by hand."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.measures import refused_at
from index.evaluation.silence import Sure, Thresholds, refusal_figures, silence_figures, thresholds

#: Two councils of which the minutes of one are spoken of with twice the confidence.
ASH = [Sure("Ash", True, sure) for sure in (0.2, 0.3, 0.4, 0.5)] + [Sure("Ash", False, 0.1)]
OAK = [Sure("Oak", True, sure) for sure in (0.6, 0.7, 0.8, 0.9)] + [Sure("Oak", False, 0.25)]


def chosen_of(sure: Sequence[Sure], wrongly: float) -> Thresholds:
    chosen = thresholds(sure, wrongly)
    assert chosen is not None
    return chosen


def test_a_threshold_is_chosen_on_all_and_on_the_other_councils():
    chosen = chosen_of(ASH + OAK, 0.25)
    assert chosen is not None
    assert chosen.everywhere == 0.4  # of eight, 0.2 and 0.3 may be refused
    assert chosen.elsewhere == {"Ash": 0.7, "Oak": 0.3}  # of the other four, one may be


def test_who_is_refused_by_it():
    chosen = chosen_of(ASH + OAK, 0.25)
    assert silence_figures(ASH + OAK, chosen) == {
        "one threshold": {"answerable refused": 0.25, "refused": 1.0},
        # Below 0.7 lies everything of Ash; below 0.3 lies only the near miss of Oak.
        "held out": {"answerable refused": 0.5, "refused": 1.0},
    }
    assert silence_figures(OAK, chosen)["held out"] == {"answerable refused": 0.0, "refused": 1.0}
    assert silence_figures(ASH[:1], chosen)["held out"] == {"answerable refused": 1.0, "refused": None}


def test_one_council_alone_has_none_that_was_chosen_elsewhere():
    chosen = chosen_of(ASH, 0.25)
    assert (chosen.everywhere, chosen.elsewhere) == (0.3, {})
    assert silence_figures(ASH, chosen) == {
        "one threshold": {"answerable refused": 0.25, "refused": 1.0},
        "held out": {"answerable refused": None, "refused": None},
    }


def test_questions_without_a_council_are_judged_by_all_that_have_one():
    nowhere = Sure("", False, 0.35)
    chosen = chosen_of([*ASH, *OAK, nowhere], 0.25)
    assert chosen.elsewhere[""] == chosen.everywhere == 0.4
    assert silence_figures([nowhere], chosen)["held out"] == {"answerable refused": None, "refused": 1.0}


def test_without_an_answerable_question_nothing_is_chosen():
    assert thresholds([Sure("Ash", False, 0.5)], 0.25) is None
    assert thresholds([], 0.25) is None


def test_both_shares_stand_in_the_figures_and_in_the_curve():
    figures: dict[str, Any] = refusal_figures([number / 100 for number in range(100)], [0.05, 0.08, 0.5], 0.5)
    assert (figures["refused at 0.07"], figures["threshold at 0.07"]) == (
        pytest.approx(1 / 3, abs=1e-4),
        0.07,
    )
    assert (figures["refused at 0.1"], figures["threshold at 0.1"]) == (pytest.approx(2 / 3, abs=1e-4), 0.1)
    assert {"threshold": 0.07, "answerable refused": 0.07, "refused": 0.3333} in figures["curve"]


SURE = st.lists(
    st.builds(
        Sure, st.sampled_from(["Ash", "Oak", "Elm"]), st.booleans(), st.integers(0, 20).map(lambda n: n / 20)
    ),
    max_size=30,
)


@given(SURE, st.sampled_from([0.0, 0.07, 0.1, 0.5]))
def test_no_more_are_refused_than_may_be(sure, wrongly):
    chosen = thresholds(sure, wrongly)
    answerable = [one.confidence for one in sure if one.answerable]
    assert (chosen is None) == (not answerable)
    if chosen:
        figures = silence_figures(sure, chosen)
        assert figures["one threshold"]["answerable refused"] <= wrongly + 1e-9
        if unanswerable := [one.confidence for one in sure if not one.answerable]:
            refused = refused_at(answerable, unanswerable, wrongly).unanswerable
            assert figures["one threshold"]["refused"] == pytest.approx(refused, abs=1e-4)
        for council, threshold in chosen.elsewhere.items():
            others = [one.confidence for one in sure if one.answerable and one.council != council]
            assert sum(other < threshold for other in others) <= wrongly * len(others) + 1e-9
        assert json.loads(json.dumps(figures, allow_nan=False)) == figures


@given(SURE)
def test_a_council_has_no_part_in_its_own_threshold(sure):
    before = chosen_of([*sure, Sure("Oak", True, 0.5)], 0.1)
    own = [Sure("Ash", True, 0.0), Sure("Ash", True, 1.0), Sure("Ash", False, 0.5)]
    after = chosen_of([*own, *sure, Sure("Oak", True, 0.5)], 0.1)
    assert after.elsewhere["Ash"] == before.elsewhere.get("Ash", after.elsewhere["Ash"])
