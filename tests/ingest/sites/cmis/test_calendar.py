import pytest

from corpus.errors import UnreadableError
from ingest.sites.cmis.calendar import parse_committees, parse_list, parse_month
from ingest.sites.records import ListedCommittee, ListedMeeting
from tests.ingest.sites.cmis.pages import MODULE, PAGE, ROOT, page

MONTH = MODULE.month("2026-06")


def link(words: str, meeting: str = "15028", committee: str = "6", *, before: str = PAGE) -> str:
    return (
        f'<a href="{before}/ctl/ViewMeetingPublic/mid/397/Meeting/{meeting}/Committee/{committee}'
        f'/SelectedTab/Documents/Default.aspx">{words}</a>'
    )


def day(words: str, *entries: str) -> str:
    meetings = "".join(f'<p class="Meeting">\r\n {entry}</p>' for entry in entries)
    return f'<tr class="rgRow"><td class="SimpleCalendarDate">{words}</td><td>{meetings}</td></tr>'


def calendar(*days: str) -> bytes:
    return page(f'<table class="rgMasterTable">{"".join(days)}</table>')


def read(*days: str, month: str = "2026-06") -> tuple[ListedMeeting, ...]:
    return parse_month(calendar(*days), MONTH, month, MODULE)


def test_a_month_lists_its_meetings_under_lasting_addresses():
    found = read(
        day("Monday, 1 June"),
        day("Monday, 8 June", link("10:00 Licensing Sub-Committee A")),
        day(
            "Tuesday, 9 June", link("9:30 Planning &amp; Trees", "15029", "7"), link("Council", "15030", "1")
        ),
    )
    assert found == (
        ListedMeeting(
            "15028",
            ListedCommittee("6", "Licensing Sub-Committee A"),
            "2026-06-08",
            MODULE.meeting("15028", "6"),
        ),
        ListedMeeting(
            "15029", ListedCommittee("7", "Planning & Trees"), "2026-06-09", MODULE.meeting("15029", "7")
        ),
        ListedMeeting("15030", ListedCommittee("1", "Council"), "2026-06-09", MODULE.meeting("15030", "1")),
    )


def test_a_link_to_another_host_leads_to_the_site_s_own_page():
    (meeting,) = read(
        day("Monday, 8 June", link("10:00 Council", before="https://elsewhere.example/x/tabid/1"))
    )
    assert meeting.url == MODULE.meeting("15028", "6")


@pytest.mark.parametrize(
    ("words", "title", "status"),
    [
        ("10:00 Council", "Council", ""),
        ("10.00 am - Council", "Council", ""),
        ("10:00 CANCELLED - Council", "Council", "Cancelled"),
        ("10:00 Council (Cancelled)", "Council", "Cancelled"),
        ("10:00 Council - meeting cancelled", "Council - meeting", "Cancelled"),
        ("10:00 24/7 Services Panel", "24/7 Services Panel", ""),
    ],
)
def test_an_entry_is_a_time_and_a_committee_that_may_not_meet(words, title, status):
    (meeting,) = read(day("Monday, 8 June", link(words)))
    assert (meeting.committee.title, meeting.status) == (title, status)


def test_days_of_the_months_around_are_left_to_those():
    found = read(
        day("Sunday, 31 May", link("10:00 Cabinet", "1")),
        day("Monday, 1 June", link("10:00 Cabinet", "2")),
        day("Wednesday, 1 July", link("10:00 Cabinet", "3")),
    )
    assert [meeting.key for meeting in found] == ["2"]


def test_what_is_no_meeting_is_left_out_and_a_meeting_counts_once():
    found = read(
        day(
            "Monday, 8 June",
            '<a href="/cmis5/News.aspx">10:00 News</a>',
            link("10:00"),
            link("10:00 Cabinet", "2"),
        ),
        day("Tuesday, 9 June", link("10:00 Cabinet", "2")),
        '<tr><td class="SimpleCalendarDate">Wednesday, 10 June</td></tr>',
    )
    assert [(meeting.key, meeting.date) for meeting in found] == [("2", "2026-06-08")]


def test_a_month_without_meetings_has_a_calendar_still():
    assert read(day("Monday, 1 June"), day("Tuesday, 2 June")) == ()
    with pytest.raises(UnreadableError, match="no calendar in the page"):
        parse_month(page("<p>Nothing on.</p>"), MONTH, "2026-06", MODULE)


def test_a_month_of_a_thousand_days_is_no_calendar():
    with pytest.raises(UnreadableError, match="no calendar in the page"):
        read(*[day("Monday, 8 June")] * 1000)


@pytest.mark.parametrize("month", ["2026-05", "2025-06"])
def test_a_site_that_answers_with_another_month_is_an_error(month):
    with pytest.raises(UnreadableError, match=f"another month than {month}"):
        read(day("Monday, 8 June", link("10:00 Cabinet")), month=month)


def test_the_list_names_days_with_their_year():
    rows = (
        f'<tr class="rgRow"><td>{link("9 Jul 2026 11:00 - Plans - Trees", "2", "4")}</td>'
        "<td>Rooms 3 &amp; 4</td></tr>"
        f'<tr class="rgAltRow"><td class="DateColumn">{link("23 Jul 2026 - Cabinet", "3", "5")}</td></tr>'
        f'<tr class="rgRow"><td class="DateColumn">{link("Some day - Cabinet", "4", "5")}</td><td></td></tr>'
    )
    found = parse_list(page(f"<table>{rows}</table>"), ROOT, MODULE)
    assert [(one.key, one.date, one.committee.title) for one in found] == [
        ("2", "2026-07-09", "Plans - Trees"),
        ("3", "2026-07-23", "Cabinet"),
    ]


def test_a_list_may_be_empty():
    assert (
        parse_list(page('<table><tr class="rgNoRecords"><td>No records</td></tr></table>'), ROOT, MODULE)
        == ()
    )


def test_committees_are_those_that_have_a_page():
    def to(key: str, words: str) -> str:
        view = "ctl/ViewCMIS_CommitteeDetails/mid/381"
        return f'<a href="{ROOT}/Committees/tabid/62/{view}/id/{key}/Default.aspx">{words}</a>'

    body = page(to("4", "Planning") + to("4", "More …") + to("5", "<img src='x.gif'>") + to("9", "Cabinet"))
    assert parse_committees(body, ROOT) == (ListedCommittee("4", "Planning"), ListedCommittee("9", "Cabinet"))
