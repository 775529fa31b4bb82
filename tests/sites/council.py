"""Ashmere Borough Council, which does not exist: forty meetings over two years, to the end of March 2026.

`council()` gives the same story every time. The events of the last weeks, and the numbers of what they
befall, are the constants below.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from tests.sites import long_texts
from tests.sites.agendas import filled, gaps_of, item_on, opening
from tests.sites.publishing import (
    AGENDA_BEFORE,
    Cancelled,
    Closed,
    Committee,
    Corrected,
    Council,
    Event,
    Issue,
    Item,
    Meeting,
    Member,
    Moved,
    Paper,
    Replaced,
    Vote,
    Withdrawn,
)
from tests.sites.register import rulings
from tests.sites.topics import (
    APOLOGIES,
    AUDIT,
    CABINET,
    DECLARATIONS,
    DISCUSSION,
    ISSUES,
    LEISURE,
    PEOPLE,
    PLANNING,
    PUBLIC_QUESTIONS,
    SCRUTINY,
)

NAME = "Ashmere Borough Council"
LAST_DAY = date(2026, 3, 31)
#: Stands in every text that is closed to the public from the start.
EXEMPT = "EXEMPTMARKER"
#: Stand in the lines that name an officer's telephone and somebody's home.
CONTACT = "CONTACTMARKER"
HOME = "HOMEMARKER"

CABINET_ID, PLANNING_ID, SCRUTINY_ID, AUDIT_ID, LEISURE_ID, PANEL_ID = 101, 102, 103, 104, 105, 106

_DAYS = {
    CABINET_ID: (
        "2024-04-17 2024-06-12 2024-09-11 2024-11-13 2025-01-15 2025-03-12 2025-05-14 2025-07-09 2025-09-10 "
        "2025-11-12 2026-01-14 2026-02-11 2026-03-11"
    ),
    PLANNING_ID: (
        "2024-05-09 2024-08-08 2024-10-10 2025-01-09 2025-03-13 2025-06-12 2025-08-14 2025-10-09 2025-12-11 "
        "2026-01-22 2026-02-19 2026-03-19"
    ),
    SCRUTINY_ID: "2024-06-25 2024-10-22 2025-02-04 2025-06-03 2025-10-07 2026-01-20 2026-02-24 2026-03-24",
    AUDIT_ID: "2024-07-16 2025-03-18 2025-09-16 2026-01-27 2026-03-17",
    LEISURE_ID: "2024-04-23 2024-07-02",
}
_TIMES = {
    CABINET_ID: "6:30 pm",
    PLANNING_ID: "7.00 pm",
    SCRUTINY_ID: "19:30",
    AUDIT_ID: "10.00 am",
    LEISURE_ID: "",
}
_TOPICS = {
    CABINET_ID: CABINET,
    PLANNING_ID: PLANNING,
    SCRUTINY_ID: SCRUTINY,
    AUDIT_ID: AUDIT,
    LEISURE_ID: LEISURE,
}
_CODES = {CABINET_ID: 0, PLANNING_ID: 1, SCRUTINY_ID: 2, AUDIT_ID: 3, LEISURE_ID: 4}


def meeting_id(committee: int, day: str) -> int:
    """Return the number of the meeting that was first planned for `day` (ISO)."""
    return 2001 + 20 * _CODES[committee] + _DAYS[committee].split().index(day)


def item_id(meeting: int, place: int) -> int:
    """Return the number of the item at `place` (from 0) of a meeting's agenda."""
    return 50_000 + 10 * (meeting - 2000) + place


