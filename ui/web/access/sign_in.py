"""Only those who have signed in: before every route but the sign of life and the page to sign in on."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote

from starlette._utils import get_route_path  # what the router itself goes by
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.access.refusals import refusal, wants_page
from ui.web.access.sessions import COOKIE, Sessions
from ui.web.api.problems import PATH as API
from ui.web.api.problems import is_for_programs

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
_OPEN = frozenset({"/health", SIGN_IN})
_LONGEST_NAME = 200
#: What no browser asks for by itself, so that passwords which a browser keeps sending have no use there.
_FOR_PROGRAMS = (API, "/mcp", "/feed.atom")
CHALLENGE = 'Basic realm="minutes", charset="UTF-8"'
#: Kept in the scope of a request for whoever answers it.
_READER = "minutebook.reader"


class Way(Protocol):
    """A way in which people sign in."""

    def reader(self, headers: Headers) -> str | None:
        """Return who has signed in, None if nobody has."""
        ...

    def refusal(self, scope: Scope) -> Response:
        """Return the response that tells how to sign in."""
        ...


class ByCookie:
    """People sign in on a page here, and a cookie says that they have."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def reader(self, headers: Headers) -> str | None:
        """Return whose session the cookie is."""
        cookies: Mapping[str, str] = cookie_parser(headers.get("cookie", ""))
        return self._sessions.holder(cookies.get(COOKIE, ""))

    def refusal(self, scope: Scope) -> Response:
        """Return the way to the page to sign in on, and from there to where the person wanted to go."""
        if is_for_programs(scope) or (takes_passwords(scope) and not wants_page(scope)):
            line = "Please sign in: send the name and password of somebody under web.users by HTTP Basic."
            return refusal(scope, 401, "Please sign in", line, {"WWW-Authenticate": CHALLENGE})
        if not wants_page(scope) or scope["method"] not in ("GET", "HEAD"):
            line = "Please sign in: load the page anew."
            return refusal(scope, 401, "Please sign in", line, {"WWW-Authenticate": 'Cookie realm="minutes"'})
        query = scope["query_string"].decode("latin-1")
        onward = quote(get_route_path(scope), safe="/") + (f"?{query}" if query else "")
        target = f"{scope.get('root_path', '')}{SIGN_IN}?onward={quote(onward, safe='')}"
        return RedirectResponse(target, 303, {"Cache-Control": "no-store"})


class ByHeader:
    """A proxy signs people in and names them in a header, which nobody else can put there."""

    def __init__(self, header: str) -> None:
        self._header = header

    def reader(self, headers: Headers) -> str | None:
        """Return whom the proxy names; two names are none."""
        names = headers.getlist(self._header)
        name = names[0].strip() if len(names) == 1 else ""
        return name if 0 < len(name) <= _LONGEST_NAME and name.isprintable() else None

    def refusal(self, scope: Scope) -> Response:
        """Return that the proxy has not named anybody."""
        line = "Please sign in where you reach this page from; nobody is named here as signed in."
        return refusal(scope, 403, "Please sign in", line)


class SignedInOnly:
    """Refuses every request of people who have not signed in, but to the sign of life and to sign in."""

    def __init__(self, app: ASGIApp, way: Way) -> None:
        self._app = app
        self._way = way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if somebody has signed in, and keep what comes back out of shared caches."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        reader = reader_of(scope) or self._way.reader(Headers(scope=scope))
        if reader is None and get_route_path(scope) not in _OPEN:
            await self._way.refusal(scope)(scope, receive, send)
            return

        async def send_privately(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kind = headers.get("content-type", "").partition(";")[0]
                if kind in ("text/html", "application/json"):
                    headers.setdefault("Cache-Control", "private, no-store")
            await send(message)

        await self._app(with_reader(scope, reader or ""), receive, send_privately)


def with_reader(scope: Scope, name: str) -> Scope:
    """Return the scope of a request as that of the person called `name`, who has signed in."""
    return {**scope, _READER: name}


def takes_passwords(scope: Scope) -> bool:
    """Tell whether a request goes to where programs may sign in by a password that they send each time."""
    path = get_route_path(scope)
    return any(path == known or path.startswith(f"{known}/") for known in _FOR_PROGRAMS)


def reader_of(scope: Scope) -> str:
    """Return the name of the person who has signed in, "" where nobody needs to."""
    return str(scope.get(_READER, ""))
