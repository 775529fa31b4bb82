"""How requests are read: JSON and nothing else, and what is wrong in it named by its place."""

import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic_core import from_json
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from corpus.errors import MinutebookError
from ui.web.api.problems import Wrong, problem

_TYPE = "application/json"
_NOT_JSON = f"Send the request as {_TYPE}."
_PACKED = "Send the body as it is, without Content-Encoding."
_BROKEN = "Something went wrong in Minutebook, and it was written to its log; try again later."
_CUT_OFF = "The request ended before its body did."
#: Of what is wrong, the first places are enough.
_MOST_WRONG = 20

_log = logging.getLogger(__name__)


class _JsonRequest(Request):
    async def json(self) -> Any:  # noqa: ANN401
        """Return what the body says; Python's own reader takes NaN, and half a character, for JSON."""
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise HTTPException(400, f"The body is no JSON: {error}.") from None


class JsonRoute(APIRoute):
    """A route whose body is JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request, once it is known to be readable."""
        handle = super().get_route_handler()

        async def read(request: Request) -> Response:
            if self.body_field is not None:
                await _check(request)
            try:
                return await handle(_JsonRequest(request.scope, _again(request)))
            except (HTTPException, RequestValidationError, MinutebookError):
                raise
            except Exception:
                # To raise it would cut the connection, on which a program asks on.
                _log.exception("%s %r cannot be answered", request.method, request.url.path)
                return problem(500, _BROKEN)

        return read


def if_none_match(request: Request) -> str | None:
    """Return the tags that a request names, None where it names none; they may stand in several headers."""
    return ", ".join(request.headers.getlist("if-none-match")) or None


def _again(request: Request) -> Callable[[], Coroutine[Any, Any, Any]]:
    """Return what gives the body of `request`, which has been read already."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": getattr(request, "_body", b""), "more_body": False}

    return receive


async def _check(request: Request) -> None:
    headers = request.headers
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _TYPE:
        raise HTTPException(415, _NOT_JSON, {"Accept": _TYPE})
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise HTTPException(415, _PACKED, {"Accept-Encoding": "identity"})
    try:
        await request.body()
    except ClientDisconnect:
        raise HTTPException(400, _CUT_OFF) from None


def wrong_in(errors: Sequence[Any]) -> tuple[Wrong, ...]:
    """Return the places that a validation found wrong."""
    return tuple(Wrong(_pointer(error["loc"]), _in_words(error)) for error in errors[:_MOST_WRONG])


#: What the validation would say in words of its own.
_SAID = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "model_attributes_type": "this must be an object",
}


def _in_words(error: Any) -> str:  # noqa: ANN401
    said: str = error["msg"]
    return _SAID.get(error["type"], f"{said[:1].lower()}{said[1:]}")


def _pointer(place: Sequence[str | int]) -> str:
    # In front stand where it was sent ("body"), and whether it was one question or a list of them.
    parts = [str(part).replace("~", "~0").replace("/", "~1")[:100] for part in place[2:]]
    return "".join(f"/{part}" for part in parts)
