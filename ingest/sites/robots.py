"""What a host's robots.txt allows, after RFC 9309."""

from dataclasses import dataclass

from protego import Protego

from ingest.sites.manners import PRODUCT

#: So much of a robots.txt counts; what follows is not read.
ROBOTS_BYTES = 500_000
#: The longest Crawl-delay that is kept to, in seconds; whoever asks for more is not visited at all.
LONGEST_DELAY = 60.0

# Rules are multiplied by the names above them: a file of names and rules alone would fill the memory.
_MOST_RULES = 1_000_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host.

    Attributes:
        misplaced: whether something else stands in their place, so nobody has said what is welcome.
        delay: seconds between two requests that they ask for, 0 when they do not say.
    """

    misplaced: bool = False
    delay: float = 0.0
    rules: Protego | None = None

    def allow(self, address: str) -> bool:
        """Return whether `address` may be fetched."""
        return self.rules is None or self.rules.can_fetch(address, PRODUCT)


def read_robots(body: bytes) -> Robots:
    """Return the rules in a robots.txt.

    Raises:
        ValueError: they are so many that reading them would be an attack on this machine.
    """
    if len(body) > ROBOTS_BYTES:
        body = body[:ROBOTS_BYTES].rpartition(b"\n")[0]
    if body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") or b"\0" in body:
        return Robots(misplaced=True)
    text = body.decode("utf-8-sig", errors="replace")
    lines = text.splitlines()
    names = sum(line.lstrip()[:4].lower() == "user" for line in lines)
    if names * (len(lines) - names) > _MOST_RULES:
        raise ValueError("it has too many rules")
    rules = Protego.parse(text)
    return Robots(delay=rules.crawl_delay(PRODUCT) or 0.0, rules=rules)
