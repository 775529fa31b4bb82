from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import BlockKind
from ingest.page_lines import Line, PrintedPage
from ingest.page_paragraphs import PagedPiece, page_spans, paragraphs_of

HEADING, LABEL, ITEM, PARAGRAPH = BlockKind.HEADING, BlockKind.LABEL, BlockKind.ITEM, BlockKind.PARAGRAPH
FULL = "The committee heard that the scheme had been put before the residents and"  # reaches the right edge
LETTER = 5.0


def line(text: str, place: float, **setting: object) -> Line:
    """A line of text, so many lines below the head of the page."""
    left = float(setting.pop("left", 72))  # type: ignore[arg-type]
    fields = {"height": 12.0, **setting}
    return Line(text, left, left + LETTER * len(text), 700 - 14 * place, **fields)  # type: ignore[arg-type]


def page(*lines: Line, number: int = 1) -> PrintedPage:
    return PrintedPage(number, 842, lines)


def filling(*, number: int = 9) -> PrintedPage:
    """Text that shows how the document is set."""
    return page(*(line(f"{FULL} so", row) for row in range(12)), number=number)


def read(*lines: Line) -> list[tuple[BlockKind, str]]:
    pieces = paragraphs_of([page(*lines), filling()])
    return [(one.piece.kind, one.piece.text) for one in pieces][:-1]


def texts(*lines: Line) -> list[str]:
    return [text for _, text in read(*lines)]


def test_full_lines_make_one_paragraph():
    lines = (line(FULL, 0), line("the ward councillors in", 1), line("Lower Field.", 2))
    assert texts(*lines)[0] == f"{FULL} the ward councillors in Lower Field."


@pytest.mark.parametrize(
    ("second", "row"),
    [
        ("Another paragraph begins here, as there is more room above it than usual.", 1.5),
        ("1. That the scheme be approved.", 1),
        ("(a) the scheme and its costs", 1),
        ("• the first of the points", 1),
        ("RESOLVED", 1),
        ("Reasons for decision:", 1),
    ],
)
def test_room_a_number_a_bullet_or_a_label_begins_anew(second: str, row: float):
    assert texts(line(FULL, 0), line(second, row))[1] == second


def test_a_short_line_ends_its_paragraph():
    assert texts(line("Present: Councillor Fenwick", 0), line("Officers: the Director", 1)) == [
        "Present: Councillor Fenwick", "Officers: the Director"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The lorries at the junction of", "Chapel Lane."),
        ("The years of which he spoke were 2024-", "25."),
        ("The report of Ms Rowe-", "Fenwick."),
        ("They spoke of the", "Director."),
        ("The scheme had been", "put off until May."),
    ],
)
def test_a_sentence_goes_on_however_short_its_line(first: str, second: str):
    assert len(texts(line(first, 0), line(second, 1))) == 1


def test_a_number_that_a_full_line_refers_to_begins_no_item():
    above = "The committee had been asked by the residents of the lane to look at item"
    assert texts(line(above, 0), line("12. It did so in May and in June.", 1)) == [
        f"{above} 12. It did so in May and in June."
    ]


def test_the_last_word_of_a_sentence_is_no_label():
    assert texts(line(FULL, 0), line("agreed.", 1)) == [f"{FULL} agreed."]


def test_words_in_bold_end_where_they_end():
    assert read(line("Chapel Lane", 0, bold=True), line("the Director spoke of it.", 1)) == [
        (HEADING, "Chapel Lane"), (PARAGRAPH, "the Director spoke of it.")
    ]  # fmt: skip


def test_a_heading_of_two_lines_is_one():
    lines = [line("Traffic in Chapel Lane and in the streets that lead to it from the", 0, bold=True)]
    lines.append(line("market place", 1, bold=True))
    assert read(*lines, line("The Director spoke of it.", 3))[0] == (
        HEADING, "Traffic in Chapel Lane and in the streets that lead to it from the market place"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "setting", "kind"),
    [
        ("Chapel Lane", {"bold": True}, HEADING),
        ("Chapel Lane", {"height": 18.0}, HEADING),
        ("Chapel Lane", {}, PARAGRAPH),
        ("Ward For Against", {"bold": True, "row": True}, PARAGRAPH),
        ("The meeting was adjourned.", {"bold": True}, PARAGRAPH),
        ("54. Chapel Lane", {}, HEADING),
        ("APOLOGIES FOR ABSENCE", {}, HEADING),
        ("RESOLVED", {}, LABEL),
        ("(a) to note the report", {"bold": True}, ITEM),
        ("• Lorries", {}, ITEM),
    ],
)
def test_type_and_words_say_what_a_line_is(words: str, setting: dict[str, object], kind: BlockKind):
    assert read(line(words, 0, **setting), line("The Director spoke of it.", 3))[0] == (kind, words)


