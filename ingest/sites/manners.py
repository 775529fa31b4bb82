"""How a source is to be visited, and how a visitor presents itself there."""

import re
from dataclasses import dataclass
from importlib.metadata import version

from corpus.errors import SettingsError
from ingest.sites.hosts import Hosts, hosts_of, shown

#: The name that robots.txt files may speak to.
PRODUCT = "Minutebook"
#: Seconds between two requests where nobody asks for more.
PACE = 1.0

_UNFIT_FOR_A_HEADER = re.compile(r"[^!-'*-~]+")


@dataclass(frozen=True, slots=True)
class Manners:
    """How one source is to be visited.

    Attributes:
        base: the directory that its software answers in: "https://democracy.example.gov.uk/moderngov/".
        hosts: further `host` or `host:port` that are the same site.
        pace: seconds between two requests to the vendor's domain, at least.
        contact: who answers for the visits, an address or a page; "" when nobody does.

    Raises:
        SettingsError: the base or a host cannot be understood, or the pace is no number of seconds.
    """

    base: str
    hosts: frozenset[str] = frozenset()
    pace: float = PACE
    contact: str = ""

    def __post_init__(self) -> None:
        try:
            self.own_hosts()
        except ValueError as error:
            raise SettingsError(f"{shown(self.base)}: {error}") from error
        if not 0 <= self.pace < float("inf"):
            raise SettingsError(f"{shown(self.base)}: a pace of {self.pace} is no number of seconds")

    def own_hosts(self) -> Hosts:
        """Return the hosts that are the source itself."""
        return hosts_of(self.base, self.hosts)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a site, in seconds.

    Attributes:
        timeout: for one whole answer.
        waits: before the second try, the third …: there is one try more than waits.
        longest: the longest wait that a site may ask for.
    """

    timeout: float = 60.0
    waits: tuple[float, ...] = (5.0, 20.0)
    longest: float = 300.0


def user_agent(contact: str) -> str:
    """Return the name that is given at the door: the true one, and whom to turn to.

    >>> user_agent("").partition("/")[0]
    'Minutebook'
    """
    product = f"{PRODUCT}/{version('minutebook')}"
    reachable = _UNFIT_FOR_A_HEADER.sub("", contact)
    return f"{product} (+{reachable})" if reachable else product
