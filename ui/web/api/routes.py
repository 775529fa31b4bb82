"""Where programs ask: /api/search, /api/ask, /api/documents/…, /api/status, and what describes them."""

import json
from collections.abc import Callable
from functools import partial
from importlib.metadata import version

from fastapi import FastAPI, Path
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import MinutebookError, UsageError
from ui import clock
from ui.web.access.rate_limit import count_as, too_often
from ui.web.api import answering, formats
from ui.web.api.answering import UnaskableError
from ui.web.api.asking import Ask, OneOrMany, Search
from ui.web.api.description import ABOUT, IF_NONE_MATCH, TITLE, described, health_responses, responses
from ui.web.api.limits import (
    ASKED_AT_ONCE,
    ASKED_WAITING,
    COME_BACK,
    LISTS_AT_ONCE,
    LISTS_WAITING,
    READ_AT_ONCE,
    READ_WAITING,
)
from ui.web.api.line import CrowdedError, Line
from ui.web.api.problems import HEALTH, PATH, SAFE, is_for_programs, problem
from ui.web.api.reading import JsonRoute, if_none_match, wrong_in
from ui.web.api.tags import is_known, tag_of_bytes
from ui.web.backend import Backend
from ui.web.handlers import check_health

_DOCUMENTS = f"{PATH}/documents/"
_NOWHERE = f"There is nothing at this address; {PATH}/openapi.json says what there is."
_NO_DOCUMENT = (
    "There is no such document; take document_id from what search or ask returns now, and encode every sign "
    "of it that is no letter or digit (%2F for a slash)."
)
_CROWDED = f"Too many requests wait already; come back in {COME_BACK} seconds."
#: Who has a response may keep it, and asks each time whether it is still the same.
_KEEP = {"Cache-Control": "private, no-cache", **SAFE}
_FORGET = {"Cache-Control": "no-store", **SAFE}


def _always() -> bool:
    return True


def add_api(
    app: FastAPI, backend: Backend, *, is_warm: Callable[[], bool] = _always, signs_in: bool = False
) -> None:
    """Put the API and the sign of life into `app`.

    `is_warm` tells whether the model is loaded, `signs_in` that people sign in by password.
    """
    app.router.routes.append(_ForPrograms(make_api(backend, is_warm, signs_in=signs_in)))


def make_api(backend: Backend, is_warm: Callable[[], bool], *, signs_in: bool = False) -> FastAPI:
    """Return the API as an application of its own, with whole paths."""
    api = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    api.router.route_class = JsonRoute
    _add_handlers(api)
    asked, lists = Line(ASKED_AT_ONCE, ASKED_WAITING), Line(LISTS_AT_ONCE, LISTS_WAITING)
    read = Line(READ_AT_ONCE, READ_WAITING)

    async def answer(request: Request, sent: object, work: Callable[[], answering.Told]) -> Response:
        many = len(sent) if isinstance(sent, list) else 0
        if seconds := count_as(request.scope, many):
            return too_often(request.scope, seconds, "Too many questions came from your address")
        told, body = await (lists if many > 1 else asked).do(lambda: _with_body(work()))
        return _json(body, {"ETag": told.tag, **_FORGET})

    @api.post(
        f"{PATH}/search",
        response_model=formats.Found | list[formats.Found],
        responses=responses(body=True),
        operation_id="search",
        summary="Find passages, for one search or for each of a list",
    )
    async def search(request: Request, sent: OneOrMany[Search]) -> Response:
        return await answer(request, sent, partial(answering.search, backend, sent))

    @api.post(
        f"{PATH}/ask",
        response_model=formats.Answer | list[formats.Answer],
        responses=responses(body=True),
        operation_id="ask",
        summary="Answer a question, or each of a list, in the minutes' own words",
    )
    async def ask(request: Request, sent: OneOrMany[Ask]) -> Response:
        return await answer(request, sent, partial(answering.ask, backend, sent))

    @api.get(
        _DOCUMENTS + "{document_id:signs}",
        response_model=formats.Document,
        responses=responses(known=True, missing=True),
        openapi_extra=IF_NONE_MATCH,
        operation_id="get_document",
        summary="Return a whole document",
    )
    async def get_document(
        request: Request,
        document_id: str = Path(description="A document_id, with every sign encoded (%2F for a slash)."),
    ) -> Response:
        ids = (document_id, _as_sent(request.scope))
        had = if_none_match(request)

        def work() -> tuple[answering.Told, bytes] | None:
            found = answering.document(backend, ids, lambda tag: is_known(tag, had))
            return _with_body(found) if found else None

        told = await read.do(work)
        if told is None:
            return problem(404, _NO_DOCUMENT)
        found, body = told
        if found.record is None:
            return Response(None, 304, {"ETag": found.tag, **_KEEP})
        return _json(body, {"ETag": found.tag, **_KEEP})

    @api.get(
        f"{PATH}/status",
        response_model=formats.Status,
        responses=responses(known=True),
        openapi_extra=IF_NONE_MATCH,
        operation_id="get_status",
        summary="Tell what can be asked, and how well its sources could be looked at",
    )
    async def get_status(request: Request) -> Response:
        return _unless_known(request, await read.do(lambda: _body(answering.status(backend))))

    @api.get(
        HEALTH,
        response_model=formats.Health,
        responses=health_responses(),
        operation_id="get_health",
        summary="Tell whether questions are answered at full speed",
    )
    async def get_health() -> Response:
        found = await run_in_threadpool(check_health, backend, clock.now(), warm=is_warm())
        return Response(_body(found.report), found.status, _FORGET, "application/json")

    @api.get(
        f"{PATH}/openapi.json",
        response_model=dict[str, object],
        responses=responses(known=True),
        openapi_extra=IF_NONE_MATCH,
        operation_id="get_openapi",
        summary="Return this document",
    )
    async def get_openapi_json(request: Request) -> Response:
        root = str(request.scope.get("root_path", ""))
        return _unless_known(request, _body(openapi(api, root=root, signs_in=signs_in)))

    return api


