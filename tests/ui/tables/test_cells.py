import json
import re
from math import inf, nan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.tables.cells import as_cell, as_text, defused, restored

#: Signs that make or hide formulas, and begin cells.
HOSTILE = st.text(alphabet="=+-@＝＋－＠;|,\t\r\n \"'\\ab1.\0\x0b\x7f\xa0\u200b\ufeff")
FORMULA = re.compile("[ \"'\0\x0b\x7f\xa0\u200b\ufeff]*[=+\\-@＝＋－＠]")


@given(HOSTILE)
@example("=1+1")
@example("'=1+1")
@example("a;=1+1\n@b")
def test_the_very_words_come_back(words):
    assert restored(defused(words)) == words


@given(HOSTILE)
def test_no_part_begins_like_a_formula(words):
    cell = defused(words)
    for part in re.split("[;|\t\r\n]", cell):
        assert not FORMULA.match(part) or part.startswith("'") or re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)


@pytest.mark.parametrize(
    "unseen", ["\0", "\0 \0", "\x01", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\ufeff"]
)
def test_what_nobody_sees_hides_no_formula(unseen):
    assert defused(f"{unseen}=1+1") == f"'{unseen}=1+1"
    assert defused(f"a;{unseen}@b") == f"a;'{unseen}@b"
    assert f";{unseen}=" not in as_cell([{"text": f"a;{unseen}=1"}])


@pytest.mark.parametrize("number", ["-5", "+3.25", "12"])
def test_plain_numbers_stay_numbers(number):
    assert defused(number) == number


@given(st.lists(HOSTILE))
def test_lists_are_json_that_reads_back_without_more_ado(words):
    assert json.loads(as_cell(words)) == words


@pytest.mark.parametrize("words", [';=HYPERLINK("x")', '|"@SUM(1)', "; '+1"])
def test_no_separator_in_a_list_stands_before_a_formula(words):
    assert not re.search("[;|](?=[ \"'\\\\]*[=+\\-@])", as_cell([{"text": words}]))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (3, "3"),
        (-1.5, "-1.5"),
        ("x", "x"),
        ("=x", "'=x"),
        (nan, "NaN"),
        (inf, "Infinity"),
        ([nan, {"a": -inf}], '["NaN", {"a": "-Infinity"}]'),
    ],
)
def test_values_of_all_kinds(value, cell):
    assert as_cell(value) == cell


def test_text_says_the_same_as_the_value():
    assert [as_text(value) for value in (None, "=x", 2, [1, "é"], nan)] == [
        None,
        "=x",
        "2",
        '[1, "é"]',
        "NaN",
    ]
