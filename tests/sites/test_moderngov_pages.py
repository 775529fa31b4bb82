import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest

from tests.sites.asking import ask, words_of
from tests.sites.council import (
    CABINET_ID,
    CANCELLED,
    CLOSED_ITEM,
    EXEMPT_ITEM,
    EXEMPT_PAPER,
    HIDDEN,
    LAST_DAY,
    LEISURE_ID,
    MISNAMED,
    MOVED,
    PLANNING_ID,
    PRINTED,
    REPRINTED,
    SALTINGS,
    TOWN_HALL,
    UNNAMED_ITEM,
    WITHDRAWN,
    WORD_PAPER,
    council,
)
from tests.sites.long_texts import TOWN_HALL_SLIP
from tests.sites.moderngov import ModernGov
from tests.sites.traits import DECOY, NO_ROBOTS, WELSH, Pages, Traits

TOWN_HALL_MEETING = TOWN_HALL // 10 - 3000
SALTINGS_MEETING = SALTINGS // 10 - 3000


@pytest.fixture
def site() -> Iterator[ModernGov]:
    with ModernGov(council(), today=LAST_DAY) as site:
        yield site


def page(site: ModernGov, local: str) -> str:
    reply = ask(site.base + local)
    assert reply.status == 200, local
    return reply.text


def meeting_page(site: ModernGov, meeting: int) -> str:
    return page(site, f"ieListDocuments.aspx?CId=1&MId={meeting}&Ver=4")


def listed(html: str) -> list[str]:
    return re.findall(r"MId=(\d+)&amp;Ver=4", html)


def test_committees_are_listed_by_category_and_the_expired_one_where_the_site_has_it(site):
    html = page(site, "MGLISTCOMMITTEES.ASPX?bcr=1")
    assert 'href="mgCommitteeDetails.aspx?ID=103"' in html
    assert "Overview &#38; Scrutiny" in html
    assert f"ID={LEISURE_ID}" in html.partition(">Former committees</h2>")[2]
    site.traits = Traits(former_committees=False)
    html = page(site, "mgListCommittees.aspx?bcr=1")
    assert "Former" not in html
    assert f"ID={LEISURE_ID}" not in html
    assert "Committee details" in page(site, f"mgCommitteeDetails.aspx?ID={LEISURE_ID}")


def test_meetings_are_listed_newest_first_with_what_is_published(site):
    html = page(site, f"ieListMeetings.aspx?CommitteeId={CABINET_ID}")
    assert listed(html)[:2] == [str(MOVED + 1), str(MOVED)]
    assert len(listed(html)) == 13
    assert "11 Mar 2026&nbsp;6&#58;30 pm</a> - Agenda, Decisions, Minutes</li>" in html
    assert "ceListDocuments.aspx?CommitteeId=101&amp;MeetingId=88&amp;DF=14%2f02%2f2024&amp;Ver=2" in html
    assert "CANCELLED" in page(site, "ieListMeetings.aspx?CId=104&Year=0")


def test_a_list_is_walked_with_earlier_and_later(site):
    site.traits = Traits(rows=5)
    newest = page(site, "ieListMeetings.aspx?CId=101&Year=0")
    assert "Act=later" not in newest
    walked = listed(newest)
    html = newest
    while found := re.search(r'href="(ieListMeetings.aspx\?Act=earlier[^"]+)"', html):
        html = page(site, unescape(found[1]))
        walked += listed(html)
    assert len(walked) == len(set(walked)) == 13
    assert "ceListDocuments" in html
    assert "Act=later" in html


