"""The pages that list committees and meetings."""

import re
from datetime import date

from tests.sites.chrome import Page, action, link, meeting_address
from tests.sites.markup import attribute, entities
from tests.sites.publishing import Committee, Meeting, Published
from tests.sites.traits import Traits

#: The meeting that was brought over from the software before; only the list of the first committee has it.
OLD_MEETING = date(2024, 2, 14)


def structure(published: Published, traits: Traits) -> Page:
    """Return the list of the committees by category; those that meet no more come last, where they come."""
    listed: dict[str, list[Committee]] = {}
    for committee in published.committees:
        if not committee.expired:
            listed.setdefault(committee.category, []).append(committee)
    former = [committee for committee in published.committees if committee.expired]
    if traits.former_committees and former:
        listed["Former committees"] = former
    content = ""
    for category, committees in listed.items():
        entries = "".join(
            action(f"mgCommitteeDetails.aspx?ID={c.id}", entities(c.title), f"Link to details for {c.title}")
            for c in committees
        )
        content += f'<h2 class="mgSectionTitle">{entities(category)}</h2>\n'
        content += f'<ul  class="mgBulletList" >\n{entries}</ul>\n'
    return Page("Committee structure", "Committee structure", content)


def details(committee: Committee) -> Page:
    """Return the page of a committee."""
    members = ""
    for member in committee.members:
        role = entities(f"({member.role})") if member.role else ""
        anchor = link(f"mgUserInfo.aspx?UID={member.id}", entities(member.name))
        members += f"<li>{anchor}&nbsp; {role}&nbsp; </li>\n\n"
    content = (
        f'<link rel="alternate" type="application/rss+xml" title="What\'s new"  '
        f'href="mgRss.aspx?CID={committee.id}"  />\n'
        '<h2 class="mgSectionTitle">Purpose of committee</h2>\n<div class="mgWordPara"><div '
        'class="WordSection1">\n'
        f'<p class="MsoNormal">{entities(committee.purpose)}</p>\n</div>\n</div>\n'
        f'<h2 class="mgSectionTitle">Membership<a name="#MEM"></a></h2>\n<ul  class="mgBulletList" >\n'
        f"{members}</ul>\n"
        '<h2 class="mgSectionTitle">Contact information</h2>\n<p><span  class="mgLabel" >Support '
        "officer: </span>"
        "Jolyon Pettifer CONTACTMARKER.  Tel: 01632 960417</p>\n"
    )
    links = action(
        f"ieListMeetings.aspx?CommitteeId={committee.id}", "Browse meetings and agendas for this committee"
    )
    for name, text in (
        ("mgCommitteeMailingList.aspx?ID", "View contact details for the members of this committee"),
        ("mgAttendanceSummary.aspx?RPID", "View attendance statistics"),
        ("mgCommitteeStats.aspx?RP", "View meeting statistics"),
        ("mgListDeclarationsOfInterest.aspx?RPID", "View declarations of interest"),
    ):
        links += action(f"{name}={committee.id}", text)
    return Page("Committee details", "Committee details", content, entities(committee.title), links)


def meetings(published: Published, committee: Committee, traits: Traits, query: dict[str, str]) -> Page:
    """Return the list of a committee's meetings, newest first: of a year, or as many as one page shows."""
    everything = sorted(
        (m for m in published.meetings if m.committee.id == committee.id),
        key=lambda m: (_moment(m), m.id),
        reverse=True,
    )
    rows: list[Meeting | None] = list(everything)
    if committee.id == published.committees[0].id:
        rows.append(None)
    shown = _window(rows, traits, query)
    entries = "".join(
        f'<li  class="mgTable{"Odd" if i % 2 else "Even"}Row" >{_row(row, committee, traits)}</li>'
        for i, row in enumerate(shown)
    )
    walk = _earlier_later(rows, shown, committee)
    years = sorted({_day(row).year for row in rows})
    options = "".join(f'<option value="{year}">{year}</option>\n' for year in years)
    content = (
        '<form method="post"  action="ieListMeetings.aspx"  id="FormYearSelect">\n'
        '<label for="YearSelect">Show meetings for the year: </label>\n<select size="1" id="YearSelect" '
        f'name="YearSelect" >\n<option value="0"> </option>\n{options}</select>\n'
        f'<input type="hidden" name="hCommitteeId"  value="{committee.id}" />\n'
        '<input type="hidden" name="hCategoryId"  value="0" />\n'
        '<input type="hidden" name="IsInfo"  value="0" id="mgHidden10"/>\n'
        '<input type="hidden" name="MD"  value="ielistmeetings" id="metadata"/>\n'
        f'{walk}<div  class="mgTableBorder" >\n<div  class="mgTableTitleTxt" >\n           Meetings\n</div>\n'
        f'<ul  class="mgNonBulletTableList"  >{entries}</ul>\n</div>\n{walk}</form>\n'
    )
    links = action(
        f"mgCommitteeDetails.aspx?ID={committee.id}", f"More information about {entities(committee.title)}"
    )
    return Page("Browse meetings", "Browse meetings", content, entities(committee.title), links)


