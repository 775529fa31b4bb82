import json
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from http.client import HTTPMessage

import pytest
from gradio_client import Client

from corpus.errors import UsageError
from tests.ui.web.conftest import ROOT, running_site
from tests.ui.web.fake import BANDSTAND, REASON, FakeBackend
from ui.web.server import listen, serve

# One process serves for all of these: Gradio takes seconds to import.
pytestmark = pytest.mark.xdist_group("browser")


def get(url: str) -> tuple[int, HTTPMessage, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def test_the_server_is_there_before_gradio_is():
    code = "import sys, ui.web.server; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_question_is_answered_through_the_client(site):
    client = Client(site.url, verbose=False, analytics_enabled=False)
    try:
        assert REASON in client.predict("Why was the bandstand kept?", api_name="/ask")
        assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask"]
    finally:
        client.close()


def test_health_names_the_generation(site):
    status, _, body = get(f"{site.url}/health")
    assert (status, json.loads(body)) == (200, {"status": "ok", "generation": "000007"})


def test_a_document_is_shown_under_a_strict_policy(site):
    status, headers, body = get(f"{site.url}/document/ashmere%2Fitem%207%3Fx%3D1?start=10&end=20")
    assert status == 200
    assert BANDSTAND.title in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]


def test_an_unknown_document_is_a_page_in_plain_words(site):
    status, headers, body = get(f"{site.url}/document/nowhere")
    assert status == 404
    assert headers["Content-Type"].startswith("text/html")
    assert "There is no such document" in body


@pytest.mark.parametrize("path", ["/", "/health", "/document/nowhere", "/theme.css", "/no/such/page"])
def test_every_response_keeps_other_sites_out(site, path):
    _, headers, _ = get(site.url + path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_pages_that_load_scripts_from_elsewhere_are_off(site, path):
    assert get(site.url + path)[0] == 404


def test_no_font_and_no_style_comes_from_elsewhere(site):
    _, _, page = get(site.url)
    theme = get(f"{site.url}/theme.css")[2]
    assert not re.findall(r"<(?:script|link)[^>]*https?://", page)
    assert not re.search(r"@import|url\(.?https?:", theme)


def test_behind_a_proxy_everything_stays_under_its_path():
    with running_site("/minutes/") as site:
        assert get(f"{site.url}/minutes/health")[0] == 200
        assert get(f"{site.url}/health")[0] == 200
        assert f'"root":"{site.url}/minutes"' in get(f"{site.url}/minutes/")[2]
        assert 'href="/minutes/"' in get(f"{site.url}/minutes/document/nowhere")[2]
        client = Client(f"{site.url}/minutes/", verbose=False, analytics_enabled=False)
        try:
            assert 'href="/minutes/document/' in client.predict("bandstand", api_name="/ask")
        finally:
            client.close()


def test_an_interrupt_ends_the_server_in_peace_though_a_reader_is_still_there():
    with (
        running_site() as site,
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
            serve(FakeBackend(), (), port=port, ready=lambda url: None)


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
