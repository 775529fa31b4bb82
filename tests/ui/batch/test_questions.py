import json
from math import inf, nan

import pytest

from corpus.errors import UsageError
from index.records import Filters
from tests.factories import make_generation
from tests.ui.batch.asking import documents
from ui.batch.questions import columns_read, question_of


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    generation = make_generation(tmp_path_factory.mktemp("index"), documents(4))
    yield generation.table
    generation.close()


ALL = {name: name for name in ("question", "council", "committee", "from", "to", "kind")}


def test_columns_are_met_in_any_case():
    assert columns_read(["ID", " Question", "FROM"], (), "q") == {"question": " Question", "from": "FROM"}


def test_what_is_only_carried_is_no_filter():
    assert columns_read(["question", "kind"], ("kind",), "q") == {"question": "question"}
    assert columns_read(["Question", "question"], ("Question",), "q") == {"question": "question"}


@pytest.mark.parametrize(
    ("columns", "carry", "why"),
    [
        (["id", "ask"], (), "q has no column 'question'; it has: 'id', 'ask'"),
        (["question"], ("kind",), "q has no column 'kind' to carry; it has: 'question'"),
        (["question"], ("question",), "holds the questions; --carry is for filters"),
        (
            ["question", "Council", "council"],
            (),
            "q has the columns 'Council' and 'council', which mean the same; --carry all but one of them",
        ),
        (["Question", "question "], (), "'Question' and 'question ', which mean the same"),
    ],
)
def test_tables_without_questions(columns, carry, why):
    with pytest.raises(UsageError, match=why):
        columns_read(columns, carry, "q")


def test_a_row_is_a_question_within_its_filters(table):
    row = {
        "question": " Which road? ",
        "council": "ashmere",
        "committee": "Roads and Bridges Committee",
        "from": 2010,
        "to": "2012-05",
        "kind": "minutes",
    }
    asked = question_of(row, ALL, table)
    assert not asked.error
    assert asked.asked.question == "Which road?"
    assert asked.asked.filters == Filters(
        "ashmere", "Roads and Bridges Committee", "2010-01-01", "2012-05-31", "minutes"
    )


def test_a_year_may_be_a_number_with_a_point_as_tables_with_gaps_have_it(table):
    row = {"question": "Which road?", "from": 2010.0, "to": None}
    assert question_of(row, ALL, table).asked.filters == Filters(date_from="2010-01-01")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({}, "the question is empty"),
        ({"question": None}, "the question is empty"),
        ({"question": "  "}, "the question is empty"),
        ({"question": "?!"}, "no words to search for"),
        ({"question": "road " * 500}, "the limit is 2,000"),
        ({"question": ["road"]}, "question: \"['road']\" is no text"),
        ({"question": True}, "question: 'True' is no text"),
        (
            {"question": "road", "from": "May"},
            "from: 'May' is not a date; write 2019, 2019-05, 2019-05-31 or 31/05/2019 (the day first)",
        ),
        ({"question": "road", "to": "2019-05-31 12:30:00"}, "to: '2019-05-31 12:30:00' is not a date"),
        ({"question": "road", "to": inf}, "to: 'inf' is no text"),
        ({"question": "road", "to": 1.5}, "to: '1.5' is no text"),
        ({"question": "road", "from": "2020", "to": "2019"}, "from: 2020-01-01 is after to: 2019-12-31"),
        ({"question": "road", "council": "Kant"}, "no council is called 'Kant'; there are: Ashmere"),
        ({"question": "road", "committee": "Tea"}, "no committee is called 'Tea'"),
        ({"question": "road", "kind": "poem"}, "no kind is called 'poem'; there are: minutes"),
        ({"question": "road council:Kant"}, "no council is called 'Kant'"),
    ],
)
def test_a_row_that_cannot_be_asked_says_why(table, row, why):
    assert why in question_of(row, ALL, table).error


@pytest.mark.parametrize("time", ["00:00", "00:00:00", "00:00:00.000000000", "00:00:00Z", "00:00:00+0100"])
@pytest.mark.parametrize("between", [" ", "T"])
def test_midnight_is_its_day(table, time, between):
    row = {
        "question": "Which road?",
        "from": f"2010-01-01{between}{time}",
        "to": f"2012-05-31{between}{time}",
    }
    assert question_of(row, ALL, table).asked.filters == Filters(date_from="2010-01-01", date_to="2012-05-31")


def test_a_number_that_is_none_filters_nothing(table):
    assert question_of({"question": "Which road?", "from": nan}, ALL, table).asked.filters == Filters()


def test_what_filters_allow_is_kept(table):
    names = ["Ashmere Borough Council", "Brackford Town Council"]
    row = {"question": "Which road? from:2010", "council": "n c", "kind": "Minutes", "to": "2012"}
    assert json.loads(question_of(row, ALL, table).searched) == {
        "council": names, "kind": ["minutes"], "from": "2010-01-01", "to": "2012-12-31",
    }  # fmt: skip
    row = {"question": "Which road? council:ashmere", "committee": "roads"}
    assert json.loads(question_of(row, ALL, table).searched) == {
        "council": names[:1], "committee": ["Roads and Bridges Committee"],
    }  # fmt: skip
    assert question_of({"question": "Which road?"}, ALL, table).searched == ""


def test_what_could_be_read_of_a_broken_row_is_not_asked(table):
    asked = question_of({"question": "Which road?"}, ALL, table, "line 3: 1 cell")
    assert (asked.error, asked.asked.question) == ("line 3: 1 cell", "")
