"""What every site can be asked, whatever software it runs; one module per software answers."""

from dataclasses import dataclass
from typing import Protocol

from ingest.sites.records import (
    Decision,
    Item,
    ListedCommittee,
    ListedDecision,
    ListedMeeting,
    Proceedings,
    Software,
)

#: The largest page or answer that is read; the largest seen has 340 kB, a year of a busy register 2 MB.
PAGE_BYTES = 10_000_000
#: The largest file that is read.
PAPER_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: `url` after redirects, without a session segment, and the whole body."""

    url: str
    body: bytes
    media_type: str


class Fetch(Protocol):
    """Fetches from one source, within its hosts, robots and pace; retries and waits are its own business.

    Raises:
        RefusedError: the site does not want it: robots.txt, 401, 403, 429 to the last try, a challenge page.
        AbsentError: there is no such thing: 404, 410, a redirect to mgError.aspx.
        ForeignError: it is not on the source's hosts, or a redirect leads away from them.
        FetchError: anything else: no answer in time, 5xx to the last try, a bad certificate, too large.
    """

    async def __call__(self, address: str, *, most: int = PAGE_BYTES) -> Fetched:
        """Return what stands at `address`, at most so many bytes."""
        ...


class Site(Protocol):
    """One council's site.

    Every method raises what `Fetch` does, and UnreadableError for an answer that is not what the software
    sends.
    """

    @property
    def software(self) -> Software:
        """What answers there."""
        ...

    @property
    def lists_every_committee(self) -> bool:
        """Whether `committees` names all, or only those whose meetings this object was asked for."""
        ...

    @property
    def addresses_last(self) -> bool:
        """Whether a file has the same address the next time."""
        ...

    async def committees(self) -> tuple[ListedCommittee, ...]:
        """Return all committees, those that meet no more included."""
        ...

    async def meetings(self, committee: ListedCommittee, since: str, until: str) -> tuple[ListedMeeting, ...]:
        """Return the meetings of `committee` from day `since` to day `until`, in any order."""
        ...

    async def all_meetings(self, since: str, until: str) -> tuple[ListedMeeting, ...] | None:
        """Return the meetings of all committees in one answer, None where the software has none such."""
        ...

    async def meeting(self, listed: ListedMeeting) -> Proceedings:
        """Return all about a meeting.

        Raises:
            AbsentError: the site knows no such meeting any more.
        """
        ...

    async def whole(self, item: Item) -> Item:
        """Return a cut item in full."""
        ...

    async def decisions(self, since: str, until: str) -> tuple[ListedDecision, ...]:
        """Return what the register of decisions published in these days; () where there is no register."""
        ...

    async def decision(self, listed: ListedDecision) -> Decision:
        """Return one decision in full."""
        ...
