"""The pages of decisions, of issues, of attendance, of a search, and the feed of a committee."""

import re
from datetime import date

from tests.sites.chrome import Page, action, link, meeting_address
from tests.sites.markup import entities, plain, word_html
from tests.sites.meeting_page import Printing, long_day, paper_address
from tests.sites.publishing import Committee, Issue, Meeting, Ruling

#: Days that the register shows when it is asked for none.
_WINDOW = 14


def register(printing: Printing, query: dict[str, str], *, officers: bool) -> Page:
    """Return the decisions published in the days that `DR` names; `K=1` the key ones only."""
    first, last = _range(query.get("dr", ""), printing.published.day)
    rows = "".join(
        _register_row(ruling)
        for ruling in reversed(printing.published.rulings)
        if first <= ruling.published <= last
        and (not officers or ruling.officer)
        and (query.get("k", "0") != "1" or ruling.key)
    )
    title = "Officer decisions" if officers else "Decisions"
    none = "<p>No decisions were published in this period.</p>"
    table = (
        '<table  class="mgTabTable"  summary="Table of decisions">\n<caption  class="mgSectionTitle" >'
        "Decisions published"
        f"</caption>\n<tr><th>Decision</th><th>Published</th><th>Effective from</th><th>Call-in</th></tr>"
        f"\n{rows}</table>\n"
    )
    return Page(title, title, table if rows else none)


def ruling_page(ruling: Ruling, printing: Printing) -> Page:
    """Return one decision in full."""
    links = action(f"mgIssueHistoryHome.aspx?IId={ruling.issue}&amp;Opt=0", "Find out more about this issue")
    found = printing.published.found_item(ruling.item) if ruling.item else None
    fields = [
        ("Decision Maker: ", entities(ruling.maker)),
        ("Decision status: ", '<span  class="mgPlanItemInForce" >Recommendations Approved</span>'),
        ("Is Key decision?: ", "Yes" if ruling.key else "No"),
        ("Is subject to call in?: ", "No" if ruling.officer else "Yes"),
    ]
    content = "".join(_field(*field) for field in fields)
    texts = (
        ("Purpose:", ruling.purpose),
        ("Decision:", ruling.decision),
        ("Reasons for the decision:", ruling.reasons),
        ("Alternative options considered:", ruling.alternatives),
    )
    for label, text in () if ruling.restricted else texts:
        if text:
            content += f'<h3  class="mgSubSubTitleTxt" >{label}</h3>\n'
            content += f'<div  class="mgWordPara" >{word_html(text)}</div>\n'
    content += "<p>Contact: Jolyon Pettifer CONTACTMARKER, Email: jolyon.pettifer@ashmere.example</p>\n"
    content += _field("Publication date: ", f"{ruling.published:%d/%m/%Y}")
    content += _field("Date of decision: ", f"{ruling.made:%d/%m/%Y}")
    if found is not None:
        meeting = found[0]
        href = meeting_address(meeting)
        content += _field(
            "Decided at meeting: ",
            link(href, entities(f"{meeting.day:%d/%m/%Y} - {meeting.committee.title}")),
        )
    content += _field("Effective from: ", f"{ruling.published:%d/%m/%Y}")
    papers = "".join(
        f"<li>{link(entities(paper_address(paper, printing.traits)), entities(paper.title))}</li>\n"
        for paper in ruling.papers
        if not paper.restricted
    )
    if papers:
        content += (
            f'<p  class="mgLabel" >Accompanying Documents:</p>\n<ul  class="mgBulletList" >\n{papers}</ul>\n'
        )
    return Page(
        f"Decision - {ruling.title}",
        "Decision details",
        content,
        entities(ruling.title),
        links if ruling.issue else "",
    )


def ruling_of_item(printing: Printing, item_id: int) -> Ruling | None:
    """Return the decision that a meeting took on an item, as the register has it."""
    for ruling in printing.published.rulings:
        if ruling.item == item_id:
            return ruling
    found = printing.published.found_item(item_id)
    if found is None or not found[1].decision or found[1].restricted or not found[1].displayed:
        return None
    meeting, item = found
    made_by = meeting.committee.title
    return Ruling(
        0, item.title, made_by, meeting.day, meeting.day, item.decision, issue=item.issue, item=item.id
    )


def issue_page(issue: Issue, printing: Printing) -> Page:
    """Return a matter with the items and decisions on it."""
    entries = ""
    for meeting in printing.published.meetings:
        for item in meeting.items:
            if item.issue == issue.id and item.displayed and meeting.displayed:
                text = entities(f"{meeting.day:%d/%m/%Y} - {meeting.committee.title}")
                entries += f"<li>{link(meeting_address(meeting, item.id), text)}</li>\n"
    for ruling in printing.published.rulings:
        if ruling.issue == issue.id and not ruling.restricted:
            entries += f"<li>{link(f'ieDecisionDetails.aspx?ID={ruling.id}', entities(ruling.title))}</li>\n"
    content = (
        _field("Decision type: ", "Non-key")
        + _field("Decision status: ", "Recommendations Approved")
        + _field("Wards affected: ", entities(issue.wards))
        + f'<h3  class="mgSubSubTitleTxt" >Agenda items</h3>\n<ul  class="mgBulletList" >\n{entries}</ul>\n'
    )
    return Page(f"Issue details - {issue.title}", "Issue details", content, entities(issue.title))


