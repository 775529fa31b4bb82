from typing import Any

import pytest

from index.evidence import Evidence, Weigher
from index.passage_table import StoredPassage
from index.question import understand
from index.units import Unit
from tests.factories import make_document

#: In how many of a hundred passages a term stands.
FREQUENCIES = {"bridg": 40, "rust": 2, "recommend": 30, "cost": 20}


def unit(text: str, role: str = "", **fields: Any) -> Unit:
    document = make_document(text=text, **fields)
    passage = StoredPassage(0, document, role, 0, len(text), f"{document.council} · {document.title}", 0)
    return Unit(passage, 0, len(text), role)


def weigher(question: str, passages: int = 100) -> Weigher:
    return Weigher(understand(question), lambda term: FREQUENCIES.get(term, 0), passages)


def weigh(question: str, text: str, role: str = "", cosine: float = 0.5, share: float = 0.5) -> Evidence:
    return weigher(question).weigh(unit(text, role), cosine, share)


def better(question: str, first: tuple[str, str], second: tuple[str, str]) -> bool:
    return weigh(question, *first).score > weigh(question, *second).score


def test_a_rare_word_tells_more_than_a_frequent_one():
    weights = weigher("Is the bridge rusted?").weights
    assert weights["rust"] > weights["bridg"]
    assert better("Is the bridge rusted?", ("The rust is deep.", ""), ("The bridge is long.", ""))


def test_coverage_is_a_share_of_the_words_in_any_of_their_forms():
    rusted = weigher("Is the bridge rusted?")
    assert rusted.coverage("Bridges rust.") == pytest.approx(1)
    assert rusted.coverage("Nothing.") == 0
    assert 0 < rusted.coverage("A bridge.") < 0.5 < rusted.coverage("Rusty.") < 1
    assert rusted.coverage("A bridge.", "Rust.") == pytest.approx(1)


def test_what_little_text_never_holds_tells_less_than_what_much_text_never_holds():
    little = Weigher(understand("xylophone bridge"), lambda term: int(term == "bridg"), 5)
    much = Weigher(understand("xylophone bridge"), lambda term: int(term == "bridg"), 5_000)
    assert little.coverage("A bridge.") > much.coverage("A bridge.")


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Why was it closed?", ("Because the piers had rusted.", ""), ("The piers were long.", "")),
        ("Why was it closed?", ("It was old.", "reasons for decision"), ("It was old.", "minutes")),
        ("What was decided?", ("To close it.", "resolved"), ("It was old.", "minutes")),
        ("Who asked?", ("Cllr Fenn spoke.", ""), ("the piers spoke.", "")),
        ("When was it closed?", ("It was on 3 May 2026.", ""), ("It was at the mill.", "")),
        ("How much will it cost?", ("It is £84,000.", ""), ("It is a lot.", "")),
        ("How many piers are there?", ("There are two piers.", ""), ("There are piers.", "")),
    ],
)
def test_each_kind_of_question_has_its_form_of_answer(question, right, wrong):
    assert better(question, right, wrong)


def test_another_reference_speaks_against_a_sentence():
    question = "What about recommendation 12?"
    right = weigh(question, "Recommendation 12 was agreed.")
    none = weigh(question, "It was agreed.")
    other = weigh(question, "Recommendation 9 was agreed.")
    assert right.referenced
    assert not other.referenced
    assert right.score > none.score > other.score - 0.4
    assert other.score < none.score


def test_an_introduction_says_nothing_without_what_follows():
    question = "What was noted?"
    assert better(question, ("The following was noted by all.", ""), ("The following was noted by all:", ""))


def test_the_name_of_the_body_is_met_by_every_sentence_of_its_minutes():
    question = "What did the Ashmere Borough Council close?"
    named, plain = weigh(question, "The Ashmere Borough Council met."), weigh(question, "The members met.")
    assert named.coverage == plain.coverage


@pytest.mark.parametrize(("cosine", "share"), [(0.5, 0.5), (0.9, 0.5), (0.5, 0.9)])
def test_meaning_and_a_good_passage_speak_for_a_sentence(cosine, share):
    least = weigh("Is the bridge rusted?", "The rust is deep.", cosine=0.4, share=0.4)
    assert weigh("Is the bridge rusted?", "The rust is deep.", cosine=cosine, share=share).score > least.score


def test_a_question_without_telling_words_covers_nothing():
    assert weigher("?").coverage("The bridge.") in (0, 1)
