"""How a request is refused: one clear line, as a page for a browser, as JSON for a script or a program."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from ui.web.api.problems import is_for_programs, problem
from ui.web.markup.frame import plain_page
from ui.web.policies import DOCUMENT_POLICY


def refusal(
    scope: Scope, status: int, title: str, line: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the response that refuses the request of `scope`: `line` says why and what to do."""
    if is_for_programs(scope):
        return problem(status, line, headers)
    sent = {"Cache-Control": "no-store", **(headers or {})}
    if wants_page(scope):
        page = plain_page(title, line, root=scope.get("root_path", ""))
        return HTMLResponse(page, status, {"Content-Security-Policy": DOCUMENT_POLICY, **sent})
    # Gradio shows what stands under "detail" to the reader.
    return JSONResponse({"detail": line}, status, sent)


def wants_page(scope: Scope) -> bool:
    """Tell whether a person is to see the response: a browser goes to an address, or sends a form."""
    headers = Headers(scope=scope)
    if mode := headers.get("sec-fetch-mode"):
        return mode == "navigate"
    return "text/html" in headers.get("accept", "")
