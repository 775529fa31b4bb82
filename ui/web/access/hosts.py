"""Under which names the page may be reached.

A page that only this machine can reach would otherwise be open to every web site: it lets its own name point
to 127.0.0.1 for a moment ("DNS rebinding"), and the browser of whoever visits it then asks here in its name.
An address instead of a name cannot be turned around so.
"""

from collections.abc import Collection
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.access.refusals import refusal


class KnownHosts:
    """Refuses requests to hosts other than `names`, addresses and this machine's own name."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its host is known."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host")
        # Browsers always name the host; what does not is none, and cannot be led astray.
        if host is None or self._is_known(hostname(host)):
            await self._app(scope, receive, send)
            return
        line = f"The page is not known as {hostname(host)!r}; add this name to web.allowed_hosts."
        await refusal(scope, 421, "Unknown host", line)(scope, receive, send)

    def _is_known(self, name: str) -> bool:
        return name in self._names or name == "localhost" or name.endswith(".localhost") or is_address(name)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach what listens at `host`."""
    return host.casefold() == "localhost" or (is_address(host) and ip_address(host).is_loopback)


def hostname(host: str) -> str:
    """Return the name in a Host header, without port, brackets and a dot at its end."""
    name = host.strip().casefold()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].removesuffix(".")


def is_address(name: str) -> bool:
    """Tell whether `name` is an IP address."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
