from collections.abc import Callable
from time import perf_counter

import pytest
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE

from corpus.errors import UnreadableError
from corpus.records import Document
from ingest.docx import parse_docx
from ingest.parsed import Parsed
from tests.ingest.making_docx import (
    box,
    element,
    level,
    listed,
    numbering,
    of_xml,
    p,
    r,
    repacked,
    restart,
    with_numbering,
    written,
)

LORRIES = (
    "The Committee heard from the ward councillor, who said that lorries used Chapel Lane at night, and from "
    "the agent, who replied that deliveries would be limited to the hours between eight and six. "
) * 2
CLERKS = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "lowerRoman", "(%3)")


def bold(document: Word, text: str) -> None:
    document.add_paragraph().add_run(text).bold = True


def minutes(document: Word) -> None:
    document.add_heading("Ashmere Borough Council", 0)
    document.add_paragraph("Minutes of the meeting held on 4 March 2025")
    document.add_heading("54. Chapel Lane", 1)
    document.add_paragraph(LORRIES)
    bold(document, "RESOLVED")
    document.add_paragraph("That the scheme be approved.", style="List Number")
    document.add_paragraph("That the ward councillors be told.", style="List Number")
    document.add_heading("55. Lower Field", 1)
    document.add_paragraph(LORRIES)
    document.add_paragraph("The first of the points raised.", style="List Bullet")
    document.add_paragraph("The second of the points raised.", style="List Bullet")


def paragraphs(parsed: Parsed) -> list[str]:
    return parsed.text.replace("\n\n", "\n").split("\n")


def read(write: Callable[[Word], object]) -> list[str]:
    return paragraphs(parse_docx(written(write)))


def read_xml(*body: str) -> list[str]:
    return paragraphs(parse_docx(of_xml(*body)))


def labels(data: bytes) -> list[str]:
    parsed = parse_docx(data)
    # The record checks that sections are in order and lie within the text.
    Document("m", "s", parsed.title, parsed.text, "file:///m.docx", sections=parsed.sections)
    assert parsed.sections[0].start == 0
    assert parsed.sections[-1].end == len(parsed.text)
    return [section.label for section in parsed.sections]


def under(*following: Callable[[Word], object]) -> bytes:
    """Minutes of one item, and below them what is to begin a section, or not."""

    def write(document: Word) -> None:
        document.add_heading("54. Chapel Lane", 1)
        document.add_paragraph(LORRIES)
        for one in following:
            one(document)
        document.add_paragraph(LORRIES)

    return written(lambda document: (document.add_paragraph("Minutes"), write(document)))


def test_headings_paragraphs_items_and_bullets_come_in_order():
    assert read(minutes) == [
        "Ashmere Borough Council",
        "Minutes of the meeting held on 4 March 2025",
        "54. Chapel Lane",
        LORRIES.strip(),
        "RESOLVED",
        "1. That the scheme be approved.",
        "2. That the ward councillors be told.",
        "55. Lower Field",
        LORRIES.strip(),
        "• The first of the points raised.",
        "• The second of the points raised.",
    ]


def test_sections_follow_the_headings_and_the_resolution():
    data = written(minutes)
    assert labels(data) == [
        "Ashmere Borough Council",
        "54. Chapel Lane",
        "54. Chapel Lane · resolved",
        "55. Lower Field",
    ]
    resolved = parse_docx(data).sections[2]
    words = parse_docx(data).text[resolved.start : resolved.end]
    assert words.startswith("RESOLVED\n\n1. That the scheme be approved.\n2. That")


