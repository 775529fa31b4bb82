import pytest

from ingest.docx_styles import Style, Styles, in_outline, switched
from tests.ingest.making_docx import element, p, r


def style(id_: str, more: str = "", *, name: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name or id_}"/>{base}{more}</w:style>'


def styles(*found: str) -> Styles:
    return Styles.of(element(f"<w:styles>{''.join(found)}</w:styles>"))


def outline(level: str) -> str:
    return f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>'


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("heading 1", True),
        ("Heading 4", True),
        ("Title", True),
        ("Subtitle", True),
        ("Committee Heading", True),
        ("Normal", False),
        ("Headings and more", False),
        ("Title of honour", False),
        ("List Number", False),
    ],
)
def test_a_style_is_a_headings_by_its_name(name: str, *, heading: bool):
    assert styles(style("x", name=name)).by_id["x"].is_heading is heading


def test_a_style_is_a_headings_by_the_one_that_it_is_based_on_or_by_the_outline():
    found = styles(
        style("Base", name="heading 1"),
        style("Derived", based_on="Base"),
        style("Deeper", based_on="Derived"),
        style("Numbered", outline("9"), based_on="Base"),
        style("Outlined", outline("2")),
    ).by_id
    headings = {name for name, one in found.items() if one.is_heading}
    assert headings == {"Base", "Derived", "Deeper", "Outlined"}


@pytest.mark.parametrize(("name", "contents"), [("toc 1", True), ("TOC 3", True), ("stock 1", False)])
def test_a_line_of_a_table_of_contents_is_known(name: str, *, contents: bool):
    assert styles(style("x", name=name)).by_id["x"].is_contents is contents


def test_the_nearest_style_that_says_something_counts():
    list_ = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
    found = styles(
        style("Base", list_.format(2, 7) + "<w:rPr><w:b/></w:rPr>"),
        style("Same", based_on="Base"),
        style("Other", list_.format(0, 8) + '<w:rPr><w:b w:val="0"/></w:rPr>', based_on="Base"),
    ).by_id
    assert found["Same"] == Style("Same", list_id="7", level="2", bold=True)
    assert found["Other"] == Style("Other", list_id="8", level="0", bold=False)


def test_styles_that_are_based_on_each_other_end():
    found = styles(style("A", based_on="B"), style("B", "<w:rPr><w:b/></w:rPr>", based_on="A"))
    assert found.by_id["A"].bold is True


def test_a_paragraph_without_a_style_has_the_usual_one():
    usual = style("Normal", "<w:rPr><w:b/></w:rPr>").replace("<w:style ", '<w:style w:default="1" ')
    found = styles(usual, style("Other"))
    assert found.of_paragraph(element(p(r("words")))).id == "Normal"
    named = p(r("words"), properties='<w:pStyle w:val="Other"/>')
    assert found.of_paragraph(element(named)).id == "Other"
    unknown = p(r("words"), properties='<w:pStyle w:val="Lost"/>')
    assert found.of_paragraph(element(unknown)) == Style()


def test_without_a_styles_part_no_style_says_anything():
    assert Styles.of(None).of_paragraph(element("<w:p/>")) == Style()


@pytest.mark.parametrize(
    ("run", "paragraph", "bold"),
    [
        ("", None, False),
        ("", True, True),
        ("<w:b/>", None, True),
        ('<w:b w:val="false"/>', True, False),
        ('<w:rStyle w:val="Strong"/>', None, True),
        ('<w:rStyle w:val="Strong"/><w:b w:val="0"/>', None, False),
        ('<w:rStyle w:val="Plain"/>', True, True),
    ],
)
def test_bold_is_said_by_the_run_or_its_style_or_that_of_the_paragraph(
    run: str, paragraph: bool | None, *, bold: bool
):
    found = styles(
        style("Strong", "<w:rPr><w:b/></w:rPr>", kind="character"), style("Plain", kind="character")
    )
    assert found.is_bold(element(r("words", run)), Style(bold=paragraph)) is bold


@pytest.mark.parametrize(
    ("setting", "on"),
    [
        ("<w:b/>", True),
        ('<w:b w:val="1"/>', True),
        ('<w:b w:val="off"/>', False),
        ('<w:b w:val="0"/>', False),
        ("", None),
    ],
)
def test_a_switch_is_on_off_or_not_there(setting: str, on: bool | None):
    assert switched(element(f"<w:rPr>{setting}</w:rPr>"), "b") is on
    assert switched(None, "b") is None


@pytest.mark.parametrize(("xml", "inside"), [(outline("0"), True), (outline("9"), False), ("<w:pPr/>", None)])
def test_a_paragraph_may_have_a_place_in_the_outline(xml: str, inside: bool | None):
    assert in_outline(element(xml)) is inside
    assert in_outline(None) is None
