import json
from collections.abc import Iterator
from pathlib import Path
from threading import active_count

import pytest

from corpus.errors import UsageError
from index import many as module
from index.answer import answer
from index.many import Asked, answer_many, search_many
from index.records import Answer, Filters
from index.search import search
from index.settings import AnswerSettings

QUESTIONS = [
    json.loads(line)["question"]
    for line in (Path(__file__).parents[1] / "quality" / "questions.jsonl").read_text("utf-8").splitlines()
]
SETTINGS = AnswerSettings(threshold=0.1)
WHY = "Why was recommendation 12 only partially agreed?"


@pytest.fixture(autouse=True)
def _batches(monkeypatch):
    """Let a few questions fill several batches."""
    monkeypatch.setattr(module, "BATCH", 16)


def lasting(given: Answer) -> dict:
    """Return all of an answer but the time it took."""
    return {**given.as_dict(), "seconds": None, "confidence": given.confidence}


@pytest.mark.model
@pytest.mark.parametrize(("threads", "processes"), [(1, False), (3, False), (None, False), (2, True)])
def test_each_question_has_the_very_answer_that_it_has_alone(sample, minilm, threads, processes):
    asked = [Asked(question) for question in (WHY, *QUESTIONS)]
    together = list(
        answer_many(sample, minilm, asked, settings=SETTINGS, threads=threads, processes=processes)
    )
    alone = [answer(sample, minilm, one.question, settings=SETTINGS) for one in asked]
    assert [lasting(one) for one in together] == [lasting(one) for one in alone]
    assert sum(one.answered for one in together) > 5


@pytest.mark.model
def test_each_search_finds_what_it_finds_alone(sample, minilm):
    asked = [Asked(f'"partially agreed" {number}', Filters(kind="minutes")) for number in range(20)]
    asked += [Asked(question) for question in QUESTIONS]
    together = list(search_many(sample, minilm, asked, k=3))
    assert together == [search(sample, minilm, one.question, filters=one.filters, k=3) for one in asked]


@pytest.mark.model
def test_what_cannot_be_asked_stands_in_its_place(sample, minilm):
    asked = [Asked(""), Asked(WHY), Asked("x" * 3_000), Asked("???"), Asked(WHY)]
    empty, why, long, wordless, again = answer_many(sample, minilm, asked, settings=SETTINGS)
    assert [type(one) for one in (empty, long, wordless)] == [UsageError] * 3
    assert "empty" in str(empty)
    assert lasting(why) == lasting(again)
    assert why.answered


@pytest.mark.model
def test_nothing_asked_is_nothing_answered(sample, minilm):
    assert list(answer_many(sample, minilm, [], settings=SETTINGS)) == []
    assert len(list(search_many(sample, minilm, [Asked("")] * 40))) == 40


@pytest.mark.model
def test_questions_are_read_as_they_are_needed_and_no_thread_stays_behind(sample, minilm):
    read = 0

    def asked() -> Iterator[Asked]:
        nonlocal read
        while True:
            read += 1
            yield Asked(WHY)

    before = active_count()
    answers = answer_many(sample, minilm, asked(), settings=SETTINGS, threads=2)
    for _ in range(20):
        next(answers)
    assert read <= 3 * module.BATCH
    answers.close()
    assert active_count() == before
