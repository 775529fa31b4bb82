"""The page of a meeting and the page of one item, after the grammar of the real ones."""

from dataclasses import dataclass, replace
from datetime import date

from tests.sites.chrome import Page, action, link, meeting_address
from tests.sites.markup import attribute, cut, entities, word_html
from tests.sites.papers import contents, decisions, frontsheet, printed
from tests.sites.publishing import Item, Meeting, Paper, Published
from tests.sites.recorded_votes import votes_table
from tests.sites.traits import Traits

_WELSH = {
    "Minutes": "Cofnodion",
    "Decision": "Penderfyniad",
    "Additional documents": "Dogfennau ychwanegol",
    "Supporting documents": "Dogfennau ategol",
}
_RESTRICTED = '<img  src="mgimages/restricted.gif" alt="Restricted" />'


@dataclass(frozen=True, slots=True)
class Printing:
    """What the pages of a meeting need to know beside the meeting."""

    traits: Traits
    published: Published

    def label(self, text: str) -> str:
        """Return a label in the site's language."""
        return _WELSH[text] if self.traits.chrome.welsh else text


def paper_address(paper: Paper, traits: Traits) -> str:
    """Return where a paper lies, as links write it, with the blanks of its name."""
    name = f"../../evil %2e%2e%2f{paper.file}" if traits.tricky_names else paper.file
    return f"{traits.foreign_links}documents/s{paper.id}/{name}"


def paper_bytes(paper: Paper, published: Published) -> bytes:
    """Return the contents of a paper; printed minutes are those of their own meeting."""
    meeting = published.meeting(paper.minutes_of) if paper.minutes_of else None
    return printed(meeting) if meeting else contents(paper)


def has_printed(meeting: Meeting, traits: Traits) -> bool:
    """Tell whether there are printed minutes of `meeting`."""
    return meeting.has_minutes and meeting.displayed and bool(meeting.printed or traits.printed_everywhere)


