import pytest

from corpus.errors import AbsentError, UnreadableError
from ingest.sites.moderngov.meeting import read_meeting
from ingest.sites.records import Item, ListedMeeting, PaperKind, Part, Proceedings
from tests.ingest.sites.moderngov.making import BASE, LISTED, ROADS, block, meeting_page, page, row

WEIR = block("<p class='MsoNormal'>To consider a\r\nreport.</p>")
MINUTES = block("<p>The <span class='SpellE'>weir</span> leaks.</p>", "Minutes:")
DECISION = block("<p><b>RESOLVED</b> to mend it</p>", "Decision:")
VOTES = (
    '<table  class="mgTableNoBorderFullWidth" ><caption  class="mgSectionTitle" >Recorded Vote</caption>'
    "<tr ><th>Title</th><th>Result</th></th></tr>"
    "<tr ><td>Weir</td><td><img src='x'/>Carried</td></tr></table>"
    '<li><a  href="mgListRecordedVotesShort.aspx?AIID=1&MID=2" >View Recorded Vote</a></li>'
)
SIZE = '<span  class="mgFileSize" ><img src="pdf.png" alt=""/>PDF 198 KB</span>'


def met(*rows: str, **shown: str) -> Proceedings:
    return read_meeting(meeting_page(*rows, **shown), BASE, LISTED)


def only(markup: str) -> Item:
    (item,) = met(markup).items
    return item


def test_a_row_becomes_an_item_with_its_parts_in_order() -> None:
    item = only(row("51902", "59.", "Repair of the weir &#38; race", WEIR + MINUTES + DECISION + VOTES))
    assert (item.key, item.number, item.title) == ("51902", "59", "Repair of the weir & race")
    assert item.url == f"{BASE}mgAi.aspx?ID=51902"
    assert item.parts == (
        Part("", "<p>To consider a report.</p>"),
        Part("decision", "<p><b>RESOLVED</b> to mend it</p>"),
        Part("minutes", "<p>The weir leaks.</p>"),
        Part(
            "recorded vote",
            "<table><tr><th>Title</th><th>Result</th></tr><tr><td>Weir</td><td>Carried</td></tr></table>",
        ),
    )


def test_titles_and_lists_name_the_papers() -> None:
    title = f'<a class="mgAiTitleLnk" href="documents/s1/Weir report.pdf">Repair of the weir {SIZE}</a>'
    files = (
        '<p class="mgSubItemTitleTxt">Additional documents:</p><ul  class="mgBulletList" >'
        f'<li><a href="documents/s2/a.pdf">Annex 1<span class="mgHide">, item 59.</span></a> {SIZE}</li>'
        '<li><a href="https://elsewhere.example/plan.pdf">A plan elsewhere</a></li>'
        '<li class="mgRestricted"><a href="documents/s3/b.pdf">Annex 2</a></li>'
        '<li><a href="documents/s4/c.pdf">Annex 3 (exempt)</a></li>'
        '<li>Annex 4 <a href="mgRestricted.aspx?ID=5">View the reasons why it is restricted</a></li>'
        '<li><a href="documents/s1/Weir report.pdf">Repair of the weir</a></li></ul>'
    )
    meeting = met(row("7", "59.", title, files + MINUTES))
    item = meeting.items[0]
    assert item.title == "Repair of the weir"
    assert [(p.key, p.title, p.kind, p.item, p.version) for p in item.papers] == [
        ("1", "Repair of the weir", PaperKind.REPORT, "7", "PDF 198 KB"),
        ("2", "Annex 1", PaperKind.APPENDIX, "7", "PDF 198 KB"),
    ]
    assert item.papers[0].address == f"{BASE}documents/s1/Weir%20report.pdf"
    assert item.papers[0].url == f"{BASE}mgConvert2PDF.aspx?ID=1"
    assert meeting.withheld_papers == ("3", "4", "5")
    assert [part.label for part in item.parts] == ["minutes"]


def test_links_in_the_text_are_no_papers() -> None:
    item = only(row("7", "59.", "Weir", block('<p>See <a href="documents/s9/x.pdf">the plan</a>.</p>')))
    assert item.papers == ()
    assert item.parts == (Part("", "<p>See the plan.</p>"),)


def test_a_label_over_nothing_is_nothing() -> None:
    assert (
        only(row("7", "", "Petitions", '<p class="mgSubItemTitleTxt">Additional documents:</p>')).parts == ()
    )


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Cofnodion:", "minutes"), ("Penderfyniad:", "decision"), ("Wards Affected:", "wards affected")],
)
def test_labels_of_any_language_and_unknown_ones(label: str, expected: str) -> None:
    assert only(row("7", "", "Weir", block("<p>a</p>", label))).parts == (Part(expected, "<p>a</p>"),)


@pytest.mark.parametrize(("printed", "number"), [("54.", "54"), ("4a", "4a"), ("(i)", "(i)"), ("", "")])
def test_numbers_are_as_printed(printed: str, number: str) -> None:
    assert only(row("7", printed, "Weir")).number == number


