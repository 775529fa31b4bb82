"""Brackenford District Council: what it will have published through CMIS in the first half of 2026.

All of it is invented. A day decides how much of it is out: agendas come a week before a meeting, minutes ten
days after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from tests.ingest.making_pdf import body, flowing, heading

NAME = "Brackenford District Council"
AGENDA_BEFORE = timedelta(days=7)
MINUTES_AFTER = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Committee:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file with a title. It is on the page from `since` until the day before `until`."""

    title: str
    lines: tuple[str, ...]
    since: date = date.min
    until: date = date.max

    def is_out(self, today: date) -> bool:
        return self.since <= today < self.until


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item; `key` is that of its own page, "" when the agenda links to none."""

    number: str
    title: str
    summary: str = ""
    key: str = ""
    documents: tuple[Document, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. It is in the calendar until the day `withdrawn`, and off from the day `cancelled`."""

    key: str
    committee: Committee
    day: date
    time: str
    venue: str = "Council Chamber"
    items: tuple[AgendaItem, ...] = ()
    documents: tuple[Document, ...] = ()
    cancelled: date = date.max
    withdrawn: date = date.max

    def status(self, today: date) -> str:
        if today >= self.cancelled:
            return "Cancelled"
        return "Scheduled" if today <= self.day else "Occurred"


COUNCIL = Committee("2", "Council")
CABINET = Committee("5", "Cabinet")
PLANNING = Committee("11", "Planning & Highways Committee")
LICENSING = Committee("14", "Licensing Sub-Committee B")

_APOLOGIES = AgendaItem("1", "Apologies for Absence")
_EXCLUSION = (
    "To resolve that the press and public be excluded from the rest of the meeting, since exempt information "
    "is likely to be disclosed."
)
#: A longer file: the site shows sizes in whole kilobytes, so a small correction would not show.
_CORRECTED = (
    "Net spending £9.4m, corrected.",
    *(f"Line {n}: £{n * n * 7919 % 99991},000" for n in range(200)),
)


@cache
def pdf(document: Document) -> bytes:
    """Return the file of a document."""
    title, *lines = document.lines
    return flowing(heading(title), *(body(line) for line in lines), head=NAME, foot="Page #", title=title)


def _meeting(
    key: str,
    committee: Committee,
    day: date,
    time: str,
    items: Iterable[AgendaItem],
    minutes: Iterable[str],
    documents: Iterable[Document] = (),
) -> Meeting:
    """A meeting with a pack before it and minutes after it."""
    named = f"{day.day} {day:%B %Y}"
    out = day - AGENDA_BEFORE
    numbered = tuple(
        replace(item, key=str(uuid5(NAMESPACE_URL, f"{key}/{item.title}"))) if item.key == "own" else item
        for item in items
    )
    pack = Document(
        "Agenda Reports Pack",
        (f"{committee.title}: agenda and reports, {named}", *(item.title for item in numbered)),
        out,
    )
    minuted = Document(
        f"Printed Minutes - {named}",
        (f"Minutes of the {committee.title} held on {day:%A} {named} in the Council Chamber", *minutes),
        day + MINUTES_AFTER,
    )
    return Meeting(key, committee, day, time, items=numbered, documents=(pack, *documents, minuted))


