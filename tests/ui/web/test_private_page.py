"""The real page, by the real command, with sign-in: Gradio's own addresses are behind the guards, too."""

import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic, sleep

import httpx
import pytest
from gradio_client import Client

from tests.factories import build, make_document, put_documents
from tests.ui.commanding import Minutebook
from tests.ui.web.around import HASH, PASSWORD, PERSON
from ui.feedback.records import Verdict, shown_of
from ui.feedback.store import FeedbackStore
from ui.feedback.wire import write_shown
from ui.library import Library
from ui.web.access.sessions import COOKIE

pytestmark = pytest.mark.xdist_group("private page")

QUESTION = "Why was the mill bridge closed?"
SECONDS = 60


@dataclass
class Private:
    url: str
    library: Library


@pytest.fixture(scope="module")
def private(tmp_path_factory) -> Iterator[Private]:
    minutebook = Minutebook(tmp_path_factory.mktemp("private"))
    with (minutebook.data / "minutebook.toml").open("a") as file:
        file.write(f'[answer]\nthreshold = 0\n[web.users]\nfenn = "{HASH}"\n')
    library = Library.at(minutebook.data)
    with library.corpus() as corpus:
        put_documents(corpus, [make_document()])
        build(corpus, minutebook.data)
    process = minutebook.start("web", "--port", "0", "--root-path", "/minutes")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Minutebook is at http://127.0.0.1:"), process.communicate()
        yield Private(f"{line.split()[3]}/minutes", library)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=SECONDS)
        assert process.returncode == 0
        assert "Traceback" not in errors
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def visitor(private) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=private.url, timeout=SECONDS, headers=PERSON) as client:
        yield client


@pytest.fixture
def reader(private, visitor) -> httpx.Client:
    form = {"name": "fenn", "password": PASSWORD, "onward": "/"}
    assert visitor.post("/sign-in", data=form).status_code == 303
    return visitor


ADDRESSES = [
    "/", "/?view=browse", "/config", "/theme.css", "/manifest.json", "/robots.txt", "/gradio_api/config",
    "/gradio_api/info", "/gradio_api/queue/status", "/gradio_api/heartbeat/x", "/gradio_api/app_id",
    "/gradio_api/startup-events", "/answer.docx?q=bridge", "/sign-out",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_the_page_or_of_gradio_is_there_for_a_visitor(visitor, address):
    led = visitor.get(address)
    assert (led.status_code, led.headers["Location"].partition("?")[0]) == (303, "/minutes/sign-in")
    refused = visitor.get(address, headers={"Accept": "*/*"})
    assert (refused.status_code, list(refused.json())) == (401, ["detail"])


@pytest.mark.parametrize("address", ["/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/run/ask"])
def test_a_visitor_asks_nothing(visitor, address):
    refused = visitor.post(address, json={"data": [QUESTION], "fn_index": 0, "session_hash": "x"})
    assert refused.status_code == 401


def test_the_client_of_gradio_needs_a_session_too(private, reader):
    with pytest.raises(Exception, match="credentials were not provided"):
        Client(private.url, verbose=False, analytics_enabled=False)
    cookie = {"Cookie": f"{COOKIE}={reader.cookies[COOKIE]}"}
    client = Client(private.url, headers=cookie, verbose=False, analytics_enabled=False)
    try:
        assert client.predict(QUESTION, api_name="/ask")["answered"]
    finally:
        client.close()


def test_the_page_and_all_that_it_loads_are_there_for_a_reader(reader):
    page = reader.get("/")
    assert page.status_code == 200
    assert "fenn" in page.text
    assert 'href="/minutes/sign-out"' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    parts = set(re.findall(r'(?:src|href)="\.?(/?assets/[^"]+)"', page.text))
    assert parts
    for part in parts:
        assert reader.get(f"/{part.removeprefix('/')}").status_code == 200


def test_an_answer_is_taken_away_and_judged(private, reader):
    file = reader.get("/answer.txt", params={"q": QUESTION})
    assert "That the mill bridge be closed to vehicles" in " ".join(file.text.split())
    library_reader = private.library.reader()
    shown = shown_of(library_reader.ask(QUESTION))
    library_reader.close()
    form = {"verdict": "right", "address": f"?q={QUESTION}", "shown": write_shown(shown)}
    assert reader.post("/feedback", data=form, headers={"Accept": "*/*"}).json() == {"kept": True}
    (said,) = FeedbackStore(private.library.feedback).all()
    assert (said.verdict, said.question, said.shown) == (Verdict.RIGHT, QUESTION, shown)


def test_the_doors_that_no_page_needs_are_closed(reader):
    assert reader.post("/gradio_api/upload", files={"files": b"x" * 100}).status_code == 404
    assert reader.get("/gradio_api/file=/etc/passwd").status_code == 404


def test_gradio_is_sent_no_more_than_a_question_needs(reader):
    parts = (b"x" * 100_000 for _ in range(20))
    assert reader.post("/gradio_api/queue/join", content=parts).status_code == 413


def test_scripts_of_other_sites_are_answered_nothing(reader):
    evil = {"Origin": "https://evil.example", "Host": "192.0.2.7", "Accept": "*/*"}
    refused = reader.get("/config", headers=evil)
    assert refused.status_code == 403
    assert not [name for name in refused.headers if name.lower().startswith("access-control")]


def test_the_sign_of_life_is_there_for_everybody(private, visitor):
    deadline = monotonic() + SECONDS
    while (found := visitor.get("/health")).status_code == 503:
        assert found.json()["status"] == "starting"
        assert monotonic() < deadline
        sleep(0.05)
    assert (found.json()["generation"], found.json()["ready"]) == ("000001", True)


def test_who_signs_out_is_out(reader):
    assert reader.post("/sign-out").headers["Location"] == "/minutes/sign-in"
    assert reader.get("/").status_code == 303