#: The meetings that something happens to.
MOVED = meeting_id(CABINET_ID, "2026-02-11")
WITHDRAWN = meeting_id(SCRUTINY_ID, "2026-01-20")
CANCELLED = meeting_id(AUDIT_ID, "2026-03-17")
#: Its items carry no minutes; they are printed, and come back as a paper of the meeting after it.
PRINTED = meeting_id(AUDIT_ID, "2025-09-16")
REPRINTED = meeting_id(AUDIT_ID, "2026-01-27")
#: A meeting that the public may not see.
HIDDEN = meeting_id(SCRUTINY_ID, "2025-02-04")
#: A meeting whose files are named after another one's day.
MISNAMED = meeting_id(PLANNING_ID, "2025-10-09")
_UNNAMED_MEETING = meeting_id(CABINET_ID, "2025-05-14")
_TOWN_HALL_MEETING = meeting_id(CABINET_ID, "2026-01-14")
_SALTINGS_MEETING = meeting_id(PLANNING_ID, "2026-01-22")
#: The two items of about 900 words.
TOWN_HALL = item_id(_TOWN_HALL_MEETING, 3)
SALTINGS = item_id(_SALTINGS_MEETING, 3)
#: Closed to the public from the start, not even named, and closed later.
EXEMPT_ITEM = item_id(_TOWN_HALL_MEETING, 6)
UNNAMED_ITEM = item_id(_UNNAMED_MEETING, 5)
CLOSED_ITEM = item_id(meeting_id(AUDIT_ID, "2026-01-27"), 3)
#: The paper that is exchanged, and the one that is closed from the start.
REPLACED_PAPER = 10 * meeting_id(SCRUTINY_ID, "2026-02-24") + 1
EXEMPT_PAPER = 10 * _TOWN_HALL_MEETING + 9
#: The paper that is a Word file.
WORD_PAPER = 10 * _SALTINGS_MEETING + 8

EVENTS: tuple[Event, ...] = (
    Moved(date(2026, 2, 6), MOVED, date(2026, 2, 25)),
    Closed(date(2026, 2, 24), REPRINTED, CLOSED_ITEM),
    Withdrawn(date(2026, 2, 27), WITHDRAWN),
    Replaced(
        date(2026, 3, 2),
        REPLACED_PAPER // 10,
        REPLACED_PAPER,
        (
            "# Report, as replaced on 2 March",
            "The figures in the table have been corrected by the Director of Finance after the meeting.",
            *(
                f"Paragraph {n} is as in the first version, with the sum put at £{n},450."
                for n in range(1, 200)
            ),
        ),
    ),
    Corrected(date(2026, 3, 3), _SALTINGS_MEETING, SALTINGS, *long_texts.SALTINGS_SLIP),
    Corrected(date(2026, 3, 5), _TOWN_HALL_MEETING, TOWN_HALL, *long_texts.TOWN_HALL_SLIP),
    Cancelled(date(2026, 3, 13), CANCELLED),
)


@cache
def council() -> Council:
    """Return Ashmere's two years."""
    committees = _committees()
    meetings = [
        _meeting(committees[committee], day, number)
        for committee, days in _DAYS.items()
        for number, day in enumerate(days.split())
    ]
    return Council(
        name=NAME,
        committees=tuple(committees.values()),
        meetings=tuple(sorted(meetings, key=lambda meeting: meeting.day)),
        rulings=rulings(meetings),
        issues=tuple(Issue(*issue) for issue in ISSUES),
        events=EVENTS,
    )


def _committees() -> dict[int, Committee]:
    rows = (
        (CABINET_ID, "Cabinet", "Executive", False),
        (PLANNING_ID, "Planning Committee", "Regulatory", False),
        (SCRUTINY_ID, "Overview & Scrutiny Committee", "Scrutiny", False),
        (AUDIT_ID, "Audit and Governance Committee", "Regulatory", False),
        (LEISURE_ID, "Members' Leisure Working Group", "Scrutiny", True),
        (PANEL_ID, "Chief Officers' Appointments Panel", "Executive", False),
    )
    return {id: _committee(id, title, category, expired) for id, title, category, expired in rows}


def _committee(id: int, title: str, category: str, expired: bool) -> Committee:
    members = tuple(
        Member(
            900 + i, f"Councillor {name}", party, ward, ("Chair", "Vice-Chair")[order] if order < 2 else ""
        )
        for order, (i, (name, party, ward)) in enumerate(list(enumerate(PEOPLE))[id % 4 :: 2])
    )
    purpose = f"The {title} has the duties that Part 3 of the Constitution gives it."
    venue = "Council Chamber, Guildhall, Millgate Square, Ashmere"
    return Committee(id, title, category, venue, members, purpose, expired)


