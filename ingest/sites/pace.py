"""How fast sites are visited: one pace for all that stands on the same machines.

Councils that a vendor hosts share its machines, so their requests share one *slot*: whoever waits for the
slot waits for all of its councils. The slowest pace that anyone asks for counts for the whole slot.
"""

import math
from collections.abc import Callable

from ingest.sites.hosts import host_of
from ingest.sites.manners import Manners

#: Whoever is a subdomain of one of these is hosted there.
VENDORS = ("moderngov.co.uk", "cmis.uk.com")


def slot(address: str) -> str:
    """Return the slot of a valid address: its vendor's domain, or its host whatever the port."""
    host = host_of(address)
    return next((vendor for vendor in VENDORS if host == vendor or host.endswith(f".{vendor}")), host)


class Paces:
    """The pace of every slot, in seconds; it only ever becomes slower.

    `slowed` is told of each new pace of a slot.
    """

    def __init__(self, slowed: Callable[[str, float], None]) -> None:
        self._seconds: dict[str, float] = {}
        self._slowed = slowed

    def ask(self, slot: str, seconds: float) -> None:
        """Ask for at least so many seconds between two requests in `slot`."""
        if seconds > self._seconds.get(slot, -math.inf):
            self._seconds[slot] = seconds
            self._slowed(slot, seconds)

    def ask_for(self, manners: Manners) -> None:
        """Ask for the pace of a source, at all of its hosts."""
        for host in manners.own_hosts().names:
            self.ask(slot(f"http://{host}"), manners.pace)
