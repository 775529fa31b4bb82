import codecs
import time
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.records import Kind, Status
from ingest.html import parse_html
from ingest.parsed import Parsed
from ingest.soup import MAX_DEPTH
from tests.marks import slow

#: A meeting's page as ModernGov writes it: doubled blanks, entities, mixed line ends, a wrong </th>.
MEETING = """\
<!DOCTYPE html>\r
<!-- saved from url=(0063)https://ashmere.example/ieListDocuments.aspx?CId=711&MId=10221 -->
<html lang="en"><head><title>Agenda for Roads Committee on Thursday 15 January 2026 - Ashmere Borough Council</title>
<meta name="DC.date" content="2026-01-15" />\r
<script>var hidden = "<p>never shown</p>";</script><style>.mgHide {}</style></head>
<body><header><h1>Ashmere Borough Council</h1></header><nav><ul><li>Home</li></ul></nav>
<div  id="modgov" ><!-- modern.gov reverse CMS -->
<div class="mgHeader" ><h1  class="mgMainTitleTxt" >Agenda and draft minutes</h1></div>
<div class="mgSubTitle" ><h2 class="mgSubTitleTxt"><a  href="mgCommitteeDetails.aspx?ID=711" >Roads Committee</a>\
 - Thursday&#32;15 January&#32;2026 7&#58;30 pm</h2></div>
<p>You can view the agenda below.</p>
<div class="mgLinks" ><ul  class="mgActionList" ><li><a href="x">Attendance details</a></li></ul></div>
<div class="mgContent" >
<p><span  class="mgLabel" >Venue:&nbsp;</span>Town Hall. <a href="mgLocationDetails.aspx?RID=5">View directions</a></p>
<p><span  class="mgLabel" >Contact:&nbsp;</span>The Clerk&nbsp;&nbsp;01632 960001</p>
<h2  class="mgSectionTitle" >Media</h2><p>Webcast: <a href="x">View the webcast</a></p>
<table  class="mgItemTable"  id="mgItemTable" ><caption  class="mgSectionTitle" >Items</caption>\r
<tr ><th class="mgHide">No.</th><th class="mgHide">Item</th></tr>
<tr ><td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" ><a  name="AI7"  aria-disabled="true" ></a>54.</p></td>
<td><p  class="mgAiTitleTxt" ><a class="mgAiTitleLnk" href="documents/s1/Weir.pdf">Repair of the weir\
 <span  class="mgFileSize" ><img src="pdf.png" alt=""/>PDF 198 KB</span></a></p>
<ul class="mgActionList"><li><a href="x">View the decision for item 54.</a></li></ul>
<div class="mgWordPara" ><div class="WordSection1"><p class="MsoNormal" style="">To consider a
report on the weir, which has lost stones in each of the last three winters and lets the water of the mill race \
run away before it reaches the wheel, and to decide whether it is to be repaired.</p></div></div>
<p class="mgSubItemTitleTxt">Additional documents:</p>
<ul  class="mgBulletList" ><li><a href="documents/s2/Annex.pdf">Annex 1 - Costs</a>\
 <span class="mgFileSize">PDF 9 KB</span></li></ul>
<p class="mgSubItemTitleTxt">Decision:</p><div class="mgWordPara" ><p class="MsoNormal"><b>RESOLVED</b> that</p>
<p class="MsoListParagraphCxSpFirst"><span>1.<span>&nbsp;&nbsp;&nbsp;&nbsp; </span></span>the weir be repaired; and</p>
<p class="MsoListParagraphCxSpLast"><span>2.<span>&nbsp;&nbsp;&nbsp;&nbsp; </span></span>the Clerk report back.</p></div>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara" ><p class="MsoNormal">Members asked the \
<span class="SpellE">Coun</span>cillors for Weir Ward &hellip;&nbsp; <a href="mgAi.aspx?ID=7" \
title="Link to view the full item text for item 54., Repair of the weir">view the full minutes text for item 54.</a></p>
<p class="MsoNormal">&nbsp;</p>
<p class="MsoNormal"><b>Reasons for decision</b></p><p class="MsoNormal">It leaks.</p>
<p class="MsoNormal"><b>Alternative options considered</b></p><p class="MsoNormal">To do nothing.</p></div>
<table  class="mgTableNoBorderFullWidth" ><caption  class="mgSectionTitle" >Recorded Vote</caption>
<tr ><th>Title</th><th>Type</th><th>Result</th></th></tr>
<tr ><td>Weir</td><td>Resolution</td><td><img src="x.png" alt=""/>Carried</td></tr></table>
<li><a  href="mgListRecordedVotesShort.aspx?AIID=7&MID=10221" >View Recorded Vote for this item</a></li></td></tr>
<tr ><td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" >55.</p></td><td><p  class="mgAiTitleTxt" >Petitions</p>
<p class="mgSubItemTitleTxt">Additional documents:</p>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara" ><p>None were received.</p></div></td></tr>
</table></div><div class="mgFooter">Help</div></div><footer>Copyright</footer></body></html>
"""  # noqa: E501

