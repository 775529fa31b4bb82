from typing import Any

import numpy as np
import pytest

from index.answering.choosing import FLOOR, Chosen, choose, quotable, whole
from index.evidence import Evidence, Weigher
from index.passage_table import StoredPassage
from index.question import understand
from index.units import Unit, units_of
from tests.factories import make_document


def passage_of(text: str, **fields: Any) -> StoredPassage:
    document = make_document(text=text, **fields)
    return StoredPassage(0, document, "", 0, len(text), f"{document.council} · {document.title}", 0)


def evidence_of(question: str, *passages: StoredPassage) -> list[Evidence]:
    weigher = Weigher(understand(question), lambda term: 3, 100)
    return [weigher.weigh(unit, 0.5, 0.5) for passage in passages for unit in units_of(passage)]


def quoted(question: str, passages: list[StoredPassage], chances: list[float], most: int = 6) -> list[str]:
    evidence = evidence_of(question, *passages)
    assert len(evidence) == len(chances), [one.unit.text for one in evidence]
    chosen = choose(understand(question), evidence, np.asarray(chances), most)
    assert all(one.document.text[one.start : one.end].strip() for one in chosen)
    return [" ".join(one.document.text[one.start : one.end].split()) for one in chosen]


FERRY = passage_of(
    "The ferry will run from the old quay again.\n\nThe mill pond was dredged by a local firm.\n\n"
    "Members thanked the ferryman warmly.\n\nThe fares were put at two pounds a head."
)


def test_one_sentence_is_quoted_where_one_answers():
    assert quoted("What are the fares?", [FERRY], [0.1, 0.02, 0.05, 0.9]) == [
        "The fares were put at two pounds a head."
    ]


def test_a_further_sentence_needs_a_share_of_the_best_chance_and_a_chance_of_its_own():
    assert len(quoted("What are the fares?", [FERRY], [0.5, 0.02, 0.05, 0.9])) == 2
    assert len(quoted("What are the fares?", [FERRY], [0.9 * FLOOR, 0.0, 0.0, FLOOR])) == 1


def test_no_more_is_quoted_than_is_allowed():
    assert len(quoted("What are the fares?", [FERRY], [0.9, 0.9, 0.9, 0.9], most=2)) == 2


def test_the_same_words_are_quoted_once():
    again = passage_of("The fares were put at two pounds a head.", id="again")
    assert quoted("What are the fares?", [FERRY, again], [0.0, 0.0, 0.0, 0.9, 0.9]) == [
        "The fares were put at two pounds a head."
    ]


def test_what_a_document_repeats_is_quoted_where_it_is_said_first():
    text = "The fares were put at two pounds.\n\nIt rained.\n\nThe fares were put at two pounds."
    evidence = evidence_of("What are the fares?", passage_of(text))
    (only,) = choose(understand("What are the fares?"), evidence, np.asarray([0.1, 0.0, 0.9]), 6)
    assert only.start == 0


def test_what_two_documents_of_one_meeting_say_differently_is_quoted_from_both():
    text = "The committee agreed to put the fares on the ferry at {} pounds a head from the spring."
    draft, final = (passage_of(text.format(price), id=price, title=price) for price in ("two", "three"))
    assert len(quoted("What are the fares?", [draft, final], [0.9, 0.05])) == 2


def test_a_motion_is_quoted_with_what_became_of_it():
    motion = passage_of(
        "Moved by Cllr Fenn, seconded by Cllr Vane, that the ferry be run again.\n\nCarried.\n\n"
        "The clerk left the room at nine."
    )
    assert quoted("What was decided about the ferry?", [motion], [0.9, 0.0, 0.0]) == [
        "Moved by Cllr Fenn, seconded by Cllr Vane, that the ferry be run again. Carried."
    ]


def test_an_introduction_is_quoted_with_what_it_introduces():
    fares = passage_of("The fares were set as follows:\n\n- adults two pounds a head\n- children nothing")
    (only,) = quoted("What are the fares?", [fares], [0.9, 0.0, 0.0])
    assert only.startswith("The fares were set as follows:")
    assert "adults two pounds" in only


@pytest.mark.parametrize(
    "text",
    [
        "https://ferry.example/fares/2026/table",
        "[The table of fares](https://ferry.example/fares)",
        "The fares of the ferry and the state of its ropes ........ 12",
    ],
)
def test_links_and_lines_of_contents_are_never_quoted(text):
    passage = passage_of(text)
    assert not quotable(Unit(passage, 0, len(text), ""))


def test_nothing_is_chosen_where_nothing_can_be_quoted():
    assert choose(understand("What are the fares?"), [], np.zeros(0), 6) == []
    link = passage_of("https://ferry.example/fares/2026/table")
    evidence = evidence_of("What are the fares?", link)
    assert choose(understand("What are the fares?"), evidence, np.full(len(evidence), 0.9), 6) == []


def test_the_same_chances_give_the_same_choice():
    evidence = evidence_of("What are the fares?", FERRY)
    chances = np.asarray([0.5, 0.5, 0.5, 0.5])
    first: list[Chosen] = choose(understand("What are the fares?"), evidence, chances, 2)
    again = choose(understand("What are the fares?"), evidence, chances, 2)
    assert [one.start for one in first] == [one.start for one in again]


def test_what_is_made_whole_is_still_a_slice_of_the_text():
    (first, second) = (one.unit for one in evidence_of("x", passage_of("It rained. He left early.")))
    made = whole(second, first)
    assert made.text == "It rained. He left early."
