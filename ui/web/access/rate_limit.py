"""How often one address may ask, so that nobody takes the machine away from everybody else."""

from math import ceil

from starlette._utils import get_route_path  # what the router itself goes by
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.access.askers import asker
from ui.web.access.buckets import Buckets
from ui.web.access.refusals import refusal

#: What costs next to nothing and is asked for by the dozen: the parts of the page, and its open connections.
_FREE = (
    "/health", "/assets/", "/static/", "/svelte/", "/theme.css", "/favicon.ico", "/manifest.json",
    "/pwa_icon", "/robots.txt", "/gradio_api/heartbeat/", "/gradio_api/queue/data", "/gradio_api/call/",
    "/gradio_api/startup-events", "/gradio_api/theme.css",
)  # fmt: skip


#: Kept in the scope of a request that may cost more than one.
_BUCKETS = "minutebook.buckets"


class RateLimit:
    """Asks whoever asks too often to wait, by the address that they ask from."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self._app = app
        self._buckets = buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its address has not asked too often."""
        if scope["type"] == "lifespan" or is_free(scope):
            await self._app(scope, receive, send)
            return
        seconds = self._buckets.take(asker(scope))
        if seconds:
            await too_often(scope, seconds, "Too many requests came from your address")(scope, receive, send)
        else:
            await self._app({**scope, _BUCKETS: self._buckets}, receive, send)


def count_as(scope: Scope, requests: int) -> float:
    """Count a request that was let through as so many; return 0, or in how many seconds to come back."""
    buckets: Buckets | None = scope.get(_BUCKETS)
    if buckets is None or requests <= 1:
        return 0.0
    buckets.give_back(asker(scope))
    return buckets.take(asker(scope), requests)


def is_free(scope: Scope) -> bool:
    """Tell whether a request costs too little to be counted."""
    return scope["method"] in ("GET", "HEAD") and get_route_path(scope).startswith(_FREE)


def too_often(scope: Scope, seconds: float, what: str) -> Response:
    """Return the response that says that `what`, and in how many seconds to try again."""
    whole = max(1, ceil(seconds))
    wait = f"{whole} second{'s' if whole > 1 else ''}" if whole < 120 else f"{ceil(whole / 60)} minutes"
    line = f"{what}; please wait {wait} and try again."
    return refusal(scope, 429, "Please wait", line, {"Retry-After": str(whole)})
