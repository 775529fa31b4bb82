from itertools import compress, pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import BlockKind
from corpus.records import Page, Section
from ingest.contact_lines import personal_lines
from ingest.outline import Piece, compose, find_sections
from ingest.parsed import Parsed
from ingest.privacy import drop_personal
from ingest.sites.privacy import without_personal
from tests.marks import slow

CONTACT = "Contact: Jane Smith, 01632 960001"


def test_markup_is_cleaned_by_the_same_rule():
    assert drop_personal.__module__ == "ingest.privacy"


def words(parsed: Parsed, span: Section | Page) -> str:
    return parsed.text[span.start : span.end]


def test_a_text_without_personal_lines_is_returned_unchanged():
    parsed = Parsed("Roads", "1. Roads\n\nIt was agreed.\n", (Section("1. Roads", 0, 25),), (Page(1, 0, 25),))
    assert without_personal(parsed) is parsed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"A.\n\n{CONTACT}\n\nB.", "A.\n\nB."),
        (f"A.\n{CONTACT}\nB.", "A.\nB."),
        (f"A.\n\n{CONTACT}\nB.", "A.\n\nB."),
        (f"A.\n{CONTACT}\n\nB.", "A.\n\nB."),
        (f"A.\n{CONTACT}\n \n\n{CONTACT}\nB.", "A.\n \n\nB."),
        (f"{CONTACT}\n\nA.", "A."),
        (f"\n{CONTACT}\n\nA.\n", "A.\n"),
        (f"A.\n\n{CONTACT}", "A."),
        (f"A.\n\n{CONTACT}\n\n", "A."),
        (f"  A.  \n\n{CONTACT}\n\n  B.  \nC.", "  A.  \n\n  B.  \nC."),
        (CONTACT, ""),
        (f"{CONTACT}\n\nTel: 01632 960001\n", ""),
    ],
)
def test_lines_go_as_a_whole_and_blank_lines_stay_in_order(text, left):
    assert without_personal(Parsed("Roads", text)).text == left


def test_sections_and_pages_hold_the_same_words_at_their_new_places():
    parts = ["1. Roads", "It was agreed.", CONTACT, "2. Bridges", "Tel: 01632 960001", "Approved.", CONTACT]
    text = "\n\n".join(parts)
    second = text.index("2.")
    approved = text.index("Approved")
    parsed = Parsed(
        "Roads",
        text,
        (Section("1. Roads", 0, second), Section("2. Bridges", second, len(text))),
        (Page(1, 0, second), Page(2, second, approved), Page(3, approved, len(text))),
    )
    left = without_personal(parsed)
    assert [(s.label, words(left, s)) for s in left.sections] == [
        ("1. Roads", "1. Roads\n\nIt was agreed.\n\n"),
        ("2. Bridges", "2. Bridges\n\nApproved."),
    ]
    assert [(p.number, words(left, p)) for p in left.pages] == [
        (1, "1. Roads\n\nIt was agreed.\n\n"),
        (2, "2. Bridges\n\n"),
        (3, "Approved."),
    ]


def test_spans_that_end_with_their_words_still_do():
    text = f"A.\n\n{CONTACT}\n\nB."
    parsed = Parsed(
        "Roads", text, (Section("a", 0, text.index("\n\nB")), Section("b", len(text) - 2, len(text)))
    )
    left = without_personal(parsed)
    assert [words(left, section) for section in left.sections] == ["A.", "B."]


def test_a_page_may_begin_within_a_line_that_goes_or_stays():
    text = f"First page, second page.\n\n{CONTACT}\n\nLast."
    middle, contact = text.index("second"), text.index("ntact")
    parsed = Parsed(
        "Roads", text, (), (Page(1, 0, middle), Page(2, middle, contact), Page(3, contact, len(text)))
    )
    left = without_personal(parsed)
    assert [words(left, page) for page in left.pages] == ["First page, ", "second page.", "Last."]


def test_sections_and_pages_without_other_words_are_left_out():
    text = f"A.\n\n{CONTACT}\n\nB."
    at, after = text.index("Contact"), text.index("B.")
    spans = ((0, at), (at, after), (after, len(text)))
    parsed = Parsed(
        "Roads",
        text,
        tuple(Section(label, *span) for label, span in zip("abc", spans, strict=True)),
        tuple(Page(number, *span) for number, span in enumerate(spans, 1)),
    )
    left = without_personal(parsed)
    assert [section.label for section in left.sections] == ["a", "c"]
    assert [page.number for page in left.pages] == [1, 3]