def test_no_meeting_is_lost_where_two_of_one_day_meet_the_end_of_a_page():
    planning = sorted((m for m in council().meetings if m.committee.id == PLANNING_ID), key=lambda m: m.day)
    first, second, third = planning[3:6]
    same_day = {
        second.id: replace(second, day=first.day, time="2.00 pm"),
        third.id: replace(third, day=first.day),
    }
    meetings = tuple(same_day.get(m.id, m) for m in council().meetings)
    for rows in range(1, 10):
        with ModernGov(
            replace(council(), meetings=meetings), today=LAST_DAY, traits=Traits(rows=rows)
        ) as site:
            for way, start in (("earlier", ""), ("later", "Act=later&D=202401010000&")):
                html = page(site, f"ieListMeetings.aspx?{start}CId={PLANNING_ID}&Year=0")
                walked = listed(html)
                while found := re.search(rf'href="(ieListMeetings.aspx\?Act={way}[^"]+)"', html):
                    html = page(site, unescape(found[1]))
                    walked += listed(html)
                assert sorted(walked) == [str(m.id) for m in sorted(planning, key=lambda m: m.id)]


def test_a_year_stops_at_the_cap_and_goes_on_with_later(site):
    assert len(listed(page(site, "ieListMeetings.aspx?CId=101&Year=2025"))) == 6
    site.traits = Traits(rows_cap=4)
    html = page(site, "ieListMeetings.aspx?CId=101&Year=2025")
    assert len(listed(html)) == 4
    later = re.search(r'href="(ieListMeetings.aspx\?Act=later[^"]+)"', html)
    assert later is not None
    assert len(set(listed(html)) | set(listed(page(site, unescape(later[1]))))) >= 6


def test_a_list_says_nothing_of_the_time_where_none_is_known(site):
    assert "23 Apr 2024</a> - Agenda, Minutes" in page(
        site, f"ieListMeetings.aspx?CId={LEISURE_ID}&Year=2024"
    )


def test_a_meeting_as_the_real_pages_have_it(site):
    html = meeting_page(site, SALTINGS_MEETING)
    assert html.isascii()
    assert "\r\n" in html
    assert re.search(r"[^\r]\n", html)
    assert '<td  class="mgItemNumberCell" >' in html
    assert html.count('class="mgAiTitleTxt" ') >= 2 * 5
    assert "</th></th>" in html
    assert "</table>\n\t\t<li>" in html.replace("\r\n", "\n")
    assert 'class="SpellE">internal<' in html
    assert re.search(r"Additional documents:</p>\s*<p", html)
    assert '<meta name="DC.date" scheme="W3CDTF" content="2026-01-22"/>' in html
    assert '<meta name="DC.date.modified" scheme="W3CDTF" content="2026-03-03"/>' in html
    assert "<title>Agenda for Planning Committee on Thursday 22 January 2026, 7.00 pm - Ashmere" in html


def test_long_minutes_are_cut_on_the_meetings_page_and_whole_on_the_items(site):
    short, whole = meeting_page(site, TOWN_HALL_MEETING), page(site, f"mgAi.aspx?ID={TOWN_HALL}")
    assert f'&nbsp;...&nbsp; <a  href="mgAi.aspx?ID={TOWN_HALL}"' in short.replace("\r\n", " ").replace(
        "\n", " "
    )
    assert "view the full minutes text for item 28." in words_of(short)
    assert TOWN_HALL_SLIP[1] not in words_of(short)
    assert TOWN_HALL_SLIP[1] in words_of(whole).replace("£", "£")
    assert "&nbsp;...&nbsp;" not in whole


@pytest.mark.parametrize(
    ("meeting", "heading"),
    [
        (TOWN_HALL_MEETING, "Agenda, decisions and minutes"),
        (SALTINGS_MEETING, "Agenda and minutes"),
        (REPRINTED, "Agenda and draft minutes"),
        (MOVED + 1, "Agenda, decisions and draft minutes"),
        (CANCELLED, "Meeting"),
        (HIDDEN, "Meeting"),
    ],
)
def test_the_heading_tells_what_is_published(site, meeting, heading):
    html = meeting_page(site, meeting)
    assert f'<h1  class="mgMainTitleTxt" >{heading}</h1>' in html
    assert ("No documents are available" in html) == (heading == "Meeting")
    assert (", CANCELLED</a>" in html) == (meeting == CANCELLED)


