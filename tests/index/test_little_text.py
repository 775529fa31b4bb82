"""Answers out of very little text, where nothing can be told by what others score."""

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from index.answer import signals_of, weighed
from index.embedding import HashEmbedder
from index.evidence import Evidence, Weigher
from index.generation import Generation
from index.question import understand
from index.refusal import Signals
from index.scoring import _stretched
from index.search import Ranking, rank
from tests.factories import make_document, make_generation

BANDSTAND = (
    "Ashmere Parish Council\n\nBandstand\n\nThe clerk had two quotes.\n\n"
    "RESOLVED: that the quote of £4,750 be accepted.\n\nPond\n\nRESOLVED: that the pond be dredged."
)
QUESTION = "What was decided about the bandstand?"


@pytest.fixture(scope="module")
def minutes(tmp_path_factory) -> Iterator[Generation]:
    document = make_document("1", BANDSTAND, title="Minutes", council="", committee="")
    with closing(make_generation(tmp_path_factory.mktemp("little"), [document])) as generation:
        yield generation


def found(minutes: Generation, question: str) -> tuple[Ranking, Weigher, list[Evidence]]:
    ranking = rank(minutes, HashEmbedder(), question)
    weigher = Weigher(understand(question), minutes.lexical.frequency, minutes.table.count)
    return ranking, weigher, weighed(minutes, ranking, weigher)


def signals(minutes: Generation, question: str) -> Signals:
    ranking, weigher, evidence = found(minutes, question)
    return signals_of(evidence, ranking, weigher)


def test_each_sentence_stands_under_the_line_that_is_its_title(minutes):
    units = {one.unit.text: one.unit for one in found(minutes, QUESTION)[2]}
    assert units["RESOLVED: that the quote of £4,750 be accepted."].under == "Bandstand"
    assert units["RESOLVED: that the pond be dredged."].under == "Pond"


def test_a_decision_under_its_title_has_the_form_of_an_answer_and_meets_the_matter(minutes):
    assert signals(minutes, QUESTION).cued > 0.9
    assert signals(minutes, "What was decided about the harbour by the bandstand?").cued < 0.9
    by_text = {one.unit.text: one for one in found(minutes, QUESTION)[2]}
    accepted, dredged = (
        by_text["RESOLVED: that the quote of £4,750 be accepted."],
        by_text["RESOLVED: that the pond be dredged."],
    )
    assert accepted.told > dredged.told
    assert accepted.coverage == 0


def test_the_only_candidate_is_the_best_and_not_the_worst():
    assert _stretched(np.asarray([0.4])).tolist() == [1.0]
    assert _stretched(np.asarray([0.0])).tolist() == [0.0]
    assert _stretched(np.asarray([-0.4])).tolist() == [0.0]
    assert _stretched(np.asarray([0.2, 0.4, 0.3])).tolist() == pytest.approx([0.0, 1.0, 0.5])
    assert _stretched(np.asarray([])).tolist() == []


@pytest.mark.parametrize(("committee", "met"), [("", True), ("Planning Committee", False), ("Cabinet", True)])
def test_minutes_that_name_no_committee_are_those_of_the_body_they_speak_of(tmp_path, committee, met):
    text = "The Cabinet Member spoke.\n\nRESOLVED\n\n1. To note the report.\n2. To close the mill bridge.\n"
    document = make_document("1", text, title="A report", committee=committee)
    with closing(make_generation(tmp_path, [document])) as generation:
        by_text = {one.unit.text: one for one in found(generation, "What did the Cabinet resolve?")[2]}
    assert (by_text["1. To note the report."].coverage > 0.7) == met
