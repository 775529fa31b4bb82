from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest

from tests.sites.asking import Reply, ask, words_of
from tests.sites.council import (
    CANCELLED,
    EXEMPT_ITEM,
    EXEMPT_PAPER,
    LAST_DAY,
    LEISURE_ID,
    MOVED,
    PANEL_ID,
    SALTINGS,
    TOWN_HALL,
    WITHDRAWN,
    council,
    meeting_id,
)
from tests.sites.moderngov import ModernGov
from tests.sites.service import NAMESPACE
from tests.sites.traits import AllCommittees, Traits

EVER = "sFromDate=01/01/2000&sToDate=31/12/2030"


@pytest.fixture
def site() -> Iterator[ModernGov]:
    with ModernGov(council(), today=LAST_DAY) as site:
        yield site


def call(site: ModernGov, asked: str) -> Reply:
    return ask(f"{site.base}mgWebService.asmx/{asked}")


def items_of(site: ModernGov, meeting: int) -> dict[str, dict[str, str]]:
    xml = call(site, f"GetMeeting?lMeetingId={meeting}").xml
    rows = [{field.tag: field.text or "" for field in item} for item in xml.iter("agendaitem")]
    return {row["agendaitemid"]: row for row in rows}


def test_committees_with_blanks_in_counts_and_titles_encoded_twice(site):
    text = call(site, "GetCommittees").text
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\r\n<committees>\r\n')
    assert "<committeescount> 6</committeescount>" in text
    assert "Overview &amp;amp; Scrutiny" in text
    assert "Members&amp;#39; Leisure" in text
    expired = [
        c
        for c in call(site, "GetCommittees").xml.iter("committee")
        if c.findtext("committeeexpired") == "True"
    ]
    assert [c.findtext("committeeid") for c in expired] == [str(LEISURE_ID)]
    assert expired[0].find("committeecategory") is None


def test_the_same_answer_by_get_by_form_and_by_soap(site):
    by_get = call(site, "GetMeetings?SFROMDATE=01/01/2026&stodate=2026-01-31&LCOMMITTEEID=101")
    address = f"{site.base}MGWEBSERVICE.ASMX"
    form = b"lCommitteeId=101&sFromDate=01/01/2026&sToDate=31/01/2026"
    by_form = ask(f"{address}/GetMeetings", form, {"Content-Type": "application/x-www-form-urlencoded"})
    envelope = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<GetMeetings xmlns="{NAMESPACE}"><lCommitteeId>101</lCommitteeId><sFromDate>01/01/2026</sFromDate>'
        "<sToDate>31/01/2026</sToDate></GetMeetings></s:Body></s:Envelope>"
    )
    by_soap = ask(
        address, envelope.encode(), {"Content-Type": "text/xml", "SOAPAction": f"{NAMESPACE}/GetMeetings"}
    )
    assert by_get.body == by_form.body
    assert by_get.xml.findtext(".//meetingid") == str(TOWN_HALL // 10 - 3000)
    assert f"{{{NAMESPACE}}}GetMeetingsResult" in {element.tag for element in by_soap.xml.iter()}
    assert "<meetingdate>14/01/2026</meetingdate>" in by_soap.text


def test_description_and_index(site):
    assert "GetMeeting" in ask(f"{site.base}mgWebService.asmx?WSDL").text
    assert "mgWebService Web Service" in ask(f"{site.base}mgWebService.asmx").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("GetDecisions", "GetDecisions Web Service method name is not valid."),
        ("GetMeeting", "Missing parameter: lMeetingId."),
        ("GetMeetings?lCommitteeId=101", "Missing parameter: sFromDate."),
        ("GetMeeting?lMeetingId=none", "Cannot convert none"),
    ],
)
def test_a_wrong_call_is_a_500(site, asked, said):
    reply = call(site, asked)
    assert reply.status == 500
    assert said in reply.text


def test_nothing_to_report_leaves_the_counts_or_an_empty_committee(site):
    bare = call(site, f"GetMeetings?lCommitteeId={PANEL_ID}&{EVER}").xml
    assert [(child.tag, child.text) for child in bare] == [("meetingscount", " 0"), ("committeescount", " 0")]
    site.traits = Traits(counts_only_when_empty=False)
    full = call(site, f"GetMeetings?lCommitteeId={PANEL_ID}&{EVER}").xml
    assert full.findtext("committee/committeemeetingcount") == " 0"


def test_dates_are_honoured_or_ignored(site):
    asked = "GetMeetings?lCommitteeId=101&sFromDate=01/01/2026&sToDate=31/01/2026"
    assert len(list(call(site, asked).xml.iter("meeting"))) == 1
    site.traits = Traits(honours_dates=False)
    assert len(list(call(site, asked).xml.iter("meeting"))) == 13


