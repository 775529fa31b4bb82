"""The web service `mgWebService.asmx`: XML as ModernGov sends it, blanks, empty elements and all."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from xml.etree import ElementTree

from tests.sites.markup import word_html
from tests.sites.publishing import Committee, Item, Meeting, Paper, Published
from tests.sites.recorded_votes import votes_table
from tests.sites.serving import Answer, Asked
from tests.sites.traits import AllCommittees, Traits

NAMESPACE = "http://moderngov.co.uk/namespaces"
XML = "text/xml; charset=utf-8"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
#: Operations that exist and have nothing to say here, with the root of their answer.
_EMPTY = {
    "GetCalendarEvents": "calendarevents",
    "GetElectionResults": "electionresults",
    "GetParishCouncils": "parishcouncils",
    "GetCouncillorsByPostcode": "councillorsbypostcode",
}


class ServiceError(Exception):
    """The service answers 500, with this text."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `given` are the parameters by lower-case name; `base` is the address of the directory."""

    given: dict[str, str]
    published: Published
    traits: Traits
    base: str

    def text(self, name: str) -> str:
        """Return a parameter.

        Raises:
            ServiceError: it is missing, although the WSDL calls it optional.
        """
        if name.lower() not in self.given:
            raise ServiceError(f"Missing parameter: {name}.")
        return self.given[name.lower()].strip()

    def number(self, name: str) -> int:
        """Return a parameter that is a number."""
        text = self.text(name)
        if not re.fullmatch(r"-?\d+", text):
            raise ServiceError(f"Cannot convert {text} to System.Int32.\nParameter name: type ---> Format")
        return int(text)

    def day(self, name: str) -> date | None:
        """Return a parameter that is a day; "0" means no limit."""
        text = self.text(name)
        if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def answered(
    asked: Asked, operation: str, query: dict[str, str], published: Published, traits: Traits, base: str
) -> Answer:
    """Answer one call, however it came: by GET, as a form or as a SOAP message."""
    soap = asked.method == "POST" and "xml" in asked.headers.get("content-type", "")
    if soap:
        operation, query = _from_soap(asked)
    try:
        made = _OPERATIONS.get(operation)
        if made is None and operation not in _EMPTY:
            raise ServiceError(f"{operation} Web Service method name is not valid.")
        call = Call(query, published, traits, base)
        xml = made(call) if made else f"<{_EMPTY[operation]}>\n</{_EMPTY[operation]}>"
    except ServiceError as error:
        return Answer(500, str(error).encode(), "text/plain; charset=utf-8")
    if soap:
        xml = (
            '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
            f'<{operation}Response xmlns="{NAMESPACE}"><{operation}Result>{xml}'
            f"</{operation}Result></{operation}Response></soap:Body></soap:Envelope>"
        )
    return Answer(200, (_DECLARATION + xml).replace("\n", "\r\n").encode(), XML)


def index_page() -> Answer:
    """Return the page that lists the operations."""
    listed = "".join(
        f'<li><a href="mgWebService.asmx?op={name}">{name}</a></li>' for name in sorted(_OPERATIONS)
    )
    return Answer(
        200, f"<html><body><h1>mgWebService Web Service</h1><ul>{listed}</ul></body></html>".encode()
    )


def wsdl() -> Answer:
    """Return the description of the service."""
    operations = "".join(f'<wsdl:operation name="{name}" />' for name in sorted(_OPERATIONS))
    xml = (
        f'<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" targetNamespace="{NAMESPACE}">'
        f'<wsdl:portType name="mgWebServiceSoap">{operations}</wsdl:portType></wsdl:definitions>'
    )
    return Answer(200, (_DECLARATION + xml).encode(), XML)


def _from_soap(asked: Asked) -> tuple[str, dict[str, str]]:
    body = ElementTree.fromstring(asked.body).find("{http://schemas.xmlsoap.org/soap/envelope/}Body")
    if body is None or not len(body):
        return "", {}
    call = body[0]
    return _local(call.tag), {_local(child.tag).lower(): child.text or "" for child in call}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _element(name: str, text: object = "", depth: int = 0) -> str:
    """Return a line with an element; an empty one holds a line break and blanks."""
    value = str(text)
    indent = "  " * depth
    return f"{indent}<{name}>{value or chr(10) + indent}</{name}>\n"


def _title(text: str) -> str:
    """Titles are escaped once as HTML and once more as XML."""
    return escape(escape(text, quote=False).replace("'", "&#39;"), quote=False)


def _committees(call: Call) -> str:
    xml = _element("committeescount", f" {len(call.published.committees)}", 1)
    for committee in call.published.committees:
        xml += "  <committee>\n" + _element("committeeid", committee.id, 2)
        xml += _element("committeetitle", _title(committee.title), 2)
        xml += _element("committeedeleted", False, 2) + _element("committeeexpired", committee.expired, 2)
        # A body that meets no more has lost its category, and the element with it.
        xml += "" if committee.expired else _element("committeecategory", _title(committee.category), 2)
        xml += "  </committee>\n"
    return f"<committees>\n{xml}</committees>"


