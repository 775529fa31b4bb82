"""Against values worked out by hand, in words of one letter and a few invented minutes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.marks import Marks, Overlap, Piece, Place, marks_of, overlap, words_in
from index.evaluation.ranking import judge
from tests.index.evaluation.conftest import BRIDGE, LOST, RUSTED, TEXTS

#: Ten words of one letter: word n stands at 2n. Sentences have five of them; the span cuts the first.
TEN = "a b c d e f g h i j"
CUT = Marks("d e f", (Place("ten", 6, 11, "d e f", ((6, 7), (8, 9), (10, 11))),), {"ten": ((0, 9), (10, 19))})
ONE = Marks("d e", (Place("ten", 6, 9, "d e", ((6, 7), (8, 9))),), {"ten": ((0, 9),)})


def piece(first: int, last: int, document: str = "ten") -> Piece:
    """Return the words `first` to `last` of the ten, both included."""
    return Piece(document, 2 * first, 2 * last + 1, TEN[2 * first : 2 * last + 1])


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ([], Overlap()),
        ([piece(3, 4)], Overlap(words=2, right=2, recall=1.0, first=True, some=True)),
        # All of the sentence that the span cuts is marked, but only its own words are looked for.
        ([piece(0, 4)], Overlap(words=5, right=5, recall=1.0, first=True, some=True)),
        ([piece(0, 3)], Overlap(words=4, right=4, recall=0.5, first=True, some=True)),
        ([piece(0, 2)], Overlap(words=3, right=3, recall=0.0, first=False, some=False)),
        ([piece(5, 9)], Overlap(words=5, right=0, recall=0.0, first=False, some=False)),
        ([piece(8, 9), piece(4, 5)], Overlap(words=4, right=1, recall=0.5, first=False, some=True)),
        # Two quotes of the same words are read twice, and found once.
        ([piece(3, 4), piece(3, 4)], Overlap(words=4, right=4, recall=1.0, first=True, some=True)),
        ([piece(3, 4, "other")], Overlap(words=2, right=0, recall=0.0, first=False, some=False)),
    ],
)
def test_quotes_are_compared_with_the_marked_sentence(quotes, expected):
    assert overlap(quotes, ONE) == expected


def test_a_span_that_cuts_two_sentences_marks_both():
    assert overlap([piece(0, 9)], CUT) == Overlap(words=10, right=10, recall=1.0, first=True, some=True)
    assert overlap([piece(6, 9)], CUT) == Overlap(words=4, right=4)
    half = overlap([piece(0, 4)], CUT)
    assert (half.right, half.first) == (5, True)
    assert half.recall == pytest.approx(2 / 3)


def test_precision_and_f1():
    met = overlap([piece(4, 7)], ONE)  # e is right, f g h are not; of d e, one is found
    assert (met.precision, met.recall) == (0.25, 0.5)
    assert met.f1 == pytest.approx(1 / 3)
    assert (Overlap().precision, Overlap().f1) == (0.0, 0.0)


def test_the_same_words_elsewhere_will_do_and_two_spans_are_looked_for_both():
    twice = Marks(
        "a b",
        (
            Place("ten", 0, 3, "a b", ((0, 1), (2, 3))),
            Place("again", 100, 103, "a b", ((100, 101), (102, 103))),
            Place("ten", 10, 15, "f g h", ((10, 11), (12, 13), (14, 15))),
        ),
        {"ten": ((0, 3), (10, 15)), "again": ((100, 103),)},
    )
    elsewhere = overlap([Piece("again", 100, 103, "a b")], twice)
    assert replace(elsewhere, recall=0.0) == Overlap(words=2, right=2, first=True, some=True)
    assert elsewhere.recall == pytest.approx(2 / 5)
    both = overlap([Piece("again", 100, 101, "a"), piece(5, 7)], twice)
    assert both.recall == pytest.approx(4 / 5)


def test_words_are_what_stands_between_blanks():
    assert list(words_in(" £4,750 –\n(Cllr.)\u00a0x ", 10)) == [(11, 17), (18, 19), (20, 27), (28, 29)]
    assert list(words_in(" \n")) == []


def test_the_marks_of_a_question_are_whole_sentences_in_every_place(minutes):
    (judged,) = judge([BRIDGE], minutes)
    marks = marks_of(judged, minutes.table)
    assert marks.words == "both piers"
    assert {place.document_id: place.said for place in marks.places} == {
        "bridge": "both piers",
        "again": "both piers",
    }
    for id, spans in marks.sentences.items():
        longest = max(spans, key=lambda span: span[1] - span[0])
        assert " ".join(TEXTS[id][slice(*longest)].split()) == RUSTED  # and not "It was closed …"


def test_what_the_index_lacks_has_no_marks_and_no_quote_is_right(minutes):
    (judged,) = judge([LOST], minutes)
    assert marks_of(judged, minutes.table) == Marks()
    quote = Piece("bridge", 0, 9, TEXTS["bridge"][:9])
    assert overlap([quote], Marks()) == Overlap(words=len(TEXTS["bridge"][:9].split()))


QUOTES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda ends: piece(min(ends), max(ends))), max_size=4
)


@given(QUOTES)
def test_every_share_lies_between_nothing_and_all(quotes):
    for marks in (ONE, CUT):
        met = overlap(quotes, marks)
        assert 0 <= met.right <= met.words
        assert 0 <= met.recall <= 1
        assert min(met.precision, met.recall) - 1e-9 <= met.f1 <= max(met.precision, met.recall) + 1e-9
        assert met.some >= met.first
        assert met.some == (met.recall > 0)


@given(QUOTES, QUOTES)
def test_what_is_quoted_beside_the_point_costs_precision_and_nothing_else(quotes, others):
    alone, more = overlap(quotes, ONE), overlap([*quotes, *others], ONE)
    assert more.recall >= alone.recall
    assert more.some >= alone.some
    beside = overlap([*quotes, piece(5, 9)], ONE)
    assert (beside.recall, beside.right) == (alone.recall, alone.right)
    assert beside.precision <= alone.precision


@given(QUOTES)
def test_only_the_first_quote_depends_on_the_order(quotes):
    there, back = overlap(quotes, CUT), overlap(quotes[::-1], CUT)
    assert (there.words, there.right, there.recall, there.some) == (
        back.words, back.right, back.recall, back.some,
    )  # fmt: skip
