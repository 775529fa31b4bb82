from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.question import QuestionKind, understand, weight
from index.references import find_references


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Why was the mill bridge closed?", QuestionKind.WHY),
        ("What were the reasons for closing the bridge?", QuestionKind.WHY),
        ("On what grounds was the ferry stopped?", QuestionKind.WHY),
        ("What led to the closure?", QuestionKind.WHY),
        ("When will the bridge open?", QuestionKind.WHEN),
        ("In what year was the bridge built?", QuestionKind.WHEN),
        ("How much will the new piers cost?", QuestionKind.HOW_MUCH),
        ("What are the fees for the ferry?", QuestionKind.HOW_MUCH),
        ("How many people use the ford?", QuestionKind.HOW_MANY),
        ("What proportion of the piers is sound?", QuestionKind.HOW_MANY),
        ("What was decided about the bridge?", QuestionKind.DECISION),
        ("What did the Committee resolve?", QuestionKind.DECISION),
        ("Was the motion on the ferry carried?", QuestionKind.DECISION),
        ("Who spoke for the ferry?", QuestionKind.WHO),
        ("Which councillors spoke?", QuestionKind.WHO),
        ("WHO SPOKE FOR THE FERRY", QuestionKind.WHO),
        ("What is said about the ferry?", QuestionKind.OTHER),
        ("mill bridge", QuestionKind.OTHER),
        ("ferry fees", QuestionKind.OTHER),
        ("whoever it whyed", QuestionKind.OTHER),
    ],
)
def test_a_question_is_of_a_kind(question, kind):
    assert understand(question).kind is kind


def test_a_question_is_understood_with_its_telling_words_and_its_references():
    question = understand(
        "Why was recommendation 12 on the mill bridge refused, the mill bridge of 24/00108?"
    )
    assert question.text.startswith("Why was")
    assert question.references == ("recommendation 12", "24/00108")
    assert [word for word in question.roots if word in ("mill", "bridg")] == ["mill", "bridg"]
    assert not {"why", "was", "the", "on", "of"} & set(question.roots)


def test_a_question_of_nothing_but_small_words_keeps_them():
    assert understand("Who was it?").roots


def test_words_by_which_people_ask_weigh_less_than_the_matter():
    (asked,), (matter,) = understand("discussed").roots, understand("bridge").roots
    assert 0 < weight(asked) < weight(matter) == 1


@given(st.text())
def test_any_text_can_be_a_question(text):
    question = understand(text)
    assert question.text == text
    assert question.references == find_references(text)
    assert len(question.roots) == len(set(question.roots))
    assert all(0 < weight(word) <= 1 for word in question.roots)


@pytest.mark.parametrize("text", ["was ", "what did ", "costs ", "what was ", "why", "a", " "])
def test_long_questions_are_understood_in_time(text):
    started = perf_counter()
    understand(text * (2_000 // len(text)))
    assert perf_counter() - started < 1
