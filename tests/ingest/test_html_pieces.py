import pytest
from bs4 import BeautifulSoup

from corpus.blocks import BlockKind
from ingest.html_pieces import pieces_of
from ingest.outline import Piece

HEADING, LABEL, ITEM, PARAGRAPH = BlockKind.HEADING, BlockKind.LABEL, BlockKind.ITEM, BlockKind.PARAGRAPH


def pieces(html: str) -> tuple[Piece, ...]:
    body = BeautifulSoup(html, "lxml").body
    assert body is not None
    return pieces_of(body)


def lines(html: str) -> list[str]:
    return [piece.text for piece in pieces(html)]


def kinds(html: str) -> list[tuple[BlockKind, str]]:
    return [(piece.kind, piece.text) for piece in pieces(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li>one<li>two</ol>", ["1. one", "2. two"]),
        ("<ol start=7><li>one<li>two</ol>", ["7. one", "8. two"]),
        ("<ol><li>one<li value=5>five<li>six</ol>", ["1. one", "5. five", "6. six"]),
        ("<ol start=x><li value=y>one</ol>", ["1. one"]),
        ("<ol start=-1><li>one<li>two</ol>", ["-1. one", "0. two"]),
        ("<ol type=a><li>one<li>two</ol>", ["a. one", "b. two"]),
        ("<ol type=I start=4><li>one</ol>", ["IV. one"]),
        ('<ol style="margin:0; list-style-type: lower-roman"><li>one<li>two</ol>', ["i. one", "ii. two"]),
        ('<ol style="list-style: upper-latin inside"><li>one</ol>', ["A. one"]),
        ('<ol style="list-style:none"><li>one<li>two</ol>', ["one", "two"]),
        ('<ul style="list-style: none"><li>one</ul>', ["one"]),
        ('<ol><li style="list-style-type:lower-alpha">one<li>two</ol>', ["a. one", "2. two"]),
        ("<ol><li>one<ol type=a><li>sub<li>sub</ol><li>two</ol>", ["1. one", "a. sub", "b. sub", "2. two"]),
        ("<ol><li><ol type=a><li>sub<li>sub</ol><li>two</ol>", ["1. a. sub", "b. sub", "2. two"]),
        ("<ol><li><p>one</p><p>more</p><li>two</ol>", ["1. one", "more", "2. two"]),
        ("<ul><li>one<ul><li>sub</ul><li>two</ul>", ["• one", "• sub", "• two"]),
        ("<ul><li><ul><li>sub</ul></ul>", ["• sub"]),
        ("<ul><li>1. typed<li>- typed</ul>", ["1. typed", "- typed"]),
        ("<ol><li></li><li>two</ol>", ["2. two"]),
        ("<li>outside of a list", ["• outside of a list"]),
    ],
)
def test_lists_keep_the_marks_that_a_reader_of_the_page_sees(html, expected):
    assert lines(html) == expected


def test_list_items_are_items_and_the_paragraphs_in_them_too():
    assert kinds("<ol><li>That the bridge be closed</ol>") == [(ITEM, "1. That the bridge be closed")]


def test_a_number_in_a_list_stands_before_its_heading():
    assert kinds("<ol start=3><li><h3>Petitions</h3><p>None.</ol>") == [
        (HEADING, "3. Petitions"),
        (PARAGRAPH, "None."),
    ]
    assert kinds("<ul><li><h3>Petitions</h3></ul>") == [(HEADING, "Petitions")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>hard-wrapped\n  in mid&nbsp;sentence</p>", ["hard-wrapped in mid sentence"]),
        ("<p>Coun<span class=SpellE>cillor</span>s</p>", ["Councillors"]),
        ("<p>soft\u00adhyphen and zero\u200bwidth</p>", ["softhyphen and zerowidth"]),
        ("<p>one<p>two", ["one", "two"]),
        ("<p>&nbsp;</p><p> </p><p>two", ["two"]),
        ("one<div>two</div>three", ["one", "two", "three"]),
        ("<p>A line<br>Another line</p>", ["A line", "Another line"]),
        ("<p>a column that is<br>narrow</p>", ["a column that is narrow"]),
        ("<p>a sentence.<br>another</p>", ["a sentence.", "another"]),
        ("<p>one<br><br>two</p>", ["one", "two"]),
        ("<pre>1. one\n2. two</pre>", ["1. one", "2. two"]),
        ("<p>&lt;script&gt; is a tag</p>", ["<script> is a tag"]),
        ("<p>a<!-- hidden -->b<?php hidden ?></p>", ["ab"]),
        ("<p>a<o:p>b</o:p></p>", ["ab"]),
        ("<p>H<sub>2</sub>O</p>", ["H2O"]),
        ("<dl><dt>Chair<dd>the Mayor</dl>", ["Chair", "the Mayor"]),
        ("<p></p>", []),
    ],
)
def test_words_stand_as_a_reader_of_the_page_sees_them(html, expected):
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<h2>Petitions</h2>", HEADING),
        ("<h2><div>Petitions</div></h2>", HEADING),
        ("<h4><b>Petitions</b></h4>", HEADING),
        ("<p><b>Petitions</b></p>", HEADING),
        ("<p><strong>Petitions</strong> <b>received</b></p>", HEADING),
        ("<p><b>Petitions were received.</b></p>", PARAGRAPH),
        ("<p><b>Petitions</b> received</p>", PARAGRAPH),
        ("<p>PETITIONS RECEIVED</p>", HEADING),
        ("<p>RESOLVED:</p>", LABEL),
        ("<p><b>Reasons for decision</b></p>", LABEL),
        ("<p>12. Petitions received</p>", HEADING),
        ("<p>(a) that the bridge</p>", ITEM),
        ("<p>The bridge was closed.</p>", PARAGRAPH),
    ],
)
def test_markup_and_words_say_what_a_line_is(html, kind):
    assert [piece.kind for piece in pieces(html)] == [kind]