def attendance(meeting: Meeting) -> Page:
    """Return who came."""
    rows = "".join(
        f'<tr><td  class="mgMainTxt" >{link(f"mgUserInfo.aspx?UID={member.id}", entities(member.name))}</td>'
        f"<td>{member.role or 'Committee Member'}</td><td>{_presence(i, meeting)}</td></tr>\n"
        for i, member in enumerate(meeting.committee.members)
    )
    content = (
        '<table  class="mgStatsTable"  summary="Table of meeting attendance">\n<tr><th>Attendee</th><th>'
        "Role</th>"
        f"<th>Attendance</th></tr>\n{rows}</table>\n"
    )
    title = f"{meeting.committee.title}, {long_day(meeting.day)}"
    return Page(f"Attendance - {title}", "Meeting attendance", content, entities(title))


def search(printing: Printing, query: dict[str, str]) -> Page:
    """Return the items that hold a word, ten to a page."""
    term = query.get("ss", "")
    page = max(1, int(query["pg"])) if query.get("pg", "").isdigit() else 1
    hits = [
        (meeting, item)
        for meeting in printing.published.meetings
        for item in meeting.items
        if meeting.displayed
        and item.displayed
        and not item.restricted
        and term
        and term.lower() in plain(item.minutes).lower()
    ]
    if not hits:
        return Page(
            "Search results", "Search results", '<p  class="mgErrorTxt" >No results found for your query</p>'
        )
    entries = ""
    shown = hits[10 * (page - 1) : 10 * page]
    for meeting, item in shown:
        href = f"ieListDocuments.aspx?CId={meeting.committee.id}&amp;MID={meeting.id}#AI{item.id}"
        snippet = re.sub(
            f"({re.escape(term)})", r"<strong>\1</strong>", entities(plain(item.minutes)[:200]), flags=re.I
        )
        entries += (
            f'<p  class="mgAiTitleTxt" ><img  src="mgimages/match.gif" alt="Good match" />'
            f"{link(href, entities(item.title))}</p>\n<p>Meeting: {meeting.day:%d/%m/%Y} - "
            f'{entities(meeting.committee.title)}</p>\n<div  class="mgWordPara" >{snippet}</div>\n<hr />\n'
        )
    first = 10 * (page - 1) + 1
    last = first + len(shown) - 1
    head = f"<p>Results {first} to {last} for your search &#39;{entities(term)}&#39;</p>\n<hr />\n"
    return Page("Search results", "Search results", head + entries)


def feed(committee: Committee, printing: Printing, base: str) -> bytes:
    """Return the feed of a committee's meetings."""
    entries = "".join(
        f"<item><title>{meeting.committee.title.replace('&', '&amp;')}, {long_day(meeting.day)}</title>"
        f"<link>{base}ieListDocuments.aspx?MId={meeting.id}</link></item>"
        for meeting in reversed(printing.published.meetings)
        if meeting.committee.id == committee.id and meeting.has_agenda and meeting.displayed
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>What&#39;s new</title>'
        f"<link>{base}</link>{entries}</channel></rss>"
    ).encode()


def _presence(i: int, meeting: Meeting) -> str:
    if not meeting.has_minutes:
        return "Expected"
    return ("Present", "Present", "Present", "Apologies", "Absent")[i % 5]


def _range(text: str, today: date) -> tuple[date, date]:
    days = [date(int(y), int(m), int(d)) for d, m, y in re.findall(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)]
    if len(days) == 2:
        return days[0], days[1]
    return date.fromordinal(today.toordinal() - _WINDOW), today


def _register_row(ruling: Ruling) -> str:
    title = ruling.title
    hidden = f'<span  class="mgHide" > ref: {ruling.id}</span>'
    anchor = link(f"ieDecisionDetails.aspx?ID={ruling.id}", f"{entities(title)}{hidden}", f"Link to {title}")
    call_in = "Not for call-in" if ruling.officer else "Call-in expired"
    cells = (anchor, f"{ruling.published:%d/%m/%Y}", f"{ruling.published:%d/%m/%Y}", call_in)
    return "<tr>" + "".join(f'<td  class="mgMainTxt" >{cell}</td>' for cell in cells) + "</tr>\n"


def _field(label: str, html: str) -> str:
    return f'<p><span  class="mgLabel" >{label}</span>{html}</p>\n'
