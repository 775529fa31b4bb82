from dataclasses import replace

import pytest

from index.evaluation.questions import Question
from index.evaluation.relevance import Finder, find_words, news, right_passages, single_spaced
from tests.index.evaluation.conftest import BRIDGE, LOST, QUESTIONS, RUSTED, TEXTS, url


@pytest.fixture(scope="module")
def finder(minutes):
    return Finder(minutes.table)


def numbers(minutes) -> dict[str, int]:
    return {id: number for number, (id, _) in enumerate(minutes.table.addresses())}


def test_the_places_are_the_spans_and_the_same_words_elsewhere(minutes, finder):
    gold = finder.find(BRIDGE)
    of = numbers(minutes)
    again = TEXTS["again"].index("both\n  piers")
    assert gold.places == {of["bridge"]: BRIDGE.spans, of["again"]: ((again, again + len("both\n  piers")),)}
    assert gold.words == "both piers"


def test_a_document_is_known_by_its_id_too(finder):
    assert finder.find(BRIDGE.model_copy(update={"url": "bridge"})).places == finder.find(BRIDGE).places


@pytest.mark.parametrize(
    "question",
    [
        LOST,
        BRIDGE.model_copy(update={"spans": ((0, 10_000),)}),  # the document has other words by now
        BRIDGE.model_copy(update={"url": "https://elsewhere.example/", "alt_urls": (url("bridge"),)}),
        Question(id="none", question="Why?"),
    ],
)
def test_words_that_the_index_lacks_have_no_place(minutes, finder, question):
    gold = finder.find(question)
    assert (gold.places, gold.words) == ({}, "")
    assert right_passages(gold, minutes.table) == {}


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [(0, 100, True), (12, 13, True), (0, 10, False), (0, 11, True), (19, 30, True), (20, 30, False)],
)
def test_a_passage_is_right_when_it_overlaps_a_span(finder, minutes, start, end, right):
    gold = replace(finder.find(BRIDGE), places={3: ((10, 20), (500, 600))})
    assert gold.holds(3, start, end) is right
    assert not gold.holds(4, start, end)


def test_right_passages_hold_the_words(minutes, finder):
    for question in QUESTIONS:
        gold = finder.find(question)
        right = right_passages(gold, minutes.table)
        assert bool(right) == bool(gold.places)
        for passage in minutes.table.passages(right):
            assert gold.words in single_spaced(passage.text)
            assert right[passage.row] == passage.words


def test_same_words_have_the_same_number():
    assert news([[1], [2], [3]], {1: 77, 3: 77}) == [1, 0, 0]
    assert news([[2], [4, 1], [3, 5]], {1: 77, 3: 77, 5: 88}) == [0, 1, 1]
    assert news([[1, 5]], {1: 77, 5: 88}) == [2]
    assert news([], {1: 77}) == []


def test_words_are_found_whatever_white_space_is_between_them():
    text = "a (b)\n\tc; A (b) c; a (b) c."
    assert [text[start:end] for start, end in find_words(["a  (b) c"], text)] == ["a (b)\n\tc", "a (b) c"]
    assert list(find_words([" \n", ""], text)) == []
    assert list(find_words([RUSTED], text)) == []