def openapi(api: FastAPI, *, root: str = "", signs_in: bool = False) -> dict[str, object]:
    """Return the OpenAPI document of the API, as it is served under the path `root`."""
    schema = get_openapi(
        title=TITLE, version=version("minutebook"), description=ABOUT, routes=api.router.routes
    )
    return described(schema, root=root, signs_in=signs_in)


class _ForPrograms(BaseRoute):
    """The way of whatever is for programs. HEAD is answered as GET; the server leaves the body out."""

    def __init__(self, api: ASGIApp) -> None:
        self._api = api

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether a request is for programs."""
        return (Match.FULL if scope["type"] == "http" and is_for_programs(scope) else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        await self._api({**scope, "method": method}, receive, send)


class _AnySigns(Convertor[str]):
    """A part of a path with any signs in it, line ends among them."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("signs", _AnySigns())


def _add_handlers(api: FastAPI) -> None:
    """Say in problem+json whatever goes wrong."""

    @api.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if headers.get("Allow") == "GET":
            headers["Allow"] = "GET, HEAD"  # which is taken for GET before the router sees it
        allowed = headers.get("Allow", "")
        lines = {404: _NOWHERE, 405: f"This address does not take this method; it takes {allowed}."}
        return problem(error.status_code, lines.get(error.status_code, error.detail), headers)

    @api.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        wrong = wrong_in(error.errors())
        first = wrong[0]
        return problem(422, f"{first.pointer or 'The body'}: {first.detail}.", wrong=wrong)

    @api.exception_handler(CrowdedError)
    async def crowded(_: Request, error: CrowdedError) -> Response:
        return problem(503, _CROWDED, {"Retry-After": str(COME_BACK)})

    @api.exception_handler(MinutebookError)
    async def impossible(_: Request, error: MinutebookError) -> Response:
        if isinstance(error, UnaskableError):
            first = error.wrong[0]
            return problem(422, f"{first.pointer}: {first.detail}.", wrong=error.wrong)
        return problem(422 if isinstance(error, UsageError) else 503, f"{error}.")


def _as_sent(scope: Scope) -> str:
    """Return the id of a document as it was written: many are addresses, with encoded signs of their own."""
    raw: bytes = scope.get("raw_path") or b""
    return raw.decode("ascii", "replace").partition(_DOCUMENTS)[2]


def _with_body(told: answering.Told) -> tuple[answering.Told, bytes]:
    return told, _body(told.record)


def _body(record: object) -> bytes:
    return json.dumps(record, ensure_ascii=False, allow_nan=False).encode()


def _json(body: bytes, headers: dict[str, str]) -> Response:
    return Response(body, headers=headers, media_type="application/json")


def _unless_known(request: Request, body: bytes) -> Response:
    tag = tag_of_bytes(body)
    headers = {"ETag": tag, **_KEEP}
    if is_known(tag, if_none_match(request)):
        return Response(None, 304, headers)
    return _json(body, headers)
