import socket
import ssl
import zlib
from collections.abc import Iterator
from http.client import HTTPException
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.sites.asking import ask
from tests.sites.certificates import authority
from tests.sites.council import LAST_DAY, council
from tests.sites.moderngov import ModernGov
from tests.sites.traits import Failure, Traits, Trouble


@pytest.fixture
def site() -> Iterator[ModernGov]:
    with ModernGov(council(), today=LAST_DAY) as site:
        yield site


LOCAL = "mgWebService.asmx/GetCommittees"


@pytest.mark.parametrize(
    ("trouble", "status", "said"),
    [
        (Trouble.FORBIDDEN, 403, "Just a moment"),
        (Trouble.CHALLENGE, 200, "Just a moment"),
        (Trouble.WAF, 200, "<title>Azure WAF</title>"),
        (Trouble.BROKEN, 500, "Server Error"),
        (Trouble.UNAVAILABLE, 503, "Unavailable"),
        (Trouble.TOO_MANY, 429, "Too Many"),
        (Trouble.NOT_FOUND, 404, "Not Found"),
        (Trouble.ERROR_PAGE, 302, ""),
    ],
)
def test_the_ways_to_fail(site, trouble, status, said):
    site.traits = Traits(failure=Failure(trouble, retry_after=7))
    reply = ask(site.base + LOCAL)
    assert reply.status == status
    assert said in reply.text
    assert reply.headers["Retry-After"] == ("7" if status in (503, 429) else None)
    assert ask(f"{site.base}robots.txt").status == 200


def test_the_error_page_itself_is_there(site):
    site.traits = Traits(failure=Failure(Trouble.ERROR_PAGE))
    assert "cannot be shown" in ask(site.base + ask(site.base + LOCAL).headers["Location"][1:]).text


def test_only_some_paths_and_only_so_often(site):
    site.traits = Traits(failure=Failure(Trouble.UNAVAILABLE, where="getmeeting", times=2))
    assert ask(site.base + LOCAL).status == 200
    asked = f"{site.base}mgWebService.asmx/GetMeeting?lMeetingId=2001"
    assert [ask(asked).status for _ in range(3)] == [503, 503, 200]
    site.traits = Traits(failure=Failure(Trouble.UNAVAILABLE, where="getmeeting", times=1))
    assert [ask(asked).status for _ in range(2)] == [503, 200]


def test_half_an_answer(site):
    whole = ask(site.base + LOCAL).body
    site.traits = Traits(failure=Failure(Trouble.TRUNCATED))
    assert ask(site.base + LOCAL).body == whole[: len(whole) // 2]


def test_a_late_answer(site):
    site.traits = Traits(failure=Failure(Trouble.SLOW, seconds=0.3))
    before = monotonic()
    assert ask(site.base + LOCAL).status == 200
    assert monotonic() - before >= 0.3


def test_stopping_does_not_wait_for_slow_answers():
    with ModernGov(
        council(), today=LAST_DAY, traits=Traits(failure=Failure(Trouble.SLOW, seconds=100))
    ) as site:
        connection = socket.create_connection(("127.0.0.1", int(site.base.rstrip("/").rpartition(":")[2])), 5)
        connection.sendall(b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
        before = monotonic()
    connection.close()
    assert monotonic() - before < 5


def test_a_dropped_connection(site):
    site.traits = Traits(failure=Failure(Trouble.DROPPED))
    with pytest.raises((URLError, HTTPException, ConnectionError)):
        ask(site.base + LOCAL)
    assert [logged.status for logged in site.requests] == [0]


def test_a_page_without_end_and_a_bomb(site):
    site.traits = Traits(failure=Failure(Trouble.HUGE, size=3_000_000))
    assert len(ask(site.base + LOCAL).body) > 3_000_000
    site.traits = Traits(failure=Failure(Trouble.GZIP_BOMB, size=5_000_000))
    reply = ask(site.base + LOCAL)
    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(reply.body) < 50_000
    assert len(zlib.decompress(reply.body, zlib.MAX_WBITS | 16)) == 5_000_000


def test_redirects_without_end_or_to_somewhere_else(site):
    site.traits = Traits(failure=Failure(Trouble.ENDLESS))
    address = site.base + LOCAL
    for _ in range(5):
        address = site.base + ask(address).headers["Location"][1:]
    assert address.endswith("turn=5")
    for to in ("http://169.254.169.254/", "file:///etc/passwd"):
        site.traits = Traits(failure=Failure(Trouble.REDIRECT, to=to))
        assert ask(site.base + LOCAL).headers["Location"] == to


def test_xml_that_swells(site):
    site.traits = Traits(failure=Failure(Trouble.ENTITIES))
    text = ask(site.base + LOCAL).text
    assert "<!DOCTYPE" in text
    assert "&a10;" in text


def test_certificates_good_and_expired(tmp_path):
    issuer = authority(tmp_path)
    trusting = ssl.create_default_context(cafile=str(issuer.certificate))
    with ModernGov(council(), today=LAST_DAY, ssl_context=issuer.good()) as site:
        assert site.base.startswith("https://127.0.0.1:")
        assert ask(site.base + LOCAL, context=trusting).status == 200
        with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
            ask(site.base + LOCAL)
    with (
        ModernGov(council(), today=LAST_DAY, ssl_context=issuer.expired()) as site,
        pytest.raises(URLError, match="expired"),
    ):
        urlopen(site.base, timeout=5, context=trusting)
