import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from threading import active_count
from typing import Any

import pytest

from corpus.errors import MinutebookError, UsageError
from index import many as module
from index.answer import answer
from index.arrays import Vectors
from index.embedding import Embedder
from index.many import Asked, answer_many, search_many
from index.records import Answer, Filters, Found, Hit
from index.search import search
from index.settings import AnswerSettings
from tests.marks import slow

QUESTIONS = [
    json.loads(line)["question"]
    for line in (Path(__file__).parents[1] / "quality" / "questions.jsonl").read_text("utf-8").splitlines()
]
SETTINGS = AnswerSettings(threshold=0.0)
WHY = "Why was recommendation 12 only partially agreed?"


@pytest.fixture(autouse=True)
def _batches(monkeypatch):
    """Let a few questions fill several batches."""
    monkeypatch.setattr(module, "BATCH", 16)


def lasting(given: Answer | MinutebookError) -> dict:
    """Return all of an answer but the time it took."""
    assert isinstance(given, Answer)
    return {**given.as_dict(), "seconds": None, "confidence": given.confidence}


def scores_of(hits: Iterable[Hit]) -> Any:
    """Return the score of each hit; the last bits of two differ, so their order may, where they are equal."""
    return pytest.approx({hit.passage_id: hit.score for hit in hits}, abs=1e-3)


@pytest.mark.model
def test_each_question_has_the_answer_that_it_has_alone(sample, minilm):
    asked = [Asked(question) for question in (WHY, *QUESTIONS)]
    together = list(answer_many(sample, minilm, asked, settings=SETTINGS))
    for one, given in zip(asked, together, strict=True):
        alone = answer(sample, minilm, one.question, settings=SETTINGS)
        assert isinstance(given, Answer)
        assert (given.answer, given.quotes) == (alone.answer, alone.quotes)
        assert {hit.passage_id: hit.score for hit in given.hits} == scores_of(alone.hits)
        assert given.confidence == pytest.approx(alone.confidence, abs=1e-4)
    assert sum(isinstance(one, Answer) and one.answered for one in together) > 5


@pytest.mark.model
@pytest.mark.parametrize(("threads", "processes"), [(1, False), (3, False), (2, True)])
def test_the_same_questions_have_the_very_same_answers_whoever_works_on_them(
    sample, minilm, threads, processes
):
    asked = [Asked(question) for question in (WHY, *QUESTIONS)]
    given = answer_many(sample, minilm, asked, settings=SETTINGS, threads=threads, processes=processes)
    again = answer_many(sample, minilm, asked, settings=SETTINGS)
    assert [lasting(one) for one in given] == [lasting(one) for one in again]


@pytest.mark.model
@pytest.mark.parametrize("begin", [1, 17, len(QUESTIONS), *slow(0, 15, 16, 40)])
def test_who_goes_on_from_a_question_has_the_very_same_answers(sample, minilm, begin):
    asked = [Asked(question) for question in QUESTIONS]
    whole = [lasting(one) for one in answer_many(sample, minilm, asked, settings=SETTINGS)]
    rest = answer_many(sample, minilm, asked, settings=SETTINGS, begin=begin)
    assert [lasting(one) for one in rest] == whole[begin:]


@pytest.mark.model
def test_each_search_finds_what_it_finds_alone(sample, minilm):
    asked = [Asked(f'"partially agreed" {number}', Filters(kind="minutes")) for number in range(20)]
    asked += [Asked(question) for question in QUESTIONS]
    for one, found in zip(asked, search_many(sample, minilm, asked, k=3), strict=True):
        alone = search(sample, minilm, one.question, filters=one.filters, k=3)
        assert isinstance(found, Found)
        assert {hit.passage_id: hit.score for hit in found.hits} == scores_of(alone.hits)
        assert (found.interpreted, found.notes) == (alone.interpreted, alone.notes)


class Counting:
    """An embedder that tells what it was given to read."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self.read: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed texts, and remember them."""
        self.read += texts
        return self.embedder.embed_queries(texts)


@pytest.mark.model
def test_a_question_to_several_councils_is_read_once(sample, minilm):
    counting = Counting(minilm)
    councils = ("haringey", "haringey council", "nowhere", "")
    asked = [Asked(WHY, Filters(council=council)) for council in councils]
    given = list(answer_many(sample, counting, asked, settings=SETTINGS))
    assert counting.read == [WHY]
    assert [isinstance(one, Answer) and one.answered for one in given] == [True, True, False, True]


@pytest.mark.model
def test_what_cannot_be_asked_stands_in_its_place(sample, minilm):
    asked = [Asked(""), Asked(WHY), Asked("x" * 3_000), Asked("???"), Asked(WHY)]
    empty, why, long, wordless, again = answer_many(sample, minilm, asked, settings=SETTINGS)
    assert [type(one) for one in (empty, long, wordless)] == [UsageError] * 3
    assert "empty" in str(empty)
    assert lasting(why) == lasting(again)
    assert isinstance(why, Answer)
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
    assert isinstance(answers, Generator)
    for _ in range(20):
        next(answers)
    assert read <= 3 * module.BATCH
    answers.close()
    assert active_count() == before
