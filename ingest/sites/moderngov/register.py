"""The register of decisions: it stands on pages alone, whichever way the meetings are read."""

from corpus.errors import AbsentError
from ingest.sites.moderngov.addresses import base_of
from ingest.sites.moderngov.decisions import read_decision, read_register, register_urls
from ingest.sites.records import Decision, ListedDecision
from ingest.sites.site import Fetch


class RegisterSite:
    """What both ways to read a ModernGov site share; `base` is any address of it."""

    def __init__(self, base: str, fetch: Fetch) -> None:
        self._base = base_of(base)
        self._fetch = fetch

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