def _meeting(committee: Committee, day: str, number: int) -> Meeting:
    id = meeting_id(committee.id, day)
    random = Random(id)
    held = date.fromisoformat(day)
    meeting = Meeting(
        id=id,
        agenda_id=id + 1009,
        committee=committee,
        day=held,
        time=_TIMES[committee.id],
        items=(),
        misnamed=held - timedelta(28) if id == MISNAMED else None,
        displayed=id != HIDDEN,
        webcast=committee.id == PLANNING_ID,
    )
    topics = _TOPICS[committee.id]
    chosen = [topics[(number + i) % len(topics)] for i in range(min(2 + id % 2, len(topics)))]
    drafts = [
        opening("Apologies for Absence", APOLOGIES, random),
        opening("Declarations of Interest", DECLARATIONS, random),
    ]
    if number % 3 == 1:
        drafts.append(opening("Public Questions", PUBLIC_QUESTIONS, random))
    drafts += [item_on(topic, random, id, i) for i, topic in enumerate(chosen, start=1)]
    drafts = _special(meeting, drafts)[:7]
    first = 1 + 6 * (number % 6) if committee.id == CABINET_ID else 1
    return _dressed(replace(meeting, items=_numbered(id, drafts, first)))


def _special(meeting: Meeting, items: list[Item]) -> list[Item]:
    """Put in what single meetings have beside the usual."""
    if meeting.id == _TOWN_HALL_MEETING:
        return _town_hall_evening(items)
    if meeting.id == _SALTINGS_MEETING:
        return _saltings_evening(items)
    if meeting.id == _UNNAMED_MEETING:
        unnamed = f"Dismissal of an officer. {EXEMPT}"
        return [*items, Item(0, "", 1, f"Staffing {EXEMPT}", unnamed, minutes=unnamed, displayed=False)]
    if meeting.id == PRINTED:
        return [replace(item, minutes="", draft="") for item in items]
    if meeting.id == REPRINTED:
        before = Paper(
            10 * REPRINTED + 7,
            "Minutes of Previous Meeting",
            "Minutes of Previous Meeting.pdf",
            (),
            minutes_of=PRINTED,
        )
        approval = Item(
            0,
            "",
            1,
            "Minutes of Previous Meeting",
            "To approve the minutes of the last meeting.",
            papers=(before,),
        )
        return [*items[:2], replace(approval, minutes="The minutes were approved and signed."), *items[2:]]
    if meeting.id == HIDDEN:
        return [replace(item, minutes=f"{item.minutes}\n\n{EXEMPT}") for item in items]
    if meeting.committee.id == CABINET_ID and meeting.id % 3 == 0:
        heading = Item(0, "", 0, "Part 1 – Items to be considered in public")
        return [*items[:2], heading, *items[2:], Item(0, "", 0, "")]
    return items


def _town_hall_evening(items: list[Item]) -> list[Item]:
    contract = Paper(
        10 * _TOWN_HALL_MEETING + 8,
        "Town Hall Restoration Report",
        "Town Hall Restoration Report.pdf",
        ("# Town Hall Restoration", *(f"{n}. The tender was scored under head {n}." for n in range(1, 70))),
    )
    exempt = Paper(
        EXEMPT_PAPER,
        "Appendix B - Tender prices (exempt)",
        "Appendix B.pdf",
        (f"Prices. {EXEMPT}",),
        restricted=True,
    )
    hall = Item(
        0,
        "",
        1,
        "Town Hall Restoration: Award of Contract",
        "To consider the tenders for the Town Hall, and to award the contract.\n\n"
        f"Contact Officer: Jolyon Pettifer {CONTACT} Tel: 01632 960417 Email: "
        f"jolyon.pettifer@ashmere.example",
        "That the contract be awarded to the bidder ranked first, in the sum of £6,412,800.",
        long_texts.TOWN_HALL,
        papers=(contract, exempt),
        issue=76,
    )
    heading = Item(0, "", 0, "Part 2 – Items from which the public may be excluded")
    land = f"Sale of the depot at Old Ropewalk. {EXEMPT} The reserve price is £1,250,000."
    closed = Item(0, "", 1, "Disposal of land at Old Ropewalk", land, land, land, restricted=True)
    return [*items[:3], hall, items[3], heading, closed]


