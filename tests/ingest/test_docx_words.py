import pytest

from ingest.docx_styles import Style, Styles
from ingest.docx_words import TABLE, is_deleted, is_set_off, paragraph_lines, rows_of, walk_body
from tests.ingest.making_docx import box, element, p, r

BOLD, UNDERLINED = "<w:b/>", '<w:u w:val="single"/>'
DELETED = '<w:del w:id="1" w:author="Clerk"><w:r><w:delText>not </w:delText></w:r></w:del>'
CELL = "<w:tc>{}</w:tc>"


def lines(*runs: str) -> list[str]:
    return paragraph_lines(element(p(*runs)))


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ((r("The scheme "), r("was approved.")), ["The scheme was approved."]),
        ((r("The scheme was "), DELETED, r("approved.")), ["The scheme was approved."]),
        (('<w:ins w:id="1">', r("Put in."), "</w:ins>"), ["Put in."]),
        (('<w:moveFrom w:id="1">', r("Moved."), "</w:moveFrom>"), []),
        (('<w:moveTo w:id="1">', r("Moved."), "</w:moveTo>"), ["Moved."]),
        (('<w:hyperlink r:id="x">', r("the report"), "</w:hyperlink>"), ["the report"]),
        (("<w:sdt><w:sdtContent>", r("chosen"), "</w:sdtContent></w:sdt>"), ["chosen"]),
        ((r("seen"), r("unseen", "<w:vanish/>")), ["seen"]),
        ((r("seen"), r(" and seen", '<w:vanish w:val="0"/>')), ["seen and seen"]),
        (("<w:r><w:t>54.</w:t><w:tab/><w:t>Chapel Lane</w:t></w:r>",), ["54. Chapel Lane"]),
        (("<w:r><w:t>cross</w:t><w:noBreakHyphen/><w:t>party</w:t></w:r>",), ["cross-party"]),
        (("<w:r><w:t>con</w:t><w:softHyphen/><w:t>sul\u00adted</w:t></w:r>",), ["consulted"]),
        (("<w:r><w:instrText>PAGE</w:instrText></w:r>", r("7")), ["7"]),
        (("<w:r><w:t/></w:r>",), []),
        ((r(" \u00a0 "),), []),
        ((), []),
    ],
)
def test_a_paragraph_has_the_words_that_its_page_shows(runs: tuple[str, ...], shown: list[str]):
    assert lines("".join(runs)) == shown


@pytest.mark.parametrize("tag", ["<w:br/>", '<w:br w:type="page"/>', "<w:cr/>"])
@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [
        ("RESOLVED", "That it be noted.", ["RESOLVED", "That it be noted."]),
        ("The scheme was", "approved.", ["The scheme was approved."]),
        ("It was late.", "the rest fell.", ["It was late.", "the rest fell."]),
        ("", "Chapel Lane", ["Chapel Lane"]),
    ],
)
def test_a_break_divides_lines_but_no_sentence(tag: str, above: str, below: str, shown: list[str]):
    assert lines(f"<w:r><w:t>{above}</w:t>{tag}<w:t>{below}</w:t></w:r>") == shown


def test_an_empty_line_divides_a_sentence_all_the_same():
    assert lines("<w:r><w:t>one</w:t><w:br/><w:br/><w:t>two</w:t></w:r>") == ["one", "two"]


def walked(*body: str) -> list[str]:
    root = element(f"<w:body>{''.join(body)}</w:body>")
    return ["table" if node.tag == TABLE else " ".join(paragraph_lines(node)) for node in walk_body(root)]


def test_paragraphs_and_tables_come_in_order():
    table = f"<w:tbl><w:tr>{CELL.format(p(r('inside')))}</w:tr></w:tbl>"
    assert walked(p(r("first")), table, p(r("last"))) == ["first", "table", "last"]


def test_paragraphs_in_a_content_control_are_found():
    assert walked("<w:sdt><w:sdtContent>", p(r("inside")), "</w:sdtContent></w:sdt>") == ["inside"]


def test_a_text_box_follows_its_paragraph_once():
    inner = box(p(r("inner")))
    assert walked(p(r("outer"), box(p(r("boxed")), p(r("twice"), inner))), p(r("last"))) == [
        "outer", "boxed", "twice", "inner", "last"
    ]  # fmt: skip


def test_a_table_in_a_text_box_is_found():
    table = f"<w:tbl><w:tr>{CELL.format(p(r('inside')))}</w:tr></w:tbl>"
    assert walked(p(box(table))) == ["", "table"]


def test_rows_have_their_cells_and_a_nested_table_stays_in_its_own():
    nested = f"<w:tbl><w:tr>{CELL.format(p(r('deep')))}{CELL.format(p())}</w:tr></w:tbl>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{CELL.format(p(r('gone')))}</w:tr>"
    wrapped = f"<w:sdt><w:sdtContent>{CELL.format(p(r('c')))}</w:sdtContent></w:sdt>"
    first = f"<w:tr>{CELL.format(p(r('a')))}{CELL.format(nested)}{wrapped}</w:tr>"
    rows = rows_of(element(f"<w:tbl>{first}{gone}<w:tr>{CELL.format(p())}</w:tr></w:tbl>"))
    assert [len(row) for row in rows] == [3, 1]


@pytest.mark.parametrize(
    ("runs", "set_off"),
    [
        ((r("Chapel", BOLD), r(" Lane", BOLD)), True),
        ((r("Chapel", BOLD), r(" Lane")), False),
        ((r("Chapel", BOLD), r("  "), r("Lane", BOLD)), True),
        ((r("Chapel Lane", '<w:b w:val="0"/>'),), False),
        ((r("Chapel Lane", UNDERLINED),), True),
        ((r("Chapel Lane", '<w:u w:val="none"/>'),), False),
        ((r("Chapel", BOLD), r(" Lane", UNDERLINED)), False),
        ((r("Chapel Lane", BOLD), DELETED), True),
        ((r("Chapel Lane", BOLD), box(p(r("boxed")))), True),
        ((r("  "),), False),
        ((), False),
    ],
)
def test_a_paragraph_is_set_off_if_all_its_words_are(runs: tuple[str, ...], *, set_off: bool):
    assert is_set_off(element(p(*runs)), Style(), Styles()) is set_off


def test_a_paragraph_whose_end_was_taken_out_is_deleted():
    assert is_deleted(element(p(properties="<w:rPr><w:del/></w:rPr>")))
    assert not is_deleted(element(p(properties="<w:rPr><w:b/></w:rPr>")))
