import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numerals import numeral

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def from_roman(letters: str) -> int:
    """Read a Roman numeral: a smaller letter before a larger one is taken away from it."""
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < max(values[i + 1 :], default=0) else value for i, value in enumerate(values))


def from_letters(letters: str) -> int:
    """Read Word's letters: a to z, then each of them twice, and so on."""
    return 26 * (len(letters) - 1) + ord(letters[0]) - ord("a") + 1


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (7, "1", "7"),
        (0, "1", "0"),
        (1, "a", "a"),
        (26, "a", "z"),
        (27, "a", "aa"),
        (28, "A", "BB"),
        (4, "i", "iv"),
        (9, "I", "IX"),
        (1994, "i", "mcmxciv"),
        (0, "a", "0"),
        (0, "i", "0"),
        (-3, "a", "-3"),
        (4000, "i", "4000"),
        (677, "a", "677"),
    ],
)
def test_numbers_are_printed_as_word_prints_them(number: int, style: str, printed: str):
    assert numeral(number, style) == printed


@given(st.integers(1, 3999))
def test_a_roman_numeral_can_be_read_back(number: int):
    assert from_roman(numeral(number, "i")) == number
    assert numeral(number, "I") == numeral(number, "i").upper()


@given(st.integers(1, 676))
def test_letters_can_be_read_back(number: int):
    letters = numeral(number, "a")
    assert len(set(letters)) == 1
    assert from_letters(letters) == number
    assert numeral(number, "A") == letters.upper()
