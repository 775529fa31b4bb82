import numpy as np

from index.sentence_table import Met
from index.telling import telling

ALIKE = np.ones(3)


def met(*passages, above, cues=None) -> Met:
    """Return what the sentences of some passages hold of three terms, a row of 0 and 1 for each sentence."""
    sentences = [sentence for passage in passages for sentence in passage]
    return Met(
        passage=np.repeat(np.arange(len(passages)), [len(passage) for passage in passages]),
        terms=np.asarray(sentences, dtype=bool).reshape(-1, 3),
        cues=np.asarray(cues or [0] * len(sentences), dtype=np.uint8),
        above=np.asarray(above, dtype=bool),
    )


def test_the_sentence_that_meets_most_counts_and_the_heading_counts_with_it():
    told = telling(met([[1, 0, 0], [0, 1, 1]], [[0, 1, 0]], above=[[0, 0, 0], [1, 0, 0]]), ALIKE, 0)
    np.testing.assert_allclose(told.whole, [2 / 3, 2 / 3])


def test_what_only_repeats_the_heading_gains_nothing_for_the_rest():
    told = telling(met([[1, 0, 0]], [[0, 1, 0]], above=[[1, 0, 0], [1, 0, 0]]), ALIKE, 0)
    np.testing.assert_allclose(told.rest, [0, 1 / 2])


def test_where_the_heading_meets_all_nothing_is_left_to_meet():
    told = telling(met([[0, 0, 0]], above=[[1, 1, 1]]), ALIKE, 0)
    np.testing.assert_allclose((told.whole[0], told.rest[0]), (1, 1))


def test_words_count_by_their_weights():
    told = telling(met([[1, 0, 0]], [[0, 0, 1]], above=np.zeros((2, 3))), np.asarray([6.0, 1, 1]), 0)
    np.testing.assert_allclose(told.whole, [6 / 8, 1 / 8])


def test_only_a_sentence_that_can_answer_the_kind_of_question_counts_as_cued():
    passages = met([[1, 1, 1], [1, 0, 0]], [[1, 1, 0]], above=np.zeros((2, 3)), cues=[2, 1, 2])
    np.testing.assert_allclose(telling(passages, ALIKE, 1).cued, [1 / 3, 0])
    np.testing.assert_allclose(telling(passages, ALIKE, 0).cued, [1, 2 / 3])


def test_without_words_nothing_is_told():
    nothing = Met(
        np.zeros(0, np.int64), np.zeros((0, 0), bool), np.zeros(0, np.uint8), np.zeros((2, 0), bool)
    )
    np.testing.assert_array_equal(telling(nothing, np.zeros(0), 0).whole, [0, 0])


def test_a_passage_without_sentences_tells_nothing():
    told = telling(met([], [[1, 0, 0]], above=np.zeros((2, 3))), ALIKE, 0)
    np.testing.assert_allclose(told.whole, [0, 1 / 3])
