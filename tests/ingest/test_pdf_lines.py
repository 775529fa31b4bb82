from contextlib import closing

import pypdfium2
import pytest

from ingest.page_lines import PrintedPage
from ingest.pdf_lines import has_image, read_pages
from tests.ingest.making_pdf import Put, drawn, meaning, typed, with_picture


def read(data: bytes) -> tuple[PrintedPage, ...]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return read_pages(document)


def test_a_line_knows_its_words_and_where_they_stand():
    (page,) = read(drawn([Put(72, 700, "Chapel Lane", size=12)]))
    (line,) = page.lines
    assert (page.number, round(page.height)) == (1, 842)
    assert line.text == "Chapel Lane"
    assert line.left == pytest.approx(72, abs=2)
    assert line.right == pytest.approx(72 + 60, abs=8)
    assert line.bottom == pytest.approx(700, abs=4)
    assert line.height == pytest.approx(12, abs=3)
    assert not line.bold


def test_type_twice_as_large_stands_twice_as_high():
    (page,) = read(drawn([Put(72, 700, "Small", size=10), Put(72, 600, "Large", size=20)]))
    assert page.lines[1].height == pytest.approx(2 * page.lines[0].height, rel=0.05)


@pytest.mark.parametrize(
    ("font", "bold"),
    [
        ("Times-Roman", False),
        ("Times-Bold", True),
        ("Helvetica-Oblique", False),
        ("Helvetica-BoldOblique", True),
    ],
)
def test_bold_is_told_by_the_font(font: str, *, bold: bool):
    (page,) = read(drawn([Put(72, 700, "Chapel Lane", font)]))
    assert page.lines[0].bold is bold


def test_a_line_that_is_bold_in_part_is_not_bold():
    (page,) = read(drawn([Put(72, 700, "Chapel", "Times-Bold"), Put(110, 700, "Lane is busy.")]))
    assert [(line.text, line.bold) for line in page.lines] == [("Chapel Lane is busy.", False)]


@pytest.mark.parametrize(
    ("puts", "row"),
    [
        ([Put(72, 700, "Ward", "Times-Bold"), Put(200, 700, "Votes", "Times-Bold")], True),
        ([Put(72, 700, "54.", "Times-Bold"), Put(110, 700, "Chapel Lane", "Times-Bold")], False),
        ([Put(72, 700, "Chapel Lane", "Times-Bold")], False),
        ([Put(72, 700, "Ward"), Put(200, 700, "Votes")], False),
    ],
)
def test_bold_words_far_apart_are_cells_of_a_row(puts: list[Put], *, row: bool):
    (page,) = read(drawn(puts))
    assert page.lines[0].row is row


def test_the_last_hyphen_of_a_broken_word_is_known():
    (page,) = read(drawn(typed(["they asked for the consul-", "tation to be held"])))
    assert [(line.text, line.hyphenated) for line in page.lines] == [
        ("they asked for the consul-", True), ("tation to be held", False)
    ]  # fmt: skip


def test_blanks_at_the_ends_and_doubled_ones_go():
    (page,) = read(meaning("\u00a0 The  scheme\u2003was\tapproved. "))
    assert [line.text for line in page.lines] == ["The scheme was approved."]


def test_a_soft_hyphen_that_is_printed_within_a_line_is_a_hyphen():
    (page,) = read(meaning("the cross\u00adparty consul\u00ad"))
    assert [line.text for line in page.lines] == ["the cross-party consul\u00ad"]


def test_a_page_may_have_its_corner_elsewhere():
    moved = meaning("Chapel Lane").replace(b"[0 0 595 842]", b"[50 100 645 942]")
    here, there = (read(data)[0].lines[0] for data in (meaning("Chapel Lane"), moved))
    assert (there.left, there.bottom) == pytest.approx((here.left - 50, here.bottom - 100))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_lines_of_a_turned_page_stand_where_it_shows_them(rotation: int):
    (page,) = read(drawn([Put(72, 400, "Chapel Lane")], rotation=rotation))
    (line,) = page.lines
    assert line.left == pytest.approx(72, abs=3)
    assert line.bottom == pytest.approx(400, abs=5)
    assert line.right > line.left + 40
    assert line.height < 20


def test_pages_are_counted_from_one_and_blank_ones_have_no_lines():
    pages = read(drawn(typed(["First."]), [], typed(["Third."])))
    assert [(page.number, len(page.lines)) for page in pages] == [(1, 1), (2, 0), (3, 1)]


def test_a_picture_is_found_on_its_page():
    with closing(pypdfium2.PdfDocument(with_picture(caption="A map"))) as document:
        assert has_image(document, 1)
    with closing(pypdfium2.PdfDocument(drawn(typed(["Words."])))) as document:
        assert not has_image(document, 1)
