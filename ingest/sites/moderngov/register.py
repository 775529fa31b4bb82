"""Reads the register of decisions; it stands on pages alone, whichever way the meetings are read."""

from corpus.errors import AbsentError
from ingest.sites.moderngov.decisions import read_decision, read_register, register_urls
from ingest.sites.records import Decision, ListedDecision
from ingest.sites.site import Fetch


async def published_decisions(base: str, fetch: Fetch, since: str, until: str) -> tuple[ListedDecision, ...]:
    """Return the decisions published in these days, () where the site has no register."""
    found: dict[str, ListedDecision] = {}
    for address in register_urls(base, since, until):
        try:
            fetched = await fetch(address)
        except AbsentError:
            return ()
        found.update((listed.key, listed) for listed in read_register(fetched.body, base))
    return tuple(found.values())


async def one_decision(base: str, fetch: Fetch, listed: ListedDecision) -> Decision:
    """Return one decision in full."""
    return read_decision((await fetch(listed.url)).body, base, listed)
