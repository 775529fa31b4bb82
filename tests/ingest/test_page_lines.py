from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.page_lines import Line, PrintedPage, with_numbers_joined, without_running_lines

HEIGHT = 842.0
TOP, FOOT, MIDDLE = 800.0, 30.0, 420.0


def line(text: str, bottom: float, *, left: float = 72) -> Line:
    return Line(text, left, left + 5 * len(text), bottom, 12)


def pages(*lines: Iterable[tuple[str, float]]) -> list[PrintedPage]:
    return [
        PrintedPage(number, HEIGHT, tuple(line(*one) for one in page))
        for number, page in enumerate(lines, start=1)
    ]


def kept(*lines: Iterable[tuple[str, float]]) -> list[list[str]]:
    return [[one.text for one in page.lines] for page in without_running_lines(pages(*lines))]


@pytest.mark.parametrize(
    "words",
    [
        "Ashmere Borough Council",
        "Planning Committee – 4 March 2025 – {page}",
        "{page}",
        "{later}",
        "Minutes of 4 March 2025, page {page} of 12, 1st edition",
    ],
)
@pytest.mark.parametrize("bottom", [TOP, FOOT])
def test_a_line_at_the_edge_of_the_pages_that_repeats_or_counts_them_is_left_out(words: str, bottom: float):
    printed = ([(words.format(page=n, later=n + 40), bottom), (f"Text {n}.", MIDDLE)] for n in range(1, 7))
    assert kept(*printed) == [[f"Text {n}."] for n in range(1, 7)]


def test_left_and_right_pages_may_have_heads_of_their_own():
    heads = ("Planning Committee", "Ashmere Borough Council")
    printed = ([(heads[n % 2], TOP), (f"Text {n}.", MIDDLE)] for n in range(6))
    assert kept(*printed) == [[f"Text {n}."] for n in range(6)]


def test_a_head_may_stand_a_little_higher_on_some_pages():
    printed = ([("Planning Committee", TOP + n % 4), (f"Text {n}.", MIDDLE)] for n in range(8))
    assert kept(*printed) == [[f"Text {n}."] for n in range(8)]


@pytest.mark.parametrize(
    "words", ["Page 3", "PAGE 3", "Tudalen 3", "- 3 -", "3 of 7", "Page 3 of 7", "Page | 3"]
)
def test_the_number_of_a_page_needs_no_second_page(words: str):
    assert kept([("Text.", MIDDLE), (words, FOOT)]) == [["Text."]]


def test_a_number_that_stands_alone_on_one_page_is_text():
    assert kept([("Text.", MIDDLE), ("54", FOOT)]) == [["Text.", "54"]]


def test_words_that_repeat_in_the_middle_of_pages_are_text():
    assert kept(*[[("Public Question Time", MIDDLE)]] * 4) == [["Public Question Time"]] * 4


def test_words_that_repeat_further_in_than_a_line_of_text_are_text():
    printed = [[(f"Text {9 * n}.", TOP), ("The scheme was approved.", TOP - 30)] for n in range(2, 6)]
    assert kept(*printed) == [[f"Text {9 * n}.", "The scheme was approved."] for n in range(2, 6)]


def test_a_label_is_text_wherever_it_stands():
    assert kept(*[[("RESOLVED", TOP), ("Text.", MIDDLE)]] * 4) == [["RESOLVED", "Text."]] * 4


@pytest.mark.parametrize("number", [lambda n: 7 * n, lambda n: 9 * n, lambda n: 100 - n])
def test_numbers_that_do_not_count_the_pages_make_a_line_text(number):
    printed = [[(f"Application {number(n)}", TOP), (f"Text {n}.", MIDDLE)] for n in range(2, 8)]
    assert kept(*printed) == [[f"Application {number(n)}", f"Text {n}."] for n in range(2, 8)]


def test_a_line_of_a_paragraph_that_recurs_on_half_of_the_pages_is_text():
    recurring = ("between eight and six, as had been agreed", TOP)
    printed = [
        [recurring if n % 2 else (f"Opening {9 * n}", TOP), (f"text {9 * n}.", TOP - 14)] for n in range(6)
    ]
    assert [len(page) for page in kept(*printed)] == [2] * 6


def test_a_head_as_near_as_text_that_all_pages_have_is_left_out():
    printed = [[("Ashmere Borough Council", TOP), (f"text {9 * n}.", TOP - 14)] for n in range(6)]
    assert kept(*printed) == [[f"text {9 * n}."] for n in range(6)]


def test_the_same_words_twice_on_a_single_page_are_text():
    printed = [("The motion fell.", TOP), ("The motion fell.", TOP)]
    assert kept(printed) == [["The motion fell."] * 2]


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(["a 1", "b", "7", "Page 2", "2 1 3 4 5 6"]), st.floats(-50, 900)))
    )
)
def test_lines_only_ever_go_and_never_from_the_middle(printed: list[list[tuple[str, float]]]):
    before = pages(*printed)
    for page, after in zip(before, without_running_lines(before), strict=True):
        rest = iter(page.lines)
        assert all(one in rest for one in after.lines)
        middle = [one for one in page.lines if 200 < one.bottom < 600]
        assert all(one in after.lines for one in middle)


@pytest.mark.parametrize(
    ("number", "title", "joined"),
    [
        (line("54.", 500, left=40), line("Chapel Lane", 502), ["54. Chapel Lane"]),
        (line("(a)", 500, left=40), line("that it be noted", 500), ["(a) that it be noted"]),
        (line("54.", 500, left=40), line("Chapel Lane", 480), ["54.", "Chapel Lane"]),
        (line("54.", 500, left=200), line("Chapel Lane", 500), ["54.", "Chapel Lane"]),
        (line("Item", 500, left=40), line("Chapel Lane", 500), ["Item", "Chapel Lane"]),
    ],
)
def test_a_number_joins_the_title_that_stands_right_of_it(number: Line, title: Line, joined: list[str]):
    page = with_numbers_joined(PrintedPage(1, HEIGHT, (number, title)))
    assert [one.text for one in page.lines] == joined
    assert page.lines[0].left == number.left
