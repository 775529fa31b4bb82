from dataclasses import replace
from html import escape

import pytest

from corpus.errors import AbsentError, UnreadableError
from ingest.sites.moderngov.service import (
    meetings_asked,
    operation,
    read_committees,
    read_meeting,
    read_meetings,
)
from ingest.sites.records import Item, ListedCommittee, PaperKind, Part, Proceedings
from tests.ingest.sites.moderngov.making import BASE, LISTED, ROADS, agenda_item, answered, document

MINUTES = '<div class="WordSection1">\n<p class="MsoNormal">The weir\nleaks.</p></div>'
VOTES = "<table><caption>Recorded Vote</caption><tr><th>Title</th></th></tr><tr><td>Carried</td></tr></table>"


def met(items: str = "", **changed: str) -> Proceedings:
    return read_meeting(answered(items, **changed), BASE, LISTED)


def only(item: str) -> Item:
    (found,) = met(item).items
    return found


def test_operations_are_asked_for_with_days_as_the_site_writes_them() -> None:
    assert operation(BASE, "GetCommittees") == f"{BASE}mgWebService.asmx/GetCommittees"
    assert meetings_asked(BASE, "711", "2026-01-05", "2026-02-06") == (
        f"{BASE}mgWebService.asmx/GetMeetings?lCommitteeId=711&sFromDate=05%2F01%2F2026&sToDate=06%2F02%2F2026"
    )


def test_committees_are_all_but_the_deleted_ones() -> None:
    row = "<committee><committeeid>{}</committeeid><committeetitle>{}</committeetitle>{}</committee>"
    flags = "<committeedeleted>{}</committeedeleted><committeeexpired>{}</committeeexpired>"
    answer = (
        "<committees><committeescount> 3</committeescount>"
        + row.format(1, "Parks &amp;amp; Rivers ", flags.format("False", "False"))
        + row.format(2, "Old Mill", flags.format("False", "True"))
        + row.format(3, "Gone", flags.format("True", "False"))
        + "</committees>"
    )
    assert read_committees(answer.encode()) == (
        ListedCommittee("1", "Parks & Rivers"),
        ListedCommittee("2", "Old Mill", expired=True),
    )


def test_a_council_without_committees_is_a_broken_answer() -> None:
    with pytest.raises(UnreadableError, match="no committee"):
        read_committees(b"<committees><committeescount> 0</committeescount></committees>")


LISTS = b"""<getmeetings><meetingscount> 3</meetingscount><committeescount> 2</committeescount>
<committee><committeeid>711</committeeid><committeetitle>Roads &amp;amp; Bridges</committeetitle>
<committeemeetingcount> 2</committeemeetingcount><committeemeetings>
<meeting><meetingid>1</meetingid><meetingdate>31/12/2025</meetingdate><meetingstatus>Confirmed</meetingstatus></meeting>
<meeting><meetingid>2</meetingid><meetingdate>01/01/2026</meetingdate><meetingstatus>Cancelled</meetingstatus></meeting>
<meeting><meetingid>0</meetingid><meetingdate>01/01/2026</meetingdate></meeting>
</committeemeetings></committee>
<committee><committeeid>5</committeeid><committeetitle>Parks</committeetitle><committeemeetings>
<meeting><meetingid>3</meetingid><meetingdate>02/01/2026</meetingdate><meetingstatus>Provisional</meetingstatus></meeting>
</committeemeetings></committee></getmeetings>"""


def test_days_that_the_server_ignores_are_kept_all_the_same() -> None:
    found = read_meetings(LISTS, BASE, "2026-01-01", "2026-01-01")
    assert [(m.key, m.date, m.status) for m in found] == [("2", "2026-01-01", "Cancelled")]
    assert found[0].committee == ListedCommittee("711", "Roads & Bridges")
    assert found[0].url == f"{BASE}ieListDocuments.aspx?MId=2"


def test_only_the_committee_that_was_asked_for_counts() -> None:
    found = read_meetings(LISTS, BASE, "2000-01-01", "2030-01-01", ROADS)
    assert [m.key for m in found] == ["1", "2"]
    assert {m.committee for m in found} == {ROADS}
    assert [m.status for m in read_meetings(LISTS, BASE, "2026-01-02", "2026-01-02")] == ["Provisional"]


def test_nothing_to_report_is_nothing() -> None:
    empty = (
        b"<getmeetings><meetingscount> 0</meetingscount><committeescount> 0</committeescount></getmeetings>"
    )
    assert read_meetings(empty, BASE, "2026-01-01", "2026-02-01") == ()


def test_an_item_has_its_parts_in_order_and_its_papers() -> None:
    item = only(
        agenda_item(
            document("111920", "Repair of the Weir") + document("111921", "Annex 1 - Costs &amp;amp; more"),
            agendaitemtitle="Repair of the weir &amp; the mill&#39;s race",
            agendatext="<p>To consider a report.</p>",
            minutesnonemptyhtmlbody=MINUTES + VOTES,
            decisionnonemptyhtmlbody="<p><b>RESOLVED</b> to mend it</p>",
        )
    )
    assert (item.key, item.number, item.title) == ("51902", "59", "Repair of the weir & the mill's race")
    assert item.url == f"{BASE}mgAi.aspx?ID=51902"
    assert item.parts == (
        Part("", "<p>To consider a report.</p>"),
        Part("decision", "<p><b>RESOLVED</b> to mend it</p>"),
        Part("minutes", "<p>The weir leaks.</p>"),
        Part("recorded vote", "<table><tr><th>Title</th></tr><tr><td>Carried</td></tr></table>"),
    )
    assert [(p.key, p.title, p.kind, p.item, p.version) for p in item.papers] == [
        ("111920", "Repair of the Weir", PaperKind.REPORT, "51902", "08/01/2026"),
        ("111921", "Annex 1 - Costs & more", PaperKind.APPENDIX, "51902", "08/01/2026"),
    ]
    assert {p.url for p in item.papers} == {p.address for p in item.papers}
    assert item.papers[0].url == f"{BASE}mgConvert2PDF.aspx?ID=111920"


