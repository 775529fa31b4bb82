"""The pages of the fake CMIS, as DotNetNuke and Telerik write them."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from html import escape

from tests.sites.cmis_council import NAME, AgendaItem, Committee, Document, Meeting, pdf

#: Neither of them is the one that most councils have.
TAB, MODULE = "83", "412"
PAGE = "CalendarofMeetings"
_CONTROL = f"dnn_ctr{MODULE}"
_WRAPPER = "DNNModuleContent ModCMISMeetingsC"
#: Gives a document the address that it has on this view of the page.
Address = Callable[[Meeting, Document], str]


def view(root: str, name: str, what: str = "") -> str:
    """Return the address of a view of the calendar's module."""
    return f"{root}/{PAGE}/tabid/{TAB}/ctl/{name}/mid/{MODULE}/{what}Default.aspx"


def meeting_address(root: str, meeting: Meeting, *, tab: bool = False) -> str:
    """Return the address of a meeting's page, with `tab` as the calendar links to it."""
    selected = "SelectedTab/Documents/" if tab else ""
    return view(
        root, "ViewMeetingPublic", f"Meeting/{meeting.key}/Committee/{meeting.committee.key}/{selected}"
    )


def front_page(root: str) -> str:
    """Return the page where a visitor lands; the calendar is not on it."""
    return _framed(
        root,
        "Home",
        "<h1>Welcome</h1><p>The Committee Management Information System (CMIS) tells who sits where.</p>"
        "<h2>Next meeting</h2><p>See the calendar.</p>",
    )


def calendar_page(root: str, *, tells_tab: bool) -> str:
    """Return the page of the calendar, whose own view of a month is drawn by a script."""
    name = f"dnn$ctr{MODULE}$MeetingCalendarPublic"
    return _framed(
        root,
        "Calendar of Meetings",
        f'<div class="{_WRAPPER}"><div id="{_CONTROL}_MeetingCalendarPublic_pnlViewActions">'
        f'<input type="submit" name="{name}$btnButtonListView" value="Meeting List View" />'
        f'<input type="submit" name="{name}$btnButtonMeetingsRSS" value="Meetings RSS" />'
        '</div><div class="RadScheduler RadScheduler_Default"></div></div>',
        action=f"{root}/{PAGE}.aspx",
        variables=f"`{{`__scdoff`:`1`,`sf_siteRoot`:`{root}/`,`sf_tabId`:`{TAB}`}}" if tells_tab else "",
    )


def list_page(root: str, meetings: Iterable[Meeting]) -> str:
    """Return the list of `meetings`, those of the current month."""
    grid = f"{_CONTROL}_MeetingCalendarPublicList_grdRadMeeting_ctl00"
    rows = (
        "".join(
            f'<tr class="{_row_class(i)}" id="{grid}__{i}"><td class="DateColumn">'
            f'<a id="{grid}_ctl{i}_lnkMeeting" href="{meeting_address(root, meeting, tab=True)}">'
            f"{_day(meeting.day)} {meeting.time} - {escape(meeting.committee.title)}</a></td>"
            f"<td>{escape(meeting.venue)}</td></tr>"
            for i, meeting in enumerate(meetings)
        )
        or '<tr class="rgNoRecords"><td colspan="2"><div>No records to display.</div></td></tr>'
    )
    return _framed(
        root,
        "Calendar of Meetings",
        f'<div class="CMIS_ModuleWrapper CM_ModuleWrapper MeetingCalendarListView"><table id="{grid}">'
        '<thead><tr><th scope="col" class="DateColumn rgHeader">Date/Start Time</th>'
        '<th scope="col" class="rgHeader">Venue</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>",
    )


def month_page(root: str, year: int, month: int, meetings: Iterable[Meeting]) -> str:
    """Return the calendar of a month with its `meetings`: a row for each day, which names no year."""
    on: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        on.setdefault(meeting.day, []).append(meeting)
    rows = []
    for number in range(1, monthrange(year, month)[1] + 1):
        day = date(year, month, number)
        entries = "".join(
            f'<p class="Meeting">\r\n<a href="{meeting_address(root, meeting, tab=True)}">{meeting.time} '
            f"{escape(meeting.committee.title)}</a></p>"
            for meeting in on.get(day, ())
        )
        rows.append(
            f'<tr class="{_row_class(number)}"><td class="SimpleCalendarDate">'
            f"{day:%A}, {day.day} {day:%B}</td><td>{entries}</td></tr>"
        )
    return _framed(
        root,
        "Calendar of Meetings",
        f'<div class="{_WRAPPER}"><table class="rgMasterTable" '
        f'id="{_CONTROL}_MeetingCalendarPublicPrinter_grdRadMeeting_ctl00">{"".join(rows)}</table></div>',
    )


def committees_page(root: str, committees: Iterable[Committee]) -> str:
    """Return the list of committees."""
    entries = "".join(
        f'<li><a href="{root}/Committees/tabid/62/ctl/ViewCMIS_CommitteeDetails/mid/381/id/{one.key}/'
        f'Default.aspx">{escape(one.title)}</a></li>'
        for one in committees
    )
    return _framed(root, "Committees", f'<h1>Committees</h1><ul class="CommitteeList">{entries}</ul>')