def _day(row: Meeting | None) -> date:
    return OLD_MEETING if row is None else row.day


def _moment(row: Meeting | None) -> str:
    """Return when a meeting begins, as links write it: "202603111830", the time 0000 where none is known."""
    time = re.match(r"(\d{1,2})[.:](\d\d)( pm)?", "" if row is None else row.time)
    hour = int(time[1]) % 12 + 12 if time and time[3] else int(time[1]) if time else 0
    return f"{_day(row):%Y%m%d}{hour:02}{time[2] if time else '00'}"


def _window(rows: list[Meeting | None], traits: Traits, query: dict[str, str]) -> list[Meeting | None]:
    """Return the rows that one page shows."""
    given = query.get("d", "")
    if query.get("act") == "earlier" and given:
        return _newest([row for row in rows if _moment(row) < given], traits.rows)
    if query.get("act") == "later" and given:
        return _oldest([row for row in rows if _moment(row) > given], traits.rows)
    year = query.get("year") or query.get("yearselect") or "0"
    if year.isdigit() and year != "0":
        # A full page of a year leaves out its newest meetings.
        return _oldest([row for row in rows if _day(row).year == int(year)], traits.rows_cap)
    return _newest(rows, traits.rows)


def _newest(rows: list[Meeting | None], most: int) -> list[Meeting | None]:
    """Return the first rows; the links lead on by the moment, so those of one moment stay together."""
    while 0 < most < len(rows) and _moment(rows[most]) == _moment(rows[most - 1]):
        most += 1
    return rows[:most]


def _oldest(rows: list[Meeting | None], most: int) -> list[Meeting | None]:
    return _newest(rows[::-1], most)[::-1]


def _earlier_later(all_rows: list[Meeting | None], shown: list[Meeting | None], committee: Committee) -> str:
    links = ""
    if shown and _moment(all_rows[-1]) < _moment(shown[-1]):
        picture = '<img src="mgimages/left5.gif" alt=""/>'
        links += _step("earlier", shown[-1], committee, f"{picture}Earlier meetings")
    if shown and _moment(all_rows[0]) > _moment(shown[0]):
        picture = '<img src="mgimages/right5.gif" alt=""/>'
        links += _step("later", shown[0], committee, f"Later meetings{picture}")
    return f"<div  class='mgMeetingsEarlierLater' ><p>\n{links}</p></div>\n"


def _step(act: str, row: Meeting | None, committee: Committee, text: str) -> str:
    href = f"ieListMeetings.aspx?Act={act}&amp;CId={committee.id}&amp;D={_moment(row)}&amp;MD=ielistmeetings"
    separator = "<span class='mgLinkSep'>. </span>\n"
    return f'<a   class="mgTableNextLnk"   href="{href}"  >{text}</a>{separator}'


def _row(row: Meeting | None, committee: Committee, traits: Traits) -> str:
    day = f"{_day(row).day} {_day(row):%b %Y}"
    title = attribute(f"Link to meeting details for {committee.title} meeting of {day}")
    if row is None:
        written = f"{OLD_MEETING:%d%%2f%m%%2f%Y}"
        href = f"ceListDocuments.aspx?CommitteeId={committee.id}&amp;MeetingId=88&amp;DF={written}&amp;Ver=2"
        return f'<a  class="mgMeetingTableLnk"    href="{href}"  title="{title}">{day}</a> - Agenda'
    time = f"&nbsp;{row.time.replace(':', '&#58;')}" if row.time else ""
    href = meeting_address(row)
    anchor = f'<a  class="mgMeetingTableLnk"    href="{href}"  title="{title}">{day}{time}</a>'
    return f"{anchor}{_published(row, traits)}"


def _published(meeting: Meeting, traits: Traits) -> str:
    if meeting.cancelled:
        return " - WEDI'I GANSLO / CANCELLED" if traits.chrome.welsh else " - CANCELLED"
    if not meeting.displayed:
        return ""
    welsh = traits.chrome.welsh
    parts = [
        *(["Agenda"] if meeting.has_agenda else []),
        *(["Penderfyniadau" if welsh else "Decisions"] if meeting.has_decisions else []),
        *(["Cofnodion" if welsh else "Minutes"] if meeting.has_minutes else []),
    ]
    return f" - {', '.join(parts)}" if parts else ""
