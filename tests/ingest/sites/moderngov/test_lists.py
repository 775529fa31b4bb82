import pytest

from corpus.errors import UnreadableError
from ingest.sites.moderngov.lists import read_committees, read_meetings
from ingest.sites.records import ListedCommittee
from tests.ingest.sites.moderngov.making import BASE, ROADS, page

FORM = '<form id="FormYearSelect"><select id="YearSelect">{}</select><input name="hCommitteeId" value="{}"/>'


def structure(content: str) -> bytes:
    return page("Committee structure", "", content)


def listing(rows: str, *, committee: str = "711", years: str = "", links: str = "") -> bytes:
    form = FORM.format(years, committee)
    return page(
        "Browse meetings",
        "Roads Committee",
        f'{form}{links}<ul  class="mgNonBulletTableList" >{rows}</ul></form>',
    )


def listed(href: str, day: str, after: str = "") -> str:
    return f'<li  class="mgTableOddRow" ><a  class="mgMeetingTableLnk"  href="{href}" >{day}</a>{after}</li>'


def test_committees_are_the_links_of_the_page_itself() -> None:
    found = read_committees(
        structure(
            '<a href="ieDocSearch.aspx">Search for Expired Committees</b><h2>Council</h2>'
            '<ul  class="mgBulletList" ><li><a  href="mgCommitteeDetails.aspx?ID=137" >Council</a></li></ul>'
            '<h2 class="mgSectionTitle">Overview</h2><ul><li><a  href="mgcommitteedetails.aspx?id=347">'
            "Scrutiny Panel &#40;Roads &#38; Rivers&#41;</a><ul><li>"
            '<a href="ieListMeetings.aspx?CId=348">Sub-Panel</a>'
            '</li></ul></li><li><a href="mgCommitteeDetails.aspx?ID=137">Council</a></li></ul>'
            '<h2>Former committees</h2><a href="mgCommitteeDetails.aspx?ID=9">Mill Board</a>'
        )
    )
    assert found == (
        ListedCommittee("137", "Council"),
        ListedCommittee("347", "Scrutiny Panel (Roads & Rivers)"),
        ListedCommittee("348", "Sub-Panel"),
        ListedCommittee("9", "Mill Board", expired=True),
    )


@pytest.mark.parametrize(
    "body",
    [
        structure("<p>Nothing here</p>"),
        b"<html><body><a href='mgCommitteeDetails.aspx?ID=1'>Council</a></body></html>",
        b"<html><body>Just a moment...</body></html>",
    ],
)
def test_a_page_without_committees_is_no_council_without_them(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="list of committees"):
        read_committees(body)


def test_rows_of_meetings() -> None:
    rows = (
        listed("ieListDocuments.aspx?CId=711&amp;MId=3&amp;Ver=4", "3 Mar 2026&nbsp;7&#58;30 pm")
        + listed("IELISTDOCUMENTS.aspx?ver=4&amp;mid=2", "4 Dec 2025&nbsp;19:30", " - CANCELLED")
        + listed("ieListDocuments.aspx?MId=1", "2 Oct 2025", " - Agenda, Decisions, Minutes")
        + listed(
            "ceListDocuments.aspx?CommitteeId=711&amp;MeetingId=88&amp;DF=14%2f02%2f2004&amp;Ver=2",
            "14 Feb 2004",
        )
        + listed("ieListDocuments.aspx?MId=0", "1 Oct 2025")
        + listed("ieListDocuments.aspx?MId=9", "soon")
    )
    found = read_meetings(listing(rows), BASE, ROADS).meetings
    assert [(m.key, m.date, m.status, m.url) for m in found] == [
        ("3", "2026-03-03", "", f"{BASE}ieListDocuments.aspx?MId=3"),
        ("2", "2025-12-04", "Cancelled", f"{BASE}ieListDocuments.aspx?MId=2"),
        ("1", "2025-10-02", "", f"{BASE}ieListDocuments.aspx?MId=1"),
        (
            "ce88",
            "2004-02-14",
            "",
            f"{BASE}ceListDocuments.aspx?CommitteeId=711&MeetingId=88&DF=14%2f02%2f2004&Ver=2",
        ),
    ]
    assert {m.committee for m in found} == {ROADS}


def test_links_lead_on_and_years_are_offered() -> None:
    links = (
        '<a href="/(S(abc))/ieListMeetings.aspx?Act=earlier&amp;CId=711&amp;D=202409051930">'
        '<img src="l.gif" alt=""/>Earlier meetings</a>'
        '<a href="ieListMeetings.aspx?D=202606151930&amp;CID=711&amp;ACT=Later">Later meetings</a>'
    )
    years = '<option value="0"> </option><option value="2025">2025</option><option value="2026">2026</option>'
    found = read_meetings(listing("", years=years, links=links), BASE, ROADS)
    assert found.earlier == f"{BASE}ieListMeetings.aspx?Act=earlier&CId=711&D=202409051930"
    assert found.later == f"{BASE}ieListMeetings.aspx?D=202606151930&CID=711&ACT=Later"
    assert found.years == (2025, 2026)
    assert found.meetings == ()


@pytest.mark.parametrize(
    "body",
    [
        page("Error", "", "<p>Sorry</p>"),
        b"<html><body>Just a moment...</body></html>",
        listing("", committee="712"),
    ],
)
def test_what_is_no_list_of_this_committee_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="Roads Committee"):
        read_meetings(body, BASE, ROADS)