@pytest.mark.parametrize("words", ["Traffic", "Reasons for the objections", "Traffic:"])
@pytest.mark.parametrize("how", ["Heading 3", "Title", "bold", "underlined", "own style", "outline"])
def test_words_set_like_a_heading_begin_a_section(words: str, how: str):
    def write(document: Word) -> None:
        paragraph = document.add_paragraph(style=how if how in {"Heading 3", "Title"} else None)
        run = paragraph.add_run(words)
        run.bold, run.underline = how == "bold" or None, how == "underlined"
        if how == "own style":
            style = document.styles.add_style("Clerk", WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Heading 2"]
            paragraph.style = style
        if how == "outline":
            paragraph._p.get_or_add_pPr().append(element('<w:outlineLvl w:val="1"/>'))

    assert labels(under(write))[-1] == words.rstrip(":")


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("The Committee adjourned for lunch.", "bold"),
        ("The Committee is asked to agree that:", "bold"),
        ("Traffic in Chapel Lane", "Normal"),
        ("The committee noted what the Director had said of the lane and its drains.", "Heading 2"),
        ("Traffic in the lane and the streets that lead to it " * 3, "Heading 2"),
    ],
)
def test_other_words_begin_none(words: str, style: str):
    def write(document: Word) -> None:
        if style == "bold":
            bold(document, words)
        else:
            document.add_paragraph(words, style=style)

    assert labels(under(write))[-1] == "54. Chapel Lane"


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("RESOLVED", "resolved"),
        ("RESOLVED:", "resolved"),
        ("Reasons for decision", "reasons for decision"),
        ("Alternative options considered and rejected", "alternative options considered"),
        ("Recorded vote", "recorded vote"),
    ],
)
@pytest.mark.parametrize("style", ["Normal", "Heading 3"])
def test_a_label_is_known_by_its_words_in_any_style(words: str, role: str, style: str):
    assert labels(under(lambda document: document.add_paragraph(words, style=style)))[-1] == (
        f"54. Chapel Lane · {role}"
    )


def lists(
    write: Callable[[Word], object], definitions: dict[int, str], nums: dict[int, tuple[int, str]]
) -> list[str]:
    def both(document: Word) -> None:
        with_numbering(document, numbering(definitions, nums))
        write(document)

    return read(both)


def test_items_have_the_numbers_that_word_prints():
    def write(document: Word) -> None:
        for list_id, ilvl, text in [
            (1, 0, "That the scheme be approved;"),
            (1, 1, "by day;"),
            (1, 1, "by night;"),
            (1, 2, "on Sundays;"),
            (1, 0, "That it be reviewed."),
            (2, 0, "That the minutes be signed."),
            (2, None, "That the meeting end."),
            (0, 0, "The chair thanked all."),
            (9, 0, "They left."),
        ]:
            listed(document, list_id, ilvl, text)

    assert lists(write, {0: CLERKS}, {1: (0, ""), 2: (0, restart(0))}) == [
        "1. That the scheme be approved;",
        "(a) by day;",
        "(b) by night;",
        "(i) on Sundays;",
        "2. That it be reviewed.",
        "1. That the minutes be signed.",
        "2. That the meeting end.",
        "The chair thanked all.",
        "They left.",
    ]


def test_a_style_may_number_its_paragraphs_and_a_paragraph_may_decline():
    def write(document: Word) -> None:
        for name in ("Item", "Point"):
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.element.get_or_add_pPr().append(element('<w:numPr><w:numId w:val="1"/></w:numPr>'))
        document.add_paragraph("That it be noted.", style="Item")
        document.add_paragraph("That it be paid.", style="Point")
        listed(document, 0, 0, "It was late.").style = "Item"
        document.add_paragraph("That it be ended.", style="Item")

    levels = level(0, "decimal", "%1.", style="Item") + level(1, "decimal", "%1.%2", style="Point")
    assert lists(write, {0: levels}, {1: (0, "")}) == [
        "1. That it be noted.", "1.1 That it be paid.", "It was late.", "2. That it be ended."
    ]  # fmt: skip


