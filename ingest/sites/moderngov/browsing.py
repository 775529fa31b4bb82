"""Walks through the pages that list a committee's meetings, as far as the days that are asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.errors import UnreadableError
from ingest.sites.moderngov.lists import Browsed, list_url, read_meetings
from ingest.sites.records import ListedCommittee, ListedMeeting
from ingest.sites.site import Fetch

#: A committee that has met every week since the software exists fills half of them.
MOST_PAGES = 200
#: A list of one year ends after 51 rows; one that is nearly as long is followed, too.
YEAR_ROWS = 50


async def browse(
    base: str, fetch: Fetch, committee: ListedCommittee, since: str, until: str
) -> tuple[ListedMeeting, ...]:
    """Return the meetings of `committee` from day `since` to day `until`.

    The newest rows come first, then earlier ones, a page at a time. Where the links end too soon, the lists
    of single years are read, and on from where such a list is cut off.
    """
    walk = _Walk(base, fetch, committee)
    first = await walk.open(list_url(base, committee.key))
    await walk.follow(first, "later", lambda page: walk.newest >= until)
    await walk.follow(first, "earlier", lambda page: walk.oldest < since)
    if walk.rows and walk.oldest >= since:
        for year in sorted(set(first.years), reverse=True):
            if since[:4] <= str(year) <= walk.oldest[:4]:
                await walk.open_year(year)
    return tuple(row for row in walk.rows.values() if since <= row.date <= until)


@dataclass(slots=True)
class _Walk:
    """What has been read of a committee's lists."""

    base: str
    fetch: Fetch
    committee: ListedCommittee
    rows: dict[str, ListedMeeting] = field(default_factory=dict)
    visited: set[str] = field(default_factory=set)

    @property
    def oldest(self) -> str:
        return min((row.date for row in self.rows.values()), default="9999-12-31")

    @property
    def newest(self) -> str:
        return max((row.date for row in self.rows.values()), default="")

    async def open(self, address: str) -> Browsed:
        """Read one page."""
        if len(self.visited) >= MOST_PAGES:
            raise UnreadableError(
                f"meetings of {self.committee.title}: the list goes on after {MOST_PAGES} pages; "
                "ask for a later day with --since"
            )
        self.visited.add(address)
        fetched = await self.fetch(address)
        page = read_meetings(fetched.body, self.base, self.committee)
        for row in page.meetings:
            self.rows.setdefault(row.key, row)
        return page

    async def follow(self, page: Browsed, way: str, done: Callable[[Browsed], bool]) -> None:
        """Read on until `done`, or until there is no link, or a page that shows nothing new."""
        while not done(page):
            address = page.earlier if way == "earlier" else page.later
            known = len(self.rows)
            if not address or address in self.visited:
                return
            page = await self.open(address)
            if len(self.rows) == known:
                return

    async def open_year(self, year: int) -> None:
        """Read the list of a year, and what it leaves out at either end."""
        page = await self.open(list_url(self.base, self.committee.key, year))
        if len(page.meetings) >= YEAR_ROWS:
            await self.follow(page, "later", lambda page: _reaches(page, f"{year}-12-31"))
            await self.follow(
                page, "earlier", lambda page: any(r.date < f"{year}-01-01" for r in page.meetings)
            )


def _reaches(page: Browsed, day: str) -> bool:
    return any(row.date > day for row in page.meetings)
