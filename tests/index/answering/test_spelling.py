import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.spelling import LONG, SHORTEST, Vocabulary, edits, most_edits, variants

WORD = st.text(string.ascii_lowercase, min_size=1, max_size=12)
KNOWN = Vocabulary(
    {"bandstand": 4, "bandsaw": 9, "brackford": 2, "brackfors": 1, "fenlow": 3, "agre": 5, "agreement": 2}
)


@pytest.mark.parametrize(
    ("a", "b", "away"),
    [("mill", "mill", 0), ("mill", "mil", 1), ("mill", "mlil", 1), ("mill", "will", 1), ("mill", "wall", 2)],
)
def test_edits_are_counted(a, b, away):
    assert edits(a, b, 2) == away


@given(WORD, WORD)
def test_edits_are_the_same_both_ways_and_none_beyond_the_most(a, b):
    away = edits(a, b, 2)
    assert away == edits(b, a, 2)
    assert (away == 0) == (a == b)
    if away is not None:
        assert abs(len(a) - len(b)) <= away <= 2
        assert edits(a, b, 1) == (away if away <= 1 else None)


@st.composite
def mistyped(draw):
    """A word, and the same with one letter dropped, added, changed or swapped; the first is there."""
    word = draw(st.text(string.ascii_lowercase, min_size=SHORTEST, max_size=12))
    place = draw(st.integers(1, len(word) - 2))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    a, b = word[:place], word[place:]
    return word, draw(
        st.sampled_from([a + b[1:], a + letter + b, a + letter + b[1:], a + b[1] + b[0] + b[2:]])
    )


@given(mistyped())
def test_a_word_within_one_edit_is_found(pair):
    word, typed = pair
    found = list(Vocabulary({word: 1, "zzzzzzzzzzzzzzzzzz": 1}).near(typed, 1))
    assert found == ([] if typed == word else [(1, word)])


@given(st.dictionaries(WORD, st.integers(1, 99), max_size=20), WORD)
def test_nothing_is_left_out_that_is_near(frequencies, term):
    found = {word for _, word in Vocabulary(frequencies).near(term, 2)}
    assert found == {
        word
        for word in frequencies
        if word != term
        and edits(word, term, 2) is not None
        and (word[0] == term[0] or (len(word) > 1 and word[:2] == term[1::-1]))
    }


def test_the_nearest_come_first_and_of_these_the_commonest():
    assert [word for _, word in KNOWN.near("brackforx", 2)] == ["brackford", "brackfors"]
    assert [word for _, word in KNOWN.near("bandstnd", 2)] == ["bandstand"]
    assert list(KNOWN.near("abndstand", 1)) == [(1, "bandstand")]
    assert list(KNOWN.near("zeppelin", 2)) == []
    assert list(Vocabulary({}).near("zeppelin", 2)) == []


def test_words_of_a_family_are_found():
    assert list(KNOWN.kin("agre")) == ["agre", "agreement"]
    assert list(KNOWN.kin("zeppelin")) == []


def test_short_words_and_numbers_are_meant_as_they_are():
    assert [most_edits(word) for word in ("mil", "mill", "m" * LONG, "r2024128")] == [0, 1, 2, 0]


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("colour", "color"), ("color", "colour"), ("centre", "center"), ("center", "centre"),
        ("organise", "organize"), ("organisation", "organization"), ("travelling", "traveling"),
        ("licence", "license"), ("archaeology", "archeology"), ("kerb", "curb"), ("grey", "gray"),
    ],
)  # fmt: skip
def test_british_and_american_spellings_are_known(typed, other):
    assert other in variants(typed)


@given(WORD)
def test_no_word_is_another_spelling_of_itself(word):
    assert word not in variants(word)
