"""What a failing or a hostile site answers in place of what was asked for."""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from tests.sites.serving import Answer
from tests.sites.traits import Failure, Trouble

CHALLENGE_PAGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    b'<div class="cf-browser-verification">Checking your browser</div></body></html>'
)
_WAF_PAGE = (
    b"<!DOCTYPE html><html><head><title>Azure WAF</title></head><body><h1>Azure WAF</h1>"
    b"<p>Please wait while we check the request.</p></body></html>"
)
_BROKEN = (
    b"<html><head><title>Runtime Error</title></head>"
    b"<body><h1>Server Error in '/' Application.</h1></body></html>"
)
_PIECE = 65_536


def challenge() -> Answer:
    """Return the challenge that stands before the pages of some councils."""
    return Answer(403, CHALLENGE_PAGE)


def troubled(failure: Failure, right: Answer, target: str, turn: int) -> Answer:
    """Return what comes in place of the `right` answer; `turn` counts the requests that have failed."""
    trouble = failure.trouble
    later = {"Retry-After": str(failure.retry_after)}
    mark = "&" if "?" in target else "?"
    simple = {
        Trouble.FORBIDDEN: challenge(),
        Trouble.CHALLENGE: Answer(200, CHALLENGE_PAGE),
        Trouble.WAF: Answer(200, _WAF_PAGE),
        Trouble.BROKEN: Answer(500, _BROKEN),
        Trouble.UNAVAILABLE: Answer(503, b"<html><body>Service Unavailable</body></html>", headers=later),
        Trouble.TOO_MANY: Answer(429, b"<html><body>Too Many Requests</body></html>", headers=later),
        Trouble.NOT_FOUND: Answer(404, b"<html><body>Not Found</body></html>"),
        Trouble.DROPPED: Answer(dropped=True),
        Trouble.SLOW: replace(right, delay=failure.seconds),
        Trouble.REDIRECT: Answer(302, headers={"Location": failure.to}),
        Trouble.ENDLESS: Answer(
            302, headers={"Location": f"{target.split(f'{mark}turn=')[0]}{mark}turn={turn}"}
        ),
    }
    if trouble in simple:
        return simple[trouble]
    if trouble is Trouble.TRUNCATED:
        body = right.body if isinstance(right.body, bytes) else b""
        return replace(right, body=body[: len(body) // 2])
    if trouble is Trouble.HUGE:
        return replace(right, body=_huge(right, failure.size))
    if trouble is Trouble.ENTITIES:
        return Answer(200, _swelling(), "text/xml; charset=utf-8")
    return replace(right, body=_bomb(failure.size), headers={"Content-Encoding": "gzip"})


def _huge(right: Answer, size: int) -> Iterator[bytes]:
    yield right.body if isinstance(right.body, bytes) else b""
    piece = b"<p>More and more and more.</p>\r\n" * (_PIECE // 32)
    for _ in range(size // len(piece) + 1):
        yield piece


def _swelling() -> bytes:
    """Return a document whose last entity stands for ten thousand million words."""
    entities = ['<!ENTITY a0 "lol">']
    entities += [f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 11)]
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE committees [{"".join(entities)}]>\n'
        "<committees><committeescount> 1</committeescount><committee><committeeid>101</committeeid>"
        "<committeetitle>&a10;</committeetitle></committee></committees>"
    ).encode()


@cache
def _bomb(size: int) -> bytes:
    """Return a gzip body that unpacks to `size` bytes."""
    # Sixteen more than the window makes zlib write the head of a gzip file.
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    piece = b"\0" * 1_000_000
    packed = [packer.compress(piece) for _ in range(max(1, size // len(piece)))]
    return b"".join([*packed, packer.flush()])
