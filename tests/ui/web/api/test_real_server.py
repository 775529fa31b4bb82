"""`minutebook web` itself: against its own description, and for a hundred programs at once."""

import json
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

import httpx
import pytest

from tests.ui.commanding import Minutebook
from tests.ui.web.api.describing import ALL, hold_against
from tests.ui.web.api.programs import ask_at_once

# One server serves for all of these: Gradio takes seconds to import.
pytestmark = pytest.mark.xdist_group("api")

QUESTIONS = [
    "Why was the mill bridge closed?", "What was decided about the ferry?", "bridge OR ferry -school",
    'Who asked about "the school roof"?', "What did the leisure centre cost?",
]  # fmt: skip
_NO_HTTP = "WARNING:  Invalid HTTP request received."
SUBJECTS = ["mill bridge", "ferry", "school roof", "market hall", "allotments", "bus shelter"]


@dataclass
class Running:
    url: str
    minutebook: Minutebook


@contextmanager
def running(minutebook: Minutebook) -> Iterator[Running]:
    process = minutebook.start("web", "--port", "0")
    try:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("Minutebook is at ").partition(" ")[0]
        deadline = monotonic() + 60
        while httpx.get(f"{url}/health").status_code != 200:
            assert monotonic() < deadline
            sleep(0.05)
        yield Running(url, minutebook)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        # Some of what Schemathesis sends is no HTTP; beyond that there was nothing to complain about.
        assert (process.returncode, set(errors.splitlines()) - {_NO_HTTP}) == (0, set())
    finally:
        process.kill()
        process.communicate()


def minutes(number: int) -> dict[str, str]:
    subject = SUBJECTS[number % len(SUBJECTS)]
    return {
        "url": f"https://minutes.ashmere.example/{number}",
        "title": f"{number}. The {subject}",
        "text": f"The officer reported on the {subject} for the time {number}.\n\n"
        f"RESOLVED: That the {subject} be closed because {number} complaints had been received.\n",
        "council": "Ashmere Borough Council",
        "committee": "Roads and Bridges Committee",
        "meeting_date": f"20{10 + number % 15}-03-{1 + number % 28:02}",
    }


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("api")
    minutebook = Minutebook(folder / "data", environment={"MINUTEBOOK_WEB__REQUESTS_PER_MINUTE": "0"})
    given = folder / "minutes.jsonl"
    given.write_text("".join(json.dumps(minutes(number)) + "\n" for number in range(60)))
    assert minutebook("ingest", str(given)).code == 0
    assert minutebook("index").code == 0
    with running(minutebook) as server:
        yield server


def test_the_description_is_true(server, tmp_path):
    held = hold_against(f"{server.url}/api/openapi.json", tmp_path, *ALL, examples=15)
    selected, total = re.findall(r"Operations: +(\d+) selected / (\d+) total", held.printed)[0]
    assert int(selected) == int(total) >= 5
    assert held.statuses.total() > 300


@pytest.mark.slow
def test_a_hundred_programs_at_once_are_all_answered(server):
    asked = ask_at_once(server.url, QUESTIONS, programs=100, seconds=3)
    assert asked.wrong == ()
    assert len(asked.seconds) >= 100


def test_the_page_is_not_kept_waiting_by_programs(server):
    many = [{"question": f"{question} {number}"} for question in QUESTIONS for number in range(20)]
    with httpx.Client(base_url=server.url, timeout=60) as client:
        alone = _seconds(client)
        with ThreadPoolExecutor(3) as threads:
            lists = [
                threads.submit(httpx.post, f"{server.url}/api/ask", json=many, timeout=60) for _ in range(3)
            ]
            busy = []
            while not any(one.done() for one in lists):
                busy.append(_seconds(client))
    assert [one.result().status_code for one in lists] == [200] * 3
    # While one list is answered and two wait, a person and a program are answered several times.
    assert len(busy) >= 2
    assert min(busy) < 1 + 10 * alone


def _seconds(client: httpx.Client) -> float:
    started = monotonic()
    assert client.get("/?view=browse").status_code == 200
    assert client.post("/api/ask", json={"question": QUESTIONS[0]}).status_code == 200
    return monotonic() - started


def test_the_command_prints_what_the_api_answers(server):
    told = httpx.post(f"{server.url}/api/ask", json={"question": QUESTIONS[0]}).json()
    printed = server.minutebook("ask", QUESTIONS[0], "--json").json
    assert {name: told[name] for name in printed if name != "seconds"} == {
        name: value for name, value in printed.items() if name != "seconds"
    }
    found = httpx.post(f"{server.url}/api/search", json={"query": "ferry", "k": 3}).json()
    assert found["hits"] == server.minutebook("search", "ferry", "-k", "3", "--json").json