MEETING_TEXT = """\
Agenda and draft minutes

Roads Committee - Thursday 15 January 2026 7:30 pm

Venue: Town Hall.

54. Repair of the weir

To consider a report on the weir, which has lost stones in each of the last three winters and lets the water \
of the mill race run away before it reaches the wheel, and to decide whether it is to be repaired.

Additional documents:

• Annex 1 - Costs

Decision:

RESOLVED that

1. the weir be repaired; and
2. the Clerk report back.

Minutes:

Members asked the Councillors for Weir Ward …

Reasons for decision

It leaks.

Alternative options considered

To do nothing.

Recorded Vote

Title | Type | Result
Weir | Resolution | Carried

55. Petitions

Minutes:

None were received."""


def read(html: str) -> Parsed:
    return parse_html(html.encode())


def test_the_page_of_a_meeting_gives_its_items_and_nothing_of_the_site():
    assert read(MEETING).text == MEETING_TEXT


def test_the_page_of_a_meeting_says_what_it_is():
    parsed = read(MEETING)
    assert parsed.title == "Roads Committee - Thursday 15 January 2026 7:30 pm"
    assert parsed.url == "https://ashmere.example/ieListDocuments.aspx?CId=711&MId=10221"
    assert (parsed.council, parsed.committee) == ("Ashmere Borough Council", "Roads Committee")
    assert (parsed.meeting_date, parsed.kind, parsed.status) == ("2026-01-15", Kind.MINUTES, Status.DRAFT)
    assert parsed.notes == ("the page holds only the beginning of item 54: fetch the item's own page",)


def test_sections_carry_the_item_and_its_labels():
    parsed = read(MEETING)
    item = "54. Repair of the weir"
    assert [(section.label, parsed.text[section.start :].split("\n")[0]) for section in parsed.sections] == [
        ("", "Agenda and draft minutes"),
        (item, item),
        (f"{item} · supporting documents", "Additional documents:"),
        (f"{item} · resolved", "Decision:"),
        (f"{item} · minutes", "Minutes:"),
        (f"{item} · reasons for decision", "Reasons for decision"),
        (f"{item} · alternative options considered", "Alternative options considered"),
        (f"{item} · recorded vote", "Recorded Vote"),
        ("55. Petitions · minutes", "55. Petitions"),
    ]


ITEM = """\
<html><head><title>Agenda item - Repair of the weir - Ashmere Borough Council</title>
<link rel="canonical" href="https://ashmere.example/mgAi.aspx?ID=7"></head><body><div id="modgov">
<h1 class="mgMainTitleTxt">Agenda item</h1><h2 class="mgSubTitleTxt">Repair of the weir</h2>
<div class="mgContent"><ul class="mgActionList">
<li><a href="x">Meeting of Roads Committee, Thursday 15 January 2026 7.30 pm (Item 54.)</a></li></ul>
{parts}</div></div></body></html>
"""


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (["Decision:", "Minutes:"], Kind.MINUTES),
        (["Decision:"], Kind.DECISION),
        (["Additional documents:"], Kind.AGENDA),
        ([], Kind.AGENDA),
    ],
)
def test_the_page_of_an_item_is_what_it_holds(labels, kind):
    parts = "".join(
        f'<p class="mgSubItemTitleTxt">{label}</p><p>That it be repaired.</p>' for label in labels
    )
    parsed = read(ITEM.format(parts=parts or "<p>To consider a report.</p>"))
    assert parsed.kind is kind
    assert (parsed.title, parsed.item_number, parsed.meeting_date) == (
        "Repair of the weir",
        "54",
        "2026-01-15",
    )
    assert (parsed.url, parsed.committee) == ("https://ashmere.example/mgAi.aspx?ID=7", "Roads Committee")


def test_a_page_of_any_site_gives_its_main_part():
    parsed = read(
        "<title>Roads Committee | Ashmere Town Council</title><header>Menu</header><main><h1>Minutes</h1>"
        "<h2>Petitions</h2><ol start=3><li>None.</ol><p>Text with &lt;script&gt; as words.</main>"
        "<footer>Copyright</footer>"
    )
    assert parsed.text == "Minutes\n\nPetitions\n\n3. None.\n\nText with <script> as words."
    assert (parsed.title, parsed.council, parsed.kind) == (
        "Roads Committee",
        "Ashmere Town Council",
        Kind.MINUTES,
    )
    assert parsed.meeting_date is None


@pytest.mark.parametrize(
    "html", ["<main>Words.</main>", "<header><h1>Words.</h1></header>", "<p>Words.", "Words.<br>"]
)
@pytest.mark.parametrize(
    "head", ["", "<title>A</title>", "<title>A</title><meta name=a><script>x()</script>"]
)
def test_a_page_may_leave_out_its_head_and_body(head, html):
    assert read(f"{head}{html}").text == "Words."


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>" + "<div>" * 5000 + "words" + "</div>" * 5000,
        "<b>words" * 5000,
        "<ul><li>" * 5000,
        "<table><tr><td>" * 5000,
    ],
)
def test_tags_nested_absurdly_deep_are_unreadable_in_one_line_and_soon(html):
    started = time.perf_counter()
    with pytest.raises(UnreadableError, match=rf"^tags nested more than {MAX_DEPTH} deep: .*PDF$"):
        read(html)
    assert time.perf_counter() - started < 5


