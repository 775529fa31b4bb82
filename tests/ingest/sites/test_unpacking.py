import gzip
import zlib

import pytest

from ingest.sites.answer import Trouble
from ingest.sites.unpacking import unpacked

TEXT = b"Resolved: that the report be noted. " * 100


def raw_deflate(body: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(body) + packing.flush()


@pytest.mark.parametrize(
    ("body", "encodings"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), "X-GZIP "),
        (zlib.compress(TEXT), "deflate"),
        (raw_deflate(TEXT), "deflate"),
        (gzip.compress(zlib.compress(TEXT), mtime=0), "deflate, gzip"),
        (gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0) + b"\0\0\0\0", "gzip"),
    ],
)
def test_what_was_packed_is_there_again(body, encodings):
    assert unpacked(body, encodings, len(TEXT)) == TEXT


def test_nothing_is_nothing():
    assert unpacked(b"", "gzip", 10) == b""
    assert unpacked(gzip.compress(b"", mtime=0), "gzip", 10) == b""


@pytest.mark.parametrize(
    ("body", "encodings"),
    [
        (gzip.compress(b"\0" * 1_000_001, mtime=0), "gzip"),
        (gzip.compress(gzip.compress(b"\0" * 50_000_000, mtime=0), mtime=0), "gzip, gzip"),
        (raw_deflate(b"\0" * 1_000_001), "deflate"),
        (gzip.compress(b"\0" * 600_000, mtime=0) * 2, "gzip"),
    ],
)
def test_what_grows_past_the_measure_is_too_large(body, encodings):
    assert unpacked(body, encodings, 1_000_000) == Trouble("is larger than 1 MB")


@pytest.mark.parametrize("cut", [1, 8, 20])
def test_half_an_answer_is_none(cut):
    assert unpacked(gzip.compress(TEXT, mtime=0)[:-cut], "gzip", 10_000) == Trouble(
        "breaks off in the middle of an answer", passing=True
    )


def test_what_is_torn_or_not_packed_at_all_is_none():
    wrong_sum = gzip.compress(TEXT, mtime=0)[:-8] + b"\1" * 8

    assert unpacked(wrong_sum, "gzip", 10_000) == Trouble("is packed and cannot be unpacked")
    assert unpacked(b"<html>hello</html>", "gzip", 10_000) == Trouble("is packed and cannot be unpacked")


def test_what_was_not_asked_for_is_not_opened():
    assert unpacked(TEXT, "br", 10_000) == Trouble("is packed in a way that was not asked for")
