import pytest
from bs4 import BeautifulSoup

from ingest.sites.cmis.addresses import (
    Module,
    calendar_pages,
    committee_key,
    committee_pages,
    find_module,
    links_of,
    list_view,
    meeting_keys,
    module_number,
    site_base,
)
from tests.ingest.sites.cmis.pages import MODULE, PAGE, ROOT


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


CONTROL = '<input name="dnn$ctr397$MeetingCalendarPublicList$btnRSS">'


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://tarnwick.cmis.example/tarnwick/", "https://tarnwick.cmis.example/tarnwick/"),
        ("https://tarnwick.cmis.example/tarnwick", "https://tarnwick.cmis.example/tarnwick/"),
        ("https://tarnwick.cmis.example/live/Meetings.aspx?x=1#y", "https://tarnwick.cmis.example/live/"),
        (f"{PAGE}/ctl/ViewMeetingPublic/mid/397/Meeting/1/Committee/2/Default.aspx", f"{ROOT}/"),
        (f"{ROOT}/CommitteesMeetings/MeetingsCalendar/tabid/70/Default.aspx", f"{ROOT}/"),
        ("https://cmis.tarnwick.example", "https://cmis.tarnwick.example/"),
        ("https://cmis.tarnwick.example/Home.aspx", "https://cmis.tarnwick.example/"),
        ("http://cmis.tarnwick.example:8080/CMIS5/", "http://cmis.tarnwick.example:8080/CMIS5/"),
    ],
)
def test_the_base_is_the_first_folder_of_the_host(address, base):
    assert site_base(address) == base


def test_a_module_knows_the_addresses_of_its_views():
    assert MODULE.month("2026-06") == (
        f"{PAGE}/ctl/MeetingCalendarPublicNoJava/mid/397/Date/2026-06-01/Default.aspx"
    )
    assert MODULE.meeting("15042", "4") == (
        f"{PAGE}/ctl/ViewMeetingPublic/mid/397/Meeting/15042/Committee/4/Default.aspx"
    )
    assert MODULE.current() == f"{ROOT}/Meetings.aspx?ctl=MeetingCalendarListView&mid=397"


def test_the_list_is_a_view_of_the_page_whatever_was_asked_of_that():
    assert list_view(f"{ROOT}/Meetings.aspx?date=3#top", "12") == (
        f"{ROOT}/Meetings.aspx?ctl=MeetingCalendarListView&mid=12"
    )


def test_links_are_absolute_and_come_by_the_page_s_own_scheme():
    html = (
        '<a href="Meetings.aspx">Our <b>meet</b>ings</a><a href="http://democracy.tarnwick.example/x">x</a>'
        '<a href="http://elsewhere.example/y">y</a><a href="javascript:__doPostBack()">z</a><a>none</a>'
        '<a href="http://[broken">w</a><a href="mailto:clerk@tarnwick.example">m</a><a href="file:///etc">f</a>'
    )
    found = [(link.address, link.words) for link in links_of(soup(html), f"{ROOT}/Home.aspx")]
    assert found == [
        (f"{ROOT}/Meetings.aspx", "Our meetings"),
        ("https://democracy.tarnwick.example/x", "x"),
        ("http://elsewhere.example/y", "y"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        CONTROL,
        '<div id="dnn_ctr397_MeetingCalendarPublic_pnlViewActions">',
        '<input name="dnn$ctr5$Search$go"><input name="dnn$ctr397$MeetingCalendarPublic$btnButtonListView">',
    ],
)
def test_the_module_s_number_stands_in_the_names_of_controls(html):
    assert module_number(soup(html)) == "397"


def test_a_page_without_the_calendar_has_no_number():
    assert module_number(soup("<p>dnn$ctr397$MeetingCalendarPublic$x</p>")) is None