def _asked_for(call: Call) -> list[tuple[Committee, list[Meeting]]]:
    """Return the committees and meetings that a call is about."""
    wanted = call.number("lCommitteeId")
    first, last = call.day("sFromDate"), call.day("sToDate")
    if wanted == 0 and call.traits.all_committees is AllCommittees.ERROR:
        raise ServiceError("Object reference not set to an instance of an object.")
    committees = [c for c in call.published.committees if wanted in (0, c.id)]
    if wanted == 0 and call.traits.all_committees is AllCommittees.PARTIAL:
        committees = committees[: len(committees) // 2]
    if not call.traits.honours_dates:
        first = last = None
    return [
        (
            committee,
            [
                meeting
                for meeting in call.published.meetings
                if meeting.committee.id == committee.id
                and (first is None or first <= meeting.day)
                and (last is None or meeting.day <= last)
            ],
        )
        for committee in committees
    ]


def _meetings(call: Call) -> str:
    found = _asked_for(call)
    if call.traits.counts_only_when_empty:
        found = [(committee, meetings) for committee, meetings in found if meetings]
    xml = _element("meetingscount", f" {sum(len(meetings) for _, meetings in found)}", 1)
    xml += _element("committeescount", f" {len(found)}", 1)
    for committee, meetings in found:
        rows = "".join(
            f"      <meeting>\n{_meeting_row(meeting, 4)}      </meeting>\n" for meeting in meetings
        )
        xml += "  <committee>\n" + _element("committeeid", committee.id, 2)
        xml += _element("committeetitle", _title(committee.title), 2)
        xml += _element("committeemeetingcount", f" {len(meetings)}", 2)
        xml += f"    <committeemeetings>\n{rows}    </committeemeetings>\n  </committee>\n"
    return f"<getmeetings>\n{xml}</getmeetings>"


def _meeting_row(meeting: Meeting, depth: int) -> str:
    return (
        _element("meetingid", meeting.id, depth)
        + _element("meetingdate", _day(meeting.day), depth)
        + _element("meetingstatus", meeting.status, depth)
        + _element("meetingtime", meeting.time, depth)
        + _element("iswebcast", meeting.webcast, depth)
    )


def _meetings_by_date(call: Call) -> str:
    ascending = call.text("bIsAscendingDateOrder").lower() in ("true", "1")
    pairs = [(meeting, committee) for committee, meetings in _asked_for(call) for meeting in meetings]
    pairs.sort(key=lambda pair: pair[0].day, reverse=not ascending)
    rows = ""
    for meeting, committee in pairs:
        rows += f"    <meeting>\n{_meeting_row(meeting, 3)}" + _element("committeeid", committee.id, 3)
        rows += _element("committeetitle", _title(committee.title), 3) + "    </meeting>\n"
    return f"<getmeetingsbydate>\n  <meetings>\n{rows}  </meetings>\n</getmeetingsbydate>"


def _meeting(call: Call) -> str:
    meeting = call.published.meeting(call.number("lMeetingId"))
    if meeting is None:
        return "<meeting>\n" + _element("meetingid", 0, 1) + _element("agendaitems", "", 1) + "</meeting>"
    known = (
        ("meetingid", meeting.id),
        ("meetingdate", _day(meeting.day)),
        ("meetingstatus", meeting.status),
        ("isdisplayallowed", meeting.displayed),
        ("meetingtime", meeting.time),
        ("meetingactualstarttime", meeting.time if meeting.has_minutes else ""),
        ("meetingplannedfinishtime", ""),
        ("meetingactualfinishtime", ""),
        ("meetinglocation", escape(meeting.committee.venue)),
        ("iswebcast", meeting.webcast),
        ("agendaid", meeting.agenda_id),
        ("agendapublished", meeting.has_agenda),
        ("decisionpublished", meeting.has_decisions),
        # While the minutes are a draft the items carry them already, and the meeting does not say so.
        ("minutepublished", meeting.has_minutes and not meeting.draft),
    )
    xml = "".join(_element(name, value, 1) for name, value in known)
    xml += (
        "  <meetingroom>\n" + _element("roomtitle", "Council Chamber", 2) + _element("directionstext", "", 2)
    )
    xml += "  </meetingroom>\n"
    items = "".join(_item(item, meeting, call) for item in meeting.items)
    xml += f"  <agendaitems>\n{items}  </agendaitems>\n"
    xml += f"  <attendees>\n{_attendees(meeting, call)}  </attendees>\n"
    return f"<meeting>\n{xml}</meeting>"


def _item(item: Item, meeting: Meeting, call: Call) -> str:
    minutes = word_html(item.minutes) if item.minutes else ""
    # There is no element for recorded votes: they follow the minutes.
    minutes += votes_table(item.votes, call.traits.chrome.welsh) if item.votes else ""
    number = re.sub(r"\D", "", item.number)
    fields: tuple[tuple[str, object], ...] = (
        ("agendaitemid", item.id),
        ("agendaitemtitle", _title(item.title)),
        ("agendatext", escape(word_html(item.agenda)) if item.agenda else ""),
        ("actualmeetingdate", _day(meeting.day)),
        ("agendaitemnumber", item.sort),
        ("agendaitemsubnumber", re.sub(r"[\d.]", "", item.number)),
        ("fulldisplaynumberformat", item.number),
        ("authorusername", ""),
        ("commentlabel1", "Presented By"),
        ("commenttext1", ""),
        ("commentlabel2", "Actions"),
        ("commenttext2", ""),
        *((("minutesnonemptyhtmlbody", escape(minutes)),) if minutes else ()),
        *((("decisionnonemptyhtmlbody", escape(word_html(item.decision))),) if item.decision else ()),
        ("declarationcount", 0),
        ("iscallin", False),
        ("iscomment", False),
        ("isdecision", bool(item.decision)),
        ("isdecisionpublished", meeting.has_decisions),
        ("isminutepublished", meeting.has_minutes),
        ("ispubliccanspeak", False),
        ("isrestricted", item.restricted),
        ("isdisplayallowed", item.displayed),
        ("meetingdate", _day(meeting.day)),
        ("meetingtime", meeting.time),
        ("minutesitemnumber", number),
        ("minutesitemsubnumber", ""),
        ("preferreddate", _day(meeting.day)),
        ("refertocommittee", _title(meeting.committee.title)),
    )
    xml = "".join(_element(name, value, 3) for name, value in fields)
    papers = "".join(
        f"        <linkeddoc>\n{_linked(paper, number, item, meeting, call)}        </linkeddoc>\n"
        for paper in item.papers
    )
    if papers:
        xml += f"      <linkeddocuments>\n{papers}      </linkeddocuments>\n"
    return f"    <agendaitem>\n{xml}    </agendaitem>\n"


def _linked(paper: Paper, number: str, item: Item, meeting: Meeting, call: Call) -> str:
    base = call.base.replace("https:", "http:") if call.traits.http_addresses else call.base
    base = call.traits.foreign_links or base
    fields: Iterable[tuple[str, object]] = (
        ("attachmentid", paper.id),
        ("title", _title(paper.title)),
        ("isurl", False),
        ("url", f"{base}mgConvert2PDF.aspx?ID={paper.id}"),
        ("isrestricted", paper.restricted),
        ("restrictionsRef", "3" if paper.restricted else ""),
        ("itemnum", number),
        ("publicationdate", _day(paper.published)),
        ("meetingdate", _day(meeting.day)),
        ("decisiondate", _day(meeting.day)),
        ("committeetitle", _title(meeting.committee.title)),
        ("isdecisionattachment", False),
        ("ownertitle", _title(item.title)),
    )
    return "".join(_element(name, value, 5) for name, value in fields)


def _attendees(meeting: Meeting, call: Call) -> str:
    attendance = "Present, as expected" if meeting.has_minutes else "Expected"
    rows = ""
    for i, member in enumerate(meeting.committee.members):
        rows += (
            f'    <attendee membertype="U" memberid="{member.id}" name="{escape(member.name)}" '
            f'roledescription="{member.role or "Committee Member"}" '
            f'attendance="{"Apologies" if i == 3 and meeting.has_minutes else attendance}" '
            f'politicalparty="{member.party}" ward="{member.ward}" keyposts="">\n'
        )
        rows += _element("url", f"{call.base}mgUserInfo.aspx?UID={member.id}", 3) + "    </attendee>\n"
    return rows


def _councillors(call: Call) -> str:
    people = {m.id: m for committee in call.published.committees for m in committee.members}
    wards = ""
    for ward in sorted({member.ward for member in people.values()}):
        of_ward = [member for member in people.values() if member.ward == ward]
        rows = ""
        for member in of_ward:
            rows += "        <councillor>\n" + _element("councillorid", member.id, 5)
            rows += _element("fullusername", escape(member.name), 5)
            rows += _element("politicalpartytitle", escape(member.party), 5)
            home = _element("line1", "14 HOMEMARKER Drove", 6)
            rows += f"          <homeaddress>\n{home}          </homeaddress>\n"
            rows += "        </councillor>\n"
        wards += f"    <ward>\n{_element('wardtitle', escape(ward), 3)}      <councillors>\n"
        wards += (
            f"{_element('councillorcount', f' {len(of_ward)}', 4)}{rows}      </councillors>\n    </ward>\n"
        )
    return f"<councillorsbyward>\n  <wards>\n{wards}  </wards>\n</councillorsbyward>"


def _attachment(call: Call) -> str:
    wanted = call.number("lAttachmentId")
    for meeting in call.published.meetings:
        for item in meeting.items:
            for paper in item.papers:
                if paper.id == wanted:
                    details = _linked(paper, re.sub(r"\D", "", item.number), item, meeting, call)
                    inner = f"  <attachmentdetails>\n{details}  </attachmentdetails>\n"
                    return f"<attachment>\n{inner}</attachment>"
    return "<attachment>\n</attachment>"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_OPERATIONS: dict[str, Callable[[Call], str]] = {
    "GetAllMeetingsByDate": _meetings_by_date,
    "GetAttachment": _attachment,
    "GetCommittees": _committees,
    "GetCouncillorsByWard": _councillors,
    "GetMeeting": _meeting,
    "GetMeetings": _meetings,
}