def test_a_cut_item_shows_its_beginning_and_says_so() -> None:
    more = (
        '<p>It rained &nbsp;...&nbsp; <a href="mgAi.aspx?ID=7" title="Link to view the full item text for '
        "item "
        '59., Weir">view the full minutes text for item 59.</a></p>'
    )
    item = only(row("7", "59.", "Weir", block(more, "Minutes:")))
    assert item.cut
    assert item.parts == (Part("minutes", "<p>It rained</p>"),)
    assert not only(row("7", "59.", "Weir", MINUTES)).cut


def test_the_matter_of_an_item_is_read_from_the_sites_links_alone() -> None:
    links = (
        '<ul class="mgActionList"><li><a href="ieDecisionDetails.aspx?AIId=7">View the decision</a></li>'
        '<li><a href="mgIssueHistoryHome.aspx?iid=72&Opt=0">View the background to item 31.</a></li></ul>'
    )
    assert only(row("7", "31.", "Weir", links)).issue == "72"
    text = block('<p><a href="mgIssueHistoryHome.aspx?IId=9">an older matter</a></p>')
    assert only(row("7", "31.", "Weir", text)).issue == ""


@pytest.mark.parametrize(
    "markup",
    [
        row("7", "9.", "Sale of the quay (Exempt)", MINUTES),
        row(
            "7",
            "9.",
            "The quay",
            block("<p><b>NOT FOR PUBLICATION</b> by virtue of paragraph 3</p>") + MINUTES,
        ),
        row("7", "9.", "The quay", MINUTES, css=' class="mgRestrictedItem"'),
    ],
)
def test_of_a_marked_item_nothing_is_kept_but_key_and_number(markup: str) -> None:
    assert only(markup) == Item("7", "9", "", f"{BASE}mgAi.aspx?ID=7", withheld=True)


def test_a_sign_beside_a_title_closes_the_item_where_nothing_else_is_shown() -> None:
    title = 'The quay <img  src="mgimages/restricted.gif" alt="Restricted" />'
    files = (
        '<ul  class="mgActionList" ><li><a href="mgRestricted.aspx?AIID=7">View the reasons</a></li></ul>'
        '<p class="mgSubItemTitleTxt">Additional documents:</p><ul  class="mgBulletList" >'
        '<li>The quay <a href="mgRestricted.aspx?ID=5">View the reasons why it is restricted</a></li></ul>'
    )
    meeting = met(row("7", "9.", title, files))
    assert meeting.items == (Item("7", "9", "", f"{BASE}mgAi.aspx?ID=7", withheld=True),)
    assert meeting.withheld_papers == ("5",)
    assert not only(row("7", "9.", title, MINUTES)).withheld


def test_the_exclusion_of_the_public_is_public() -> None:
    item = only(row("7", "9.", "Exclusion of press and public (exempt information)", MINUTES))
    assert item.parts
    assert not item.withheld


def test_tables_in_the_minutes_are_no_rows_of_the_agenda() -> None:
    table = "<table><tr><td>Mill</td><td>£3</td></tr><tr><td>Race</td><td>£4</td></tr></table>"
    items = met(row("7", "1.", "Weir", block(table, "Minutes:")), row("8", "2.", "Mill")).items
    assert [item.key for item in items] == ["7", "8"]
    assert items[0].parts == (Part("minutes", table),)


def test_rows_that_are_never_closed_are_read_all_the_same() -> None:
    broken = "".join(
        row(str(i), f"{i}.", "Weir", MINUTES).replace("</td>", "").replace("</tr>", "") for i in (7, 8)
    )
    items = met(broken).items
    assert [(item.key, item.number, [p.label for p in item.parts]) for item in items] == [
        ("7", "7", ["minutes"]),
        ("8", "8", ["minutes"]),
    ]


def test_a_row_without_a_key_is_a_heading_or_a_broken_page() -> None:
    heading = row("", "", "Part A").replace('name="AI"', "")
    assert [item.key for item in met(heading, row("7", "1.", "Weir")).items] == ["7"]
    with pytest.raises(UnreadableError, match="meeting 10221"):
        met(row("", "59.", "Weir", MINUTES).replace('name="AI"', ""))


@pytest.mark.parametrize(
    ("heading", "draft", "published"),
    [
        ("Agenda", False, False),
        ("Agenda and draft minutes", True, True),
        ("Agenda, decisions and minutes", False, True),
        ("Agenda a chofnodion drafft", True, True),
        ("Agenda a chofnodion", False, True),
        ("Meeting", False, False),
    ],
)
def test_the_heading_says_what_is_published(heading: str, draft: bool, published: bool) -> None:
    meeting = met(row("7", "1.", "Weir"), heading=heading)
    assert (meeting.draft, meeting.minutes_published) == (draft, published)


