import numpy as np
import pytest

from index.answering.features import Candidates, Looked, describe
from index.answering.fillers import Asked, wish_of
from index.evidence import Weigher
from index.passage_table import StoredPassage
from index.question import understand
from index.units import units_of
from tests.factories import make_document

TEXT = (
    "The mill bridge was closed because both piers had rusted through.\n\n"
    "Cllr Fenn said that the repair would cost £48,000.\n\nCarried.\n\n"
    "The tender was awarded to Vane Brothers on 4 May 2026.\n\nThe dates are as follows:"
)


def look_at(question: str, *texts: str) -> Candidates:
    weigher = Weigher(understand(question), lambda term: 3, 100)
    looked, groups = [], []
    for rank, text in enumerate(texts):
        document = make_document(f"ashmere/{rank}", text)
        passage = StoredPassage(rank, document, "", 0, len(text), f"{document.council} · {document.title}", 0)
        looked.append(Looked(passage, 1.0 - rank / 10, 2.0 - rank, rank, 0.5, 0.5))
        groups.append([weigher.weigh(unit, 0.1 * n, 0.5) for n, unit in enumerate(units_of(passage))])
    return describe(looked, groups, weigher)


def column(question: str, name: str, text: str = TEXT) -> list[float]:
    return look_at(question, text).columns[name].round(3).tolist()


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Why was the mill bridge closed?", 0),
        ("How much would the repair cost?", 1),
        ("Which contractor got the tender?", 3),
        ("When was the tender awarded?", 3),
    ],
)
def test_what_could_answer_is_seen_in_the_sentence_that_holds_it(question, best):
    assert int(np.argmax(column(question, "fitting near"))) == best
    assert column(question, "fitting new")[best] > 0


def test_what_the_question_itself_names_does_not_answer_it():
    assert column("Who met Cllr Fenn?", "fitting new")[1] < column("Who met Cllr Fenn?", "fitting")[1]


def test_the_form_of_a_line_is_seen():
    assert column("x", "introduces") == [0, 0, 0, 0, 1]
    assert column("x", "outcome") == [0, 0, 1, 0, 0]
    assert column("x", "outcome follows") == [0, 1, 0, 0, 0]
    assert column("x", "place") == [0, 1, 2, 3, 4]
    assert column("x", "amounts") == [0, 1, 0, 0, 0]


def test_neighbours_are_those_of_the_same_passage():
    found = look_at("Was the bridge closed?", "The bridge was closed.", "It rained.")
    assert found.columns["met before"].tolist() == [0, 0]
    assert found.columns["met after"].tolist() == [0, 0]
    together = look_at("Was the bridge closed?", "The bridge was closed. It rained.")
    assert together.columns["coverage"][0] > 0
    assert together.columns["met before"][1] == together.columns["coverage"][0]


def test_every_column_has_a_number_for_every_sentence():
    found = look_at("How much would the repair of the mill bridge cost?", TEXT, "It rained.")
    matrix = found.matrix(tuple(found.columns))
    assert matrix.shape == (6, len(found.columns))
    assert np.isfinite(matrix).all()
    assert found.passage.tolist() == [0, 0, 0, 0, 0, 1]


def test_without_sentences_nothing_is_known():
    assert look_at("Was the bridge closed?").evidence == ()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Why was the bridge closed?", Asked.REASON),
        ("When does the ferry run?", Asked.DAY),
        ("How much was the repair?", Asked.MONEY),
        ("What did the repair cost?", Asked.MONEY),
        ("How many piers have rusted?", Asked.COUNT),
        ("Where is the ferry moored?", Asked.PLACE),
        ("Who closed the bridge?", Asked.PERSON),
        ("Which contractor repaired it?", Asked.PERSON),
        ("What was resolved about the ferry?", Asked.DECISION),
        ("How is the ferry steered?", Asked.MANNER),
        ("Did the ferry sink?", Asked.YES_NO),
        ("What colour is the ferry?", Asked.THING),
    ],
)
def test_what_is_asked_for_is_known_by_the_question(question, asked):
    assert wish_of(question).asked is asked


def test_the_noun_that_is_asked_for_is_the_one_behind_the_asking_word():
    assert wish_of("Which contractor repaired the bridge?").nouns[0] == "contract"
    assert wish_of("What is the fare?").nouns == ()