def test_all_committees_at_once_in_three_ways(site):
    asked = f"GetMeetings?lCommitteeId=0&{EVER}"
    assert len(list(call(site, asked).xml.iter("meeting"))) == 39
    site.traits = Traits(all_committees=AllCommittees.PARTIAL)
    assert len(list(call(site, asked).xml.iter("meeting"))) < 39
    site.traits = Traits(all_committees=AllCommittees.ERROR)
    assert call(site, asked).status == 500
    assert call(site, f"GetMeetings?lCommitteeId=101&{EVER}").status == 200


def test_meetings_by_date_carry_their_committee(site):
    rows = list(
        call(site, f"GetAllMeetingsByDate?lCommitteeId=0&{EVER}&bIsAscendingDateOrder=False").xml.iter(
            "meeting"
        )
    )
    assert rows[0].findtext("meetingdate") == "24/03/2026"
    assert all(row.findtext("committeeid") for row in rows)


def test_a_meeting_draft_final_cancelled_and_unknown(site):
    final = call(site, f"GetMeeting?lMeetingId={TOWN_HALL // 10 - 3000}").xml
    assert (final.findtext("minutepublished"), final.findtext("agendaid")) == ("True", "3020")
    assert (final.findtext("meetingplannedfinishtime") or "").strip() == ""
    assert final.findtext("meetingplannedfinishtime")
    draft = call(site, f"GetMeeting?lMeetingId={MOVED + 1}").xml
    assert draft.findtext("minutepublished") == "False"
    assert any(item.findtext("minutesnonemptyhtmlbody") for item in draft.iter("agendaitem"))
    cancelled = call(site, f"GetMeeting?lMeetingId={CANCELLED}").xml
    assert cancelled.findtext("meetingstatus") == "Cancelled"
    assert not list(cancelled.iter("agendaitem"))
    for id in (WITHDRAWN, 99):
        reply = call(site, f"GetMeeting?lMeetingId={id}")
        assert (reply.status, reply.xml.findtext("meetingid")) == (200, "0")


def test_minutes_come_whole_and_votes_stand_at_their_end(site):
    items = items_of(site, TOWN_HALL // 10 - 3000)
    town_hall = unescape(items[str(TOWN_HALL)]["minutesnonemptyhtmlbody"])
    assert len(words_of(town_hall).split()) > 900
    assert "mgAi.aspx" not in town_hall
    saltings = items_of(site, SALTINGS // 10 - 3000)[str(SALTINGS)]["minutesnonemptyhtmlbody"]
    assert saltings.index("</div>") < saltings.index("Recorded Vote")
    assert "</th></th>" in saltings


def test_headings_numbers_and_closed_items(site):
    items = items_of(site, TOWN_HALL // 10 - 3000)
    headings = [item for item in items.values() if item["agendaitemnumber"] == "0"]
    assert [item["fulldisplaynumberformat"].strip() for item in headings] == [""]
    assert items[str(EXEMPT_ITEM)]["isrestricted"] == "True"
    assert "EXEMPTMARKER" in items[str(EXEMPT_ITEM)]["minutesnonemptyhtmlbody"]
    numbers = {
        item["fulldisplaynumberformat"].strip()
        for meeting in council().meetings
        for item in items_of(site, meeting.id).values()
    }
    assert {"", "4a"} <= numbers


def test_papers_their_addresses_and_their_restriction(site):
    site.traits = Traits(http_addresses=True)
    xml = call(site, f"GetMeeting?lMeetingId={TOWN_HALL // 10 - 3000}").xml
    papers = {paper.findtext("attachmentid"): paper for paper in xml.iter("linkeddoc")}
    assert papers[str(EXEMPT_PAPER)].findtext("isrestricted") == "True"
    for key, paper in papers.items():
        address = paper.findtext("url") or ""
        assert address == f"{site.base}mgConvert2PDF.aspx?ID={key}"
        assert ask(address).body.startswith(b"%PDF")
    site.traits = Traits(foreign_links="http://127.0.0.9:1/")
    assert (
        "<url>http://127.0.0.9:1/mgConvert2PDF.aspx" in call(site, f"GetMeeting?lMeetingId={MOVED - 1}").text
    )


def test_the_clock_moves_what_is_answered(site):
    id = meeting_id(101, "2026-03-11")
    seen = []
    for day in (date(2025, 12, 1), date(2026, 3, 1), date(2026, 3, 4), date(2026, 3, 23)):
        site.today = day
        xml = call(site, f"GetMeeting?lMeetingId={id}").xml
        seen.append(
            (
                xml.findtext("meetingid"),
                len(list(xml.iter("agendaitem"))) > 0,
                "minutesnonempty" in str(items_of(site, id)),
            )
        )
    assert seen == [
        ("0", False, False),
        (str(id), False, False),
        (str(id), True, False),
        (str(id), True, True),
    ]


def test_the_service_can_be_missing(site):
    site.traits = Traits(service=False)
    assert call(site, "GetCommittees").status == 404
