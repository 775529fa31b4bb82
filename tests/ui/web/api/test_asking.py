from typing import get_args

import pytest
from pydantic import TypeAdapter, ValidationError

import corpus.records
from index.records import Filters
from ui.web.api.asking import Ask, Kind, OneOrMany, Search
from ui.web.api.limits import LONGEST_NAME, LONGEST_QUESTION, MOST_HITS, MOST_QUESTIONS

QUESTIONS: TypeAdapter[Ask | list[Ask]] = TypeAdapter(OneOrMany[Ask])
ONE = {"question": "Why was the bandstand kept?"}


def test_what_limits_a_question_becomes_filters():
    asked = QUESTIONS.validate_python(
        ONE | {"council": " Ashmere ", "committee": None, "from": "2019-01-01", "to": "2020-02-29", "k": 3}
    )
    assert isinstance(asked, Ask)
    assert (asked.filters, asked.k) == (Filters("Ashmere", "", "2019-01-01", "2020-02-29", ""), 3)
    assert asked.asked.question == ONE["question"]


def test_kinds_are_those_of_documents():
    assert set(get_args(Kind)) == set(corpus.records.Kind)


def test_a_list_is_a_list_and_one_is_one():
    assert isinstance(QUESTIONS.validate_python([ONE]), list)
    many = QUESTIONS.validate_python([ONE] * MOST_QUESTIONS)
    assert isinstance(many, list)
    assert len(many) == MOST_QUESTIONS
    Search.model_validate({"query": "x" * LONGEST_QUESTION, "council": "x" * LONGEST_NAME, "k": MOST_HITS})


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"question": ""}, {"question": None}, {"question": 5}, {"question": ["x"]}, {"query": "x"},
        ONE | {"k": 0}, ONE | {"k": MOST_HITS + 1}, ONE | {"k": "5"}, ONE | {"k": True}, ONE | {"k": 1.5},
        ONE | {"from": "2019"}, ONE | {"from": "2019-02-30"}, ONE | {"to": "20190101"},
        ONE | {"to": "2019-W01-1"}, ONE | {"from": "٢٠١٩-٠١-٠١"}, ONE | {"from": 2019},
        ONE | {"kind": "letter"}, ONE | {"kind": ""}, ONE | {"date_from": "2019-01-01"}, ONE | {"x": 1},
        ONE | {"council": "x" * (LONGEST_NAME + 1)}, {"question": "x" * (LONGEST_QUESTION + 1)},
        [], [ONE] * (MOST_QUESTIONS + 1), [[ONE]], [None], "x", None, 5, True,
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_does_not_read_is_refused(wrong):
    with pytest.raises(ValidationError):
        QUESTIONS.validate_python(wrong)