def test_a_paper_that_is_called_as_its_item_has_the_items_title() -> None:
    item = only(agenda_item(document("7", "repair of the Weir")))
    assert item.papers[0].title == "Repair of the weir"


@pytest.mark.parametrize(
    "changed",
    [
        {"isurl": "True", "url": "https://elsewhere.example/"},
        {"isrestricted": "True"},
        {"restrictionsRef": "3"},
        {"isdisplayallowed": "False"},
        {"attachmentid": "0"},
        {"title": "Valuation (exempt)"},
    ],
)
def test_what_is_restricted_or_elsewhere_is_no_paper(changed: dict[str, str]) -> None:
    meeting = met(agenda_item(document("7", **{"title": "Valuation"} | changed)))
    assert meeting.items[0].papers == ()
    assert meeting.withheld_papers == (() if {"isurl", "attachmentid"} & set(changed) else ("7",))


@pytest.mark.parametrize(
    "changed",
    [
        {"isrestricted": "True"},
        {"isrestricted": " true\n"},
        {"isdisplayallowed": "False"},
        {"isdisplayallowed": ""},
        {"agendaitemtitle": "EXEMPT - Sale of the quay"},
        {"agendatext": "<p>NOT FOR PUBLICATION by virtue of paragraph 3</p>"},
    ],
)
def test_of_a_withheld_item_nothing_is_read_but_key_and_number(changed: dict[str, str]) -> None:
    values = {"minutesnonemptyhtmlbody": MINUTES, "agendatext": "<p>secret</p>"} | changed
    meeting = met(agenda_item(document("7", "Valuation"), **values))
    assert meeting.items == (Item("51902", "59", "", f"{BASE}mgAi.aspx?ID=51902", withheld=True),)
    assert meeting.withheld_papers == ("7",)
    assert not meeting.minutes_published or meeting.papers


def test_an_item_about_the_exclusion_of_the_public_is_public() -> None:
    item = only(
        agenda_item(agendaitemtitle="Exclusion of press and public", agendatext="<p>To consider it.</p>")
    )
    assert not item.withheld
    assert item.parts


def test_a_section_heading_is_an_item_without_parts() -> None:
    item = only(agenda_item(agendaitemnumber="0", fulldisplaynumberformat="\n", agendaitemtitle="Part A"))
    assert (item.number, item.title, item.parts, item.papers) == ("", "Part A", (), ())


def test_a_decision_that_is_not_published_is_not_read() -> None:
    assert only(agenda_item(isdecisionpublished="False", decisionnonemptyhtmlbody="<p>x</p>")).parts == ()


def test_minutes_are_drafts_until_they_are_approved() -> None:
    item = agenda_item(minutesnonemptyhtmlbody=MINUTES)
    draft, final, none = (
        met(item, minutepublished="False"),
        met(item),
        met(agenda_item(), minutepublished="False"),
    )
    assert (draft.draft, draft.minutes_published, draft.papers) == (True, True, ())
    assert (final.draft, final.minutes_published) == (False, True)
    assert [(p.key, p.kind, p.item, p.url) for p in final.papers] == [
        ("10230", PaperKind.MINUTES, "", f"{BASE}mgConvert2PDF.aspx?ID=10230&T=1")
    ]
    assert (none.draft, none.minutes_published) == (False, False)


def test_a_meeting_that_moved_is_held_on_its_new_day() -> None:
    assert met(meetingdate="20/01/2026").date == "2026-01-20"
    assert met(meetingdate="\n").date == LISTED.date


def test_a_cancelled_meeting_has_all_flags_off_and_is_not_withheld() -> None:
    meeting = met(
        meetingstatus="Cancelled", isdisplayallowed="False", minutepublished="False", agendapublished="False"
    )
    assert (meeting.status, meeting.items, meeting.withheld) == ("Cancelled", (), False)


def test_a_meeting_that_may_not_be_displayed_is_withheld() -> None:
    meeting = met(agenda_item(minutesnonemptyhtmlbody=MINUTES), isdisplayallowed="False")
    assert meeting.withheld
    assert (meeting.items, meeting.papers, meeting.minutes_published) == ((), (), False)


@pytest.mark.parametrize("number", ["0", "10222", ""])
def test_an_answer_about_another_meeting_or_none_means_that_it_is_absent(number: str) -> None:
    with pytest.raises(AbsentError, match="10221"):
        met(meetingid=number)


def test_a_truncated_answer_is_unreadable() -> None:
    whole = answered(agenda_item(agendatext=escape(MINUTES)))
    with pytest.raises(UnreadableError, match="broken"):
        read_meeting(whole[: len(whole) // 2], BASE, LISTED)


def test_a_published_agenda_that_is_missing_is_unreadable() -> None:
    body = answered().replace(b"<agendaitems>\n</agendaitems>", b"")
    with pytest.raises(UnreadableError, match="agenda"):
        read_meeting(body, BASE, LISTED)
    assert read_meeting(body.replace(b"published>True", b"published>False"), BASE, LISTED).items == ()


def test_an_item_without_its_number_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match="agendaitemid"):
        met(agenda_item(agendaitemid="0"))


def test_the_committee_is_the_one_that_was_listed() -> None:
    other = replace(LISTED, committee=ListedCommittee("5", "Parks"))
    assert read_meeting(answered(), BASE, other).committee == "Parks"