def long_day(day: date) -> str:
    """Return a day as headings write it."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def meeting_page(meeting: Meeting, printing: Printing) -> Page:
    """Return the page of a meeting."""
    committee = entities(meeting.committee.title)
    when = f"{long_day(meeting.day)} {meeting.time}".strip()
    shown = meeting.displayed and meeting.has_agenda and not meeting.cancelled
    name = f"Agenda for {meeting.committee.title} on {long_day(meeting.day)}"
    return Page(
        title=f"{name}, {meeting.time}" if meeting.time else name,
        heading=_heading(meeting, printing) if shown else "Meeting",
        content=_content(meeting, printing, shown),
        sub=link(
            f"mgCommitteeDetails.aspx?ID={meeting.committee.id}",
            f"{committee} - {entities(when)}{', CANCELLED' if meeting.cancelled else ''}",
            f"Link to {meeting.committee.title}",
        ),
        links=_links(meeting, printing, shown),
        day=meeting.day,
        modified=meeting.modified,
    )


def item_page(meeting: Meeting, item: Item, printing: Printing) -> Page:
    """Return the page of one item in full."""
    closed = item.restricted or not item.displayed
    heading = f"{item.number} {item.title}".strip()
    back = meeting_address(meeting, item.id)
    where = f"Meeting of {meeting.committee.title}, {long_day(meeting.day)} (Item {item.number or '-'})"
    blocks = "" if closed else _blocks(item, meeting, printing, whole=True)
    content = (
        f'<p>{link(back, entities(where))}</p>\n<p  class="mgAiTitleTxt" >{entities(heading)}</p>\n{blocks}'
    )
    return Page(
        f"Agenda item - {item.title}",
        "Agenda item",
        content,
        entities(heading),
        day=meeting.day,
        modified=meeting.modified,
    )


def _heading(meeting: Meeting, printing: Printing) -> str:
    """Return the words that tell what is published."""
    minutes = ("draft minutes" if meeting.draft else "minutes") if meeting.has_minutes else ""
    parts = ["Agenda", *(["decisions"] if meeting.has_decisions else []), *([minutes] if minutes else [])]
    english = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
    if not printing.traits.chrome.welsh:
        return english
    welsh = ["Agenda", *(["penderfyniadau"] if meeting.has_decisions else [])]
    welsh += [f"cofnodion{' drafft' if meeting.draft else ''}"] if minutes else []
    return f"{', '.join(welsh)} / {english}"


def _size(size: int, kind: str = "PDF") -> str:
    return (
        f'<span class="mgFileSize" > <img  src="mgimages/{kind.lower()}-icon.gif" alt="" /> {kind} '
        f"{-(-size // 1024)} KB</span>"
    )


def _file_name(kind: str, meeting: Meeting) -> str:
    day = meeting.misnamed or meeting.day
    time = meeting.time.split(" ")[0].replace(":", ".")
    name = f"{kind} {day:%A} {day:%d-%b-%Y} {time} {meeting.committee.title}".replace("&", "and").replace(
        "’", ""
    )
    return f"documents/g{meeting.agenda_id}/{' '.join(name.split())}.pdf"


def _links(meeting: Meeting, printing: Printing, shown: bool) -> str:
    links = action(
        f"mgMeetingAttendance.aspx?ID={meeting.id}",
        "Attendance details",
        f"Link to attendance of {meeting.committee.title}",
    )
    if not shown:
        return links
    files = [("Agenda frontsheet", "Agenda frontsheet", 0, len(frontsheet(meeting)))]
    papers = [
        p for i in meeting.items if i.displayed and not i.restricted for p in i.papers if not p.restricted
    ]
    if len(papers) > 3:
        links += action(f"mgChooseDocPack.aspx?ID={meeting.agenda_id}", "Agenda reports pack")
    elif papers:
        # The pack is made only when it is asked for: most of the time would go into it.
        size = sum(len(paper_bytes(paper, printing.published)) for paper in papers)
        files.append(("Public reports pack", "Agenda reports pack", 10, size))
    if meeting.has_decisions:
        files.append(("Decisions", "Printed decisions", 2, len(decisions(meeting))))
    if has_printed(meeting, printing.traits):
        kind = "Printed draft minutes" if meeting.draft else "Printed minutes"
        files.append((kind, kind, 1, len(printed(meeting))))
    for name, text, number, size in files:
        href = entities(f"{_file_name(name, meeting)}?T={number}")
        links += f"\t\t<li>{link(href, f'{text} {_size(size)}', f'Link to {text}')}</li>\n"
    return links


def _content(meeting: Meeting, printing: Printing, shown: bool) -> str:
    if not shown:
        return f"<p>No documents are available for this meeting</p>\n{_venue(meeting, 'Proposed venue: ')}"
    rows = "".join(_row(item, meeting, printing) for item in meeting.items if item.displayed)
    webcast = (
        '<h2  class="mgSectionTitle" >Media</h2>\n<p><span  class="mgLabel" >Webcast: </span><a href='
        f'"https://ashmere.public-i.example/site/mg_bounce.php?mg_m_id={meeting.id}">View the webcast</a>'
        f"</p>\n"
        if meeting.webcast
        else ""
    )
    foreign = (
        f'<p><a href="{printing.traits.foreign_links}mgAi.aspx?ID=1">Items of another council</a></p>\n'
        if printing.traits.foreign_links
        else ""
    )
    return (
        f"{_venue(meeting, 'Venue: ')}{webcast}{foreign}"
        '<table  class="mgItemTable"  id="mgItemTable"  summary="Table of agenda items">\n'
        '<caption  class="mgSectionTitle" >Items</caption>\n<tr><th  class="mgHide" >No.</th>\n'
        f'<th  class="mgHide" >Item</th></tr>\n{rows}</table>\n'
    )


def _venue(meeting: Meeting, label: str) -> str:
    return (
        f'<p><span  class="mgLabel" >{label}</span>{entities(meeting.committee.venue)}. '
        f"{link('mgLocationDetails.aspx?RID=1', ' View directions')}</p>\n"
        '<p><span  class="mgLabel" >Contact: </span>Jolyon Pettifer CONTACTMARKER 01632 960417&nbsp; \n '
        "Email:&nbsp;"
        '<a href="mailto:jolyon.pettifer@ashmere.example">jolyon.pettifer@ashmere.example</a>\n\t\t\n</p>\n'
    )


def _row(item: Item, meeting: Meeting, printing: Printing) -> str:
    # Both cells use the class of titles.
    anchor = f'<a  name="AI{item.id}" aria-disabled="true"></a>'
    number = f'<p  class="mgAiTitleTxt" >{anchor}{entities(item.number)}</p>'
    shown = _closed(item, printing) if item.restricted else _blocks(item, meeting, printing, whole=False)
    return (
        f'<tr>\n<td  class="mgItemNumberCell" >\n\t{number}\n</td>\n<td>\n{_title(item, printing)}'
        f"{shown}</td>\n</tr>\n"
    )


def _closed(item: Item, printing: Printing) -> str:
    """Return what is shown of a restricted item beside its title: that it has papers, and the reasons."""
    why = f"View the reasons why item {item.number.rstrip('.')} is restricted"
    links = action(f"mgRestricted.aspx?AIID={item.id}", why)
    closed = replace(item, papers=tuple(replace(paper, restricted=True) for paper in item.papers))
    return f'<ul  class="mgActionList" >\n{links}</ul>\n{_papers(closed, printing)}'


def _title(item: Item, printing: Printing) -> str:
    """Return the title, as a link where a paper has the very same one."""
    report = _of_title(item)
    if item.restricted:
        return f'<p  class="mgAiTitleTxt" >{entities(item.title)} {_RESTRICTED}</p>\n'
    if report is None:
        return f'<p  class="mgAiTitleTxt" >{entities(item.title)}</p>\n'
    href = entities(paper_address(report, printing.traits))
    text = f"{entities(item.title)} {_size(len(paper_bytes(report, printing.published)))}"
    anchor = link(href, text, f"Link to document {item.title}", "mgAiTitleLnk")
    return f'<p  class="mgAiTitleTxt" >{anchor}</p>\n'


def _of_title(item: Item) -> Paper | None:
    return next((p for p in item.papers if p.title == item.title and not p.restricted), None)


def _blocks(item: Item, meeting: Meeting, printing: Printing, *, whole: bool) -> str:
    html = _item_actions(item, meeting)
    if item.agenda:
        html += _block(item.agenda, "agenda", item, whole)
    html += _papers(item, printing)
    for label, kind, text in (("Decision", "decision", item.decision), ("Minutes", "minutes", item.minutes)):
        if text:
            html += f'<p class="mgSubItemTitleTxt">{printing.label(label)}:</p>\n'
            html += _block(text, kind, item, whole)
    if item.votes:
        page = f"mgListRecordedVotesShort.aspx?AIID={item.id}&amp;MID={meeting.id}"
        # The entry stands outside any list.
        html += votes_table(item.votes, printing.traits.chrome.welsh) + action(
            page, "View a recorded vote for this item"
        )
    return html


def _item_actions(item: Item, meeting: Meeting) -> str:
    number = item.number.rstrip(".")
    links = ""
    if item.decision and meeting.has_decisions:
        links += action(f"ieDecisionDetails.aspx?AIId={item.id}", f"View the decision for item {number}.")
    if item.issue:
        links += action(f"mgIssueHistoryHome.aspx?IId={item.issue}", f"View the background to item {number}.")
    return f'<ul  class="mgActionList" >\n{links}</ul>\n' if links else ""


def _block(text: str, kind: str, item: Item, whole: bool) -> str:
    shown, shortened = (text, False) if whole else cut(text)
    number = item.number.rstrip(".")
    more = (
        f' &nbsp;...&nbsp; <a  href="mgAi.aspx?ID={item.id}"  title="'
        f'{attribute(f"Link to view the full item text for item {number}., {item.title}")}">'
        f"view the full {kind} text for item {number}.</a>"
    )
    return f'<div  class="mgWordPara" >{word_html(shown, more if shortened else "")}</div>\n'


def _papers(item: Item, printing: Printing) -> str:
    papers = [paper for paper in item.papers if paper is not _of_title(item)]
    if not papers:
        # Some templates print the label whether or not a list follows.
        empty = f'<p class="mgSubItemTitleTxt">{printing.label("Additional documents")}:</p>\n'
        return empty if item.empty_label else ""
    label = printing.label("Supporting documents" if item.id % 2 else "Additional documents")
    entries = "".join(_entry(i, paper, item, printing) for i, paper in enumerate(papers, start=1))
    return f'<p class="mgSubItemTitleTxt">{label}:</p>\n<ul  class="mgBulletList" >\n{entries}</ul>\n'


def _entry(place: int, paper: Paper, item: Item, printing: Printing) -> str:
    number = item.number.rstrip(".")
    if paper.restricted:
        reasons = f"mgRestricted.aspx?ID={paper.id}"
        why = link(reasons, f"View the reasons why document {number}./{place} is restricted")
        return f"<li>{entities(paper.title)} {_RESTRICTED} {why}</li>\n"
    hidden = f'<span  class="mgHide" >, item {number}.</span>'
    size = len(paper_bytes(paper, printing.published))
    kind = "DOCX" if paper.form == "docx" else "PDF"
    text = f"{entities(paper.title)}{hidden} {_size(size, kind)}"
    href = entities(paper_address(paper, printing.traits))
    return f"<li>{link(href, text, f'Link to document {paper.title}')}</li>\n"
