"""Who asks: the address that a request comes from, with the word of trusted proxies taken and no other."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

#: What a proxy may say of who asks; from anybody else it is a lie until shown otherwise.
_SAID_BY_PROXIES = ("forwarded", "x-real-ip")
_SAID_BY_PROXIES_BEGINS = "x-forwarded-"
#: A household or a company has a network of this size to itself, and any address in it at will.
_IPV6_NETWORK = 64


class BehindProxies:
    """Takes from trusted proxies who asks and how, and takes it away from requests of all others.

    What is left in a request can be relied on: `client` and `scheme` are those of the person who asks, and
    `header` stands in it only where a trusted proxy has put it.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str], header: str = "") -> None:
        self._app = app
        self._networks = tuple(ip_network(proxy) for proxy in proxies)
        self._told = ProxyHeadersMiddleware(app, trusted_hosts=list(proxies))  # type: ignore[arg-type]
        self._header = header.lower()
        self._is_proxy = lru_cache(maxsize=4096)(self._is_in_networks)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with what a proxy says believed or removed."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        host, port = scope.get("client") or ("", 0)
        address = _address(host)
        scope = {**scope, "client": (str(address), port) if address else scope.get("client")}
        if address and self._is_proxy(address):
            await self._told(scope, receive, send)  # type: ignore[arg-type]
            return
        scope["headers"] = [(name, value) for name, value in scope["headers"] if not self._is_said(name)]
        await self._app(scope, receive, send)

    def _is_said(self, raw: bytes) -> bool:
        name = raw.decode("latin-1").lower()
        return (
            name in _SAID_BY_PROXIES or name.startswith(_SAID_BY_PROXIES_BEGINS) or name == self._header != ""
        )

    def _is_in_networks(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._networks)


def asker(scope: Scope) -> str:
    """Return what stands for the person who asks: an IPv4 address, or a network of IPv6."""
    host = (scope.get("client") or ("", 0))[0]
    address = _address(host)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _IPV6_NETWORK), strict=False))
    return str(address) if address else str(host)[:64]


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    # A socket that takes both kinds names an IPv4 address so.
    return getattr(address, "ipv4_mapped", None) or address
