"""Any search as a feed (Atom, RFC 4287): at /feed.atom?q=… with the filters of the page's address."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from importlib.metadata import version

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request
from starlette.responses import Response

from corpus.errors import GenerationError, MinutebookError, UsageError
from ui.web.access.refusals import refusal
from ui.web.api.reading import if_none_match
from ui.web.api.tags import is_known
from ui.web.backend import Backend
from ui.web.feed_address import read_feed_address
from ui.web.feed_entries import feed_of
from ui.web.feed_xml import feed_as_xml
from ui.web.handlers.settled import refusal as why_not
from ui.web.markup.feed import MEDIA_TYPE, feed_address
from ui.web.state import State

#: Feeds made at once: the rest of the machine is for those who read.
AT_ONCE = 2
#: A publication while a feed is made begins it anew.
_TRIES = 3
_WANTING = "Say in the address what to look for, for example /feed.atom?q=bridge"


def add_feed(app: FastAPI, backend: Backend) -> None:
    """Put the address of the feeds into `app`."""
    limiter = CapacityLimiter(AT_ONCE)

    async def feed(request: Request) -> Response:
        try:
            state = read_feed_address(request.url.query)
            if refused := why_not(state, _WANTING):
                return refusal(request.scope, 400, "There is no feed", refused.words)
            return await to_thread.run_sync(_respond, backend, state, request, limiter=limiter)
        except MinutebookError as error:
            status = 400 if isinstance(error, UsageError) else 503
            return refusal(request.scope, status, "There is no feed", f"{error}.")

    app.add_api_route("/feed.atom", feed, methods=["GET", "HEAD"], include_in_schema=False)


def _respond(backend: Backend, state: State, request: Request) -> Response:
    for _ in range(_TRIES):
        response, generation = _response(backend, state, request)
        if backend.generation == generation:
            return response
    raise GenerationError("the minutes are being indexed anew; try again")


def _response(backend: Backend, state: State, request: Request) -> tuple[Response, str]:
    """Return the response, and the generation that it should be out of."""
    holdings, warnings = backend.holdings(), backend.warnings()
    base = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"
    built = datetime.fromisoformat(holdings.built_at).astimezone(UTC)
    headers = {
        "ETag": _tag(holdings.generation, holdings.built_at, feed_address(state, root=base), *warnings),
        "Last-Modified": format_datetime(built, usegmt=True),
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if _is_known(request, headers["ETag"], built):
        return Response(status_code=304, headers=headers), holdings.generation
    feed = feed_of(backend, state, built, warnings)
    content = feed_as_xml(feed, base)
    return Response(content, headers=headers, media_type=f"{MEDIA_TYPE}; charset=utf-8"), holdings.generation


def _tag(*parts: str) -> str:
    """Return what stands for a feed: the same minutes, looked at as well, and the same search."""
    told = "\n".join((version("minutebook"), *parts))
    return f'"{sha256(told.encode("utf-8", "replace")).hexdigest()[:32]}"'


def _is_known(request: Request, tag: str, built: datetime) -> bool:
    """Tell whether the one who asks has the feed already (RFC 9110: a tag goes before a time)."""
    if tags := if_none_match(request):
        return is_known(tag, tags)
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):  # an hour, or a distance from Greenwich, of too many digits
        return False
    return since.tzinfo is not None and built.replace(microsecond=0) <= since