def test_an_item_keeps_its_later_paragraph_lines_and_lets_go_of_what_stands_left_of_it():
    first = line("1. That the scheme be approved, and that the ward councillors be told of it.", 0, left=90)
    second = line("They agreed to the second of the conditions that the Director had put down.", 1, left=110)
    outside = line("The chair thanked the Director.", 2, left=72)
    assert texts(first, second, outside)[:2] == [f"{first.text} {second.text}", outside.text]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        (FULL, "that it was late", True),
        (FULL, "Chapel Lane was busy", True),
        ("It was agreed by all of the members who were present on that day in May to", "wait", True),
        ("Councillor Fenwick", "Councillor Rowe", False),
        ("The scheme was approved by all of the members who were present on that day.", "it", False),
        (FULL, "2. That it be noted.", False),
        (FULL, "RESOLVED", False),
        ("RESOLVED", "that it be noted", False),
        ("54. Chapel Lane and the streets that lead to it from the market place in town", "The end", False),
    ],
)
def test_a_sentence_runs_over_to_the_next_page_if_it_had_not_ended(above: str, below: str, *, whole: bool):
    pieces = paragraphs_of([page(line(above, 40)), page(line(below, 0), number=2), filling()])
    assert (pieces[0].piece.text == f"{above} {below}") is whole
    if whole:
        assert pieces[0].pages == ((1, 0), (2, len(above) + 1))
    else:
        assert (pieces[1].piece.text, pieces[1].pages) == (below, ((2, 0),))


def test_the_offset_of_a_page_counts_what_a_broken_word_lost():
    above = "The committee heard that the scheme had been put before the resi-"
    pages = [page(line(above, 40)), page(line("dents twice.", 0), number=2), filling()]
    first = paragraphs_of(pages)[0]
    assert first.piece.text == "The committee heard that the scheme had been put before the residents twice."
    assert first.piece.text[first.pages[1][1] :] == "dents twice."


def test_a_soft_hyphen_at_the_end_of_a_line_goes():
    above = "The committee heard that the scheme had been put before the resi\u00ad"
    assert texts(line(above, 0), line("dents twice.", 1))[0].endswith("put before the residents twice.")


def test_no_pages_have_no_paragraphs():
    assert paragraphs_of([]) == paragraphs_of([page()]) == ()


letters = st.text("abc AB1.-,•/\u00ad", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
lines = st.builds(
    Line, letters, st.floats(50, 90), st.floats(100, 500), st.floats(0, 842), st.floats(6, 20), st.booleans()
)
printed = st.lists(st.lists(lines, max_size=8), max_size=5).map(
    lambda found: [PrintedPage(n, 842, tuple(page)) for n, page in enumerate(found, start=1)]
)


def visible(text: str) -> str:
    return "".join(text.replace("-", "").replace("\u00ad", "").split())


@given(printed)
def test_no_letter_is_lost_and_every_page_is_marked(pages: list[PrintedPage]):
    pieces = paragraphs_of(pages)
    assert visible("".join(one.piece.text for one in pieces)) == visible(
        "".join(line.text for page in pages for line in page.lines)
    )
    marked = [number for one in pieces for number, _ in one.pages]
    assert sorted(set(marked)) == [page.number for page in pages if page.lines]
    assert marked == sorted(marked)
    for one in pieces:
        assert_offsets_rise(one)


def assert_offsets_rise(paged: PagedPiece) -> None:
    offsets = [offset for _, offset in paged.pages]
    assert offsets[0] == 0
    assert offsets == sorted(offsets)
    assert offsets[-1] <= len(paged.piece.text)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 500))).map(
        lambda starts: list(zip(sorted(n for n, _ in starts), sorted(at for _, at in starts), strict=True))
    ),
    st.integers(500, 600),
)
def test_page_spans_follow_each_other_to_the_end_of_the_text(starts: list[tuple[int, int]], length: int):
    spans = page_spans(starts, length)
    assert [span.number for span in spans] == sorted({number for number, _ in starts})
    for span, after in pairwise(spans):
        assert span.start <= span.end == after.start
    if spans:
        assert spans[0].start == starts[0][1]
        assert spans[-1].end == length


def test_a_page_begins_with_its_first_block():
    spans = page_spans([(1, 0), (1, 10), (3, 20), (3, 30)], 40)
    assert [(span.number, span.start, span.end) for span in spans] == [(1, 0, 20), (3, 20, 40)]
