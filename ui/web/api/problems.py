"""How programs are told that something went wrong: problem+json (RFC 9457), one clear line as its detail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from starlette._utils import get_route_path  # what the router itself goes by
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

MEDIA_TYPE = "application/problem+json"
#: Below the first, and at the second, everything is for programs.
PATH, HEALTH = "/api", "/health"
#: No response of the API is a page; a browser that shows one all the same runs nothing of it.
SAFE = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a request: `pointer` says where in its body (RFC 6901), `detail` what."""

    pointer: str
    detail: str


def is_for_programs(scope: Scope) -> bool:
    """Tell whether a request goes to the API."""
    path = get_route_path(scope)
    return path in (PATH, HEALTH) or path.startswith(f"{PATH}/")


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, wrong: Sequence[Wrong] = ()
) -> Response:
    """Return the response that says `detail`; `wrong` are the places in the request that are meant."""
    said: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if wrong:
        said["errors"] = [{"pointer": one.pointer, "detail": one.detail} for one in wrong]
    sent = {"Cache-Control": "no-store", **SAFE, **(headers or {})}
    return JSONResponse(said, status, sent, media_type=MEDIA_TYPE)
