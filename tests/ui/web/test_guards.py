"""Who asks, by which name, from which page: what comes through to the page and what does not."""

from collections.abc import Iterator

import httpx
import pytest

from tests.ui.web.around import PERSON, around
from ui.web.access import bodies
from ui.web.access.askers import asker
from ui.web.access.hosts import is_loopback

TOLD = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "minutes.example.org",
    "X-Real-IP": "203.0.113.9",
    "Forwarded": "for=203.0.113.9",
    "X-Remote-User": "fenn",
}


def test_what_a_trusted_proxy_says_is_believed():
    with around() as site:
        seen = site.get("/page", headers=TOLD).json()
        assert (seen["client"], seen["scheme"]) == ("203.0.113.9", "https")
        assert seen["headers"]["x-forwarded-host"] == "minutes.example.org"


@pytest.mark.parametrize("proxies", [[], ["10.0.0.0/8"], ["::1"]])
def test_what_anybody_else_says_is_taken_away(proxies):
    with around(trusted_proxies=proxies) as site:
        seen = site.get("/page", headers=TOLD).json()
        assert (seen["client"], seen["scheme"]) == ("127.0.0.1", "http")
        assert not {name.lower() for name in TOLD if name != "X-Remote-User"} & set(seen["headers"])


def test_the_last_address_that_is_no_proxys_is_the_persons():
    with around(trusted_proxies=["127.0.0.1", "10.0.0.0/8"]) as site:
        for said, client in (
            ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
            ("198.51.100.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
            ("203.0.113.9:4711", "203.0.113.9"),
            ("10.0.0.7", "10.0.0.7"),
        ):
            assert site.get("/page", headers={"X-Forwarded-For": said}).json()["client"] == client


def test_a_program_on_this_machine_is_no_proxy_where_others_are_named():
    transport = httpx.HTTPTransport(local_address="127.0.0.2")
    with around() as site, httpx.Client(base_url=site.url, transport=transport) as other:
        assert other.get("/page", headers=TOLD).json()["client"] == "127.0.0.2"


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9%eth0", "2001:db8:1:2::/64"),
        ("somebody" * 100, ("somebody" * 100)[:64]),
    ],
)
def test_who_asks_is_an_address_or_a_network(host, who):
    assert asker({"type": "http", "client": (host, 1)}) == who


def test_who_asks_through_a_socket_without_address_is_somebody():
    assert asker({"type": "http", "client": None}) == ""


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:7860", "LOCALHOST", "minutes.localhost", "127.0.0.1:7860", "[::1]:7860", "[::1]",
     "192.168.1.5", "minutes.example.org", "Minutes.Example.org.:443"],
)  # fmt: skip
def test_a_page_of_this_machine_answers_to_its_names(host):
    with around(allowed_hosts=["minutes.example.org"]) as site:
        assert site.get("/page", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:7860",
             "minutes.example.org.evil.example", "127.0.0.1@evil.example", ""]
)  # fmt: skip
def test_a_page_of_this_machine_answers_to_no_other_name(host):
    with around(allowed_hosts=["minutes.example.org"]) as site:
        for path in ("/page", "/health", "/answer.txt?q=bandstand"):
            refused = site.get(path, headers={"Host": host})
            assert refused.status_code == 421
            assert "web.allowed_hosts" in refused.json()["detail"]


def test_a_page_that_others_can_reach_has_any_name_unless_told_otherwise():
    with around(host="0.0.0.0") as site:
        assert site.get("/page", headers={"Host": "minutes.example.org"}).status_code == 200
    with around(host="0.0.0.0", allowed_hosts=["minutes.example.org"]) as site:
        assert site.get("/page", headers={"Host": "evil.example"}).status_code == 421


