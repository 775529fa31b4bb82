import numpy as np
import pytest

from corpus.errors import GenerationError
from index.arrays import coarse
from index.cues import CUES, bit, cues_in
from index.lexical import terms
from index.question import QuestionKind
from index.sentence_table import SentenceTable, SentenceTableWriter, spans_of

PASSAGES = [
    "12. Mill Bridge\n\nThe surveyor reported on the bridge. It was closed because the piers had cracked.",
    "",
    "RESOLVED that £40,000 be spent on the piers.",
]


def write(folder, headings, embedder) -> SentenceTable:
    writer = SentenceTableWriter(folder)
    for passage, heading in zip(PASSAGES, headings, strict=True):
        sentences = [passage[start:end] for start, end in spans_of(passage)]
        writer.add(sentences, heading, coarse(embedder.embed_passages(sentences)))
    writer.close()
    return SentenceTable(folder)


@pytest.fixture
def table(tmp_path, hash_embedder) -> SentenceTable:
    return write(tmp_path / "sentences", ["Mill Bridge", "", ""], hash_embedder)


def test_headings_are_no_sentences_unless_they_are_all_there_is():
    assert [PASSAGES[0][start:end] for start, end in spans_of(PASSAGES[0])] == [
        "The surveyor reported on the bridge.",
        "It was closed because the piers had cracked.",
    ]
    assert spans_of("MILL BRIDGE") == [(0, 11)]


def test_every_sentence_tells_which_terms_it_holds(table):
    words = terms("bridge piers")
    met = table.met([2, 0, 1], words)
    assert table.count == 3
    assert met.passage.tolist() == [0, 1, 1, 2]
    assert met.terms.tolist() == [[False, True], [True, False], [False, True], [False, False]]
    assert met.above.tolist() == [[False, False], [True, False], [False, False]]


def test_a_query_without_terms_and_no_passages_are_no_trouble(table):
    assert table.met([1], terms("bridge")).terms.tolist() == [[False]]
    assert table.met([0, 2], []).terms.shape == (3, 0)
    empty = table.met([], terms("bridge"))
    assert (empty.passage.tolist(), empty.terms.shape, empty.above.shape) == ([], (0, 1), (0, 1))


def test_every_sentence_has_its_vector(table, hash_embedder):
    query = 3 * hash_embedder.embed_queries(["the bridge piers"])[0]
    cosines = table.cosines([2, 0], query)
    sentences = [PASSAGES[row][start:end] for row in (2, 0) for start, end in spans_of(PASSAGES[row])]
    assert [len(own) for own in cosines] == [1, 2]
    assert table.cosines([], query) == []
    expected = hash_embedder.embed_passages(sentences) @ query / 3
    np.testing.assert_allclose(np.concatenate(cosines), expected, atol=0.01)


def test_sentences_know_what_they_can_answer(table):
    met = table.met([0, 2], [])
    assert [bool(cues & bit(QuestionKind.WHY)) for cues in met.cues] == [False, True, False]
    assert [bool(cues & bit(QuestionKind.HOW_MUCH)) for cues in met.cues] == [False, False, True]


def test_every_kind_of_cue_has_a_bit_of_its_own_in_a_byte():
    assert len({bit(kind) for kind in CUES}) == len(CUES) <= 8
    assert bit(QuestionKind.OTHER) == 0
    assert cues_in("") == 0


@pytest.mark.parametrize("name", ["first", "bounds", "terms", "cues", "headings", "above", "vectors"])
def test_a_damaged_table_is_an_error_with_the_remedy(table, tmp_path, name):
    path = tmp_path / "sentences" / name
    for damage in (lambda: path.write_bytes(path.read_bytes()[:-1]), path.unlink):
        damage()
        with pytest.raises(GenerationError, match="run: minutebook index"):
            SentenceTable(tmp_path / "sentences")