def test_labels_and_titles_do_not_keep_what_the_text_has_lost():
    text = f"{CONTACT}\n\nBackground papers: none."
    parsed = Parsed(CONTACT, text, (Section(f"3. Roads · {CONTACT}", 0, len(text)),))
    left = without_personal(parsed)
    assert left.title == ""
    assert left.sections == (Section("3. Roads", 0, len("Background papers: none.")),)
    assert without_personal(Parsed(CONTACT, "It was agreed.")) == Parsed("", "It was agreed.")


_LINE = st.one_of(
    st.sampled_from(["It was agreed.", "3. Roads", "Minutes", "RESOLVED: That it be built.", "• One more"]),
    st.sampled_from([CONTACT, "Tel: 01632 960001", "E-mail: jane@ashmere.example", "Contact officer"]),
    st.sampled_from(["", " ", "\t"]),
    st.text(alphabet="ab \n:@.0", max_size=12),
)


@given(st.lists(_LINE, max_size=14).map("\n".join), st.data())
def test_nothing_but_lines_that_go_is_lost_and_spans_stay_in_order(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = list(pairwise(cuts))
    parsed = Parsed(
        "Roads",
        text,
        tuple(Section(str(number), *span) for number, span in enumerate(spans)),
        tuple(Page(number, *span) for number, span in enumerate(spans)),
    )
    left = without_personal(parsed)
    stays = _characters_that_stay(text)
    if all(stays):
        assert left is parsed
        return
    assert _visible(left.text) == _visible(text, stays)
    assert [line for line in left.text.split("\n") if line.strip()] == [
        line for line in "".join(compress(text, stays)).split("\n") if line.strip()
    ]
    assert left.text.count("\n\n") <= text.count("\n\n")
    assert [(section.start, section.end) for section in left.sections] == [
        (page.start, page.end) for page in left.pages
    ]
    assert all(page.end <= after.start for page, after in pairwise(left.pages))
    told = {page.number: _visible(words(left, page)) for page in left.pages}
    wanted = {
        number: _visible(text[start:end], stays[start:end]) for number, (start, end) in enumerate(spans)
    }
    assert told == {number: visible for number, visible in wanted.items() if visible}


def _characters_that_stay(text: str) -> list[bool]:
    """For each character whether its line stays; line breaks do."""
    lines = text.split("\n")
    gone = personal_lines(lines)
    stays: list[bool] = []
    for index, line in enumerate(lines):
        stays += [index not in gone] * len(line) + [True]
    return stays[:-1]


def _visible(text: str, stays: list[bool] | None = None) -> str:
    return "".join("".join(compress(text, stays or [True] * len(text))).split())


def test_composed_papers_keep_sections_that_cover_the_text():
    pieces = [
        Piece(BlockKind.HEADING, "1. Roads"),
        Piece(BlockKind.PARAGRAPH, "The Committee heard the Clerk and asked her to report again. " * 5),
        Piece(BlockKind.ITEM, "Report author | Jane Smith"),
        Piece(BlockKind.ITEM, "Cost | £500"),
        Piece(BlockKind.HEADING, "2. Bridges"),
        Piece(BlockKind.PARAGRAPH, "The bridge was closed. " * 20),
        Piece(BlockKind.PARAGRAPH, CONTACT),
    ]
    text, _ = compose(pieces)
    left = without_personal(Parsed("Roads", text, find_sections(text)))
    assert left.sections == find_sections(left.text)
    assert "Cost | £500" in left.text
    assert "Jane" not in left.text


@pytest.mark.timeout(60)
@pytest.mark.parametrize("line", [CONTACT, *slow("It was agreed.", "", "Contact officer")])
def test_long_papers_take_time_in_proportion(line):
    text = f"{line}\n{CONTACT}\n\n" * 20_000
    pages = tuple(Page(number, number * 10, number * 10 + 10) for number in range(len(text) // 10))
    start = perf_counter()
    without_personal(Parsed("Roads", text, (), pages))
    assert perf_counter() - start < 15