def meetings() -> tuple[Meeting, ...]:
    """Return all twelve meetings, in the order of their days."""
    return (
        _meeting(
            "3101",
            CABINET,
            date(2026, 1, 14),
            "10:00",
            [
                _APOLOGIES,
                AgendaItem(
                    "2",
                    "Ferry Lane Depot",
                    "<p>To consider the future of the depot, which the survey calls <b>unsafe</b>.</p>"
                    "<p>Contact: Rowan Pell, 01632 960 114, rowan.pell@brackenford.example</p>",
                    "own",
                    (
                        Document(
                            "Ferry Lane Depot report",
                            ("Ferry Lane Depot", "The roof is past repair."),
                        ),
                    ),
                ),
                AgendaItem("3", "Exclusion of the Press and Public", _EXCLUSION),
                AgendaItem(
                    "4",
                    "Exempt - Sale of the Old Tannery",
                    "To agree the lowest price.",
                    "own",
                    (
                        Document(
                            "Valuation of the tannery",
                            ("Valuation", "The lowest price is secret."),
                        ),
                    ),
                ),
            ],
            (
                "2. Ferry Lane Depot. The Cabinet heard that the roof of the depot would not outlast the "
                "winter.",
                "RESOLVED: That the depot be closed on 31 March 2026 and the crews move to Mill Road.",
                "Reason for decision: Repair would cost more than a new building.",
            ),
        ),
        _meeting(
            "3102",
            PLANNING,
            date(2026, 1, 28),
            "14:30",
            [
                _APOLOGIES,
                AgendaItem(
                    "2a",
                    "Application 26/00017 - Land North of Heron Way",
                    "Outline application for nine houses.",
                    "own",
                    (
                        Document(
                            "Officer report",
                            ("Land North of Heron Way", "Refusal is recommended."),
                        ),
                        Document(
                            "Appendix",
                            ("Appendix", "Site plan."),
                        ),
                        Document(
                            "Appendix",
                            ("Appendix", "Flood map."),
                        ),
                    ),
                ),
            ],
            (
                "2a. Land North of Heron Way. Members asked about the flood of 2019.",
                "RESOLVED: That permission be refused because the only access lies in the flood plain.",
            ),
        ),
        _meeting(
            "3103",
            COUNCIL,
            date(2026, 2, 18),
            "18:30",
            [
                _APOLOGIES,
                AgendaItem(
                    "2",
                    "Minutes of the Previous Meeting",
                    "To confirm the minutes of 10 December 2025.",
                    documents=(
                        Document(
                            "Minutes - 10 December 2025",
                            ("Minutes of Council", "Nothing was moved."),
                        ),
                    ),
                ),
                AgendaItem("3", "Council Tax 2026/27", "To set the tax for the year.", "own"),
            ],
            (
                "3. Council Tax 2026/27. The amendment to freeze the tax was lost.",
                "RESOLVED: That the tax be set at £214.60 for a house in band D.",
            ),
            # Replaced after the meeting under the same title: the table had been wrong.
            (
                Document("Budget Book", ("Budget Book", "Net spending £9.1m."), date.min, date(2026, 3, 9)),
                Document("Budget Book", ("Budget Book", *_CORRECTED), date(2026, 3, 9)),
            ),
        ),
        _meeting(
            "3104",
            LICENSING,
            date(2026, 2, 25),
            "10:00",
            [AgendaItem("", "Application for a Premises Licence: The Quiet Otter", key="own")],
            ("RESOLVED: That the licence be granted until 23:00, because the neighbours sleep early.",),
        ),
        Meeting(
            "3105",
            LICENSING,
            date(2026, 2, 25),
            "14:00",
            items=(AgendaItem("1", "Application for a Street Trading Licence"),),
            cancelled=date(2026, 2, 16),
        ),
        _meeting(
            "3106",
            CABINET,
            date(2026, 3, 11),
            "10:00",
            [
                _APOLOGIES,
                AgendaItem("2", "Bring Banks", "To consider closing the bring banks at Tarn Road.", "own"),
            ],
            (
                "2. Bring Banks. The Portfolio Holder said that fly-tipping cost £18,000 a year.",
                "RESOLVED: That the bring banks at Tarn Road be removed by June.",
            ),
        ),
        _meeting(
            "3107",
            PLANNING,
            date(2026, 3, 25),
            "14:30",
            [AgendaItem("1", "Local Plan Part 2", "To agree the draft plan for consultation.", "own")],
            ("RESOLVED: That the draft Local Plan Part 2 be published for six weeks.",),
        ),
        Meeting(
            "3108",
            LICENSING,
            date(2026, 4, 1),
            "10:00",
            items=(AgendaItem("1", "Review of a Premises Licence"),),
            withdrawn=date(2026, 3, 20),
        ),
        _with_draft(
            _meeting(
                "3109",
                CABINET,
                date(2026, 4, 15),
                "10:00",
                [AgendaItem("1", "Leisure Contract", "To choose who runs the pool.", "own")],
                ("RESOLVED: That the pool be run by the council itself from 1 July 2026.",),
            ),
            final=date(2026, 5, 13),
        ),
        _meeting(
            "3110",
            COUNCIL,
            date(2026, 5, 20),
            "18:30",
            [AgendaItem("1", "Election of the Chair"), AgendaItem("2", "Calendar of Meetings")],
            ("RESOLVED: That the calendar of meetings be approved.",),
        ),
        _meeting(
            "3111",
            PLANNING,
            date(2026, 5, 27),
            "14:30",
            [
                AgendaItem(
                    "1",
                    "Application 26/00090 - 4 Weir Cottages",
                    "Loft conversion.",
                    "own",
                    mark="Restricted",
                )
            ],
            ("RESOLVED: That permission be granted, since the roof line does not change.",),
            (
                Document(
                    "Restricted Appendix - Personal Circumstances",
                    ("Restricted", "Not public."),
                ),
            ),
        ),
        _meeting(
            "3112",
            CABINET,
            date(2026, 6, 10),
            "10:00",
            [AgendaItem("1", "Outturn 2025/26", "To note the outturn.", "own")],
            ("RESOLVED: That the outturn be noted.",),
        ),
    )


def _with_draft(meeting: Meeting, *, final: date) -> Meeting:
    """Minutes come as a draft first and are approved on the day `final`."""
    *others, minutes = meeting.documents
    draft = replace(minutes, title=f"Draft {minutes.title}", until=final)
    return replace(meeting, documents=(*others, draft, replace(minutes, since=final)))
