import numpy as np
import pytest

from corpus.errors import GenerationError
from index.cues import CUES, bit, cues_in
from index.lexical import terms
from index.question import QuestionKind
from index.sentence_table import SentenceTable, SentenceTableWriter, sentences_of
from index.telling import telling

PASSAGES = [
    "12. Mill Bridge\n\nThe surveyor reported on the bridge. It was closed because the piers had cracked.",
    "",
    "RESOLVED that £40,000 be spent on the piers.",
]


@pytest.fixture
def table(tmp_path) -> SentenceTable:
    writer = SentenceTableWriter(tmp_path / "sentences")
    for passage in PASSAGES:
        writer.add(passage)
    writer.close()
    return SentenceTable(tmp_path / "sentences")


def test_headings_are_no_sentences_unless_they_are_all_there_is():
    assert sentences_of(PASSAGES[0]) == [
        "The surveyor reported on the bridge.",
        "It was closed because the piers had cracked.",
    ]
    assert sentences_of("MILL BRIDGE") == ["MILL BRIDGE"]


def test_every_sentence_tells_which_terms_it_holds(table):
    words = terms("bridge piers")
    met = table.met([2, 0, 1], words)
    assert table.count == 3
    assert met.passage.tolist() == [0, 1, 1]
    assert met.terms.tolist() == [[False, True], [True, False], [False, True]]


def test_a_query_without_terms_and_passages_without_sentences_are_no_trouble(table):
    assert table.met([1], terms("bridge")).terms.shape == (0, 1)
    assert table.met([0, 2], []).terms.shape == (3, 0)
    assert table.met([], terms("bridge")).passage.tolist() == []


def test_sentences_know_what_they_can_answer(table):
    met = table.met([0, 2], [])
    assert [bool(cues & bit(QuestionKind.WHY)) for cues in met.cues] == [False, True, False]
    assert [bool(cues & bit(QuestionKind.HOW_MUCH)) for cues in met.cues] == [False, False, True]


def test_every_kind_of_cue_has_a_bit_of_its_own_in_a_byte():
    assert len({bit(kind) for kind in CUES}) == len(CUES) <= 8
    assert bit(QuestionKind.OTHER) == 0
    assert cues_in("") == 0


@pytest.mark.parametrize("name", ["first", "bounds", "terms", "cues"])
def test_a_damaged_table_is_an_error_with_the_remedy(table, tmp_path, name):
    path = tmp_path / "sentences" / name
    for damage in (lambda: path.write_bytes(path.read_bytes()[:-1]), path.unlink):
        damage()
        with pytest.raises(GenerationError, match="run: minutebook index"):
            SentenceTable(tmp_path / "sentences")


def gains(table: SentenceTable, question: str, headings: list[str], cue: int = 0) -> list[float]:
    words = terms(question)
    met = table.met([0, 1, 2], words)
    return telling(met, headings, words, np.ones(len(words)), cue).tolist()


def test_the_sentence_that_meets_most_counts_and_the_heading_counts_with_it(table):
    plain = gains(table, "bridge piers cracked", ["", "", ""])
    headed = gains(table, "bridge piers cracked", ["Mill Bridge"] * 3)
    assert plain[0] > plain[2] > plain[1] == 0
    assert headed[0] > plain[0]
    assert headed[2] > plain[2]


def test_what_only_repeats_the_heading_gains_nothing_for_the_rest(table):
    introduces, answers = gains(table, "bridge surveyor piers", ["Mill Bridge surveyor", "", ""])[0], 0.0
    answers = gains(table, "bridge piers cracked", ["Mill Bridge", "", ""])[0]
    assert answers > 0
    assert introduces > 0
    without = gains(table, "surveyor reported", ["The surveyor reported", "", "The surveyor reported"])
    assert without[2] == without[0], "both meet the question by their heading alone, and nothing is left"


def test_words_that_answer_the_kind_of_question_gain(table):
    why = gains(table, "piers", ["", "", ""], bit(QuestionKind.WHY))
    assert why[0] > why[2]
    how_much = gains(table, "piers", ["", "", ""], bit(QuestionKind.HOW_MUCH))
    assert how_much[2] > how_much[0]