def test_an_empty_item_counts_unless_it_was_taken_out():
    def write(document: Word) -> None:
        listed(document, 1, 0, "That it be noted.")
        listed(document, 1, 0, "")
        deleted = listed(document, 1, 0, "")
        deleted._p.get_or_add_pPr().append(element("<w:rPr><w:del/></w:rPr>"))
        listed(document, 1, 0, "That it be paid.")

    assert lists(write, {0: CLERKS}, {1: (0, "")}) == ["1. That it be noted.", "3. That it be paid."]


def test_a_numbered_title_in_bold_is_a_heading_with_its_number():
    def write(document: Word) -> None:
        with_numbering(document, numbering({0: level(0, "decimal", "%1.", start=55)}, {1: (0, "")}))
        listed(document, 1, 0, "").add_run("Lower Field").bold = True

    assert labels(under(write))[-1] == "55. Lower Field"


def test_a_numbered_heading_of_words_that_are_a_label_is_a_heading():
    def write(document: Word) -> None:
        with_numbering(document, numbering({0: level(0, "decimal", "%1.", start=55)}, {1: (0, "")}))
        listed(document, 1, 0, "Minutes").style = "Heading 2"

    assert labels(under(write))[-1] == "55. Minutes"


def test_a_heading_style_with_a_bullet_prints_none():
    def write(document: Word) -> None:
        with_numbering(document, numbering({0: level(0, "bullet", "o")}, {1: (0, "")}))
        listed(document, 1, 0, "Traffic").style = "Heading 2"

    assert labels(under(write))[-1] == "Traffic"


def test_a_bullet_in_bold_stays_an_item():
    def write(document: Word) -> None:
        document.add_paragraph(style="List Bullet").add_run("Traffic in the lane").bold = True

    assert labels(under(write))[-1] == "54. Chapel Lane"


def test_only_the_first_line_of_an_item_has_its_mark():
    def write(document: Word) -> None:
        listed(document, 1, 0, "That it be noted.\nThe chair agreed.")

    assert lists(write, {0: CLERKS}, {1: (0, "")}) == ["1. That it be noted.", "The chair agreed."]


def table(document: Word, *rows: tuple[str, ...]) -> None:
    made = document.add_table(len(rows), len(rows[0]))
    for row, words in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text


def test_short_cells_make_a_line_of_each_row():
    rows = [("Councillor", "Vote"), ("Fenwick", "For"), ("Rowe", "")]
    assert read(lambda document: table(document, *rows)) == ["Councillor | Vote", "Fenwick | For", "Rowe"]


def test_items_in_short_cells_keep_their_marks():
    def write(document: Word) -> None:
        table(document, ("", "For"))
        paragraph = document.tables[0].cell(0, 0).paragraphs[0]
        paragraph.text, paragraph.style = "Lower Field", "List Number"

    assert read(write) == ["1. Lower Field | For"]


def test_cells_with_text_are_read_one_by_one():
    rows = [("54.", "Chapel Lane"), ("", LORRIES), ("RESOLVED", "That the scheme be approved.")]
    data = written(lambda document: (document.add_paragraph("Minutes"), table(document, *rows)))
    assert paragraphs(parse_docx(data)) == [
        "Minutes", "54. Chapel Lane", LORRIES.strip(), "RESOLVED", "That the scheme be approved."
    ]  # fmt: skip
    assert labels(data) == ["54. Chapel Lane", "54. Chapel Lane · resolved"]


def test_a_form_with_labels_on_the_left_gives_sections():
    rows = [("Decision", LORRIES[:250]), ("Reasons for decision", LORRIES[:250])]
    roles = [section.role for section in parse_docx(under(lambda document: table(document, *rows))).sections]
    assert roles[-2:] == ["decision", "reasons for decision"]


@pytest.mark.parametrize("inside", ["heading", "table", "paragraphs"])
def test_a_cell_with_more_than_words_only_places_them(inside: str):
    def write(document: Word) -> None:
        table(document, ("left", "right"))
        cell = document.tables[0].cell(0, 0)
        if inside == "heading":
            cell.paragraphs[0].style = "Heading 2"
        elif inside == "table":
            cell.add_table(1, 1).cell(0, 0).text = "deep"
        else:
            for n in range(4):
                cell.add_paragraph(f"Line {n}.")

    assert "left | right" not in " ".join(read(write))
    assert read(write)[-1] == "right"


