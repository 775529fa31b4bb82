"""The OpenAPI document: every response of every address, those of the guards in front among them."""

from typing import Any

from ui.web.api.formats import Health, Problem
from ui.web.api.problems import HEALTH, MEDIA_TYPE

TITLE = "Minutebook"
ABOUT = (
    "Search, and answers in the minutes' own words. Every quote is a verbatim part of a document: characters "
    "`start` to `end` of its `text`. Errors are problem+json (RFC 9457) with one line that says what to do. "
    "What is no HTTP, or has an address of more than 64 kB, is refused before that, by 400 in plain text."
)

_REASONS = {
    400: "The request cannot be read.",
    401: "Nobody has signed in, or name and password do not fit together.",
    403: "The request comes from another site's page, or the proxy names nobody as signed in.",
    404: "There is no such document.",
    405: "This address does not take this method.",
    413: "More was sent than is read.",
    415: "The body is no JSON, or packed.",
    421: "The server is not known under this name; see web.allowed_hosts.",
    422: "What is asked cannot be asked so; `errors` says where it is wrong.",
    429: "Too many requests came from this address, or too many wrong passwords.",
    500: "Something went wrong in Minutebook, and it was written to its log.",
    503: "Nothing can be asked now: nothing is indexed yet, or too many wait.",
}
#: A body is refused for its size before anybody asks whether there should be one.
_ANYWHERE = (400, 401, 403, 405, 413, 421, 429, 500, 503)
_WITH_BODY = (415, 422)

_ETAG = {
    "description": "Changes with the generation of the index, and with all else that counts.",
    "required": True,
    "schema": {"type": "string"},
}
_CACHE_CONTROL = {"required": True, "schema": {"type": "string"}}
_SECONDS = {"description": "Seconds after which to come back.", "schema": {"type": "string"}}
_HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}},
    405: {"Allow": {"required": True, "schema": {"type": "string"}}},
    429: {"Retry-After": {**_SECONDS, "required": True}},
    503: {"Retry-After": _SECONDS},
}

_PROBLEM = {"$ref": "#/components/schemas/Problem"}

Responses = dict[int | str, dict[str, Any]]


def responses(*, body: bool = False, known: bool = False, missing: bool = False) -> Responses:
    """Return all responses of an operation.

    `body` is one that takes a body, `known` one that tells programs that they have the response already, and
    `missing` one of something that may not be there.
    """
    told: Responses = {200: {"headers": {"ETag": _ETAG, "Cache-Control": _CACHE_CONTROL}}}
    if known:
        told[304] = {
            "description": "The response is the one that If-None-Match names.",
            "headers": {"ETag": _ETAG, "Cache-Control": _CACHE_CONTROL},
        }
    for status in sorted({*_ANYWHERE, *(_WITH_BODY if body else ()), *((404,) if missing else ())}):
        told[status] = {
            "model": Problem,
            "description": _REASONS[status],
            "headers": {"Cache-Control": _CACHE_CONTROL, **_HEADERS.get(status, {})},
        }
    return told


def health_responses() -> Responses:
    """Return all responses of the sign of life, which needs no sign-in and is not counted."""
    told = responses()
    headers = {"headers": {"Cache-Control": _CACHE_CONTROL}}
    return {
        200: {**headers, "description": "Questions are answered at full speed."},
        503: {**headers, "description": "They are not; `reason` says why.", "model": Health},
        **{status: told[status] for status in (403, 405, 413, 421, 500)},
    }


IF_NONE_MATCH = {
    "parameters": [
        {
            "name": "If-None-Match",
            "in": "header",
            "required": False,
            "description": "The ETag of a response that the program has; 304 says that it is still the same.",
            "schema": {"type": "string"},
        }
    ]
}


def described(schema: dict[str, Any], *, root: str, signs_in: bool) -> dict[str, Any]:
    """Return an OpenAPI document with what FastAPI leaves out of it.

    `root` is the path under which a proxy serves everything; `signs_in` tells that people sign in here.
    """
    for path in schema["paths"].values():
        for operation in path.values():
            if operation["responses"].get("422", {}).get("description") == "Validation Error":
                del operation["responses"]["422"]  # FastAPI takes it that a part of a path can be wrong
            for response in operation["responses"].values():
                content = response.get("content", {}).get("application/json", {})
                if content.get("schema") == _PROBLEM:
                    response["content"] = {MEDIA_TYPE: content}
    for name in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(name, None)
    schema["servers"] = [{"url": root or "/"}]
    if signs_in:
        schema["components"]["securitySchemes"] = {"password": {"type": "http", "scheme": "basic"}}
        schema["security"] = [{"password": []}]
        schema["paths"][HEALTH]["get"]["security"] = []  # whoever looks after the server may know
    return schema
