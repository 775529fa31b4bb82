import numpy as np

from index.features import BEST, TOLD, WIDTHS, Features, Setting, Weights, features_of, weighed
from index.fusion import around, best_of_document
from index.learned import BY_HAND, MINUTES, VERBATIM
from index.telling import Telling

DENSE, LEXICAL = np.asarray([0.5, 0.0, 1.0]), np.asarray([1.0, 0.0, 0.25])
TOLD_OF = Telling(np.asarray([0.1, 0.2, 0.3]), np.asarray([0.0, 1.0, 0.0]), np.asarray([0.4, 0.0, 0.0]))
SETTING = Setting(np.asarray([0.0, 1.0, 0.5]), np.asarray([1.0, 0.0, 0.0]))
ROWS, DOCUMENTS = np.asarray([4, 5, 9]), np.asarray([1, 1, 2])


def test_every_feature_has_its_weight():
    assert Features._fields == Weights._fields
    assert len(Features._fields) == 2 + len(Telling._fields + Setting._fields) + len(WIDTHS) + len(BEST)


def test_features_are_the_scores_and_what_stands_round_them():
    made = features_of(DENSE, LEXICAL, TOLD_OF, SETTING, ROWS, DOCUMENTS)
    together = DENSE + LEXICAL + sum(share * one for share, one in zip(TOLD, TOLD_OF, strict=True))
    assert made[:7] == (DENSE, LEXICAL, *TOLD_OF, *SETTING)
    np.testing.assert_allclose(made.region, around(together, ROWS, DOCUMENTS, WIDTHS[2]))
    np.testing.assert_allclose(made.ten, best_of_document(together, DOCUMENTS, BEST[2]))


def test_a_score_is_what_the_features_are_worth_together():
    made = features_of(DENSE, LEXICAL, TOLD_OF, SETTING, ROWS, DOCUMENTS)
    np.testing.assert_allclose(weighed(made, Weights(dense=2, rest=-1)), 2 * DENSE - TOLD_OF.rest)
    np.testing.assert_allclose(weighed(made, MINUTES), made.matrix() @ np.asarray(MINUTES))


def test_without_context_each_candidate_stands_alone():
    alone = features_of(DENSE, LEXICAL, TOLD_OF, SETTING, ROWS, DOCUMENTS).without_context()
    assert alone[:7] == (DENSE, LEXICAL, *TOLD_OF, *SETTING)
    assert not np.any(alone[7:])


def test_a_better_passage_is_worth_more_whichever_weights_are_taken():
    worse, better = np.asarray([0.2]), np.asarray([0.9])
    for weights in (BY_HAND, MINUTES, VERBATIM):
        low, high = (weighed(_alone(value), weights) for value in (worse, better))
        assert high > low


def _alone(value) -> Features:
    told, setting = Telling(value, value, value), Setting(value, value)
    return features_of(value, value, told, setting, ROWS[:1], DOCUMENTS[:1])