def test_a_name_from_outside_is_shown_as_text():
    with around() as site:
        refused = site.get("/page", headers={"Host": "<b>evil", **PERSON})
        assert refused.status_code == 421
        assert "<b>evil" not in refused.text
        assert "default-src 'none'" in refused.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("minutes.example.org", False),
    ],
)
def test_what_only_this_machine_reaches(host, expected):
    assert is_loopback(host) is expected


OWN = "http://127.0.0.1:7860"
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8080"},
    {"Origin": "http://localhost:7860"},
    {"Origin": "http://["},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Origin": "http://127.0.0.1:8080"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Origin": OWN},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_pages_of_other_sites_get_nothing(headers, method):
    """Not even an answer that their scripts could read: Gradio would allow that with credentials."""
    with around() as site:
        sent = {"Host": "127.0.0.1:7860", **headers}
        for path in ("/gradio_api/queue/join", "/answer.txt?q=bandstand", "/sign-in", "/feedback"):
            refused = site.client.request(method, path, headers=sent)
            assert refused.status_code == 403
            assert "Access-Control-Allow-Origin" not in refused.headers


def test_a_form_of_another_site_is_refused():
    with around() as site:
        sent = {
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "navigate",
            "Origin": "https://evil.example",
        }
        refused = site.post("/feedback", headers={**sent, **PERSON})
        assert refused.status_code == 403
        assert "<h1>Refused</h1>" in refused.text


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {}),
        ("POST", {"Origin": OWN}),
        ("POST", {"Origin": "https://minutes.example.org", "Host": "minutes.example.org"}),
        ("POST", {"Origin": "https://minutes.example.org:8443", "Host": "minutes.example.org"}),
        ("POST", {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"}),
        ("POST", {"Origin": "null", "Sec-Fetch-Site": "same-origin"}),
        ("GET", {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}),
    ],
)
def test_own_pages_links_from_elsewhere_and_programs_come_through(method, headers):
    with around(allowed_hosts=["minutes.example.org"]) as site:
        sent = {"Host": "127.0.0.1:7860", **headers}
        assert site.client.request(method, "/page", headers=sent).status_code == 200


@pytest.mark.parametrize("root", ["", "/minutes"])
@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/proxy=https://evil.example", "/gradio_api/file=/etc/passwd",
     "/gradio_api/stream/x", "/gradio_api/vibe-code", "/monitoring", "/monitoring/summary", "/login"],
)  # fmt: skip
def test_doors_that_no_page_needs_are_closed(path, root):
    with around(root=root) as site:
        assert site.get(root + path).status_code == site.post(root + path).status_code == 404
        assert site.get(f"{root}/gradio_api/heartbeat/x").status_code == 200


def chunks(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"x" * 1_000


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/page"])
def test_nobody_sends_more_than_a_question_needs(path):
    with around() as site:
        told = site.client.post(path, content=b"x" * (bodies.MOST_BYTES + 1))
        assert told.status_code == 413
        assert "1,000,000 bytes" in told.json()["detail"]
        untold = site.client.post(path, content=chunks(bodies.MOST_BYTES // 1_000 + 1))
        assert (untold.status_code, untold.json()["detail"]) == (413, told.json()["detail"])
        assert site.client.post(path, content=b"x" * bodies.MOST_BYTES).json()["sent"] == bodies.MOST_BYTES
        assert site.client.post(path, content=chunks(bodies.MOST_BYTES // 1_000)).status_code == 200


def test_the_sign_of_life_tells_all_that_an_operator_needs():
    with around() as site:
        found = site.get("/health")
        assert found.status_code == 200
        report = found.json()
        assert report.pop("age_seconds") > 0
        assert report == {
            "status": "ok",
            "ready": True,
            "generation": "000007",
            "built_at": "2026-02-03T02:20:00+00:00",
        }
    with around(is_warm=lambda: False) as site:
        found = site.get("/health")
        assert (found.status_code, found.json()["ready"], found.json()["status"]) == (503, False, "starting")
        assert "model" in found.json()["reason"]
