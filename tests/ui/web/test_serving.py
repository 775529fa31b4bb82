"""The page over a real library, in a process of its own."""

import json
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from tests.factories import build, make_document, put_documents
from tests.ui.commanding import Minutebook
from ui.library import Library
from ui.web.library_backend import LibraryBackend
from ui.web.serving import SAMPLE_QUESTIONS, examples_of

SECONDS = 60
SENTENCE = "The ferry at Wellow was refused."


@contextmanager
def serving(minutebook: Minutebook, *arguments: str) -> Iterator[str]:
    """Run the page until the block ends, and make sure that Ctrl-C ends it quietly."""
    process = minutebook.start(*arguments, "--port", "0")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Minutebook is at http://127.0.0.1:"), process.communicate()
        yield line.split()[3]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=SECONDS)
        assert process.returncode == 0
        assert "Traceback" not in errors
    finally:
        process.kill()
        process.communicate()


def health(url: str) -> tuple[int, dict[str, Any]]:
    try:
        with urlopen(f"{url}/health") as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def answering(url: str) -> dict[str, Any]:
    """Wait for the model, and return how the server is then."""
    deadline = monotonic() + SECONDS
    while (found := health(url))[1]["status"] == "starting":
        assert (found[0], found[1]["ready"]) == (503, False)
        assert monotonic() < deadline
        sleep(0.05)
    status, report = found
    assert (status, report["status"], report["ready"]) == (200, "ok", True)
    assert 0 <= report["age_seconds"] < SECONDS
    return report


def publish(minutebook: Minutebook, *ids: str) -> None:
    with Library.at(minutebook.data).corpus() as corpus:
        put_documents(corpus, [make_document(id, text=f"{SENTENCE} That was said in {id}.") for id in ids])
        build(corpus, minutebook.data)


def test_a_page_that_is_up_answers_from_what_is_published_later(tmp_path):
    minutebook = Minutebook(tmp_path)
    with serving(minutebook, "web") as url:
        assert health(url) == (
            503,
            {
                "status": "failing",
                "ready": False,
                "reason": "nothing is indexed yet; run: minutebook ingest FOLDER, then minutebook index",
            },
        )
        client = Client(url, verbose=False)
        with pytest.raises(AppError, match="nothing is indexed yet"):
            client.predict("What about the ferry?", api_name="/ask")
        for number, name in enumerate(("one", "two"), start=1):
            publish(minutebook, name)
            assert answering(url)["generation"] == f"{number:06}"
            answer = client.predict(f"What was said in {name}?", api_name="/ask")
            assert f"said in {name}" in " ".join(quote["text"] for quote in answer["quotes"])
        with urlopen(f"{url}/?view=browse&document=one&start=0&end={len(SENTENCE)}") as page:
            assert f'<mark id="quote">{SENTENCE}</mark>' in page.read().decode()
        client.close()


@pytest.mark.slow
@pytest.mark.model
def test_the_demo_answers_about_its_sample(tmp_path):
    minutebook = Minutebook(tmp_path, model="all-MiniLM-L6-v2")
    with serving(minutebook, "demo") as url:
        assert answering(url)["generation"] == "000001"
        client = Client(url, verbose=False)
        said = client.predict(SAMPLE_QUESTIONS[0], api_name="/ask")
        assert "there was now a full complement" in said["answer"]
        assert not client.predict(SAMPLE_QUESTIONS[-1], api_name="/ask")["answered"]
        client.close()
    with serving(minutebook, "demo") as url:
        assert answering(url)["generation"] == "000001"


@pytest.mark.slow
def test_the_page_can_be_stopped_while_the_model_is_loading(tmp_path):
    for delay in (0.0, 0.5):
        with serving(Minutebook(tmp_path, model="all-MiniLM-L6-v2"), "web"):
            until = monotonic() + delay
            while monotonic() < until:
                sleep(0.01)


def test_examples_come_from_the_loaded_minutes_and_the_sample_has_its_own(tmp_path):
    minutebook = Minutebook(tmp_path)
    library = Library.at(tmp_path)
    with closing(library.reader()) as reader:
        examples = examples_of(LibraryBackend(library, reader))
        assert examples() == ()
        assert minutebook("ingest", "sample").code == minutebook("index").code == 0
        assert examples() == SAMPLE_QUESTIONS
        publish(minutebook, "one")
        assert examples() != SAMPLE_QUESTIONS
        assert all(reader.ask(example).answered for example in examples())
