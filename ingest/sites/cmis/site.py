"""A council's CMIS site, asked page by page."""

from asyncio import Lock

from corpus.errors import AbsentError, UnreadableError
from ingest.sites.cmis.addresses import (
    Module,
    calendar_pages,
    committee_pages,
    find_module,
    list_view,
    module_number,
)
from ingest.sites.cmis.calendar import parse_committees, parse_list, parse_month
from ingest.sites.cmis.days import months_of
from ingest.sites.cmis.meeting import parse_meeting
from ingest.sites.cmis.page import parse_any_page
from ingest.sites.records import (
    Decision,
    Item,
    ListedCommittee,
    ListedDecision,
    ListedMeeting,
    Proceedings,
    Software,
)
from ingest.sites.site import Fetch, Fetched

#: So many pages are looked at for the calendar: the front page and what its menu calls meetings.
MOST_PAGES = 5


class CmisSite:
    """The site that has the address `base`, for one visit.

    The months of the calendar are remembered as long as the object lives: a site takes up to 40 seconds for
    one, and each holds the meetings of all committees.
    """

    def __init__(self, base: str, fetch: Fetch) -> None:
        self._start = base
        self._fetch = fetch
        self._found: Module | None = None
        self._front: Fetched | None = None
        self._months: dict[str, tuple[ListedMeeting, ...]] = {}
        self._one_at_a_time = Lock()

    @property
    def software(self) -> Software:
        """What answers there."""
        return Software.CMIS

    @property
    def lists_every_committee(self) -> bool:
        """False: there is no list of all, only those of the months of its calendar that were read."""
        return False

    @property
    def addresses_last(self) -> bool:
        """False: each view of a page gives its files other addresses."""
        return False

    async def committees(self) -> tuple[ListedCommittee, ...]:
        """Return the committees that the site links to, that meet this month, or in a month that was read.

        There is no list of all that ever met; to have those of other months, ask for their meetings first.
        """
        async with self._one_at_a_time:
            listed = await self._listed_committees()
        met = (meeting.committee for month in self._months.values() for meeting in month)
        found: dict[str, ListedCommittee] = {}
        for committee in (*listed, *met):
            found.setdefault(committee.key, committee)
        return tuple(found.values())

    async def meetings(self, committee: ListedCommittee, since: str, until: str) -> tuple[ListedMeeting, ...]:
        """Return the meetings of `committee` from day `since` to day `until`."""
        all_of_them = await self.all_meetings(since, until)
        return tuple(meeting for meeting in all_of_them if meeting.committee.key == committee.key)

    async def all_meetings(self, since: str, until: str) -> tuple[ListedMeeting, ...]:
        """Return the meetings of all committees from day `since` to day `until`."""
        found: dict[str, ListedMeeting] = {}
        for month in months_of(since, until):
            for meeting in await self._month(month):
                if since <= meeting.date <= until:
                    found.setdefault(meeting.key, meeting)
        return tuple(found.values())

    async def meeting(self, listed: ListedMeeting) -> Proceedings:
        """Return all about a meeting."""
        page = await self._fetch(listed.url)
        return parse_meeting(page.body, page.url, listed)

    async def whole(self, item: Item) -> Item:
        """Return the item: CMIS cuts none off."""
        return item

    async def decisions(self, since: str, until: str) -> tuple[ListedDecision, ...]:
        """Return nothing: the register of decisions is a form that keeps its state in the page."""
        return ()

    async def decision(self, listed: ListedDecision) -> Decision:
        """Refuse: there is no register to have listed it."""
        raise UnreadableError(f"{listed.url}: decisions of CMIS sites are not read")

    async def _month(self, month: str) -> tuple[ListedMeeting, ...]:
        async with self._one_at_a_time:
            if month not in self._months:
                module = await self._module()
                page = await self._fetch(module.month(month))
                self._months[month] = parse_month(page.body, page.url, month, module)
            return self._months[month]

    async def _listed_committees(self) -> tuple[ListedCommittee, ...]:
        front = await self._front_page()
        for address in committee_pages(parse_any_page(front.body, front.url), front.url):
            page = await self._there(address)
            if page and (listed := parse_committees(page.body, page.url)):
                break
        else:
            listed = ()
        module = await self._module()
        page = await self._fetch(module.current())
        return (*listed, *(meeting.committee for meeting in parse_list(page.body, page.url, module)))

    async def _front_page(self) -> Fetched:
        if self._front is None:
            self._front = await self._fetch(self._start)
        return self._front

    async def _module(self) -> Module:
        if self._found is None:
            self._found = await self._find_module()
        return self._found

    async def _find_module(self) -> Module:
        """Find the calendar from the front page on: the name of its page differs from council to council."""
        front = await self._front_page()
        waiting, seen = [front.url], {front.url}
        for _ in range(MOST_PAGES):
            if not waiting:
                break
            address = waiting.pop(0)
            page = front if address == front.url else await self._there(address)
            if page is None:
                continue
            soup = parse_any_page(page.body, page.url)
            if module := find_module(soup, page.url):
                return module
            if (number := module_number(soup)) and (module := await self._from_list(page.url, number)):
                return module
            fresh = [link for link in calendar_pages(soup, page.url) if link not in seen]
            waiting += fresh
            seen.update(fresh)
        raise UnreadableError(
            f"{self._start}: no calendar of meetings found; give the address of the page that shows it"
        )

    async def _from_list(self, address: str, number: str) -> Module | None:
        """Find the tab in the links of the list of this month's meetings, which is there without it."""
        page = await self._fetch(list_view(address, number))
        return find_module(parse_any_page(page.body, page.url), page.url)

    async def _there(self, address: str) -> Fetched | None:
        """Fetch a page that a menu leads to, None where the menu leads to nothing."""
        try:
            return await self._fetch(address)
        except AbsentError:
            return None
