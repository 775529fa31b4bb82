import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.things import Kind, things_in
from index.query import ParsedQuery, parse_query
from index.records import Filters


def named(question: str) -> list[tuple[str, str]]:
    return [(thing.kind.name.lower(), thing.text) for thing in things_in(parse_query(question))]


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("What was decided about the bandstand?", [("matter", "bandstand")]),
        ("WHAT WAS DECIDED ABOUT THE BANDSTAND?", [("matter", "BANDSTAND")]),
        ("Did the council agree a grant for Fenlow?", [("name", "Fenlow")]),
        ("Who was the contractor for the mill bridge?", [("matter", "mill bridge")]),
        ("Why did Cllr Ada Fenn vote against it?", [("name", "Ada Fenn")]),
        ("What did the Friends of Wellow Park ask for?", [("name", "Friends of Wellow Park")]),
        ("What is Wellow's share of the ferry's cost?", [("name", "Wellow"), ("matter", "ferry")]),
        ("Why was recommendation 12 only partially agreed?", [("reference", "recommendation 12")]),
        ("Who moved resolution R2031-7?", [("reference", "R2031-7")]),
        ('What was said of "a mill stone" there?', [("phrase", "a mill stone")]),
        ("What did Ashmere PC decide on the by-law in 2035?", [("name", "Ashmere"), ("matter", "by-law")]),
        ("When will the swimming pool reopen?", [("matter", "swimming pool")]),
        ("Who voted against it?", []),
        ("What did the committee decide last month?", []),
        ("bridge OR ferry", []),
    ],
)
def test_a_question_names_things(question, things):
    assert named(question) == things


@given(st.text(max_size=80))
def test_whatever_is_typed_what_is_named_stands_there(words):
    for thing in things_in(ParsedQuery(words, Filters())):
        assert thing.text.casefold() in words.casefold()
        assert thing.words
        if thing.kind is not Kind.REFERENCE:
            assert all(word in thing.text for word in thing.words)
