"""What a council publishes, as immutable records, and how that depends on the day.

`Council` is the whole story of two years, with everything that will ever be said; `Council.on` is what the
public can see on one day. Texts are in the notation of `markup`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

#: Days between the publication of the agenda and the meeting, and between the meeting and what follows it.
AGENDA_BEFORE = 7
DECISIONS_AFTER = 2
MINUTES_AFTER = 12
#: Days ahead of a meeting from which on the calendar shows it.
LISTED_BEFORE = 90


@dataclass(frozen=True, slots=True)
class Member:
    """A person who sits on a committee; `role` is "Chair", "Vice-Chair" or ""."""

    id: int
    name: str
    party: str
    ward: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee; an `expired` one meets no more."""

    id: int
    title: str
    category: str
    venue: str
    members: tuple[Member, ...]
    purpose: str
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A file, "pdf" or "docx" by its `form`.

    `minutes_of` is the meeting whose printed minutes it is, 0 when it is none.
    """

    id: int
    title: str
    file: str
    body: tuple[str, ...]
    form: str = "pdf"
    restricted: bool = False
    published: date = date.min
    minutes_of: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """A recorded vote."""

    title: str
    kind: str
    text: str
    result: str


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item. `number` is as printed ("54.", "4a"); `sort` is 0 for a heading.

    `draft` is what stands in place of `minutes` until they are approved, "" when that is the same. A
    `restricted` item is closed to the public; one that is not `displayed` is not even named.
    """

    id: int
    number: str
    sort: int
    title: str
    agenda: str = ""
    decision: str = ""
    minutes: str = ""
    draft: str = ""
    votes: tuple[Vote, ...] = ()
    papers: tuple[Paper, ...] = ()
    issue: int = 0
    restricted: bool = False
    displayed: bool = True
    empty_label: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. What it holds is only what is published when it comes out of `Council.on`.

    `printed` is what the printed minutes say where the items carry none. `misnamed` is the day that the names
    of its files wrongly give. `modified` is the last day on which anything of it changed.
    """

    id: int
    agenda_id: int
    committee: Committee
    day: date
    time: str
    items: tuple[Item, ...]
    printed: tuple[str, ...] = ()
    misnamed: date | None = None
    displayed: bool = True
    webcast: bool = False
    cancelled: bool = False
    has_agenda: bool = False
    has_decisions: bool = False
    has_minutes: bool = False
    draft: bool = False
    modified: date = date.min

    @property
    def status(self) -> str:
        """The software's word for how things stand."""
        if self.cancelled:
            return "Cancelled"
        return "Confirmed" if self.has_agenda else "Scheduled"


@dataclass(frozen=True, slots=True)
class Ruling:
    """An entry of the register of decisions, of an officer or a cabinet member, or of a meeting (`item`)."""

    id: int
    title: str
    maker: str
    published: date
    made: date
    decision: str
    purpose: str = ""
    reasons: str = ""
    alternatives: str = ""
    papers: tuple[Paper, ...] = ()
    issue: int = 0
    item: int = 0
    key: bool = False
    officer: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """A matter that comes up again and again."""

    id: int
    title: str
    wards: str


@dataclass(frozen=True, slots=True)
class Moved:
    """From `day` on, the meeting is to be held `to` another day."""

    day: date
    meeting: int
    to: date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """From `day` on, the meeting is nowhere to be found."""

    day: date
    meeting: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """From `day` on, the meeting is called off and has no items."""

    day: date
    meeting: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """From `day` on, the minutes of the item say `new` where they said `old`."""

    day: date
    meeting: int
    item: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """From `day` on, the paper has other contents under the same number."""

    day: date
    meeting: int
    paper: int
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """From `day` on, the item is closed to the public."""

    day: date
    meeting: int
    item: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """From `day` on, the item is no longer on the agenda, nor are its papers."""

    day: date
    meeting: int
    item: int


Event = Moved | Withdrawn | Cancelled | Corrected | Replaced | Closed | Dropped


@dataclass(frozen=True, slots=True)
class Published:
    """All that the public can see on `day`."""

    name: str
    day: date
    committees: tuple[Committee, ...]
    meetings: tuple[Meeting, ...]
    rulings: tuple[Ruling, ...]
    issues: tuple[Issue, ...]

    def meeting(self, id: int) -> Meeting | None:
        """Return the meeting with this number."""
        return next((meeting for meeting in self.meetings if meeting.id == id), None)

    def papers(self) -> Iterable[Paper]:
        """Yield every file, restricted ones included."""
        for meeting in self.meetings:
            for item in meeting.items:
                yield from item.papers
        for ruling in self.rulings:
            yield from ruling.papers

    def found_item(self, id: int) -> tuple[Meeting, Item] | None:
        """Return the item with this number, and its meeting."""
        pairs = ((meeting, item) for meeting in self.meetings for item in meeting.items)
        return next((pair for pair in pairs if pair[1].id == id), None)


