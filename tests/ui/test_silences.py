"""The four silences and the third state, on the command line, for programs, for assistants and in batches."""

import json
from pathlib import Path
from typing import Any

import anyio
import pytest

from corpus.records import Source, SourceState
from tests.factories import make_document
from tests.ui.assistants.assisting import Called, assistant_of, publish
from tests.ui.commanding import Minutebook
from ui.library import Library
from ui.web.api import answering
from ui.web.api.asking import Ask
from ui.web.api.formats import Answer as Published
from ui.web.handlers import answer as answer_of
from ui.web.handlers.records import Answered
from ui.web.library_backend import LibraryBackend
from ui.web.markup.answer import answered
from ui.web.state import State

DOCUMENTS = [
    make_document(
        f"ashmere/{day}",
        f"The bandstand at Rathwell was inspected for the {time} time. Its roof leaks.",
        title=f"Item {day}",
        meeting_date=day,
    )
    for day, time in (("2019-03-05", "first"), ("2021-05-12", "second"))
]
FENLOW = "/srv/fenlow is failing (it is not there), never read in full"
#: What is asked, with which filters, while which source is lost, and what is told of it.
SILENCES: list[tuple[str, dict[str, str], bool, str, str]] = [
    (
        "What was decided about the bandstand?",
        {"from": "2030-01-01"},
        False,
        "nothing within filters",
        "There are no minutes within these filters.",
    ),
    (
        "Who inspected the roof at Rathwill?",
        {},
        False,
        "not mentioned",
        "The minutes do not mention “Rathwill”. Did you mean “Rathwell”?",
    ),
    (
        "Who paid for the bandstand?",
        {},
        False,
        "not stated",
        "The minutes mention “bandstand” in 2 meetings between 5 March 2019 and 12 May 2021, but none of "
        "them states what you asked.",
    ),
    (
        "What was decided about the bandstand?",
        {"council": "Fenlow"},
        True,
        "source not read",
        "may stand there: ",
    ),
]
each_silence = pytest.mark.parametrize(
    ("question", "limits", "lost", "reason", "words"), SILENCES, ids=[one[3] for one in SILENCES]
)


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A generation in which nothing is sure enough to be an answer."""
    folder = tmp_path_factory.mktemp("silences")
    publish(folder, DOCUMENTS, threshold=1.0, maybe=1.0)
    return folder


@pytest.fixture
def library(data, lost) -> Library:
    library = Library.at(data)
    state = SourceState.FAILING if lost else SourceState.OK
    with library.corpus() as corpus:
        corpus.put_source(Source("/srv/fenlow", "/srv/fenlow", state, "it is not there"))
    return library


def command_over(data: Path) -> Minutebook:
    """Return the command over a directory whose settings stay as they are."""
    settings = (data / "minutebook.toml").read_text()
    minutebook = Minutebook(data)
    (data / "minutebook.toml").write_text(settings)
    return minutebook


def asked(library: Library, question: str, limits: dict[str, str]) -> dict[str, Any]:
    """Return what a program gets that asks the API; it is what the API's description says."""
    with library.reader() as reader:
        told = answering.ask(
            LibraryBackend(library, reader), Ask.model_validate({"question": question, **limits})
        )
    Published.model_validate(told.record)
    record: dict[str, Any] = json.loads(json.dumps(told.record))
    return record


@each_silence
def test_a_program_is_told(library, question, limits, reason, words):
    record = asked(library, question, limits)
    assert (record["answered"], record["state"], record["reason"]) == (False, "silent", reason)
    assert (record["silence"]["reason"], record["quotes"]) == (reason, [])
    assert words in record["answer"]
    assert record["silence"]["unread"] == record["warnings"]
    assert bool(record["warnings"]) == (reason == "source not read")


def test_a_program_is_told_what_is_known(data):
    missing = asked(Library.at(data), *SILENCES[1][:2])["silence"]
    assert missing["missing"] == [{"words": "Rathwill", "nearest": "Rathwell", "apart": False}]
    assert missing["did_you_mean"] == "Who inspected the roof at Rathwell?"
    assert asked(Library.at(data), *SILENCES[2][:2])["silence"]["mentioned"] == {
        "words": ["bandstand"],
        "meetings": 2,
        "undated": 0,
        "first": "2019-03-05",
        "last": "2021-05-12",
        "search": '"bandstand"',
    }


@each_silence
def test_the_command_line_tells(library, question, limits, reason, words):
    minutebook = command_over(library.data)
    options = [part for name, value in limits.items() for part in (f"--{name}", value)]
    as_json = minutebook("ask", question, *options, "--json")
    record = as_json.json
    assert (as_json.code, record["state"], record["reason"]) == (0, "silent", reason)
    shown = minutebook("ask", question, *options).out
    assert words in " ".join(shown.split())
    assert ("All that mention it: minutebook search '\"bandstand\"'" in shown) == (reason == "not stated")
    assert ("The closest passages, which are no answer:" in shown) == bool(record["hits"])
    if reason == "source not read":
        assert f"Note: {FENLOW}" in as_json.err
        assert f"may stand there: {FENLOW}." in " ".join(shown.split())