def test_pages_keep_to_themselves_what_is_closed(site):
    everything = "".join(
        meeting_page(site, meeting.id) for meeting in council().meetings if meeting.id != WITHDRAWN
    )
    everything += "".join(page(site, f"mgAi.aspx?ID={id}") for id in (EXEMPT_ITEM, CLOSED_ITEM))
    assert "EXEMPTMARKER" not in everything
    assert f"documents/s{EXEMPT_PAPER}/" not in everything
    assert f"AI{UNNAMED_ITEM}" not in everything
    assert f"AI{EXEMPT_ITEM}" in everything
    assert "View the reasons why document" in everything
    assert "HOMEMARKER" in everything
    assert "CONTACTMARKER" in everything


def test_files_by_number_whatever_their_name(site):
    assert ask(f"{site.base}documents/s{WORD_PAPER}/any name.docx").body.startswith(b"PK")
    reprinted = re.search(r"documents/s(\d+)/Minutes of Previous Meeting.pdf", meeting_page(site, REPRINTED))
    assert reprinted is not None
    html = meeting_page(site, PRINTED)
    printed = re.search(r'"(documents/g\d+/Printed minutes [^"]+\?T=1)"', html)
    assert printed is not None
    assert ask(site.base + printed[1]).body == ask(f"{site.base}documents/s{reprinted[1]}/x.pdf").body
    assert '?T=1"' not in meeting_page(site, TOWN_HALL_MEETING)
    site.traits = Traits(printed_everywhere=True)
    assert "Printed minutes" in meeting_page(site, TOWN_HALL_MEETING)


def test_names_of_files_lie(site):
    assert "11-Sep-2025" in meeting_page(site, MISNAMED)
    site.traits = Traits(tricky_names=True, foreign_links="http://127.0.0.9:1/")
    html = meeting_page(site, SALTINGS_MEETING)
    assert f"http://127.0.0.9:1/documents/s{WORD_PAPER}/../../evil %2e%2e%2f" in html


def test_what_is_not_there_leads_to_the_error_page(site):
    for local in (
        f"ieListDocuments.aspx?MId={WITHDRAWN}",
        "mgNoSuchPage.aspx",
        "documents/s1/x.pdf",
        "mgAi.aspx?ID=1",
    ):
        reply = ask(site.base + local)
        assert (reply.status, reply.headers["Location"]) == (302, "/mgError.aspx")
    assert "cannot be shown" in page(site, "mgError.aspx")


def test_decisions_issues_attendance_search_and_feed(site):
    register = page(
        site, "mgDelegatedDecisions.aspx?DR=01%2f04%2f2025-31%2f03%2f2026&K=0&META=mgdelegateddecisions"
    )
    assert len(set(re.findall(r"ieDecisionDetails.aspx\?ID=(\d+)", register))) == 13
    assert (
        len(re.findall(r"<td ", page(site, "mgDelegatedDecisions.aspx?DR=01%2f04%2f2025-03%2f04%2f2025")))
        == 4
    )
    decision = page(site, "ieDecisionDetails.aspx?ID=701")
    for words in (
        "Decision Maker: ",
        "Reasons for the decision:",
        "Alternative options considered:",
        "Accompanying Documents:",
    ):
        assert words in decision
    assert "Decided at meeting: " in page(site, "ieDecisionDetails.aspx?ID=712")
    assert "EXEMPTMARKER" not in page(site, "ieDecisionDetails.aspx?ID=713")
    assert "Decision details" in page(site, f"ieDecisionDetails.aspx?AIId={TOWN_HALL}")
    for name in ("mgIssueHistoryHome.aspx", "ieIssueDetails.aspx"):
        issue = page(site, f"{name}?IId=72&Opt=0")
        assert "Wards affected: " in issue
        assert len(listed(issue)) > 2
    assert "Apologies" in page(site, f"mgMeetingAttendance.aspx?ID={TOWN_HALL_MEETING}")
    assert "Results 1 to 10 for your search" in page(site, "ieSearchResults2.aspx?SS=councillor&PG=1")
    assert "No results found" in page(site, "ieSearchResults2.aspx?SS=xylophone")
    assert "<item>" in page(site, f"mgRss.aspx?CID={CABINET_ID}")