PRINTED = (
    '<li><a  href="documents/g10230/Agenda frontsheet 18 Nov.pdf?T=0" >Agenda frontsheet</a></li>'
    f'<li><a  href="documents/g10230/Printed minutes 18 Nov.pdf?T=1" >Printed minutes {SIZE}</a></li>'
    '<li><a  href="mgChooseDocPack.aspx?ID=10230" >Agenda reports pack</a></li>'
)


def test_printed_minutes_have_the_number_of_the_agenda() -> None:
    frontsheet, minutes = met(row("7", "1.", "Weir", MINUTES), links=PRINTED).papers
    assert frontsheet.kind is PaperKind.FRONTSHEET
    assert (minutes.key, minutes.title, minutes.kind) == ("10230", "Printed minutes", PaperKind.MINUTES)
    assert minutes.url == f"{BASE}mgConvert2PDF.aspx?ID=10230&T=1"
    assert minutes.address == f"{BASE}documents/g10230/Printed%20minutes%2018%20Nov.pdf?T=1"


def test_printed_drafts_count_where_the_items_carry_no_minutes() -> None:
    links = PRINTED.replace(">Printed minutes", ">Printed draft minutes")
    alone, beside = (
        met(row("7", "1.", "Weir"), links=links),
        met(row("7", "1.", "Weir", MINUTES), links=links),
    )
    assert alone.draft
    assert beside.draft
    assert [p.kind for p in alone.papers] == [PaperKind.FRONTSHEET, PaperKind.MINUTES]
    assert [p.kind for p in beside.papers] == [PaperKind.FRONTSHEET]


@pytest.mark.parametrize(
    ("when", "state", "day"),
    [
        ("Thursday 15 January 2026 7:30 pm", "", "2026-01-15"),
        ("Thursday 15 January 2026 7:30 pm, CANCELLED", "Cancelled", "2026-01-15"),
        ("Thursday 22 January 2026, POSTPONED", "Postponed", "2026-01-22"),
        ("Thursday 15 January 2026 10.00 a.m., WEDI'I GANSLO", "Cancelled", "2026-01-15"),
        ("Dydd Iau, 15fed Ionawr, 2026 19:30", "", "2026-01-15"),
    ],
)
def test_the_subtitle_says_when_and_whether(when: str, state: str, day: str) -> None:
    meeting = met(row("7", "1.", "Weir"), when=when)
    assert (meeting.status, meeting.date) == (state, day)


def test_a_meeting_without_documents_is_read_as_such() -> None:
    title = '<a href="mgCommitteeDetails.aspx?ID=711">Roads Committee</a>'
    body = page(
        "Meeting",
        title,
        "<p>No documents are available for this meeting</p>",
        head='<meta name="DC.date" scheme="W3CDTF" content="2026-01-15"/>',
    )
    meeting = read_meeting(body, BASE, LISTED)
    assert (meeting.date, meeting.items, meeting.papers) == ("2026-01-15", (), ())


def test_a_page_about_another_meeting_means_that_this_one_is_absent() -> None:
    with pytest.raises(AbsentError, match="another meeting"):
        read_meeting(meeting_page().replace(b"?ID=10221", b"?ID=10222"), BASE, LISTED)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01\x02",
        b"<html><head><title>Azure WAF</title></head><body>Checking</body></html>",
        b"<html><body><div id='modgov'><h1>Error</h1><p class='mgErrorTxt'>Sorry</p></div></body></html>",
        page("Browse meetings", "Roads Committee", "<ul></ul>"),
        meeting_page()[:400],
        meeting_page().partition(b"</body>")[0],
    ],
)
def test_what_is_no_page_of_a_meeting_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="meeting 10221"):
        read_meeting(body, BASE, LISTED)


def test_an_imported_meeting_is_read_where_its_page_is_one() -> None:
    old = ListedMeeting("ce10221", ROADS, "2004-02-14", f"{BASE}ceListDocuments.aspx?MeetingId=10221")
    assert read_meeting(meeting_page(row("7", "1.", "Weir")), BASE, old).key == "ce10221"
    with pytest.raises(UnreadableError, match="ce10221"):
        read_meeting(page("Meeting documents", "", "<a href='ceConvert2PDF.aspx?ID=1'>Agenda</a>"), BASE, old)


def test_contacts_at_the_head_of_the_page_go_nowhere() -> None:
    assert "01632" not in repr(met(row("7", "1.", "Weir", MINUTES)))


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "markup",
    [
        row("7", "1.", "Weir (exempt" * 5000),
        row("7", "1.", "Weir", block(f'<p>It rained{" " * 100_000}x<a href="mgAi.aspx?ID=7">more</a></p>')),
        row("7", "1.", "Weir", "<div><b>x</b>" * 300 + "<i></i>" * 5000 + block("<p>It rained.</p>")),
        row("7", "1.", "Weir", block("<p>x</p>", "Minutes " * 20_000)),
    ],
    ids=["brackets", "blanks", "depth", "label"],
)
def test_markup_that_is_made_to_be_slow_is_read_all_the_same(markup: str) -> None:
    (item,) = met(markup).items
    assert all(len(part.label) <= 100 for part in item.parts)