def test_within_the_minutes_of_an_item_the_item_stays_the_heading():
    html = (
        "<div class=mgWordPara><p><b>Petitions</b></p><p>PETITIONS RECEIVED</p><p>RESOLVED</p>"
        "<p>(a) that</p></div><p><b>Petitions</b></p>"
    )
    assert [piece.kind for piece in pieces(html)] == [PARAGRAPH, PARAGRAPH, LABEL, ITEM, HEADING]


def test_a_word_list_keeps_its_numbers_and_loses_their_padding():
    html = (
        "<p class=MsoListParagraphCxSpFirst><span>1.<span>&nbsp;&nbsp; </span></span>That it be noted.</p>"
        "<p class=MsoListParagraphCxSpLast><span>§<span>&nbsp;&nbsp; </span></span>That it be closed.</p>"
        "<p class=MsoNormal>§ 12 of the Act</p>"
    )
    assert kinds(html) == [
        (ITEM, "1. That it be noted."),
        (ITEM, "• That it be closed."),
        (PARAGRAPH, "§ 12 of the Act"),
    ]


ITEMS = """
<table class="mgItemTable" id="mgItemTable"><caption class="mgSectionTitle">Items</caption>
<tr><th class="mgItemNumberCell">{number}</th>
<td><p class="mgAiTitleTxt">Petitions</p>
<p class="mgSubItemTitleTxt">Additional documents:</p>
{documents}
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>None.</p></div></td></tr></table>
"""


def test_an_item_of_a_meeting_is_its_number_and_title_and_labelled_parts():
    cell = '<p class="mgAiTitleTxt"><a name="AI7" aria-disabled="true"></a>54.</p>'
    html = ITEMS.format(number=cell, documents="<ul><li>Annex 1</ul>")
    assert kinds(html) == [
        (HEADING, "54. Petitions"),
        (LABEL, "Additional documents:"),
        (ITEM, "• Annex 1"),
        (LABEL, "Minutes:"),
        (PARAGRAPH, "None."),
    ]


def test_a_label_over_nothing_is_left_out():
    assert kinds(ITEMS.format(number="", documents="")) == [
        (HEADING, "Petitions"),
        (LABEL, "Minutes:"),
        (PARAGRAPH, "None."),
    ]
    assert lines("<p>Words.</p><p>Additional documents:</p>") == ["Words."]


def test_a_number_whose_row_has_no_title_is_kept():
    html = "<table class=mgItemTable><tr><td class=mgItemNumberCell>5.<td><div>Words.</div></table>"
    assert lines(html) == ["Words.", "5."]


def test_a_data_table_is_a_line_per_row_below_its_caption():
    html = (
        "<table><caption>Recorded Vote</caption><tr><th>Type</th><th>Result</th></tr>"
        "<tr><td>Resolution</td><td>Carried</td></tr></table>"
    )
    assert kinds(html) == [
        (LABEL, "Recorded Vote"),
        (ITEM, "Type | Result"),
        (ITEM, "Resolution | Carried"),
    ]


def test_no_word_of_a_malformed_table_is_lost():
    assert lines("<table><p>stray</p><tr><td>a<td>b</tr><td>loose</table>") == ["stray", "a", "b", "loose"]