def meeting_page(root: str, meeting: Meeting, today: date, address: Address) -> str:
    """Return a meeting's page: details, attendance, agenda, documents."""

    def listed(documents: Iterable[Document]) -> str:
        entries = "".join(
            '<li class="DocumentListItem">'
            f'<img class="FileTypeImage" src="{root}/images/pdf.gif" alt="pdf" />'
            f'<a title="Click to view \'{escape(document.title)}\'" class="TitleLink" '
            f'href="{escape(address(meeting, document))}" target="_blank">{escape(document.title)}</a>\r\n'
            f'<span class="FileSize">({len(pdf(document)) // 1000}Kb)</span></li>'
            for document in documents
            if document.is_out(today)
        )
        return f'<ol class="DocumentList">{entries}</ol>' if entries else ""

    agenda = "".join(_item(root, i, item, listed(item.documents)) for i, item in enumerate(meeting.items))
    status = meeting.status(today)
    shown = status != "Cancelled"
    return _framed(
        root,
        "Meeting Details",
        f'<div class="{_WRAPPER}"><h1>Meeting Details</h1>'
        + _holder("Committee", "Committee", escape(meeting.committee.title))
        + _holder("DateTime", "Date/Time", f"{_day(meeting.day)} - {meeting.time}")
        + _holder("Venue", "Status", status, _holder("Venue", "Venue", _venue(root, meeting)))
        + (_attendance() if today > meeting.day and shown else "")
        + (_grid(agenda) if agenda and shown else "")
        + f'<div id="{_CONTROL}_ViewMeetingPublic_cmisPdfDocuments_pnlDocuments" class="CmisDocumentList">'
        + (listed(meeting.documents) if shown else "")
        + "</div></div>",
    )


def absent_page(root: str) -> str:
    """Return what stands where a meeting is no more; it comes with the status 200."""
    return _framed(
        root,
        "Meeting Details",
        f'<div class="{_WRAPPER}"><span class="NormalRed">The requested meeting could not be found.'
        "</span></div>",
    )


def _item(root: str, place: int, item: AgendaItem, documents: str) -> str:
    title = escape(item.title)
    if item.key:
        own = view(root, "ViewCMIS_DecisionDetails", f"Id/{item.key}/")
        title = f'<a href="{own}">{title}</a>'
    mark = f'<img src="{root}/images/lock.gif" alt="{item.mark}" />' if item.mark else ""
    return (
        f'<tr class="{_row_class(place)}"><td>{item.number}</td><td>{mark}{title}</td>'
        f"<td>{item.summary}{documents}</td></tr>"
    )


def _grid(rows: str) -> str:
    return (
        '<fieldset><legend>Agenda Items</legend><div class="RadGrid RadGrid_Default">'
        '<table class="rgMasterTable"><thead><tr><th class="rgHeader">No.</th><th class="rgHeader">Title</th>'
        '<th class="rgHeader">Summary</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></fieldset>"
    )


def _attendance() -> str:
    return (
        '<fieldset><legend>Attended - Committee Members</legend><table class="rgMasterTable">'
        '<tr class="rgRow"><td>Councillor Ivo Tansley</td></tr></table></fieldset>'
        '<fieldset><legend>Apologies</legend><table class="rgMasterTable">'
        '<tr class="rgRow"><td>Councillor Nell Orme</td><td>Ill</td></tr></table></fieldset>'
    )


def _holder(kind: str, label: str, value: str, inner: str = "") -> str:
    return (
        f'<div class="holder"><div class="DNNLabel {kind}Label"><div class="dnnLabel">'
        f"<label><span>{label}:</span></label></div></div>"
        f'<div class="Value {kind}">{value}</div>{inner}</div>\r\n'
    )


def _venue(root: str, meeting: Meeting) -> str:
    return f'<a href="{view(root, "MeetingVenueDetails", "VenueID/13/")}">{escape(meeting.venue)}</a>'


def _row_class(place: int) -> str:
    return "rgAltRow" if place % 2 else "rgRow"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _framed(root: str, title: str, content: str, *, action: str = "", variables: str = "") -> str:
    """The council's own frame, with headings that are none of the page's."""
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head id="Head"><title>{title} &gt; {NAME}</title><meta name="robots" content="noindex,nofollow" />
<link href="{root}/Portals/_default/default.css" rel="stylesheet" /></head>
<body id="Body"><form method="post" action="{action or root + "/Default.aspx"}" id="Form">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTE" />
<input name="__dnnVariable" type="hidden" id="__dnnVariable" value="{escape(variables)}" />
<div id="dnn_HeaderPane"><h1>{NAME}</h1><h2>Agenda Items</h2><ul class="dnnMenu">
<li><a href="{root}/Home.aspx">Home</a></li><li><a href="{root}/Councillors.aspx">Councillors</a></li>
<li><a href="{root}/AboutMeetings.aspx">About our meetings</a></li>
<li><a href="{root}/{PAGE}.aspx">Calendar of meetings</a></li>
<li><a href="{root}/Committees.aspx">Committees</a></li><li><a href="{root}/Decisions.aspx">Decisions</a></li>
<li><a href="https://www.brackenford.example/Meetings.aspx">Main site</a></li></ul></div>
<div id="dnn_ContentPane">{content}</div>
<div id="dnn_FooterPane"><h2>Meeting Details</h2><p>&copy; {NAME}</p></div>
</form></body></html>
"""
