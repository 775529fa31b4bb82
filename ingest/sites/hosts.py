"""The addresses of a source: which are its own, how they are written, how they are shown.

Whatever a page links or redirects to is judged here before anything is asked of it. Two addresses are on
the same host when they agree in name and port; the two usual ports of http and https count as one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_USUAL_PORTS = {"http": 80, "https": 443}
#: What ASP.NET puts into the path where a visitor keeps no cookies: "/(S(24 characters))", "/(X(1)S(…))".
_SESSION = re.compile(r"/\((?:[A-Z]\([^()/]*\))+\)(?=/)", re.IGNORECASE)
_USER = re.compile(r"//[^/?#]*@")
_LONGEST_SHOWN = 120
_LONGEST_TAIL = 30


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts of one source.

    Attributes:
        names: `host`, or `host:port` where the port is not the usual one.
        secure: whether the source is read over https; links to http are followed over https then.
    """

    names: frozenset[str]
    secure: bool

    def own(self, address: str) -> str:
        """Return `address` as it is to be asked for: encoded, without a fragment, over https where it can be.

        Raises:
            ValueError: it is not one of the source's own addresses; the message says why.
        """
        parts = _split(address)
        if "@" in parts.netloc:
            raise ValueError("carries a user name, which is never sent")
        name = _name(parts)
        if name not in self.names:
            raise ValueError(f"is on {shown(name)}, which is not one of the hosts of its source")
        scheme = "https" if self.secure else parts.scheme
        return safe_url_string(urlunsplit((scheme, name, parts.path or "/", parts.query, "")))

    def followed(self, address: str, location: str) -> str:
        """Return where a redirect from `address` leads, if the source itself is there.

        Raises:
            ValueError: it leads out of the source; the message names the place.
        """
        try:
            target = urljoin(address, location.strip())
        except ValueError:
            target = location
        try:
            return self.own(target)
        except ValueError as stray:
            raise ValueError(f"redirects to {shown(target)}, which is not one of its hosts") from stray


def hosts_of(base: str, aliases: Iterable[str] = ()) -> Hosts:
    """Return the hosts of a source.

    Args:
        base: any address of the source.
        aliases: further hosts of it, `host` or `host:port`.

    Raises:
        ValueError: one of them cannot be understood.
    """
    parts = _split(base)
    names = {_name(parts)}
    names.update(_name(_split(f"{parts.scheme}://{alias}")) for alias in aliases)
    return Hosts(frozenset(names), secure=parts.scheme == "https")


def place_of(address: str) -> str:
    """Return `host`, or `host:port` where the port is not the usual one, of a valid address."""
    return _name(_split(address))


def host_of(address: str) -> str:
    """Return the host of a valid address, without any port."""
    return _host(_split(address))


def without_session(address: str) -> str:
    """Return `address` without the session that a server has written into its path."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=_SESSION.sub("", parts.path)))


def shown(address: str) -> str:
    """Return `address` for a message: on one line, printable, not too long, without a password."""
    text = printable(_USER.sub("//", address))
    if len(text) <= _LONGEST_SHOWN:
        return text
    return f"{text[: _LONGEST_SHOWN - _LONGEST_TAIL - 1]}…{text[-_LONGEST_TAIL:]}"


def printable(text: str) -> str:
    """Return `text` on one line, with a mark for whatever a terminal could take for a command."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
    except ValueError as error:
        raise ValueError("is not an address") from error
    if parts.scheme not in _USUAL_PORTS:
        raise ValueError("is not an http or https address")
    return parts


def _name(parts: SplitResult) -> str:
    host = _host(parts)
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, _USUAL_PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _host(parts: SplitResult) -> str:
    try:
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port
        # A name in other letters is compared as it goes over the wire, so no look-alike passes.
        host = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    except ValueError as error:  # a UnicodeError is one, too
        raise ValueError("names a host or port that cannot be") from error
    if not host:
        raise ValueError("names no host")
    return host
