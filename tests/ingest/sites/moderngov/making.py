"""Pages and answers of a fictional council, as ModernGov writes them."""

from html import escape

from ingest.sites.records import ListedCommittee, ListedMeeting
from ingest.sites.site import PAGE_BYTES, Fetched

BASE = "https://democracy.ashmere.example/"
ROADS = ListedCommittee("711", "Roads Committee")
LISTED = ListedMeeting("10221", ROADS, "2026-01-15", f"{BASE}ieListDocuments.aspx?MId=10221")


def page(heading: str, subtitle: str, content: str, *, links: str = "", head: str = "") -> bytes:
    """Return a page with the council's frame round it, headings and all."""
    return f"""<!DOCTYPE html>\r
<html lang="en"><head><title>Agenda for Roads Committee - Ashmere Borough Council</title>{head}</head>
<body><header><h1>Ashmere Borough Council</h1><p class="mgSubItemTitleTxt">Decision:</p></header>
<div  id="modgov" ><!-- modern.gov reverse CMS -->
<div class="mgHeader"><h1  class="mgMainTitleTxt" >{heading}</h1></div>
<div class="mgSubTitle" ><h2 class="mgSubTitleTxt">{subtitle}</h2></div>
<p>You can view the individual reports below.</p>
<div class="mgLinks" ><ul  class="mgActionList" >{links}</ul></div>
<div class="mgContent" >{content}</div><div class="mgFooter" ><p>&nbsp;</p></div></div>
<footer><p>Copyright</p></footer></body></html>""".encode()


def meeting_page(
    *rows: str,
    heading: str = "Agenda and minutes",
    when: str = "Thursday 15 January 2026 7:30 pm",
    links: str = "",
) -> bytes:
    """Return the page of the meeting `LISTED`."""
    attendance = '<li><a  href="mgMeetingAttendance.aspx?ID=10221" >Attendance details</a></li>'
    title = f'<a  href="mgCommitteeDetails.aspx?ID=711" >Roads Committee</a> - {when}'
    table = (
        '<p><span  class="mgLabel" >Contact: </span>The Clerk&nbsp;01632 960001</p>'
        '<table  class="mgItemTable"  id="mgItemTable" ><caption  class="mgSectionTitle" >Items</caption>\r\n'
        f'<tr ><th class="mgHide">No.</th><th class="mgHide">Item</th></tr>{"".join(rows)}</table>'
    )
    return page(heading, title, table, links=attendance + links)


def row(key: str, number: str, title: str, body: str = "", *, css: str = "") -> str:
    """Return the row of an item; `title` and `body` are markup."""
    return (
        f'<tr{css} ><td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" >'
        f'<a  name="AI{key}"  aria-disabled="true" ></a>{number}</p></td>\r\n'
        f'<td><p  class="mgAiTitleTxt" >{title}</p>{body}</td></tr>'
    )


def block(html: str, label: str = "") -> str:
    """Return a text block below its label."""
    above = f'<p class="mgSubItemTitleTxt">{label}</p>' if label else ""
    return f'{above}<div class="mgWordPara" ><div class="WordSection1">\r\n{html}\r\n</div></div>'


def answered(items: str = "", **changed: str) -> bytes:
    """Return the answer of GetMeeting about the meeting `LISTED`."""
    values = {
        "meetingid": "10221",
        "meetingdate": "15/01/2026",
        "meetingstatus": "Confirmed",
        "isdisplayallowed": "True",
        "agendaid": "10230",
        "agendapublished": "True",
        "minutepublished": "True",
    } | changed
    fields = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"<meeting>{fields}<agendaitems>{items}\n</agendaitems></meeting>"
    ).encode()


def agenda_item(documents: str = "", **changed: str) -> str:
    """Return an item of GetMeeting; bodies are given as HTML and escaped here."""
    values = {
        "agendaitemid": "51902",
        "agendaitemtitle": "Repair of the weir",
        "agendatext": "\n      ",
        "agendaitemnumber": "2",
        "fulldisplaynumberformat": "59.",
        "isdecisionpublished": "True",
        "isrestricted": "False",
        "isdisplayallowed": "True",
    } | changed
    fields = "".join(f"<{name}>{escape(value, quote=False)}</{name}>\n" for name, value in values.items())
    linked = f"<linkeddocuments>{documents}</linkeddocuments>" if documents else ""
    return f"<agendaitem>{fields}{linked}</agendaitem>"


def document(key: str, title: str = "", **changed: str) -> str:
    """Return a document of an item of GetMeeting."""
    values = {
        "attachmentid": key,
        "title": title,
        "isurl": "False",
        "url": f"http://Democracy.Ashmere.example/mgConvert2PDF.aspx?ID={key}",
        "isrestricted": "False",
        "restrictionsRef": "\n  ",
        "publicationdate": "08/01/2026",
    } | changed
    return f"<linkeddoc>{''.join(f'<{name}>{value}</{name}>' for name, value in values.items())}</linkeddoc>"


class Told:
    """A fetcher with all its answers known; it keeps what it was asked for."""

    def __init__(self, answers: dict[str, bytes | Exception]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def __call__(self, address: str, *, most: int = PAGE_BYTES) -> Fetched:
        self.asked.append(address)
        answer = self.answers[address]
        if isinstance(answer, Exception):
            raise answer
        return Fetched(address, answer, "text/html")