def test_chrome_with_decoys_and_in_two_languages(site):
    site.traits = Traits(chrome=DECOY)
    html = meeting_page(site, TOWN_HALL_MEETING)
    assert html.index('<h1 class="site-title">') < html.index('<div id="modgov">') < html.index("<h1 >Agenda")
    site.traits = Traits(chrome=WELSH)
    html = meeting_page(site, TOWN_HALL_MEETING)
    assert '<p class="mgSubItemTitleTxt">Cofnodion:</p>' in html
    assert '<p class="mgSubItemTitleTxt">Penderfyniad:</p>' in html


def test_a_session_in_the_address(site):
    site.traits = Traits(session=True)
    reply = ask(f"{site.base}ieListMeetings.aspx?CId=101")
    assert reply.status == 302
    assert re.fullmatch(
        r"/\(X\(1\)S\([a-z0-9]{24}\)\)/ieListMeetings.aspx\?CId=101", reply.headers["Location"]
    )
    assert "Browse meetings" in page(site, reply.headers["Location"][1:])
    assert ask(f"{site.base}mgWebService.asmx/GetCommittees").status == 200


def test_addresses_are_written_with_the_host_that_was_asked(site):
    asked = {"User-Agent": "asking/1", "Host": "ashmere.moderngov.example:8080"}
    for local in (
        f"mgWebService.asmx/GetMeeting?lMeetingId={TOWN_HALL_MEETING}",
        f"mgRss.aspx?CID={CABINET_ID}",
    ):
        text = ask(site.base + local, headers=asked).text
        assert "http://ashmere.moderngov.example:8080/" in text
        assert "127.0.0.1" not in text


def test_a_site_in_a_sub_path():
    with ModernGov(council(), today=LAST_DAY, path="/modernGov") as site:
        assert site.base.endswith("/modernGov/")
        assert page(site, "mgListCommittees.aspx")
        root = site.base.removesuffix("modernGov/")
        assert ask(f"{root}MODERNGOV/mglistcommittees.aspx").status == 200
        assert ask(f"{root}mgListCommittees.aspx").status == 404
        assert ask(f"{root}robots.txt").status == 200


def test_robots_and_pages_by_switch(site):
    assert "Crawl-delay" in page(site, "robots.txt")
    site.traits = Traits(robots=NO_ROBOTS, pages=Pages.CHALLENGED)
    assert page(site, "robots.txt") == NO_ROBOTS
    assert ask(f"{site.base}mgListCommittees.aspx").status == 403
    site.traits = Traits(robots=None, pages=Pages.OFF)
    assert ask(f"{site.base}robots.txt").status == 404
    assert ask(f"{site.base}mgListCommittees.aspx").status == 404


def test_a_log_of_requests_and_nothing_to_cache_by(site):
    reply = ask(f"{site.base}mgListCommittees.aspx?bcr=1")
    assert not {"etag", "last-modified"} & {name.lower() for name in reply.headers}
    logged = site.requests[-1]
    assert (logged.path, logged.agent, logged.status) == ("/mgListCommittees.aspx?bcr=1", "asking/1", 200)
    assert logged.host in site.base
    site.forget()
    assert site.requests == []


def test_two_servers_answer_alike(site):
    with ModernGov(council(), today=LAST_DAY) as other:
        local = f"ieListDocuments.aspx?MId={TOWN_HALL_MEETING}"
        assert ask(other.base + local).body == ask(site.base + local).body
