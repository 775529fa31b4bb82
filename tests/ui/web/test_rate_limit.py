"""So many requests from one address, and no more than so much memory for all of them."""

import httpx
import pytest

from tests.ui.web.around import PERSON, around
from ui.web.access.buckets import Buckets
from ui.web.settings import WebSettings

OTHER = {"X-Forwarded-For": "203.0.113.9"}
COSTLY = [
    ("GET", "/"), ("GET", "/?q=bandstand"), ("GET", "/answer.docx?q=bandstand"),
    ("GET", "/results.csv?q=pond"), ("POST", "/gradio_api/queue/join"), ("POST", "/gradio_api/call/ask"),
    ("POST", "/gradio_api/run/ask"), ("POST", "/sign-in"), ("POST", "/feedback"), ("GET", "/config"),
    ("POST", "/health"), ("GET", "/assetsx"), ("GET", "//assets/x"),
]  # fmt: skip
FREE = [
    ("GET", "/health"), ("GET", "/assets/index.js"), ("HEAD", "/assets/index.js"), ("GET", "/static/x.png"),
    ("GET", "/theme.css"), ("GET", "/favicon.ico"), ("GET", "/gradio_api/heartbeat/x"),
    ("GET", "/gradio_api/queue/data?session_hash=x"), ("GET", "/gradio_api/call/ask/x"),
]  # fmt: skip


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_tokens_come_back_by_and_by(clock):
    buckets = Buckets(2, 3, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.take("b") == 0
    clock.now += 0.25
    assert buckets.take("a") == pytest.approx(0.25)
    clock.now += 0.25
    assert [buckets.take("a"), buckets.take("a")] == [0, 0.5]
    clock.now += 3_600
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_a_token_that_was_given_back_can_be_taken_again(clock):
    buckets = Buckets(0.001, 2, clock=clock)
    buckets.take("a")
    for _ in range(5):
        buckets.give_back("a")
    assert [buckets.take("a") > 0 for _ in range(3)] == [False, False, True]


def test_memory_is_bounded_and_who_was_quiet_for_longest_is_forgotten(clock):
    buckets = Buckets(0.001, 1, kept=100, clock=clock)
    buckets.take("busy")
    for number in range(10_000):
        clock.now += 0.001
        buckets.take(f"address {number}")
        assert buckets.take("busy") > 0
        assert len(buckets) <= 100
    assert buckets.take("address 9999") > 0
    assert buckets.take("address 5") == 0


@pytest.mark.parametrize("root", ["", "/minutes"])
@pytest.mark.parametrize(("method", "path"), COSTLY)
def test_what_costs_is_counted(method, path, root):
    with around(requests_at_once=3, requests_per_minute=1, root=root) as site:
        found = [site.client.request(method, root + path).status_code for _ in range(5)]
        assert 429 not in found[:3]
        assert found[3:] == [429, 429]


@pytest.mark.parametrize("root", ["", "/minutes"])
@pytest.mark.parametrize(("method", "path"), FREE)
def test_parts_of_the_page_are_not_counted(method, path, root):
    with around(requests_at_once=1, requests_per_minute=1, root=root) as site:
        assert {site.client.request(method, root + path).status_code for _ in range(5)} == {200}


def test_who_asks_too_often_is_told_when_to_come_back_and_others_are_not_concerned():
    with around(requests_at_once=2, requests_per_minute=6) as site:
        assert [site.get("/").status_code for _ in range(3)] == [200, 200, 429]
        program, person = site.get("/"), site.get("/", headers=PERSON)
        assert 1 <= int(program.headers["Retry-After"]) <= 10
        assert program.json()["detail"].startswith("Too many requests came from your address; please wait ")
        assert "Too many requests came from your address; please wait" in person.text
        assert person.headers["Content-Type"].startswith("text/html")
        assert site.get("/", headers=OTHER).status_code == 200
        assert site.get("/health").status_code == 200


def test_another_address_of_this_machine_is_another_asker():
    transport = httpx.HTTPTransport(local_address="127.0.0.2")
    with around(requests_at_once=1, requests_per_minute=1) as site:
        assert [site.get("/").status_code for _ in range(2)] == [200, 429]
        with httpx.Client(base_url=site.url, transport=transport) as other:
            assert other.get("/").status_code == 200


def test_to_name_other_addresses_helps_nobody():
    with around(requests_at_once=2, requests_per_minute=1, trusted_proxies=[]) as site:
        found = [
            site.get("/", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
            for number in range(4)
        ]
        assert found == [200, 200, 429, 429]


def test_without_a_limit_nothing_is_counted():
    with around(requests_at_once=1, requests_per_minute=0) as site:
        assert {site.get("/").status_code for _ in range(20)} == {200}


def test_ten_people_behind_one_address_do_not_meet_the_limit(clock):
    """Each opens the page, asks a question every ten seconds and filters it, all at the same moments."""
    settings = WebSettings()
    buckets = Buckets(settings.requests_per_minute / 60, settings.requests_at_once, clock=clock)
    for moment in range(0, 3_600, 10):
        clock.now += 10 if moment else 0
        requests = 10 * (5 + 5)  # a question and a filter, each with what Gradio sends besides
        assert {buckets.take("the council's address") for _ in range(requests)} == {0}