def test_a_box_round_text_is_no_table():
    assert read(lambda document: table(document, ("Purpose of the report",), ("To note it.",))) == [
        "Purpose of the report", "To note it."
    ]  # fmt: skip


def test_a_heading_in_bold_in_a_box_begins_a_section():
    def write(document: Word) -> None:
        table(document, ("",))
        document.tables[0].cell(0, 0).paragraphs[0].add_run("Purpose of the report").bold = True

    assert labels(under(write))[-1] == "Purpose of the report"


def test_tracked_changes_are_read_as_if_all_were_accepted():
    words = read_xml(
        p(
            r("The scheme was "),
            '<w:del w:id="1"><w:r><w:delText>refused</w:delText></w:r></w:del>',
            '<w:ins w:id="2">', r("approved"), "</w:ins>",
            r("."),
        ),
        p('<w:del w:id="3"><w:r><w:delText>It was late.</w:delText></w:r></w:del>'),
    )  # fmt: skip
    assert words == ["The scheme was approved."]


def test_text_boxes_are_read_once():
    assert read_xml(p(r("Before."), box(p(r("In the box.")))), p(r("After."))) == [
        "Before.", "In the box.", "After."
    ]  # fmt: skip


def test_headers_footers_and_the_table_of_contents_are_left_out():
    def write(document: Word) -> None:
        document.sections[0].header.paragraphs[0].text = "Ashmere Borough Council"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("54. Chapel Lane\t3", style=style)
        document.add_paragraph("The chair opened the meeting.")

    assert read(write) == ["The chair opened the meeting."]


def test_footnotes_stand_at_the_end():
    data = written(lambda document: document.add_paragraph("The scheme was approved."))
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:type="separator" w:id="0">{p(r("line"))}</w:footnote>'
        f'<w:footnote w:id="1">{p(r("See the report of May."))}</w:footnote></w:footnotes>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="n" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    changed = repacked(
        data, {"word/footnotes.xml": notes.encode(), "word/_rels/document.xml.rels": relations.encode()}
    )
    assert paragraphs(parse_docx(changed)) == ["The scheme was approved.", "See the report of May."]


@pytest.mark.parametrize(
    ("named", "title"),
    [
        ("Chapel Lane minutes 4 March 2025", "Chapel Lane minutes 4 March 2025"),
        (
            "Highways Board 7 May 2019",
            "Ashmere Borough Council – Minutes of the meeting held on 4 March 2025",
        ),
        ("", "Ashmere Borough Council – Minutes of the meeting held on 4 March 2025"),
    ],
)
def test_the_title_of_the_file_counts_only_if_its_words_bear_it_out(named: str, title: str):
    def write(document: Word) -> None:
        minutes(document)
        document.core_properties.title = named

    assert parse_docx(written(write)).title == title


@pytest.mark.parametrize(
    "body", [[], [p()], [p(r("  "))], ["<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"]]
)
def test_a_file_without_words_is_empty(body: list[str]):
    with pytest.raises(UnreadableError, match=r"^empty: the Word file holds no text.*OCR"):
        parse_docx(of_xml(*body))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_word_file_is_refused(data: bytes):
    with pytest.raises(UnreadableError):
        parse_docx(data)


def test_a_long_record_takes_seconds():
    def write(document: Word) -> None:
        for n in range(1500):
            document.element.body.append(element(p(r(f"Paragraph {n}. {LORRIES}"))))
        table(document, *[("Councillor", "Vote", "Ward")] * 60)

    data = written(write)
    started = perf_counter()
    assert len(paragraphs(parse_docx(data))) == 1560
    assert perf_counter() - started < 10
