import pytest
from bs4 import BeautifulSoup

from ingest.html_tables import caption, data_rows, is_data
from ingest.rows import CELL_CHARACTERS


def table(html: str):
    return BeautifulSoup(html, "lxml").find("table")


DATA = (
    "<table><caption>Votes <b>cast</b></caption><thead><tr><th>Name<th>Vote</tr></thead>"
    "<tbody><tr><td>Ward One<td><p>For</p></tr><tr><td> <td>&nbsp;</tr><tr><td>Ward Two<td></tr></table>"
)


def test_a_data_table_gives_a_line_per_row():
    assert is_data(table(DATA))
    assert data_rows(table(DATA)) == ["Name | Vote", "Ward One | For", "Ward Two"]
    assert caption(table(DATA)) == "Votes cast"
    assert caption(table("<table><tr><td>a<td>b</table>")) == ""


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>one column</td></tr><tr><td>only</td></tr></table>",
        "<table role=presentation><tr><td>a</td><td>b</td></tr></table>",
        "<table><tr><td>a</td><td><h2>Heading</h2></td></tr></table>",
        "<table><tr><td>a</td><td><table><tr><td>b</table></td></tr></table>",
        f"<table><tr><td>a</td><td>{'w ' * CELL_CHARACTERS}</td></tr></table>",
        "<table><tr><td>a</td><td><p>1<p>2<p>3<p>4</td></tr></table>",
        "<table>stray words<tr><td>a</td><td>b</td></tr></table>",
        "<table><tr><td>a</td><td>b</td></tr><td>a cell without a row</td></table>",
        "<table><caption>one</caption><caption>two</caption><tr><td>a</td><td>b</td></tr></table>",
        "<table></table>",
    ],
)
def test_a_table_that_only_places_text_is_no_data(html):
    assert not is_data(table(html))


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", ["a | b", "c | d"]),
        ("<table><tr><th>a</th></th><td>b</tr></table>", ["a | b"]),
        ("<table><tr><td>a<td>b</table></table></tr>", ["a | b"]),
        ("<table><tr><td>a<td>b", ["a | b"]),
        ("<table><tr><td>a<br>b<td><ul><li>c<li>d</ul></table>", ["a b | c d"]),
        ("<table><tr><td>1<td><p>x</p><p>&nbsp;</p><p></p><p></p></table>", ["1 | x"]),
    ],
)
def test_malformed_tables_are_forgiven(html, rows):
    assert is_data(table(html))
    assert data_rows(table(html)) == rows