@pytest.mark.parametrize(
    ("html", "address"),
    [
        (f'<a href="{PAGE}/ctl/ViewMeetingPublic/mid/397/Meeting/1/Committee/2/Default.aspx">',
         f"{ROOT}/a.aspx"),
        ('<a href="/cmis5/Meetings/tabid/70/ctl/MeetingCalendarPublicNoJava/mid/397/Default.aspx">',
         f"{ROOT}/a.aspx"),
        (CONTROL, f"{PAGE}/Default.aspx"),
        (f'<form action="/cmis5/Meetings/tabid/70/Default.aspx">{CONTROL}</form>', f"{ROOT}/Meetings.aspx"),
        (f'{CONTROL}<a href="/cmis5/Home/tabid/36/Default.aspx">Home</a>'
         '<a href="/cmis5/Meetings/tabid/70/Default.aspx">Meetings</a>',
         f"{ROOT}/Meetings.aspx"),
        (f'{CONTROL}<input id="__dnnVariable" value="`{{`__scdoff`:`1`,`sf_tabId`:`70`}}">',
         f"{ROOT}/Meetings.aspx"),
    ],
)  # fmt: skip
def test_the_tab_is_found_in_links_forms_addresses_and_what_scripts_are_told(html, address):
    assert find_module(soup(html), address) == MODULE


@pytest.mark.parametrize(
    "html",
    [
        "",
        CONTROL,
        f'{CONTROL}<form action="/cmis5/Home/tabid/36/Default.aspx">',
        f'{CONTROL}<form action="http://[broken">',
        f'{CONTROL}<input id="__dnnVariable">',
        '<a href="https://elsewhere.example/x/tabid/1/ctl/ViewMeetingPublic/mid/2/Meeting/1/Committee/2/">',
        '<a href="/cmis5/Login.aspx?returnurl=/x/tabid/1/ctl/ViewMeetingPublic/mid/2/Meeting/1/">',
    ],
)
def test_where_nothing_tells_there_is_no_module(html):
    assert find_module(soup(html), f"{ROOT}/Meetings.aspx") is None


def test_a_view_beats_a_form():
    html = (
        f'<form action="/cmis5/Meetings/tabid/9/Default.aspx">{CONTROL}'
        f'<a href="{PAGE}/ctl/ViewMeetingPublic/mid/398/Meeting/1/Committee/2/Default.aspx"></form>'
    )
    assert find_module(soup(html), f"{ROOT}/Meetings.aspx") == Module(PAGE, "398")


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        (f"{PAGE}/ctl/ViewMeetingPublic/mid/397/Meeting/15042/Committee/4/Default.aspx", ("15042", "4")),
        ("/x/meeting/15042/committee/4/SelectedTab/Documents/Default.aspx", ("15042", "4")),
        ("/x/Meeting/15042/Committee/4", ("15042", "4")),
        ("/x/Meeting/15042/Default.aspx", None),
        ("/x/Meeting/15042/Committee/4a/Default.aspx", None),
        ("/x/Default.aspx?next=/Meeting/15042/Committee/4/", None),
    ],
)
def test_an_address_names_the_meeting_and_its_committee(address, keys):
    assert meeting_keys(address) == keys


def test_an_address_names_the_committee():
    assert (
        committee_key("/x/Committees/tabid/62/ctl/ViewCMIS_CommitteeDetails/mid/381/id/135/Default.aspx")
        == "135"
    )
    assert committee_key("/x/Committees/tabid/62/ctl/Other/mid/381/id/135/Default.aspx") is None


MENU = (
    '<a href="/cmis5/Home.aspx">Home</a><a href="/cmis5/AboutMeetings.aspx">About</a>'
    '<a href="/cmis5/CommitteesMeetings/MeetingsCalendar/tabid/70/Default.aspx">Calendar</a>'
    '<a href="/cmis5/Committees.aspx?year=1">Committees</a><a href="/cmis5/CalendarOfEvents.pdf">PDF</a>'
    '<a href="https://elsewhere.example/cmis5/Meetings.aspx">x</a><a href="/other/Meetings.aspx">y</a>'
    '<a href="/cmis5/Meetings/tabid/70/ctl/Login/mid/3/Default.aspx">z</a>'
)


def test_the_menu_leads_to_the_calendar_and_to_the_committees():
    assert calendar_pages(soup(MENU), f"{ROOT}/Home.aspx") == (
        f"{ROOT}/CommitteesMeetings/MeetingsCalendar/tabid/70/Default.aspx",
        f"{ROOT}/AboutMeetings.aspx",
    )
    assert committee_pages(soup(MENU), f"{ROOT}/Home.aspx") == (f"{ROOT}/Committees.aspx",)