def test_tags_nested_as_deep_as_is_allowed_are_read():
    depth = MAX_DEPTH - 3  # beside html, body and p
    assert read(f"{'<div>' * depth}<p>Words.").text == "Words."
    with pytest.raises(UnreadableError):
        read(f"{'<div>' * (depth + 1)}<p>Words.")


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("Just words, and 1 < 2.", "not a single tag"),
        ("<script>document.write('words')</script>", "no text in the page"),
        (
            "<html><head><title>Roads</title></head><body><div id=app></div></body></html>",
            "no text in the page",
        ),
        ("<frameset><frame src=x></frameset>", "no text in the page"),
        ("<!-- only a comment -->", "no text in the page"),
        ("", "empty"),
        (" \n ", "empty"),
        ("<p>\x00\x01\x02\x03</p>", "binary"),
    ],
)
def test_a_page_without_tags_or_text_is_unreadable_in_one_line(html, reason):
    with pytest.raises(UnreadableError) as caught:
        read(html)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


WORDS = "<p>Café – “£5” for the council’s weir</p>"


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (WORDS.encode(), ()),
        (codecs.BOM_UTF8 + WORDS.encode(), ()),
        (f"<meta charset=windows-1252>{WORDS}".encode("cp1252"), ("not UTF-8; read as Windows-1252",)),
        (f"<meta charset='utf-8'>{WORDS}".encode("cp1252"), ("not UTF-8; read as Windows-1252",)),
        (f"<meta charset=iso-8859-1>{WORDS}".encode(), ()),
        (WORDS.encode("utf-16"), ("not UTF-8; read as UTF-16",)),
        (WORDS.encode("utf-16-be"), ("not UTF-8; read as UTF-16",)),
    ],
)
def test_pages_are_read_in_their_encoding(data, notes):
    parsed = parse_html(data)
    assert parsed.text == "Café – “£5” for the council’s weir"
    assert parsed.notes == notes


def test_a_page_names_its_encoding_itself():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15"><p>50 € für das Wehr</p>'
    parsed = parse_html(page.encode("iso-8859-15"))
    assert (parsed.text, parsed.notes) == ("50 € für das Wehr", ())


def test_a_bad_byte_spoils_one_letter():
    parsed = parse_html(WORDS.encode().replace(b"weir", b"we\xffr"))
    assert parsed.text == "Café – “£5” for the council’s we\ufffdr"
    assert parsed.notes == ("damaged UTF-8; bad bytes shown as \ufffd",)


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">',
        '\n<?xml version="1.0"?><html>',
        '<!-- saved --><?xml version="1.0"?><div>',
        '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><minutes>',
        "<?xml<p>",
        '<?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" />',
        "<!DOCTYPE minutes [<!ENTITY x 'y'>]>",
    ],
)
def test_an_xml_prolog_gives_words_and_no_warning(head):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(f"{head}<p>Words.</p>").text.removeprefix("]>").strip() == "Words."


@given(
    st.lists(
        st.one_of(
            st.text(max_size=6),
            st.sampled_from(
                "<p> </p> <b> <ol> <li> </ol> <table> <tr> <td> </table> <h1> <div> </div> <br> <!-- --> "
                "<pre> <main> <form> <head> <body> <title> <caption> <?xml &amp; &#0; <div\tid=modgov> "
                "<td\tclass=mgItemNumberCell> <p\tclass=mgAiTitleTxt> <div\tclass=mgWordPara>".split(" ")
            ),
        ),
        max_size=25,
    ).map("".join)
)
def test_any_tag_soup_is_read_or_unreadable(soup):
    try:
        parsed = read(soup)
    except UnreadableError:
        return
    assert parsed.text.strip() == parsed.text != ""
    assert parsed.sections[0].start == 0
    assert parsed.sections[-1].end == len(parsed.text)


@pytest.mark.parametrize(
    "unit",
    [
        "<p>some words here</p>",
        "<!-- c -->x",
        *slow("words<br>", "<b>x</b> ", "<tr><td>a</td><td>b</td></tr>", " ", "<?xml"),
    ],
)
def test_time_grows_with_the_length_of_a_page_and_no_faster(unit):
    page = f"<table>{unit * (200_000 // len(unit))}<tr><td>end"
    started = time.perf_counter()
    assert "end" in read(page).text
    # A tenth of this is usual; what grows with the square takes minutes.
    assert time.perf_counter() - started < 15


@pytest.mark.parametrize("words", ["view the full ", "Meeting of 1, 1, "])
def test_a_very_long_link_is_read_in_no_time(words):
    started = time.perf_counter()
    read(f"<div id=modgov><h1>Agenda item</h1><a href=x>{words * 20_000}</a></div>")
    assert time.perf_counter() - started < 5
