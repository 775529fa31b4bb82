import pytest
from lxml import etree

from ingest.docx_numbering import Numbering
from tests.ingest.making_docx import level, numbering, restart

CLERKS = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "lowerRoman", "%3)")
LEGAL = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")


def marks(xml: str, *items: tuple[int, int]) -> list[str]:
    """The marks of items given as (list, level)."""
    found = Numbering.of(etree.fromstring(xml))
    return [found.mark(str(list_id), str(at), "") for list_id, at in items]


def test_items_are_counted_level_by_level():
    xml = numbering({0: CLERKS}, {1: (0, "")})
    items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 1), (1, 0), (1, 1)]
    assert marks(xml, *items) == ["1.", "(a)", "(b)", "i)", "(c)", "2.", "(a)"]


def test_a_mark_may_hold_the_numbers_of_the_levels_above():
    levels = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3")
    xml = numbering({0: levels}, {1: (0, "")})
    assert marks(xml, (1, 0), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (1, 2)) == [
        "1", "1.1", "1.1.1", "1.1.2", "2", "2.1", "2.1.1"
    ]  # fmt: skip


def test_a_level_that_nothing_stood_above_counts_from_where_that_would_begin():
    levels = level(0, "decimal", "%1", start=54) + level(1, "decimal", "%1.%2")
    assert marks(numbering({0: levels}, {1: (0, "")}), (1, 1), (1, 1)) == ["54.1", "54.2"]


def test_two_lists_of_one_definition_go_on_counting():
    xml = numbering({0: CLERKS}, {1: (0, ""), 2: (0, "")})
    assert marks(xml, (1, 0), (1, 0), (2, 0), (1, 0)) == ["1.", "2.", "3.", "4."]


def test_two_definitions_count_each_for_itself():
    xml = numbering({0: CLERKS, 1: CLERKS}, {1: (0, ""), 2: (1, "")})
    assert marks(xml, (1, 0), (2, 0), (1, 0), (2, 0)) == ["1.", "1.", "2.", "2."]


def test_a_list_begins_anew_once_where_it_says_so():
    xml = numbering({0: CLERKS}, {1: (0, ""), 2: (0, restart(0)), 3: (0, restart(0, 54))})
    assert marks(xml, (1, 0), (1, 0), (2, 0), (2, 0), (3, 0), (3, 0), (2, 0)) == [
        "1.", "2.", "1.", "2.", "54.", "55.", "56."
    ]  # fmt: skip


def test_a_deeper_level_that_begins_elsewhere_does_so_each_time():
    xml = numbering({0: CLERKS}, {1: (0, restart(1, 3))})
    assert marks(xml, (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)) == ["1.", "(c)", "(d)", "2.", "(c)"]


def test_a_list_may_bring_levels_of_its_own():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    xml = numbering({0: CLERKS}, {1: (0, own)})
    assert marks(xml, (1, 0), (1, 1), (1, 0)) == ["A)", "(a)", "B)"]


def test_a_level_may_count_on_through_the_levels_above():
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)", restart=0)
    assert marks(numbering({0: levels}, {1: (0, "")}), (1, 0), (1, 1), (1, 0), (1, 1)) == [
        "1.",
        "a)",
        "2.",
        "b)",
    ]


def test_a_legal_level_prints_digits_for_all():
    assert marks(numbering({0: LEGAL}, {1: (0, "")}), (1, 0), (1, 0), (1, 1)) == ["I.", "II.", "2.1"]


@pytest.mark.parametrize(
    ("form", "text", "start", "mark"),
    [
        ("bullet", "\uf0b7", 1, "•"),
        ("bullet", "o", 1, "•"),
        ("decimalZero", "%1", 7, "07"),
        ("decimalZero", "%1", 12, "12"),
        ("upperLetter", "%1.", 27, "AA."),
        ("lowerRoman", "(%1)", 4, "(iv)"),
        ("none", "", 1, ""),
        ("none", "%1", 1, ""),
        ("decimal", "Minute %1:", 8, "Minute 8:"),
        ("decimal", "%9%1", 1, "1"),
        ("chineseCounting", "%1.", 3, "3."),
    ],
)
def test_a_mark_has_the_form_of_its_level(form: str, text: str, start: int, mark: str):
    assert marks(numbering({0: level(0, form, text, start=start)}, {1: (0, "")}), (1, 0)) == [mark]


def test_a_definition_may_stand_in_a_style_of_lists():
    xml = numbering(
        {0: '<w:numStyleLink w:val="Clerks"/>', 1: f'<w:styleLink w:val="Clerks"/>{CLERKS}'},
        {1: (0, ""), 2: (1, "")},
    )
    assert marks(xml, (1, 0), (2, 0)) == ["1.", "2."]


def test_without_a_level_the_style_of_the_paragraph_names_it():
    levels = level(0, "decimal", "%1.", style="One") + level(1, "decimal", "%1.%2", style="Two")
    found = Numbering.of(etree.fromstring(numbering({0: levels}, {1: (0, "")})))
    styles = ["One", "Two", "Two", "Other", ""]
    assert [found.mark("1", "", style) for style in styles] == ["1.", "1.1", "1.2", "2.", "3."]
    assert found.mark("1", "1", "One") == "3.1"


@pytest.mark.parametrize("item", [(9, 0), (0, 0), (1, 7), (1, -1)])
def test_what_is_in_no_list_has_no_mark(item: tuple[int, int]):
    assert marks(numbering({0: CLERKS}, {1: (0, "")}), item) == [""]


def test_a_document_without_lists_has_no_marks():
    assert Numbering.of(None).mark("1", "0", "") == ""


def test_damaged_numbers_are_taken_for_the_usual_ones():
    xml = numbering(
        {0: level(0, "decimal", "%1.").replace('start w:val="1"', 'start w:val="first"')}, {1: (0, "")}
    )
    assert marks(xml, (1, 0)) == ["1."]
