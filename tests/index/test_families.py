import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.families import Families, root, roots_in, same_family
from index.question import understand

#: Roots over few letters, so that many begin alike; numbers among them.
ROOTS = st.one_of(
    st.text("ab1", min_size=1, max_size=9), st.sampled_from(["million", "millions", "milli", "billion"])
)


def of_one_family(a: str, b: str) -> bool:
    """Say it in the plainest way, a pair at a time."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if {"million", "billion"} & {a, b} or not short.isalpha() or len(short) < 4:
        return False
    return len(long) - len(short) <= 3 and long.startswith(short)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("agreement", "agree"),
        ("closure", "close"),
        ("consultation", "consult"),
        ("Bridges", "bridge"),
        ("repairing", "repair"),
    ],
)
def test_words_of_a_family_are_found_together(one, other):
    (a,), (b,) = understand(one).roots, understand(other).roots
    assert same_family(a, b)
    assert same_family(b, a)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bridge", "ford"),
        ("car", "care"),
        ("mill", "million"),
        ("bill", "billion"),
        ("2019", "20195"),
        ("park", "parliament"),
        ("x", "xy"),
    ],
)
def test_words_that_only_begin_alike_are_no_family(one, other):
    (a,), (b,) = understand(one).roots, understand(other).roots
    assert not same_family(a, b)


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [("ox", "ox", True), ("2019", "2019", True), ("park", "parking", True), ("park", "parkland", False)],
)
def test_a_family_is_as_long_as_its_endings(one, other, related):
    assert same_family(one, other) is same_family(other, one) is related


def test_a_root_is_never_too_short_to_tell():
    assert root("tion") == "tion"
    assert root("agreement") == root("agre") == "agre"
    assert root("bridge") == "bridg"


def test_a_text_holds_the_roots_of_its_terms():
    assert roots_in("The Agreement on bridges") >= {"agre", "bridg"}


@given(st.lists(ROOTS, max_size=8), ROOTS)
def test_the_kin_of_a_word_are_those_of_its_family(roots, other):
    expected = {word for word in roots if of_one_family(word, other)}
    assert Families(roots).kin(other) == expected


@given(st.lists(ROOTS, max_size=8), st.lists(st.frozensets(ROOTS, max_size=6), max_size=4))
def test_texts_meet_the_kin_of_each_of_their_words(roots, texts):
    families = Families(roots)
    for others in texts:
        assert families.met(others) == frozenset().union(*map(families.kin, others))
