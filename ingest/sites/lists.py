"""The lists of a site: its committees, and which meetings they have held and will hold."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from corpus.errors import FetchError, UnreadableError
from corpus.records import Committee, Meeting
from ingest.sites.documents import meeting_id
from ingest.sites.records import ListedCommittee, ListedMeeting
from ingest.sites.schedule import MOST_DAYS_OF_LISTS
from ingest.sites.site import Site
from ingest.sites.visit import FAILURES_IN_A_ROW, Visit

#: Agendas are published a week or two before the meeting.
DAYS_AHEAD = 14
#: How far back the lists are read on an ordinary night; meetings are moved and withdrawn within weeks.
RECENT_DAYS = 180
#: The lists are read from the very beginning this often.
DAYS_BETWEEN_FULL_LISTS = 28
#: The status of a meeting that the site knows no more.
WITHDRAWN = "Withdrawn"
#: What is remembered of a site: whether one answer lists the meetings of all committees.
_ALL, _EACH = "all at once", "each committee"


@dataclass(slots=True)
class Listing:
    """What the lists of one visit name, by meeting id.

    `vanished` are known meetings that a list should name and does not, `moved` those that it names on
    another day than before, or names again. `unread` are the titles of committees whose lists rest tonight;
    when they are read, they name the meetings from the day `first` on.
    """

    committees: dict[str, Committee] = field(default_factory=dict)
    meetings: dict[str, ListedMeeting] = field(default_factory=dict)
    vanished: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    first: str = ""

    def may_name(self, meeting: Meeting) -> bool:
        """Tell whether a list names a meeting, or would have to be read to know."""
        rests = meeting.committee in self.unread and meeting.date >= self.first
        return meeting.id in self.meetings or (rests and meeting.status != WITHDRAWN)


class Lists:
    """Reads the lists of one site during one visit."""

    def __init__(self, visit: Visit, site: Site, since: date) -> None:
        self._visit = visit
        self._site = site
        self._since = since
        self._until = visit.today + timedelta(days=DAYS_AHEAD)
        self._known = visit.record.meetings()
        self._newest: dict[str, str] = {}  # the last day that is known of each committee, by its title
        for one in self._known.values():
            self._newest[one.committee] = max(one.date, self._newest.get(one.committee, ""))

    async def read(self) -> Listing:
        """Return all meetings of the wanted committees that the lists name.

        Raises:
            FetchError, UnreadableError: the committees cannot be listed, or list after list fails.
        """
        if not self._site.lists_every_committee:
            # It names those whose meetings it was asked for before.
            further = self._reaches_further(self._visit.record.committees())
            start = self._since if further else self._first
            await self._site.all_meetings(start.isoformat(), self._until.isoformat())
        committees = await self._committees()
        listing = Listing({one.key: one for one in committees}, first=self._first.isoformat())
        listing.unread = {one.title for one in committees if not one.expired}
        if not await self._all_at_once(listing):
            await self._one_by_one(listing)
        return listing

    async def _committees(self) -> tuple[Committee, ...]:
        visit, watch = self._visit, f"{self._visit.source.name}/committees"
        known = visit.record.committees()
        # Once a day, however long it rests: it tells whether the site lets itself be looked at.
        if not known or visit.due(watch, visit.today) or self._reaches_further(known):
            listed = await self._site.committees()
            self._take_committees(listed, known)
            visit.looked(watch, repr(sorted((one.key, one.title) for one in listed)))
            known = visit.record.committees()
        return wanted_committees(known, visit.options.committees)

    def _take_committees(self, listed: Sequence[ListedCommittee], known: Sequence[Committee]) -> None:
        """Remember the committees that are listed; one that is no longer listed meets no more."""
        visit, titles = self._visit, {one.key: one.title for one in listed}
        # Of a site that names only those whose meetings were asked for, the others may meet again.
        is_whole = self._site.lists_every_committee
        gone = [replace(one, expired=True) for one in known if is_whole and one.key not in titles]
        now = [Committee(visit.source.name, one.key, one.title, one.expired) for one in listed]
        visit.record.put_committees([*now, *gone])
        told = Counter(one.title for one in known)
        renamed = {
            one.title: titles[one.key]
            for one in known
            if titles.get(one.key, one.title) != one.title and told[one.title] == 1
        }
        for meeting in [one for one in self._known.values() if one.committee in renamed]:
            self._known[meeting.id] = replace(meeting, committee=renamed[meeting.committee])
            visit.record.put_meeting(self._known[meeting.id])

    def _reaches_further(self, committees: Iterable[Committee]) -> bool:
        """Tell whether more of the past is wanted than was listed: then committees long gone count, too."""
        return any(_start(one) > self._since.isoformat() for one in committees if one.listed_from)

    def _from(self, committee: Committee) -> date:
        return self._since if _start(committee) > self._since.isoformat() else self._first

    @property
    def _first(self) -> date:
        """The first day that is read of lists that were read before."""
        return self._since if self._is_full else max(self._since, self._visit.today - timedelta(RECENT_DAYS))

    @property
    def _is_full(self) -> bool:
        watch = self._visit.watches.get(self._history)
        if watch is None or watch.last_look is None:
            return True
        rested = self._visit.today - date.fromisoformat(watch.last_look[:10])
        return rested.days >= DAYS_BETWEEN_FULL_LISTS

    @property
    def _history(self) -> str:
        return f"{self._visit.source.name}/history"

    async def _all_at_once(self, listing: Listing) -> bool:
        """Read one list of everything where the site has one that was once found to be complete."""
        visit, watch = self._visit, f"{self._visit.source.name}/lists"
        if not visit.shows(watch, _ALL):
            return False
        wanted = listing.committees
        start = min(map(self._from, wanted.values()), default=self._since)
        listed = await self._site.all_meetings(start.isoformat(), self._until.isoformat())
        if listed is None:
            visit.looked(watch, _EACH)
            return False
        self._take(listing, listed, wanted.values(), start)
        visit.looked(watch, _ALL)
        self._finish_history()
        return True

    async def _one_by_one(self, listing: Listing) -> None:
        visit = self._visit
        failures, complete = 0, True
        due = [committee for committee in listing.committees.values() if self._is_due(committee)]
        for committee in due:
            start = self._from(committee)
            listed_committee = ListedCommittee(committee.key, committee.title, committee.expired)
            try:
                listed = await self._site.meetings(
                    listed_committee, start.isoformat(), self._until.isoformat()
                )
            except (FetchError, UnreadableError) as error:
                failures, complete = failures + 1, False
                if failures in (FAILURES_IN_A_ROW, len(due)):
                    raise
                visit.trouble(error, f"the meetings of {committee.title}")
                continue
            failures = 0
            self._take(listing, listed, (committee,), start)
            visit.looked(self._list_of(committee), repr(sorted((one.key, one.date) for one in listed)))
        if complete:
            await self._try_all_at_once(listing)
            self._finish_history()

    async def _try_all_at_once(self, listing: Listing) -> None:
        """Find out, with each full list, whether one answer lists what the lists of the committees listed."""
        visit, watch = self._visit, f"{self._visit.source.name}/lists"
        if watch in visit.watches and not self._is_full:
            return
        recent = (visit.today - timedelta(days=RECENT_DAYS)).isoformat()
        try:
            listed = await self._site.all_meetings(recent, self._until.isoformat())
        except (FetchError, UnreadableError):
            listed = None
        named = {(one.key, one.date) for one in listing.meetings.values() if one.date >= recent}
        complete = listed is not None and named and named <= {(one.key, one.date) for one in listed}
        visit.looked(watch, _ALL if complete else _EACH)

    def _is_due(self, committee: Committee) -> bool:
        if _start(committee) > self._since.isoformat():
            return True
        if committee.expired or self._is_full:
            return not committee.expired
        last = date.fromisoformat(self._newest.get(committee.title, self._since.isoformat()))
        # A list whose meetings are all long past rests like a meeting does, but never for long.
        return self._visit.due(self._list_of(committee), last, most=MOST_DAYS_OF_LISTS)

    def _list_of(self, committee: Committee) -> str:
        return f"{self._visit.source.name}/committee/{committee.key}"

    def _finish_history(self) -> None:
        if self._is_full:
            self._visit.looked(self._history, "")

    def _take(
        self, listing: Listing, listed: Sequence[ListedMeeting], of: Collection[Committee], start: date
    ) -> None:
        """Take in what a list of the committees `of` says about the days from `start` on."""
        visit = self._visit
        keys, titles = {one.key for one in of}, {one.title for one in of}
        # A meeting knows the title of its committee alone: of two with the same, either may have it.
        told = Counter(one.title for one in listing.committees.values())
        listing.unread -= titles
        source, first, last = visit.source.name, start.isoformat(), self._until.isoformat()
        found: dict[str, ListedMeeting] = {}
        for one in listed:
            if one.committee.key in keys and first <= one.date <= last:
                found[meeting_id(source, one.key)] = one
        for identity, one in found.items():
            known = self._known.get(identity)
            if known is not None and (known.date != one.date or known.status == WITHDRAWN):
                listing.moved.add(identity)
            if known is None:
                visit.record.put_meeting(
                    Meeting(
                        identity,
                        source,
                        visit.options.council,
                        one.committee.title,
                        one.date,
                        one.url,
                        one.status,
                    )
                )
        listing.meetings |= found
        listing.vanished |= {
            identity
            for identity, one in self._known.items()
            if one.committee in titles
            and told[one.committee] == 1
            and first <= one.date <= last
            and identity not in found
            # What has been found to be gone is looked for on the schedule only.
            and one.status != WITHDRAWN
        }
        today = visit.today.isoformat()
        visit.record.put_committees(
            Committee(
                source,
                one.key,
                one.title,
                one.expired,
                min(_start(one), first),
                max(one.listed_to or "", today),
            )
            for one in of
        )


def wanted_committees(committees: Sequence[Committee], named: Sequence[str]) -> tuple[Committee, ...]:
    """Return those of `committees` that are called as one of `named`, or contain one; all when none is named.

    Raises:
        UnreadableError: there is none of such a name.
    """
    if not named:
        return tuple(committees)
    wanted: dict[str, Committee] = {}
    for name in named:
        folded = name.casefold().strip()
        exact = [one for one in committees if one.title.casefold() == folded]
        found = exact or [one for one in committees if folded in one.title.casefold()]
        if not found:
            known = ", ".join(one.title for one in committees if not one.expired)
            raise UnreadableError(f"there is no committee called {name!r}; there are: {known}")
        wanted |= {one.key: one for one in found}
    return tuple(wanted.values())


def as_listed(meeting: Meeting) -> ListedMeeting:
    """Return a known meeting as a list would name it."""
    return ListedMeeting(
        meeting.id.removeprefix(meeting_id(meeting.source, "")),
        ListedCommittee("", meeting.committee),
        meeting.date,
        meeting.url,
        meeting.status,
    )


def _start(committee: Committee) -> str:
    """The first day that was listed; one beyond all days where none was."""
    return committee.listed_from or "9999-12-31"
