"""A ModernGov site read through its pages, where the web service does not answer."""

from corpus.errors import AbsentError
from ingest.sites.moderngov.browsing import browse
from ingest.sites.moderngov.item import read_whole
from ingest.sites.moderngov.lists import COMMITTEE_LISTS, read_committees
from ingest.sites.moderngov.meeting import read_meeting
from ingest.sites.moderngov.site import ModernGovSite
from ingest.sites.records import (
    Item,
    ListedCommittee,
    ListedMeeting,
    Proceedings,
    Software,
)


class PagesSite(ModernGovSite):
    """A council's site; it implements `ingest.sites.site.Site`."""

    @property
    def software(self) -> Software:
        """What answers there."""
        return Software.MODERNGOV_PAGES

    async def _list_committees(self) -> tuple[ListedCommittee, ...]:
        """Return the committees that the site lists; those that meet no more are mostly not among them."""
        first, second = (f"{self._base}{page}" for page in COMMITTEE_LISTS)
        try:
            fetched = await self._fetch(first)
        except AbsentError:
            fetched = await self._fetch(second)
        return read_committees(fetched.body)

    async def meetings(self, committee: ListedCommittee, since: str, until: str) -> tuple[ListedMeeting, ...]:
        """Return the meetings of `committee` from day `since` to day `until`, newest first."""
        return await browse(self._base, self._fetch, committee, since, until)

    async def all_meetings(self, since: str, until: str) -> tuple[ListedMeeting, ...] | None:
        """Return None: no page lists the meetings of all committees."""
        return None

    async def meeting(self, listed: ListedMeeting) -> Proceedings:
        """Return all about a meeting; `whole` has the rest of the items that are cut."""
        return read_meeting((await self._fetch(listed.url)).body, self._base, listed)

    async def whole(self, item: Item) -> Item:
        """Return a cut item in full."""
        return read_whole((await self._fetch(item.url)).body, self._base, item)
