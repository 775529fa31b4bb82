import json
from typing import Any

import pytest

from index.answering.states import State
from index.embedding import HashEmbedder
from index.evaluation.answers import Answered, answer_all, answer_figures
from index.evaluation.known import know
from index.evaluation.questions import Question
from index.evaluation.ranking import judge
from index.evaluation.silence import refusal_figures
from index.settings import AnswerSettings
from tests.index.evaluation.conftest import BRIDGE, LOST, QUESTIONS, REFUSED, SILENT

UNKNOWN = Question(id="unknown", question="Why?")


def ask_all(minutes, threshold: float) -> list[Answered]:
    known = know(QUESTIONS, judge(QUESTIONS, minutes), minutes.table)
    return answer_all(known, minutes, HashEmbedder(), AnswerSettings(threshold=threshold))


def test_the_first_span_is_looked_for_in_the_quotes(minutes):
    bridge, ferry, lost, silent = ask_all(minutes, 0.0)
    assert (bridge.answered, bridge.holds) == (True, True)
    assert (ferry.answered, ferry.holds) == (True, True)
    assert lost.holds is False
    assert silent.holds is False
    assert ferry.words >= len("A ferry was refused because the landing stage floods every spring.".split())


def test_nothing_is_quoted_where_nothing_is_answered(minutes):
    for one in ask_all(minutes, 1.0):
        assert (one.answered, one.holds, one.words) == (False, False, 0)


def test_figures_of_answers():
    results = [
        Answered(BRIDGE, True, 0.9, 30, True, 0.1),
        Answered(REFUSED, True, 0.6, 50, False, 0.1),
        Answered(LOST, False, 0.4, 0, False, 0.1),
        Answered(SILENT, False, 0.2, 0, False, 0.3),
        Answered(UNKNOWN, True, 0.8, 90, False, 0.3),
    ]
    figures: dict[str, Any] = answer_figures(results, 0.5)
    assert figures["quote recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert figures["quote recall, answered"] == 0.5
    assert figures["median words quoted"] == 50
    assert figures["seconds p50"] == 0.1
    refusal = figures["refusal"]
    # Refused: one that is answerable (LOST) and the one that is not.
    assert (refusal["precision"], refusal["recall"]) == (0.5, 1.0)
    assert refusal["answerable refused"] == pytest.approx(1 / 3, abs=1e-4)
    assert refusal["area"] == 1.0
    assert refusal["refused at 0.1"] == 1.0


def test_figures_that_the_questions_do_not_allow_are_left_out():
    unknown = answer_figures([Answered(UNKNOWN, False, 0.2, 0, False, 0.3)], 0.5)
    assert set(unknown) == {"states", "seconds p50", "seconds p95"}
    silent = answer_figures([Answered(SILENT, False, 0.2, 0, False, 0.3)], 0.5)
    assert set(silent) == {"states", "seconds p50", "seconds p95"}


def test_the_three_states_are_counted_by_kind_of_question():
    results = [
        Answered(BRIDGE, True, 0.9, 30, True, 0.1, state=State.ANSWERED),
        Answered(REFUSED, False, 0.4, 0, False, 0.1, state=State.MAYBE),
        Answered(SILENT, False, 0.2, 0, False, 0.1),
        Answered(UNKNOWN, False, 0.2, 0, False, 0.1),
    ]
    assert answer_figures(results, 0.5)["states"] == {
        "answerable": {"answered": 1, "may answer": 1, "silent": 0},
        "unanswerable": {"answered": 0, "may answer": 0, "silent": 1},
        "not known": {"answered": 0, "may answer": 0, "silent": 1},
    }


def test_what_may_answer_is_no_answer_and_counts_no_words(minutes):
    for threshold, maybe in ((1.0, 0.0), (1.0, 1.0)):
        settings = AnswerSettings(threshold=threshold, maybe=maybe)
        known = know([BRIDGE], judge([BRIDGE], minutes), minutes.table)
        (given,) = answer_all(known, minutes, HashEmbedder(), settings)
        assert (given.answered, given.words) == (False, 0)
        assert given.state is (State.SILENT if maybe else State.MAYBE)


def test_the_curve_of_refusals_rises_and_is_valid_json():
    figures: dict[str, Any] = refusal_figures([0.9, 0.8, 0.5, 0.3], [0.6, 0.4, 0.2, 0.1], 0.05)
    assert figures["precision"] is None  # nothing is refused
    shares = [point["refused"] for point in figures["curve"]]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.5, 1.0)
    assert all(point["answerable refused"] <= 0.5 for point in figures["curve"])
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures
