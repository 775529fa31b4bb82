import pytest
from bs4 import BeautifulSoup

from ingest.html_content import flat
from ingest.sites.cmis.agenda import Row, agenda_rows
from tests.ingest.sites.cmis.pages import PAGE, document, documents, page

GUID = "3A961116-6e32-596b-be55-1e67a7058eee"
OWN = f"{PAGE}/ctl/ViewCMIS_DecisionDetails/mid/397/Id/{GUID}/Default.aspx"


def rows(content: str) -> tuple[Row, ...]:
    return agenda_rows(BeautifulSoup(page(content), "lxml"))


def read(content: str) -> list[tuple[str, str, str]]:
    return [(row.number, row.title, flat(row.summary) if row.summary else "") for row in rows(content)]


def grid(*lines: str, heads: tuple[str, ...] = (), legend: str = "Agenda Items") -> str:
    head = "".join(f'<th class="rgHeader">{words}</th>' for words in heads)
    return f"<fieldset><legend>{legend}</legend><table><tr>{head}</tr>{''.join(lines)}</table></fieldset>"


def line(*cells: str, name: str = "rgRow") -> str:
    return f'<tr class="{name}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("No.", "Title", "Summary"), ("4a.", "Roads", "To note.")),
        (("Item", "Item No", "Description"), ("Roads", "4a", "To note.")),
        (("Summary", "Agenda Item", "Number"), ("To note.", "Roads", "(4a)")),
        ((), ("4a", "Roads", "To note.")),
        ((), ("4a. Roads", "To note.")),
        (("", "Title", "Summary"), ("", "Item 4a: Roads", "To note.")),
    ],
)
def test_a_row_s_parts_are_told_by_the_heads_of_their_columns_or_by_place(heads, cells):
    assert read(grid(line(*cells), heads=heads)) == [("4a", "Roads", "To note.")]


def test_all_kinds_of_rows_count_and_rows_without_a_title_do_not():
    content = grid(
        line("1", "One"),
        line("2", "Two", name="rgAltRow"),
        line("3", "Three", name="CMIS_Grid_RowStyle"),
        line("4", "Four", name="CMIS_Grid_AlternatingRowStyle"),
        line("5", ""),
        '<tr class="rgPager"><td>6</td><td>Page</td></tr>',
        legend="Agenda:",
    )
    assert read(content) == [("1", "One", ""), ("2", "Two", ""), ("3", "Three", ""), ("4", "Four", "")]


def test_the_key_of_an_item_s_own_page_is_its_key():
    (row,) = rows(grid(line("1", f'<a href="{OWN}">Roads</a>')))
    assert (row.key, row.title) == (GUID.lower(), "Roads")


def test_without_any_heading_the_link_to_an_item_s_page_is_its_title():
    content = (
        '<div id="pnlAgendaItems"><div class="AgendaItem"><span class="ItemNumber">7.</span>'
        f'<a href="{OWN}">Roads</a><div class="ItemSummary">To note.</div></div>'
        '<div class="AgendaItem"><h4 class="ItemTitle">8. Trees</h4>'
        f"{documents(document('Report'))}</div></div>"
    )
    assert read(content) == [("7", "Roads", "To note."), ("8", "Trees", "")]


def test_a_grid_of_documents_inside_an_item_is_no_item():
    inner = f"<table>{line('1', 'Report')}</table>"
    assert read(grid(line("1", "Roads", inner), line("2", "Trees"))) == [
        ("1", "Roads", "1 Report"),
        ("2", "Trees", ""),
    ]


def test_a_title_is_no_more_than_a_title():
    linked = f'<a href="{OWN}">Roads</a> and all that is to be said of them {documents(document("Report"))}'
    beside = f"<b>Trees</b>\n{documents(document('Report'))}"
    found = read(grid(line("1", linked), line("2", beside), line("3", "Ponds, " * 200)))
    assert [title for _, title, _ in found[:1]] == ["Roads"]
    assert found[1][1] == "Trees"
    assert found[2][1].startswith("Ponds, Ponds,")
    assert len(found[2][1]) <= 200


def test_a_link_beside_the_title_is_none():
    assert read(grid(line("1", "Roads", f'<a href="{OWN}">View</a>'))) == [("1", "Roads", "View")]


def test_other_sections_and_headings_without_items_are_no_agenda():
    people = grid(line("A. Tansley"), legend="Attended - Committee Members")
    content = f"<h2>Agenda Items</h2>{people}<h3>Agenda</h3><p>None yet.</p><h3>Present</h3>{people}"
    assert rows(content) == ()
    assert read(content + grid(line("1", "Roads"))) == [("1", "Roads", "")]
    below = f"<h3>Agenda</h3><p>As agreed.</p><div><table>{line('1', 'Trees')}</table></div>"
    assert read(content + below) == [("1", "Trees", "")]


def test_a_title_that_begins_with_a_word_has_no_number():
    assert read(grid(line("", "A road"), line("", "2026 budget"))) == [
        ("", "A road", ""),
        ("", "2026 budget", ""),
    ]
