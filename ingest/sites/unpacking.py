"""Answers that come packed, unpacked strictly: half of one is none, and none may grow past its measure."""

import zlib

from ingest.sites.answer import Trouble

#: What may be sent to us; what else comes was not asked for.
ACCEPTED = "gzip, deflate"
_ANY_HEADER = 32 + zlib.MAX_WBITS  # gzip's or zlib's own
_NO_HEADER = -zlib.MAX_WBITS  # as some servers understand "deflate"
_GZIP = b"\x1f\x8b"


def unpacked(body: bytes, encodings: str, most: int) -> bytes | Trouble:
    """Return what `body` holds.

    Args:
        body: as it was sent.
        encodings: its Content-Encoding, "" when it has none.
        most: so many bytes may come out of it.
    """
    for encoding in reversed([each.strip().lower() for each in encodings.split(",")]):
        if encoding in ("", "identity"):
            continue
        if encoding not in ("gzip", "x-gzip", "deflate"):
            return Trouble("is packed in a way that was not asked for")
        opened = _inflated(body, most)
        if isinstance(opened, Trouble):
            return opened
        body = opened
    return body


def too_large(most: int) -> Trouble:
    """Return the trouble with an answer of more than `most` bytes."""
    return Trouble(f"is larger than {most / 1_000_000:g} MB")


def _inflated(body: bytes, most: int) -> bytes | Trouble:
    if not body:
        return b""
    parts: list[bytes] = []
    left = most
    while not parts or body.startswith(_GZIP):  # gzip may come in several pieces
        inflating = zlib.decompressobj(_ANY_HEADER)
        try:
            part = inflating.decompress(body, left + 1)
        except zlib.error:
            inflating = zlib.decompressobj(_NO_HEADER)
            try:
                part = inflating.decompress(body, left + 1)
            except zlib.error:
                return Trouble("is packed and cannot be unpacked")
        if len(part) > left:
            return too_large(most)
        if not inflating.eof:
            return Trouble("breaks off in the middle of an answer", passing=True)
        parts.append(part)
        left -= len(part)
        body = inflating.unused_data
    return b"".join(parts)