@each_silence
def test_an_assistant_is_told(library, question, limits, reason, words):
    named = {{"from": "date_from"}.get(name, name): value for name, value in limits.items()}

    async def call() -> Called:
        async with assistant_of(library) as assistant:
            return await assistant.call("ask", question=question, **named)

    said = anyio.run(call)
    assert (said.record["answered"], said.record["state"], said.record["reason"]) == (False, "silent", reason)
    assert said.record["silence"]["reason"] == reason
    assert words in said.record["answer"]
    assert said.words.startswith("The minutes do not say. Tell the user so")
    assert f"\nWhy: {said.record['answer'][:60]}" in said.words
    assert ('search for "bandstand"' in said.words) == (reason == "not stated")
    assert ("ask: Who inspected the roof at Rathwell?" in said.words) == (reason == "not mentioned")
    assert ("Not all sources could be looked at; what is missing" in said.words) == (
        reason == "source not read"
    )


@each_silence
def test_the_page_tells(library, question, limits, reason, words):
    filters = Ask.model_validate({"question": question, **limits}).filters
    with library.reader() as reader:
        record = answer_of(LibraryBackend(library, reader), State(text=question, filters=filters))
    assert isinstance(record, Answered)
    page = answered(record, root="")
    headings = {
        "nothing within filters": "No minutes to look in",
        "not mentioned": "The minutes do not mention this",
        "not stated": "The minutes do not say",
        "source not read": "Not all minutes could be looked at",
    }
    assert f"data-spoken>{headings[reason]}</h1>" in page
    if reason != "source not read":
        assert words.partition(" Did you mean")[0] in page
    else:
        assert "fenlow is failing (it is not there), never read in full" in page
    assert (">Did you mean “Rathwell”?</a>" in page) == (reason == "not mentioned")
    assert ("q=Who+inspected+the+roof+at+Rathwell%3F" in page) == (reason == "not mentioned")
    assert (">See all the passages that mention it</a>" in page) == (reason == "not stated")
    assert (">Ask without the filters</a>" in page) == bool(limits)


def test_a_batch_tells(data, tmp_path):
    rows = [{"question": question, **limits} for question, limits, lost, *_ in SILENCES if not lost]
    (tmp_path / "q.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    minutebook = command_over(data)
    done = minutebook("batch", str(tmp_path / "q.jsonl"), "-o", str(tmp_path / "a.jsonl"))
    assert done.code == 0, done.err
    told = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [(row["answered"], row["state"], row["reason"]) for row in told] == [
        (False, "silent", reason) for *_, lost, reason, _ in SILENCES if not lost
    ]
    assert [row["why"] for row in told] == [words for *_, lost, _, words in SILENCES if not lost]
    counts = json.loads((tmp_path / "a.jsonl.meta.json").read_text())["counts"]
    assert counts == {"rows": 3, "answered": 0, "may_answer": 0, "silent": 3, "errors": 0}
    assert "3 that the minutes do not answer" in done.err


@pytest.fixture(scope="module")
def unsure(tmp_path_factory) -> Library:
    """A library that is never sure, and quotes what may answer all the same."""
    return publish(tmp_path_factory.mktemp("unsure"), DOCUMENTS, threshold=1.0, maybe=0.0)


QUESTION = "Was the bandstand inspected?"


def test_what_may_answer_is_marked_for_programs(unsure):
    record = asked(unsure, QUESTION, {})
    assert (record["answered"], record["state"], record["reason"], record["silence"]) == (
        False, "may answer", None, None,
    )  # fmt: skip
    assert record["quotes"]
    assert record["answer"].startswith("This may answer your question.\n")


def test_what_may_answer_is_marked_for_people_and_assistants(unsure, tmp_path):
    minutebook = command_over(unsure.data)
    shown = minutebook("ask", QUESTION).out
    assert shown.startswith("This may answer your question.\n")
    assert "It is not certain that these words answer it." in shown
    with unsure.reader() as reader:
        record = answer_of(LibraryBackend(unsure, reader), State(text=QUESTION))
    assert isinstance(record, Answered)
    page = answered(record, root="")
    assert "data-spoken>This may answer your question</h1>" in page
    assert "It is not certain that these words answer it." in page
    assert 'id="quote-1"' in page

    async def call() -> Called:
        async with assistant_of(unsure) as assistant:
            return await assistant.call("ask", question=QUESTION)

    said = anyio.run(call)
    assert said.words.startswith("It is not certain that the minutes answer this; these words may.")
    (tmp_path / "q.csv").write_text(f"question\n{QUESTION}\n")
    done = minutebook("batch", str(tmp_path / "q.csv"), "-o", str(tmp_path / "a.jsonl"))
    (row,) = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert (row["answered"], row["state"], row["reason"], row["why"]) == (False, "may answer", None, None)
    assert row["answer"].startswith("This may answer your question.")
    assert row["quotes"]
    assert "1 that may be answered" in done.err


def test_the_lower_threshold_is_a_setting(tmp_path):
    minutebook = Minutebook(tmp_path)
    (tmp_path / "minutebook.toml").write_text("[answer]\nthreshold = 0.4\nmaybe = 0.6\n")
    refused = minutebook("status")
    assert refused.code == 2
    assert "maybe is 0.6, above threshold, which is 0.4" in refused.err
    (tmp_path / "minutebook.toml").write_text("[answer]\nthreshold = 0.2\n")
    assert Library.at(tmp_path).settings.answer.maybe == pytest.approx(0.12)
