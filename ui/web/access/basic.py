"""Programs sign in with each request, by name and password (HTTP Basic, RFC 7617)."""

from base64 import b64decode
from binascii import Error

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.access.askers import asker
from ui.web.access.doorkeeper import TOO_OFTEN, Doorkeeper, GuessedTooOftenError
from ui.web.access.rate_limit import too_often
from ui.web.access.refusals import refusal
from ui.web.access.sign_in import CHALLENGE, takes_passwords, with_reader

_LONGEST = 4_000
_WRONG = "This name and this password do not fit together; send those under web.users by HTTP Basic."


class ByPassword:
    """Lets programs in that send a name and a password which fit together; others go on as they came."""

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper) -> None:
        self._app = app
        self._doorkeeper = doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the name of who sends it if a password says so."""
        sent = Headers(scope=scope).getlist("authorization") if scope["type"] == "http" else []
        if not sent or not takes_passwords(scope):
            await self._app(scope, receive, send)
            return
        name, password = _read(sent[0]) if len(sent) == 1 else ("", "")
        try:
            known = bool(name) and await self._doorkeeper.knows(name, password, asker(scope))
        except GuessedTooOftenError as error:
            await too_often(scope, error.seconds, TOO_OFTEN)(scope, receive, send)
            return
        if not known:
            headers = {"WWW-Authenticate": CHALLENGE}
            await refusal(scope, 401, "Please sign in", _WRONG, headers)(scope, receive, send)
            return
        await self._app(with_reader(scope, name), receive, send)


def _read(sent: str) -> tuple[str, str]:
    """Return the name and the password of an Authorization header, two empty ones where it has none."""
    scheme, _, value = sent.partition(" ")
    if scheme.casefold() != "basic" or len(value) > _LONGEST:
        return "", ""
    try:
        name, _, password = b64decode(value.strip(), validate=True).decode().partition(":")
    except (Error, ValueError):
        return "", ""
    return name, password
