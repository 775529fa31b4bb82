"""A ModernGov site read through its web service."""

from corpus.errors import FetchError, UnreadableError
from ingest.sites.moderngov import service
from ingest.sites.moderngov.site import ModernGovSite
from ingest.sites.records import (
    Item,
    ListedCommittee,
    ListedMeeting,
    Proceedings,
    Software,
)

#: The number that stands for all committees.
_ALL = "0"


class WebServiceSite(ModernGovSite):
    """A council's site; it implements `ingest.sites.site.Site`."""

    @property
    def software(self) -> Software:
        """What answers there."""
        return Software.MODERNGOV_SERVICE

    async def _list_committees(self) -> tuple[ListedCommittee, ...]:
        """Return all committees, those that meet no more included."""
        fetched = await self._fetch(service.operation(self._base, "GetCommittees"))
        return service.read_committees(fetched.body)

    async def meetings(self, committee: ListedCommittee, since: str, until: str) -> tuple[ListedMeeting, ...]:
        """Return the meetings of `committee` from day `since` to day `until`."""
        fetched = await self._fetch(service.meetings_asked(self._base, committee.key, since, until))
        return service.read_meetings(fetched.body, self._base, since, until, committee)

    async def all_meetings(self, since: str, until: str) -> tuple[ListedMeeting, ...] | None:
        """Return the meetings of all committees in one answer.

        None where the site answers that with an error, or lists none: some know no such number.
        """
        try:
            fetched = await self._fetch(service.meetings_asked(self._base, _ALL, since, until))
            return service.read_meetings(fetched.body, self._base, since, until) or None
        except (FetchError, UnreadableError):
            return None

    async def meeting(self, listed: ListedMeeting) -> Proceedings:
        """Return all about a meeting."""
        fetched = await self._fetch(service.operation(self._base, "GetMeeting", lMeetingId=listed.key))
        return service.read_meeting(fetched.body, self._base, listed)

    async def whole(self, item: Item) -> Item:
        """Return the item as it is: the web service cuts nothing off."""
        return item