@dataclass(frozen=True, slots=True)
class Council:
    """A council and its whole story, events included."""

    name: str
    committees: tuple[Committee, ...]
    meetings: tuple[Meeting, ...]
    rulings: tuple[Ruling, ...]
    issues: tuple[Issue, ...]
    events: tuple[Event, ...]

    def on(self, day: date) -> Published:
        """Return what is published on `day`."""
        meetings = tuple(
            shown for meeting in self.meetings if (shown := self._shown(meeting, day)) is not None
        )
        return Published(
            name=self.name,
            day=day,
            committees=self.committees,
            meetings=meetings,
            rulings=tuple(ruling for ruling in self.rulings if ruling.published <= day),
            issues=self.issues,
        )

    def day_of(self, meeting: Meeting, day: date) -> date:
        """Return when, as things stand on `day`, the meeting is held."""
        moves = [e for e in self._events(meeting, day) if isinstance(e, Moved)]
        return max(moves, key=lambda move: move.day).to if moves else meeting.day

    def _events(self, meeting: Meeting, day: date) -> list[Event]:
        return [event for event in self.events if event.meeting == meeting.id and event.day <= day]

    def _shown(self, meeting: Meeting, day: date) -> Meeting | None:
        events = self._events(meeting, day)
        held = self.day_of(meeting, day)
        if day < held - timedelta(LISTED_BEFORE) or any(isinstance(e, Withdrawn) for e in events):
            return None
        meeting = replace(meeting, day=held)
        called_off = [e.day for e in events if isinstance(e, Cancelled)]
        if called_off:
            return replace(meeting, items=(), cancelled=True, modified=called_off[0])
        stages = self._stages(meeting, events, day)
        reached = [stage for stage in stages if stage is not None and stage <= day]
        agenda, decisions, minutes, final = (stage is not None and stage <= day for stage in stages)
        if not agenda:
            return replace(meeting, items=(), modified=held - timedelta(LISTED_BEFORE))
        items = _after(meeting.items, events)
        return replace(
            meeting,
            items=tuple(_gated(item, decisions, minutes, not final, stages[0]) for item in items),
            has_agenda=True,
            has_decisions=decisions,
            has_minutes=minutes,
            draft=minutes and not final,
            modified=max(reached + [event.day for event in events]),
        )

    def _stages(
        self, meeting: Meeting, events: list[Event], day: date
    ) -> tuple[date, date | None, date, date | None]:
        """Return the first days of the agenda, the decisions, the draft minutes and the final ones."""
        original = next(m.day for m in self.meetings if m.id == meeting.id)
        # An agenda that is out stays out when the meeting is put off.
        agenda = min(original, meeting.day) - timedelta(AGENDA_BEFORE)
        decided = any(item.decision for item in meeting.items)
        moves = [event.day for event in events if isinstance(event, Moved)]
        if moves and min(moves) <= agenda:
            agenda = meeting.day - timedelta(AGENDA_BEFORE)
        minutes = meeting.day + timedelta(MINUTES_AFTER)
        following = self._following(meeting, day)
        final = None if following is None else max(following + timedelta(1), minutes + timedelta(1))
        decisions = meeting.day + timedelta(DECISIONS_AFTER) if decided else None
        return agenda, decisions, minutes, final

    def _following(self, meeting: Meeting, day: date) -> date | None:
        """Return the day of the committee's next meeting that was not called off."""
        days = [
            self.day_of(other, day)
            for other in self.meetings
            if other.committee.id == meeting.committee.id
            and not any(isinstance(e, Cancelled) for e in self._events(other, day))
        ]
        # The last meeting of a body that meets no more is approved by nobody; its minutes count as final.
        if meeting.committee.expired and not [d for d in days if d > meeting.day]:
            return meeting.day + timedelta(60)
        return min((d for d in days if d > meeting.day), default=None)


def _after(items: tuple[Item, ...], events: list[Event]) -> tuple[Item, ...]:
    """Apply what has happened to single items and papers."""
    for event in events:
        if isinstance(event, Corrected):
            items = tuple(_corrected(item, event) if item.id == event.item else item for item in items)
        elif isinstance(event, Closed):
            items = tuple(replace(i, restricted=True) if i.id == event.item else i for i in items)
        elif isinstance(event, Dropped):
            items = tuple(i for i in items if i.id != event.item)
        elif isinstance(event, Replaced):
            items = tuple(replace(i, papers=tuple(_exchanged(p, event) for p in i.papers)) for i in items)
    return items


def _corrected(item: Item, event: Corrected) -> Item:
    if event.old not in item.minutes:
        raise ValueError(f"item {item.id} never said {event.old!r}")
    return replace(item, minutes=item.minutes.replace(event.old, event.new), draft="")


def _exchanged(paper: Paper, event: Replaced) -> Paper:
    return replace(paper, body=event.body, published=event.day) if paper.id == event.paper else paper


def _gated(item: Item, decisions: bool, minutes: bool, draft: bool, agenda: date) -> Item:
    """Take away what is not out yet."""
    return replace(
        item,
        decision=item.decision if decisions else "",
        minutes=((draft and item.draft) or item.minutes) if minutes else "",
        draft="",
        votes=item.votes if minutes else (),
        papers=tuple(p if p.published > agenda else replace(p, published=agenda) for p in item.papers),
    )
