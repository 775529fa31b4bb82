"""The page to sign in on, and to sign out; whoever guesses passwords waits."""

from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from corpus.errors import UsageError
from ui.web.access.askers import asker
from ui.web.access.doorkeeper import TOO_OFTEN, Doorkeeper, GuessedTooOftenError
from ui.web.access.rate_limit import too_often
from ui.web.access.sessions import COOKIE, Sessions
from ui.web.access.sign_in import SIGN_IN, SIGN_OUT, reader_of
from ui.web.forms import read_form
from ui.web.markup.entrance import sign_in_page, sign_out_page
from ui.web.policies import FORM_POLICY

_MOST_BYTES = 10_000
_WRONG = "This name and this password do not fit together."


class Entrance:
    """Lets people in by their passwords."""

    def __init__(self, doorkeeper: Doorkeeper, sessions: Sessions) -> None:
        self._doorkeeper = doorkeeper
        self._sessions = sessions

    def add_to(self, app: FastAPI) -> None:
        """Put the pages into `app`."""
        app.add_route(SIGN_IN, self._show, ["GET"])
        app.add_route(SIGN_IN, self._sign_in, ["POST"])
        app.add_route(SIGN_OUT, self._ask_to_leave, ["GET"])
        app.add_route(SIGN_OUT, self._sign_out, ["POST"])

    async def _show(self, request: Request) -> Response:
        onward = _onward(parse_qs(request.url.query).get("onward", [""])[0])
        if reader_of(request.scope):
            return RedirectResponse(_root(request) + onward, 303)
        return _page(sign_in_page(root=_root(request), onward=onward))

    async def _sign_in(self, request: Request) -> Response:
        try:
            form = await read_form(request, _MOST_BYTES)
        except UsageError as error:
            return _page(sign_in_page(root=_root(request), onward="/", trouble=f"{error}."), 400)
        name, onward = form.get("name", "").strip()[:100], _onward(form.get("onward", ""))
        try:
            fits = await self._doorkeeper.fits(name, form.get("password", ""), asker(request.scope))
        except GuessedTooOftenError as error:
            return too_often(request.scope, error.seconds, TOO_OFTEN)
        if not fits:
            page = sign_in_page(root=_root(request), onward=onward, name=name, trouble=_WRONG)
            return _page(page, 403)
        response = RedirectResponse(_root(request) + onward, 303)
        self._set_cookie(request, response, self._sessions.begin(name), self._sessions.seconds)
        return response

    async def _ask_to_leave(self, request: Request) -> Response:
        return _page(sign_out_page(root=_root(request), name=reader_of(request.scope)))

    async def _sign_out(self, request: Request) -> Response:
        response = RedirectResponse(f"{_root(request)}{SIGN_IN}", 303, {"Clear-Site-Data": '"cache"'})
        self._set_cookie(request, response, "", 0)
        return response

    def _set_cookie(self, request: Request, response: Response, value: str, seconds: int) -> None:
        response.set_cookie(
            COOKIE,
            value,
            max_age=seconds,
            path=_root(request) or "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        response.headers["Cache-Control"] = "no-store"


def _onward(path: str) -> str:
    """Return where to go after signing in: a path of this page, and nowhere else."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\", SIGN_IN, SIGN_OUT))
    return path if safe and path.isascii() and path.isprintable() and len(path) < 8_000 else "/"


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _page(html: str, status: int = 200) -> Response:
    # Browsers tell where a form comes from only if the page lets them; others learn nothing from it.
    headers = {
        "Content-Security-Policy": FORM_POLICY,
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(html, status, headers)
