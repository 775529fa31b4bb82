from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.query import MAX_CHARACTERS
from index.records import Filters, Sort
from ui.web.state import (
    LONGEST_ID,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_PARAMETERS,
    State,
    View,
    read_address,
    write_address,
)

NAMES = "q typed council committee from to kind view sort page in of on document start end other".split()
VALUES = st.one_of(
    st.text(),
    st.sampled_from(
        [
            "search",
            "browse",
            "newest",
            "2",
            "0",
            "-1",
            "2026-01-15",
            "2026-02-30",
            "2019",
            "&a=b#c",
            " x  y ",
            "",
        ]
    ),
)

DAYS = st.dates().map(lambda day: day.isoformat())
WORDS = st.text(max_size=40).map(lambda text: " ".join(text.encode("utf-8", "replace").decode().split()))
EXACT = st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace").decode())


@st.composite
def states(draw: st.DrawFn) -> State:
    """Any state that the page can be in."""
    text, typed, document = draw(WORDS), draw(WORDS), draw(EXACT)
    place = (draw(EXACT), draw(EXACT), draw(st.just("") | DAYS))[: draw(st.integers(0, 3))]
    start = draw(st.integers(0, 99))
    end = draw(st.integers(start, 999))
    return State(
        view=draw(st.sampled_from(View)),
        text=text,
        typed=typed if text and typed != text else "",
        filters=Filters(
            draw(WORDS), draw(WORDS), draw(st.just("") | DAYS), draw(st.just("") | DAYS), draw(WORDS)
        ),
        sort=draw(st.sampled_from(Sort)),
        page=draw(st.integers(1, 9_999)),
        place=place,
        document=document,
        start=start if document and start < end else 0,
        end=end if document and start < end else 0,
    )


@given(states())
def test_every_state_is_opened_again_by_its_address(state):
    address = write_address(state)
    assert address.isascii()
    assert read_address(address) == state


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
@example({"q": "\ud800", "document": "a\udfff"})
@example({"on": "x", "of": "b"})
@example({"in": "a", "of": "b", "on": "2026-02-30"})
@example({"document": "d", "start": "9" * 5_000, "end": "٣"})
@example({"document": "d", "start": "9" * 1_000, "page": "9" * 1_000})
def test_an_address_that_anybody_wrote_is_read_without_an_error_and_then_stays_the_same(parameters):
    state = read_address(parameters)
    assert read_address(write_address(state)) == state
    assert read_address(parameters.items()) == state


@given(st.text())
def test_any_query_is_read(query):
    state = read_address(query)
    assert read_address(write_address(state)) == state


def test_an_address_says_only_what_differs_in_an_order_that_stays():
    state = State(
        View.SEARCH,
        "why was it kept?",
        "why?",
        Filters("Ashmere", "Parks & Roads", "2019-01-01", "2020-12-31", "minutes"),
        Sort.NEWEST,
        2,
    )
    assert write_address(state) == (
        "?q=why+was+it+kept%3F&typed=why%3F&council=Ashmere&committee=Parks+%26+Roads&from=2019-01-01"
        "&to=2020-12-31&kind=minutes&view=search&sort=newest&page=2"
    )
    assert write_address(State()) == "?"
    assert write_address(State(view=View.BROWSE, place=("Ashmere", "", "2026-01-15"))) == (
        "?view=browse&in=Ashmere&of=&on=2026-01-15"
    )
    assert write_address(State(document="a/b?c", start=3, end=9)) == "?document=a%2Fb%3Fc&start=3&end=9"


@pytest.mark.parametrize("address", ["q=bridge&view=search", "?q=bridge&view=search"])
def test_an_address_is_read_with_and_without_its_sign(address):
    assert read_address(address) == State(View.SEARCH, "bridge")


@pytest.mark.parametrize(
    ("parameters", "state"),
    [
        ({"q": "  why \n was\tit\xa0kept? "}, State(text="why was it kept?")),
        ({"q": "a" * LONGEST_TEXT}, State(text="a" * LONGEST_TEXT)),
        ({"q": "a" * (LONGEST_TEXT + 1)}, State()),
        ({"typed": "and the roof?"}, State()),
        ({"q": "the roof", "typed": "the roof"}, State(text="the roof")),
        (
            {"from": "2019", "to": "2019-02"},
            State(filters=Filters(date_from="2019-01-01", date_to="2019-02-28")),
        ),
        ({"from": "yesterday", "to": "31/02/2019"}, State()),
        ({"council": "c" * (LONGEST_NAME + 1)}, State()),
        ({"council": "Nowhere", "kind": "song"}, State(filters=Filters(council="Nowhere", kind="song"))),
        ({"view": "admin", "sort": "fastest", "page": "1e9"}, State()),
        ({"page": "0"}, State()),
        ({"page": "12"}, State(page=12)),
        ({"page": "10000"}, State()),
        ({"of": "Cabinet", "on": "2026-01-15"}, State()),
        ({"in": "Ashmere", "on": "2026-01-15"}, State(place=("Ashmere",))),
        ({"in": "", "of": "", "on": ""}, State(place=("", "", ""))),
        ({"in": "Ashmere", "of": "Cabinet", "on": "2026-1-5"}, State(place=("Ashmere", "Cabinet"))),
        ({"in": "Ashmere", "of": "Cabinet", "on": "20260105"}, State(place=("Ashmere", "Cabinet"))),
        ({"start": "3", "end": "9"}, State()),
        ({"document": "a  b", "start": "9", "end": "3"}, State(document="a  b")),
        ({"document": "a", "start": "-3", "end": "9"}, State(document="a", start=0, end=9)),
        ({"document": "d" * LONGEST_ID}, State(document="d" * LONGEST_ID)),
        ({"document": "d" * (LONGEST_ID + 1)}, State()),
        ([("q", "first"), ("q", "second")], State(text="first")),
        ([("x", "")] * MOST_PARAMETERS + [("q", "too late")], State()),
    ],
)
def test_what_makes_no_sense_is_passed_over(parameters, state):
    assert read_address(parameters) == state


def test_the_longest_question_comes_back_in_any_script():
    state = State(text="😀" * MAX_CHARACTERS)
    assert read_address(write_address(state)) == state


def test_a_question_of_any_script_goes_into_an_address_and_comes_back():
    state = replace(State(), text="Beth am y bont? – £1.2m “now” 水 😀 %41 +&=#")
    assert read_address(write_address(state)) == state
