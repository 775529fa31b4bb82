import json
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from email.message import Message

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from corpus.errors import UsageError
from tests.ui.web.browsing import PAGES
from tests.ui.web.conftest import ROOT, running_site
from tests.ui.web.fake import BANDSTAND, COUNCIL, EXAMPLES, REASON, FakeBackend
from ui.web.server import listen, serve
from ui.web.style import SCRIPT, STYLE

# One process serves for all of these: Gradio takes seconds to import.
pytestmark = pytest.mark.xdist_group("browser")


def get(url: str) -> tuple[int, Message, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


@pytest.fixture(scope="module")
def client(site):
    opened = Client(site.url, verbose=False, analytics_enabled=False)
    yield opened
    opened.close()


def test_the_server_is_there_before_gradio_is():
    code = "import sys, ui.web.server; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_program_asks_through_the_client(client):
    answer = client.predict(question=EXAMPLES[0], kind="minutes", api_name="/ask")
    assert answer["answered"]
    assert answer["quotes"][0]["text"] == REASON
    assert set(answer) == {
        "question", "answered", "answer", "quotes", "hits", "generation", "model", "seconds", "state",
        "reason", "silence",
    }  # fmt: skip


def test_a_program_searches_through_the_client(client):
    hits = client.predict(query="bandstand", council=COUNCIL, k=3, api_name="/search")
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert {hit["council"] for hit in hits} == {COUNCIL}
    assert len(client.predict(query="bandstand", k=-5, api_name="/search")) == 1


def test_a_program_is_told_what_went_wrong(client):
    with pytest.raises(AppError, match="There is no index yet; build one with: minutebook index"):
        client.predict(question="What is broken?", api_name="/ask")


def test_programs_may_ask_and_search_and_nothing_else(client):
    endpoints = client.view_api(return_format="dict")["named_endpoints"]
    assert {
        name: [parameter["parameter_name"] for parameter in endpoint["parameters"]]
        for name, endpoint in endpoints.items()
    } == {
        "/ask": ["question", "council", "committee", "date_from", "date_to", "kind"],
        "/search": ["query", "council", "committee", "date_from", "date_to", "kind", "k"],
    }


def test_health_names_the_generation(site):
    status, _, body = get(f"{site.url}/health")
    assert status == 200
    assert json.loads(body)["generation"] == "000007"


def test_an_answer_is_in_the_very_first_page_that_is_sent(site):
    status, headers, body = get(site.url + PAGES["answer"])
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert body.index('name="q"') < body.index(REASON) < body.index("<gradio-app")


def test_what_stands_in_the_address_is_not_for_gradio(site):
    for query in ("?q=bandstand&view=search&page=2", "?page=2&deep_link=../x", "?view=api"):
        status, _, body = get(f"{site.url}/{query}")
        assert status == 200
        assert "<gradio-app" in body


def test_scripts_of_the_page_carry_a_nonce_that_is_never_the_same(site):
    nonces = set()
    for _ in range(2):
        _, headers, body = get(site.url)
        found = re.search(
            r"script-src 'self' 'nonce-([\w-]{20,})' 'unsafe-eval';", headers["Content-Security-Policy"]
        )
        assert found is not None
        scripts = re.findall(r"<script[^>]*>", body)
        assert len(scripts) > 3
        assert all(f'nonce="{found[1]}"' in script for script in scripts)
        nonces.add(found[1])
    assert len(nonces) == 2


def test_a_document_is_shown_under_a_strict_policy_without_gradio(site):
    status, headers, body = get(site.url + PAGES["item"])
    assert status == 200
    assert BANDSTAND.title in body
    assert '<mark id="quote">' in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'sha256-" in headers["Content-Security-Policy"]
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert body.count("<script") == 1
    assert "gradio" not in body.replace(STYLE, "").replace(SCRIPT, "")


def test_an_unknown_document_is_a_page_in_plain_words(site):
    status, headers, body = get(site.url + PAGES["missing"])
    assert status == 404
    assert headers["Content-Type"].startswith("text/html")
    assert "There is no such document" in body


@pytest.mark.parametrize("path", ["/", "/?view=browse", "/health", "/theme.css", "/no/such/page"])
def test_every_response_keeps_other_sites_out(site, path):
    _, headers, _ = get(site.url + path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert "default-src" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_pages_that_load_scripts_from_elsewhere_are_off(site, path):
    assert get(site.url + path)[0] == 404


def test_the_tab_has_an_icon_of_its_own(site):
    status, headers, icon = get(f"{site.url}/favicon.ico")
    assert (status, headers["Content-Type"]) == (200, "image/svg+xml")
    assert "#0f5c55" in icon


def test_no_font_and_no_style_comes_from_elsewhere(site):
    _, _, page = get(site.url)
    theme = get(f"{site.url}/theme.css")[2]
    assert not re.findall(r"<(?:script|link|meta)[^>]*https?://", page)
    assert not re.search(r"@import|url\(.?https?:", theme)


def test_behind_a_proxy_everything_stays_under_its_path(tmp_path):
    with running_site(tmp_path / "feedback.sqlite3", "/minutes/") as site:
        assert get(f"{site.url}/minutes/health")[0] == 200
        assert get(f"{site.url}/health")[0] == 200
        whole = get(f"{site.url}/minutes{PAGES['answer']}")[2]
        assert f'"root":"{site.url}/minutes"' in whole
        for page in (whole, get(f"{site.url}/minutes{PAGES['shelves']}")[2]):
            # All but links within the page and those to the council.
            ways = re.findall(r'(?:href|action)="((?!#|https:|\./)[^"]*)"', page)
            assert len(ways) > 5
            assert [way for way in ways if not way.startswith("/minutes/")] == []
        client = Client(f"{site.url}/minutes/", verbose=False, analytics_enabled=False)
        try:
            assert client.predict("bandstand", api_name="/ask")["answered"]
        finally:
            client.close()


def test_an_interrupt_ends_the_server_in_peace_though_a_reader_is_still_there(tmp_path):
    with (
        running_site(tmp_path / "feedback.sqlite3") as site,
        urllib.request.urlopen(f"{site.url}/gradio_api/heartbeat/x", timeout=10) as held,
    ):
        assert held.status == 200
        site.stop()
        assert site.process.returncode == 0
        assert site.errors == ""


def test_a_port_that_is_taken_is_named_with_the_remedy():
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"port {port} .* already in use; choose another with --port"):
            serve(FakeBackend(), lambda: (), port=port, ready=lambda url: None)


def test_a_host_that_is_not_here_is_named_with_the_remedy():
    with pytest.raises(UsageError, match=r"no\.such\.host\.invalid.*--host and --port"):
        listen("no.such.host.invalid", 0)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_number_that_is_no_port_is_named_with_the_remedy(port):
    with pytest.raises(UsageError, match=f"no port {port}; .*--port"):
        listen("127.0.0.1", port)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_a_port_is_found_on_ipv6_too():
    try:
        with listen("::1", 0) as listener:
            assert listener.family is socket.AF_INET6
    except UsageError:
        pytest.skip("IPv6 is switched off on this machine")
