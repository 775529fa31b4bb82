from dataclasses import replace

import pytest

from index.evaluation.questions import read_questions
from index.query import parse_query
from index.records import Filters
from tests.factories import TEXT, make_document
from tests.ui.feedback.saying import answer_of, feedback, quote_of, shown
from ui.feedback.export import export, with_operators
from ui.feedback.records import Verdict, shown_of

BRIDGE = make_document()
FERRY = make_document("ashmere/2", "The ferry at Wellow was refused. RESOLVED: That it be refused.")
DOCUMENTS = {document.id: document for document in (BRIDGE, FERRY)}
RUSTED = "both piers were rusted through"
CLOSED = "the mill bridge be closed"


def rows(*said, documents=DOCUMENTS) -> list[dict]:
    return list(export(said, documents.get).questions)


def test_what_was_called_right_has_the_places_of_its_quotes():
    seen = shown([quote_of(BRIDGE, CLOSED), quote_of(BRIDGE, RUSTED)])
    (row,) = rows(feedback(seen=seen, number=3))
    assert row == {
        "id": "feedback-3",
        "question": "Why was the mill bridge closed?",
        "answerable": True,
        "url": BRIDGE.url,
        "spans": [
            (TEXT.index(RUSTED), TEXT.index(RUSTED) + len(RUSTED)),
            (TEXT.index(CLOSED), TEXT.index(CLOSED) + len(CLOSED)),
        ],
    }


def test_quotes_that_may_answer_are_the_answer_once_they_were_called_right():
    uncertain = replace(answer_of([quote_of(BRIDGE, CLOSED)], []), answered=False)
    (row,) = rows(feedback(seen=shown_of(uncertain)))
    assert row["answerable"] is True
    assert row["spans"]


def test_quotes_of_several_documents_make_a_row_each():
    seen = shown([quote_of(BRIDGE, RUSTED), quote_of(FERRY, "refused"), quote_of(BRIDGE, CLOSED)])
    first, second = rows(feedback(seen=seen, number=3))
    assert [(row["id"], row["url"], len(row["spans"])) for row in (first, second)] == [
        ("feedback-3.1", BRIDGE.url, 2),
        ("feedback-3.2", FERRY.url, 1),
    ]


def test_a_silence_that_was_right_is_a_question_that_nothing_answers():
    (row,) = rows(feedback(number=4))
    assert row == {"id": "feedback-4", "question": "Why was the mill bridge closed?", "answerable": False}


@pytest.mark.parametrize("verdict", [Verdict.WRONG, Verdict.WRONG_SOURCE, Verdict.MISSING])
def test_of_everything_else_only_the_question_is_known(verdict):
    (row,) = rows(feedback(verdict, seen=shown([quote_of(BRIDGE, RUSTED)]), number=5))
    assert row == {"id": "feedback-5", "question": "Why was the mill bridge closed?", "answerable": None}


@pytest.mark.parametrize(
    "now",
    [
        {},
        {BRIDGE.id: make_document(text=f"Draft. {TEXT}")},
        {BRIDGE.id: make_document(text=TEXT[:60])},
        {BRIDGE.id: make_document(text=TEXT.replace("both", "Both"))},
    ],
    ids=["gone", "moved", "cut", "changed"],
)
def test_what_the_record_does_not_bear_out_any_more_is_left_out_and_counted(now):
    said = [feedback(seen=shown([quote_of(BRIDGE, RUSTED)]), number=6), feedback(number=7)]
    exported = export(said, now.get)
    assert [row["id"] for row in exported.questions] == ["feedback-7"]
    assert exported.left_out == (6,)


def test_one_document_that_changed_leaves_the_whole_answer_out():
    seen = shown([quote_of(FERRY, "refused"), quote_of(BRIDGE, RUSTED)])
    exported = export([feedback(seen=seen, number=6)], {FERRY.id: FERRY}.get)
    assert (exported.questions, exported.left_out) == ((), (6,))


def test_an_answer_without_quotes_is_left_out():
    seen = replace(shown([quote_of(BRIDGE, RUSTED)]), quotes=())
    assert export([feedback(seen=seen, number=6)], DOCUMENTS.get).left_out == (6,)


@pytest.mark.parametrize("question", ["", "council:ashmere", "?", "x" * 2_001])
def test_what_nobody_can_ask_is_left_out(question):
    assert export([feedback(question=question, number=8)], DOCUMENTS.get).left_out == (8,)


def test_what_several_people_say_is_one_row():
    seen = shown([quote_of(BRIDGE, RUSTED)])
    said = [feedback(seen=seen, number=n) for n in (1, 2)] + [
        feedback(Verdict.MISSING, number=n) for n in (3, 4)
    ]
    assert [row["id"] for row in rows(*said)] == ["feedback-1", "feedback-3"]


def test_filters_are_typed_into_the_question():
    filters = Filters('Ashmere "Borough" Council', "Roads and Bridges", "2026-01-01", "2026-12-31", "minutes")
    typed = with_operators("Why was it closed?", filters)
    parsed = parse_query(typed)
    assert parsed.words == "Why was it closed?"
    assert parsed.filters == replace(filters, council="Ashmere  Borough  Council")


def test_evaluate_reads_what_is_exported(tmp_path):
    said = [
        feedback(seen=shown([quote_of(BRIDGE, RUSTED)]), number=1),
        feedback(number=2, question="What did the weir\u2028cost?"),
        feedback(Verdict.MISSING, number=3, filters=Filters(council="Ashmere")),
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text(export(said, DOCUMENTS.get).lines, encoding="utf-8")
    read = read_questions(path)
    assert read.problems == ()
    assert [question.is_answerable for question in read.questions] == [True, False, None]
    assert read.questions[2].question == 'Why was the mill bridge closed? council:"Ashmere"'
