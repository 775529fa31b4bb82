"""The real command over a real record; what it prints is made by functions with tests of their own."""

import json
import subprocess
import sys

import pytest

from index.evaluation.questions import read_questions
from tests.factories import TEXT, make_document, put_documents
from tests.ui.commanding import Minutebook
from tests.ui.feedback.saying import feedback, quote_of, shown
from ui.feedback.export import Exported
from ui.feedback.listing import exported_text, feedback_text
from ui.feedback.records import Verdict
from ui.feedback.store import FeedbackStore
from ui.library import Library

RUSTED = "both piers were rusted through"


@pytest.fixture
def minutebook(tmp_path) -> Minutebook:
    return Minutebook(tmp_path / "data")


def test_what_was_said_is_listed_and_exported(minutebook, tmp_path):
    library = Library.at(minutebook.data)
    store = FeedbackStore(library.feedback)
    assert minutebook("feedback", "list").out == "Nobody has said anything yet.\n"
    bridge, gone = make_document(), make_document("ashmere/9", f"Gone. {TEXT}")
    with library.corpus() as corpus:
        put_documents(corpus, [bridge])
    store.add(feedback(seen=shown([quote_of(bridge, RUSTED)])))
    store.add(feedback(seen=shown([quote_of(gone, RUSTED)])))
    store.add(feedback(Verdict.MISSING, question="What did it cost?", note="See \x1b[31mJuly"))

    listed = minutebook("feedback", "list")
    assert (listed.code, listed.err) == (0, "")
    assert [line for line in listed.out.splitlines() if not line.startswith(" ")] == [
        "3  2026-03-02 09:30  missing  (generation 000007, the minutes do not say)",
        "2  2026-03-02 09:30  right  (generation 000007, 1 quote)",
        "1  2026-03-02 09:30  right  (generation 000007, 1 quote)",
    ]
    assert "“See  [31mJuly”" in listed.out
    found = minutebook("feedback", "list", "--verdict", "missing", "--json").json
    assert [(one["number"], one["note"]) for one in found] == [(3, "See \x1b[31mJuly")]

    printed = minutebook("feedback", "export")
    assert printed.err == "2 questions; left out, since what was shown is not in the record any more: 2\n"
    assert [json.loads(line)["id"] for line in printed.out.splitlines()] == ["feedback-1", "feedback-3"]
    file = tmp_path / "questions.jsonl"
    written = minutebook("feedback", "export", "-o", str(file))
    assert (written.code, written.out) == (0, "")
    assert file.read_text() == printed.out
    assert len(read_questions(file).questions) == 2


def test_without_a_record_nothing_is_made(minutebook):
    done = minutebook("feedback", "export")
    assert (done.code, done.out, done.err) == (0, "", "0 questions\n")
    assert [path.name for path in minutebook.data.iterdir()] == ["minutebook.toml"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("export", "-o", "/no/such/folder/questions.jsonl"), "/no/such/folder/questions.jsonl cannot be"),
        (("list", "--verdict", "nice"), "--verdict"),
    ],
)
def test_wrong_use_is_one_clear_line(minutebook, arguments, reason):
    done = minutebook("feedback", *arguments)
    assert (done.code, done.out) == (2, "")
    assert reason in done.err


def test_one_is_one_and_two_are_two():
    assert exported_text(Exported(({},), ())) == "1 question"
    assert "1 quote)" in feedback_text([feedback(seen=shown([quote_of(make_document(), RUSTED)]))])


def test_nothing_heavy_is_loaded():
    script = "import sys, ui.feedback_command, ui.feedback.listing, ui.feedback.store; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"torch", "chromadb", "gradio", "numpy", "tantivy", "docx"} & set(done.stdout.split())
