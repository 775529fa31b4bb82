import gzip
import signal
import socket
import subprocess
import sys
import time
import zlib
from contextlib import ExitStack

import pytest

from tests.ingest.sites.crawling import Reply, Server, crawled, crawling, gaps, serving, until

pytestmark = pytest.mark.xdist_group("crawl")

ROBOTS = "/robots.txt"


def rules(text: str) -> Reply:
    return Reply(text.encode(), media_type="text/plain")


def hang(handler, server) -> None:
    time.sleep(8)


def trickle(handler, server) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.1)


def drop(handler, server) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def break_off(handler, server) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half")
    handler.close_connection = True


def garble(handler, server) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    handler.close_connection = True


def stream(handler, server) -> None:
    """Send 50 MB in pieces without saying how many."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    for sent in range(800):
        server.notes["pieces"] = sent
        handler.wfile.write(piece)


def announce(handler, server) -> None:
    """Say that 50 MB come, and send them."""
    handler.send_response(200)
    handler.send_header("Content-Length", "50000000")
    handler.end_headers()
    for sent in range(50):
        server.notes["announced"] = sent
        handler.wfile.write(b"x" * 1_000_000)


def squeezed(body: bytes, times: int = 1) -> Reply:
    for _ in range(times):
        body = gzip.compress(body)
    return Reply(body, headers={"Content-Encoding": ", ".join(["gzip"] * times)})


class Town:
    """Servers of many ways, and one crawl of all of them at once."""

    def __init__(self, stack: ExitStack) -> None:
        def serve(host: str, **answers) -> Server:
            named = {("/" + name).replace("/robots", ROBOTS): answer for name, answer in answers.items()}
            return stack.enter_context(serving(host, named))

        pages = {name: Reply() for name in "abcd"}
        self.first = serve("127.0.0.2", **pages)
        self.second = serve("127.0.0.2", **pages)
        self.slow = serve("127.0.0.3", robots=rules("User-agent: *\nCrawl-delay: 0.6\n"), **pages)
        self.quick = serve("127.0.0.4", **pages)
        self.busy = serve("127.0.0.5", a=[Reply(b"", 503, {"Retry-After": "2"}), Reply()])
        self.mute = serve("127.0.0.6", a=hang)
        self.trickling = serve("127.0.0.7", a=trickle)
        self.dropping = serve("127.0.0.8", a=Reply(), b=drop)
        self.breaking = serve("127.0.0.9", a=break_off, b=garble)
        self.large = serve(
            "127.0.0.10",
            bomb=squeezed(b"\0" * 50_000_000),
            double=squeezed(b"\0" * 50_000_000, 2),
            deflate=Reply(zlib.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "deflate"}),
            stream=stream,
            announced=announce,
            fits=squeezed(b"\0" * 900_000),
            torn=Reply(gzip.compress(b"hello")[:-9] + b"xxxxxxxxx", headers={"Content-Encoding": "gzip"}),
        )
        self.luring = serve(
            "127.0.0.11",
            file=Reply(b"", 302, {"Location": "file:///etc/passwd"}),
            metadata=Reply(b"", 302, {"Location": "http://169.254.169.254/latest/meta-data/"}),
            other=Reply(b"", 301, {"Location": f"{self.quick.base}a"}),
            circle=Reply(b"", 302, {"Location": "/circle"}),
            challenge=Reply(b"<title>Just a moment...</title>", 403),
        )
        self.alias = serve("127.0.0.12", a=Reply(b"", 302, {"Location": f"{self.quick.base}b"}))
        self.plain = serve("127.0.0.13", a=Reply(headers={"Set-Cookie": "seen=1; Path=/"}), b=Reply())
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.14", 0))
            self.closed = f"http://127.0.0.14:{nobody.getsockname()[1]}/"
        self.result = crawled(
            {
                "first": self._visit(self.first, "abcd", pace=0.2),
                "second": self._visit(self.second, "abc", pace=0.35),
                "slow": self._visit(self.slow, "abc", pace=0.1),
                "quick": self._visit(self.quick, "abcd", pace=0.1),
                "busy": self._visit(self.busy, "a"),
                "mute": self._visit(self.mute, "a"),
                "trickling": self._visit(self.trickling, "a"),
                "dropping": self._visit(self.dropping, "ab", pace=0.2),
                "breaking": self._visit(self.breaking, "ab"),
                "large": {
                    **self._visit(
                        self.large, ["bomb", "double", "deflate", "stream", "announced", "fits", "torn"]
                    ),
                    "most": 1_000_000,
                },
                "luring": self._visit(self.luring, ["file", "metadata", "other", "circle", "challenge"]),
                "alias": {
                    **self._visit(self.alias, "a"),
                    "hosts": [self.quick.base.removeprefix("http://").rstrip("/")],
                },
                "plain": {**self._visit(self.plain, "ab"), "contact": "clerk@ashmere.example"},
                "closed": {"base": self.closed, "fetch": [f"{self.closed}a"]},
            },
            timeout=1.5,
            waits=(0.1, 0.1),
        )

    @staticmethod
    def _visit(server: Server, pages, pace: float = 0) -> dict:
        return {"base": server.base, "pace": pace, "fetch": [server.base + page for page in pages]}

    def fetched(self, name: str) -> list[list]:
        return self.result["visits"][name]["fetched"]

    def messages(self, name: str) -> list[str]:
        """Return what the fetches of a visit have failed with, without the address."""
        return [f"{kind}: {text.partition(': ')[2]}" for kind, text in self.fetched(name)]


@pytest.fixture(scope="module")
def town():
    with ExitStack() as stack:
        yield Town(stack)


def test_all_visits_are_made_and_count_what_they_sent(town):
    assert town.result["raised"] is None
    assert len(town.result["visits"]) == 14
    for name in ("first", "slow", "busy", "dropping", "plain"):
        assert town.result["visits"][name]["requests"] == len(getattr(town, name).seen)


def test_two_sources_on_one_machine_share_the_slower_pace(town):
    apart = gaps(town.first, town.second)

    assert len(apart) == 8
    assert min(apart) >= 0.35


def test_crawl_delay_is_kept_to(town):
    assert town.slow.paths() == [ROBOTS, "/a", "/b", "/c"]
    assert min(town.slow.gaps()) >= 0.6


def test_the_others_are_not_slowed_by_it(town):
    assert min(town.quick.gaps()) >= 0.1
    assert town.result["visits"]["quick"]["seconds"] < town.result["visits"]["slow"]["seconds"]


def test_one_request_at_a_time(town):
    for server in (town.first, town.second, town.slow, town.quick, town.plain):
        assert server.most_at_once == 1


def test_retry_after_is_kept_to_while_the_others_go_on(town):
    assert town.fetched("busy") == [[f"{town.busy.base}a", 5, "text/html"]]
    assert town.busy.gaps()[-1] >= 2
    assert town.result["visits"]["quick"]["seconds"] < town.result["visits"]["busy"]["seconds"]


@pytest.mark.parametrize("name", ["mute", "trickling"])
def test_whoever_is_too_slow_is_given_up_after_three_tries(town, name):
    assert town.messages(name) == ["FetchError: gives no whole answer within 1.5 s, tried 3 times"]
    assert getattr(town, name).paths() == [ROBOTS, "/a", "/a", "/a"]


def test_a_dropped_connection_is_tried_again_at_the_same_pace(town):
    kind, message = town.fetched("dropping")[1]

    assert (kind, message) == (
        "FetchError",
        f"{town.dropping.base}b: closes the connection without an answer, tried 3 times",
    )
    assert town.dropping.paths() == [ROBOTS, "/a", "/b", "/b", "/b"]
    assert min(town.dropping.gaps()) >= 0.2


def test_half_an_answer_is_none(town):
    broken, garbled = town.messages("breaking")

    assert broken == "FetchError: breaks the connection off in the middle of an answer, tried 3 times"
    assert garbled.startswith("FetchError: gives no answer that can be used (")
    assert town.breaking.paths() == [ROBOTS, "/a", "/a", "/a", "/b"]


def test_a_closed_door(town):
    assert town.messages("closed") == [
        "FetchError: its robots.txt cannot be read (refuses the connection, tried 3 times), "
        "so nothing may be fetched"
    ]


def test_what_is_too_large_is_not_read_whatever_it_is_packed_in(town):
    *large, fits, torn = town.fetched("large")

    assert [text.partition(": ")[2] for _, text in large] == ["is larger than 1 MB"] * 5
    assert fits[1] == 900_000
    assert torn == ["FetchError", f"{town.large.base}torn: is packed and cannot be unpacked"]
    assert town.large.notes["pieces"] < 200
    assert town.large.notes["announced"] < 20
    assert len(town.large.seen) == 8  # none of it is asked for twice


def test_nobody_is_lured_away(town):
    outside = "which is not one of its hosts"

    assert town.messages("luring") == [
        f"ForeignError: redirects to file:///etc/passwd, {outside}",
        f"ForeignError: redirects to http://169.254.169.254/latest/meta-data/, {outside}",
        f"ForeignError: redirects to {town.quick.base}a, {outside}",
        "FetchError: redirects more than 5 times in a row",
        "RefusedError: shows a challenge page (Just a moment...)",
    ]


def test_a_redirect_to_a_host_of_the_same_source_is_followed(town):
    assert town.fetched("alias") == [[f"{town.quick.base}b", 5, "text/html"]]


def test_a_visitor_says_who_it_is_and_keeps_no_cookie(town):
    asked = town.plain.seen[-1]

    assert asked.headers["User-Agent"].startswith("Minutebook/")
    assert asked.headers["User-Agent"].endswith(" (+clerk@ashmere.example)")
    assert {name.lower() for name in asked.headers} == {"user-agent", "accept", "accept-encoding", "host"}


def test_no_more_than_64_visits_are_under_way_at_once():
    script = """
