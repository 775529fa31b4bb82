import pytest

from corpus.errors import UnreadableError
from ingest.sites.fragments import fragment
from ingest.sites.item_text import compose_parts
from ingest.sites.moderngov.markup import drop_cut, take_votes, write
from ingest.sites.records import Part


def written(html: str) -> str:
    tag = fragment(html)
    return "" if tag is None else write(tag)


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        (
            '<div class="WordSection1">\r\n<p class="MsoNormal" style="">One\r\ntwo.</p>\r\n</div>\r\n',
            "<p>One two.</p>",
        ),
        ('<div class="mgWordPara"><div class="Section1">\n<p>One two.</p></div></div>', "<p>One two.</p>"),
        ('<p>the <span class="SpellE">Coun</span>cillors</p>', "<p>the Councillors</p>"),
        ("<p>a</p><p>&nbsp;</p><p><span>&nbsp;<br></span></p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p><b>RESOLVED</b>: that</p>", "<p><b>RESOLVED</b>: that</p>"),
        ("<p>a<b> </b>b</p>", "<p>a b</p>"),
        ("<p>a<b></b>b</p>", "<p>ab</p>"),
        ("<p>a &amp; b &lt; c</p>", "<p>a &amp; b &lt; c</p>"),
        ('<p>see <a href="x">the page</a></p>', "<p>see the page</p>"),
        ("loose words", "loose words"),
        ("<div>one<p>two</p></div><div>three</div>", "<div>one<p>two</p></div><div>three</div>"),
        ("<p>a<script>alert(1)</script><!-- b --><style>p{}</style></p>", "<p>a</p>"),
        ('<p>a<span style="display:none">b</span></p>', "<p>a</p>"),
        ("<p>one<br/>two</p>", "<p>one<br>two</p>"),
        ('<p class="MsoListParagraphCxSpLast" style="x">1. a</p>', '<p class="MsoListParagraph">1. a</p>'),
        (
            '<ol style="margin-top:0cm;list-style-type:lower-alpha" start=3 type="a"><li class="x">a</ol>',
            '<ol type="a" start="3" style="list-style-type:lower-alpha"><li>a</li></ol>',
        ),
        (
            "<table border=1><tbody><tr><td>a</td><td></td><td onclick=x>b</td></tr>"
            "<tr><td></td></tr></tbody></table>",
            "<table><tr><td>a</td><td></td><td>b</td></tr></table>",
        ),
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        ("<o:p>a</o:p>", "a"),
        ("\n   \n", ""),
        ("<p> &nbsp; </p>", ""),
    ],
)
def test_word_and_the_site_leave_nothing_but_the_words(html: str, markup: str) -> None:
    assert written(html) == markup


def test_what_is_written_is_written_the_same_again() -> None:
    once = written("<div>a <b>b</b><ul><li>c</li></ul></div><table><tr><th>d<td>e</table>")
    assert written(once) == once


def test_a_body_that_was_escaped_twice_is_read_as_markup() -> None:
    assert written("&lt;p&gt;Parks &amp;amp; rivers&lt;/p&gt;") == "<p>Parks &amp; rivers</p>"


def test_words_about_markup_stay_words() -> None:
    assert written("<p>the tag &lt;b&gt;</p>") == "<p>the tag &lt;b&gt;</p>"


def test_contact_lines_go() -> None:
    markup = written("<p>The weir leaks.</p><p>Contact officer: The Clerk, 01632 960001</p>")
    assert markup == "<p>The weir leaks.</p>"


def test_tags_nested_absurdly_deep_are_refused() -> None:
    with pytest.raises(UnreadableError, match="deep"):
        fragment("<div>" * 2000 + "a")


@pytest.mark.parametrize("dots", ["&nbsp;...&nbsp; ", " &hellip; ", "&nbsp;<span>...</span>&nbsp;", ""])
def test_the_link_to_the_whole_text_goes_with_its_dots(dots: str) -> None:
    tag = fragment(f'<p>One... two{dots}<a href="mgAi.aspx?ID=7">gweld y testun llawn</a></p>')
    assert tag is not None
    assert drop_cut(tag, "7")
    assert write(tag) == "<p>One... two</p>"


def test_a_link_to_another_item_is_no_cut() -> None:
    tag = fragment('<p>See <a href="mgAi.aspx?ID=8">the earlier decision</a> ...</p>')
    assert tag is not None
    assert not drop_cut(tag, "7")
    assert write(tag) == "<p>See the earlier decision ...</p>"


def test_recorded_votes_are_taken_out_by_their_caption() -> None:
    tag = fragment(
        '<p>a</p><table><caption class="mgSectionTitle" >Recorded Vote</caption>'
        "<tr ><th>Title</th>\n<th>Result</th></th></tr>"
        "<tr><td>Weir</td><td><img src=x>Carried</td></tr></table>"
        "<table><caption>Costs</caption><tr><td>b</td><td>c</td></tr></table>"
        '<li><a href="mgListRecordedVotesShort.aspx?AIID=7">View</a></li>'
    )
    assert tag is not None
    (votes,) = take_votes(tag)
    assert write(votes) == "<tr><th>Title</th><th>Result</th></tr><tr><td>Weir</td><td>Carried</td></tr>"
    assert write(tag) == "<p>a</p><table><caption>Costs</caption><tr><td>b</td><td>c</td></tr></table>"


def test_numbers_and_bullets_survive_to_the_composed_text() -> None:
    html = written(
        '<p class="MsoListParagraphCxSpFirst"><span style="font-family:Symbol">'
        "<span>&middot;<span>&nbsp;&nbsp;</span></span></span>the weir</p>"
        '<p class="MsoListParagraphCxSpLast"><span>(2)<span>&nbsp;&nbsp;</span></span>the mill</p>'
        '<ol type="a"><li>the race</li></ol>'
    )
    assert compose_parts([Part("minutes", html)], title="")[0] == "• the weir\n(2) the mill\na. the race"
