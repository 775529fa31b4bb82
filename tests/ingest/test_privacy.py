from time import perf_counter

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from hypothesis import given
from hypothesis import strategies as st

from ingest.html_content import tidy
from ingest.html_pieces import pieces_of
from ingest.privacy import drop_personal
from tests.marks import slow

LONG = "The Committee heard the Clerk and asked her to report again. " * 5
CONTACT = "Contact: Jane Smith, 01632 960001"


def cleaned(html: str) -> Tag:
    part = BeautifulSoup(html, "lxml")
    drop_personal(part)
    return part


def kept(html: str) -> list[str]:
    """The lines that a reader of the page sees."""
    return [piece.text for piece in pieces_of(cleaned(html))]


@pytest.mark.parametrize(
    "contact",
    [
        f"<p>{CONTACT}</p>",
        "<li>Contact Officer: The Clerk</li>",
        "<div>Support officer : The Clerk</div>",
        "<p><b>Cyswllt</b>: Y Clerc</p>",
        "<p><span class=mgLabel>Contact: </span>Jane Smith&nbsp; 07700900123 <br> Email:&nbsp;"
        "<a href='mailto:jane.smith@ashmere.example'>jane.smith@ashmere.example</a></p>",
        "<h2>Contact information</h2><p>Support officer: Jane Smith.  Tel: 01632 960001</p>",
        "<ul><li><p>Tel: 01632 960001</p></li><li><p>E-mail: a@b.example</p></li></ul>",
        "<table><tr><td>Contact officer</td><td>Jane Smith</td></tr></table>",
        "<table><tr><td>Report author</td><td><p>Jane Smith</p><p>01632 960001</p></td></tr></table>",
        "<table><tr><th>Jane Smith</th><td>Planning</td><td>01632 960001</td></tr></table>",
        "<dl><dt>Telephone</dt><dd>01632 960001</dd></dl>",
        "<p><strong>Report author:<br>Jane Smith<br>Tel: 01632 960001</strong></p>",
    ],
)
def test_contact_lines_are_removed_with_their_elements(contact):
    part = cleaned(f"<div><p>It was agreed.</p>{contact}<p>The meeting closed.</p></div>")
    assert part.div is not None
    assert part.div.decode_contents() == "<p>It was agreed.</p><p>The meeting closed.</p>"


@pytest.mark.parametrize(
    "words",
    [
        "<p>The contact: a plug.</p>",
        f"<div>Contact: {LONG}</div>",
        "<div>Contact: <p>The minutes</p></div>",
        "<p>Residents may e-mail <a href='mailto:x@y.example'>planning@ashmere.example</a> by noon.</p>",
        f"<pre>{CONTACT}\nThe bridge is shut.</pre>",
        "<p>Residents should telephone<br>01632 960001 before noon.</p>",
        "<p>12 Mill Lane, Ashmere AS1 2CD</p>",
        "<table><tr><td>24/00108</td><td>12 Mill Lane</td><td>01632 960001</td></tr></table>",
        "<table><tr><td>Ashmere Scouts</td><td>£500</td><td>01632 960001</td></tr></table>",
        "<!-- Contact: Jane Smith 01632 960001 -->",
        "<p></p><p><br></p><table><tr><td></td></tr></table>",
    ],
)
def test_other_markup_stays_as_it_is(words):
    before = str(BeautifulSoup(words, "lxml"))
    assert str(cleaned(words)) == before


def test_a_line_that_a_break_ends_goes_and_the_other_lines_stay():
    assert kept(f"<p>It was agreed.<br>{CONTACT}<br><b>Next</b>: June.</p>") == [
        "It was agreed.",
        "Next: June.",
    ]


def test_the_parts_of_a_line_may_stand_in_any_markup():
    assert kept("<p>Agreed.<br><b>Con<i>tact</i></b>: <a href=x>Jane</a> <u>Smith<br></u>More.</p>") == [
        "Agreed.",
        "More.",
    ]


def test_a_cell_of_text_loses_its_contact_line_and_no_cell_moves():
    html = f"<table><tr><td><p>{CONTACT}</p></td><td><p>{LONG}</p><p>More.</p></td></tr></table>"
    part = cleaned(html)
    assert len(part.find_all("td")) == 2
    assert tidy(part.get_text(" ")) == tidy(f"{LONG} More.")


def test_a_row_goes_and_the_other_rows_stay():
    row = "<tr><td>{}</td><td>{}</td></tr>"
    html = (
        row.format("Report author", "Jane Smith") + row.format("Ward", "Ashmere") + row.format("Cost", "£5")
    )
    assert kept(f"<table><tbody>{html}</tbody></table>") == ["Ward | Ashmere", "Cost | £5"]


def test_a_picture_in_a_contact_line_keeps_its_place():
    part = cleaned(f"<p>{CONTACT} <img src=map.png></p>")
    assert part.get_text().strip() == ""
    assert part.find("img") is not None


def test_the_element_itself_stays_when_it_is_left_empty():
    part = BeautifulSoup(f"<div><p>{CONTACT}</p></div>", "lxml").div
    assert part is not None
    drop_personal(part)
    assert str(part) == "<div></div>"


def test_what_is_left_can_be_searched_and_changed():
    part = cleaned(f"<div><p>One.</p><p>{CONTACT}</p><ul><li>Tel: 01632 960001</li></ul><p>Two.</p></div>")
    first, second = part.find_all("p")
    assert first.next_sibling is second
    assert second.previous_sibling is first
    assert first.find_next("p") is second
    assert list(first.next_elements)[1] is second
    assert second.find_previous("p") is first
    second.decompose()
    assert part.get_text() == "One."


_LINES = st.sampled_from(
    ["It was agreed.", CONTACT, "Tel: 01632 960001", "x@y.example", "Contact", "Ward", ""]
)
_MARKUP = st.recursive(
    _LINES,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{'<br>'.join(parts)}</{name}>",
        st.sampled_from(["p", "div", "ul", "li", "b", "span", "table", "tr", "td", "h2"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(st.lists(_MARKUP, max_size=4).map("".join))
def test_any_markup_stays_a_sound_tree_and_loses_no_other_words(html):
    before, part = BeautifulSoup(html, "lxml"), cleaned(html)
    again = BeautifulSoup(str(part), "lxml")
    assert [type(node) for node in part.descendants] == [type(node) for node in _walk(part)]
    assert list(part.stripped_strings) == list(again.stripped_strings)
    assert part.get_text().count("agreed") == before.get_text().count("agreed")


def _walk(tag: Tag) -> list[object]:
    """All below `tag`, found by its children and not by the links between elements."""
    found: list[object] = []
    for child in tag.contents:
        assert child.parent is tag
        found.append(child)
        if isinstance(child, Tag):
            found.extend(_walk(child))
    return found


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "html",
    [
        "<p>a@b.example</p>" * 30_000,
        "<div>" * 400 + "a@b.example" + "</div>" * 400,
        *slow(
            "a@b.example<br>" * 30_000,
            "<p>Said.</p><p>a@b.example</p>" * 15_000,
            "<table>" + "<tr><td>Tel</td><td>01632 960001</td></tr>" * 10_000 + "</table>",
            "<p>" + "<b>x</b>" * 50_000 + "</p>",
            "<p>a<br>" + "b<br>" * 50_000,
        ),
    ],
    ids=lambda html: html[:20],
)
def test_no_hostile_page_takes_long(html):
    part = BeautifulSoup(html, "lxml")
    start = perf_counter()
    drop_personal(part)
    assert perf_counter() - start < 10