def _saltings_evening(items: list[Item]) -> list[Item]:
    word = Paper(
        WORD_PAPER,
        "Late representations",
        "Late representations.docx",
        (
            "# Late representations",
            "A letter from the village society asks for a bus shelter.",
            "1. The drove is flooded.",
        ),
        form="docx",
    )
    saltings = Item(
        0,
        "",
        1,
        "25/01873/OUT – Land at Saltings Farm",
        "Outline application for up to 118 dwellings, a shop and open space.\n\n"
        f"Home address: 14 {HOME} Drove, Saltings\n\nContact: Delphine Arkwright {CONTACT}, 01632 960588",
        minutes=long_texts.SALTINGS,
        votes=(
            Vote(
                "To grant outline permission",
                "Resolution",
                "For: Cllrs Pomfrey, Dunnichen and five others",
                "Carried",
            ),
            Vote("To defer the application", "Amendment", "", "Lost"),
        ),
        papers=(word,),
        issue=75,
    )
    return [*items[:3], saltings, *items[3:]]


def _numbered(meeting: int, items: list[Item], first: int) -> tuple[Item, ...]:
    """Give each item its number; one meeting in four has a "4a", one in five an item without any."""
    numbered = []
    current = first - 1
    for place, item in enumerate(items):
        current += 1 if item.sort else 0
        printed = f"{current}." if item.sort else ""
        if item.sort and meeting % 4 == 0 and place == 4:
            current -= 1
            printed = f"{current}a"
        if item.sort and meeting % 5 == 0 and place == 1:
            current -= 1
            printed = ""
        numbered.append(
            replace(item, id=item_id(meeting, place), number=printed, sort=place + 1 if item.sort else 0)
        )
    return tuple(numbered)


def _dressed(meeting: Meeting) -> Meeting:
    """Put in what depends on the finished agenda: days of publication, votes, printed minutes."""
    agenda = meeting.day - timedelta(AGENDA_BEFORE)
    items = tuple(
        replace(item, papers=tuple(replace(paper, published=agenda) for paper in item.papers))
        for item in meeting.items
    )
    if meeting.id == meeting_id(CABINET_ID, "2025-11-12"):
        voted = Vote("To approve the recommendations", "Resolution", "", "Carried")
        items = tuple(replace(item, votes=(voted,)) if item.decision else item for item in items)
    if meeting.id % 3 == 1:
        # Where a report has the title of its item, the pages make the title itself a link.
        items = tuple(replace(item, papers=_retitled(item)) for item in items)
    printed = _printed(meeting) if meeting.id == PRINTED else ()
    return replace(meeting, items=items, printed=printed)


def _retitled(item: Item) -> tuple[Paper, ...]:
    return tuple(replace(paper, title=item.title) if i == 0 else paper for i, paper in enumerate(item.papers))


def _printed(meeting: Meeting) -> tuple[str, ...]:
    """Return the minutes as they are printed, for the meeting whose items carry none."""
    random = Random(meeting.id)
    lines = [
        f"# {meeting.committee.title}",
        f"Minutes of the meeting held on {meeting.day.day} September 2025",
    ]
    for i, item in enumerate(meeting.items):
        texts = APOLOGIES if i == 0 else DECLARATIONS
        topic = AUDIT[i % len(AUDIT)]
        gaps = gaps_of(random)
        gaps |= {f"d{n}": filled(text, gaps) for n, text in enumerate(random.sample(DISCUSSION, 3), start=1)}
        lines.append(f"# {item.number} {item.title}")
        lines += filled(random.choice(texts) if i < 2 else topic.minutes, gaps).split("\n\n")
    return tuple(lines)
