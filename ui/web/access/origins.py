"""Other web sites may lead people here, and do nothing in their name.

Gradio answers the scripts of every site, with credentials, unless its own host is this machine; that is why
such requests do not come as far as Gradio.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.access.refusals import refusal

_LINE = "The request comes from another site's page. If it does not, the proxy must pass the Host header on."
_READING = frozenset({"GET", "HEAD"})


class OwnPagesOnly:
    """Refuses what the pages of other sites ask for; links that people follow lead here all the same."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless the page of another site makes it."""
        if scope["type"] == "lifespan" or is_own(scope):
            await self._app(scope, receive, send)
            return
        await refusal(scope, 403, "Refused", _LINE)(scope, receive, send)


def is_own(scope: Scope) -> bool:
    """Tell whether a request comes from a page of this site, from no page at all, or by a link.

    Browsers say where a request comes from: in Sec-Fetch-Site on safe connections, in Origin whenever a
    script or a form asks. Programs say nothing, and have nobody's name to abuse.
    """
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site in ("same-origin", "none"):
        return True
    if site is not None:
        return scope["method"] in _READING and headers.get("sec-fetch-mode") == "navigate"
    return origin is None or _is_same(origin, headers.get("host", ""))


def _is_same(origin: str, host: str) -> bool:
    try:
        theirs, own = urlsplit(origin), urlsplit(f"//{host}")
        if theirs.hostname is None or theirs.hostname != own.hostname:
            return False
        # Proxies mostly cut the port off.
        return own.port in (None, theirs.port)
    except ValueError:
        return False
