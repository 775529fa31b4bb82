"""What is the same of a ModernGov site whichever way it is read; its register stands on pages alone."""

from abc import ABC, abstractmethod

from corpus.errors import AbsentError
from ingest.sites.moderngov.addresses import base_of
from ingest.sites.moderngov.decisions import read_decision, read_register, register_urls
from ingest.sites.records import Decision, ListedCommittee, ListedDecision
from ingest.sites.site import Fetch


class ModernGovSite(ABC):
    """A council's site for one visit; `base` is any address of it."""

    def __init__(self, base: str, fetch: Fetch) -> None:
        self._base = base_of(base)
        self._fetch = fetch
        self._committees: tuple[ListedCommittee, ...] | None = None

    @property
    def lists_every_committee(self) -> bool:
        """True: there is a list of all committees."""
        return True

    @property
    def addresses_last(self) -> bool:
        """True: the number in the address of a file is its own."""
        return True

    async def committees(self) -> tuple[ListedCommittee, ...]:
        """Return the committees; the site is asked once, also when it was found out by this very question."""
        if self._committees is None:
            self._committees = await self._list_committees()
        return self._committees

    @abstractmethod
    async def _list_committees(self) -> tuple[ListedCommittee, ...]:
        """Ask the site for its committees."""

    async def decisions(self, since: str, until: str) -> tuple[ListedDecision, ...]:
        """Return what the register published in these days; () where there is no register."""
        found: dict[str, ListedDecision] = {}
        for address in register_urls(self._base, since, until):
            try:
                fetched = await self._fetch(address)
            except AbsentError:
                return ()
            found.update((listed.key, listed) for listed in read_register(fetched.body, self._base))
        return tuple(found.values())

    async def decision(self, listed: ListedDecision) -> Decision:
        """Return one decision in full."""
        return read_decision((await self._fetch(listed.url)).body, self._base, listed)