import asyncio
from ingest.sites.crawl import Manners, crawl
now = most = done = 0
async def visit(fetch):
    global now, most, done
    now += 1
    most = max(most, now)
    await asyncio.sleep(0.05)
    now -= 1
    done += 1
crawl([(Manners(f"http://127.0.0.{n}/"), visit) for n in range(1, 151)])
crawl([])
print(most, done)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.stdout, done.stderr) == ("64 150\n", "")


def test_a_visit_that_fails_does_not_disturb_the_others():
    with serving("127.0.0.2", {"/a": Reply(), "/b": Reply()}) as server:
        spec = {"base": server.base, "pace": 0.2}
        result = crawled(
            {
                "one": {**spec, "fetch": [], "fail": "the first"},
                "two": {**spec, "fetch": [f"{server.base}a"], "fail": "the second"},
                "three": {**spec, "fetch": [f"{server.base}a", f"{server.base}b"]},
            }
        )

    assert result["raised"] == "RuntimeError('the first')"
    assert [got[1] for got in result["visits"]["three"]["fetched"]] == [5, 5]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_visits_at_once(number):
    busy = Reply(b"", 503)
    with (
        serving("127.0.0.2", {"/a": hang}) as mute,
        serving("127.0.0.3", {"/a": busy}) as waiting,
        serving("127.0.0.4", {"/a": Reply()}) as paced,
    ):
        visits = {
            name: {"base": server.base, "pace": pace, "fetch": [f"{server.base}a"] * 2}
            for name, server, pace in (("mute", mute, 0), ("waiting", waiting, 0), ("paced", paced, 60))
        }
        with crawling(visits, timeout=30, waits=(60, 60)) as process:
            until(lambda: "/a" in mute.paths() and "/a" in waiting.paths() and ROBOTS in paced.paths())
            time.sleep(0.2)
            process.send_signal(number)
            began = time.monotonic()
            out, err = process.communicate(timeout=10)

    assert time.monotonic() - began < 3
    assert (process.returncode, err) == (0, "")
    assert '"raised": "KeyboardInterrupt()"' in out
