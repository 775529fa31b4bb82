import numpy as np

from index.embedding import HashEmbedder
from index.evaluation.teaching import KEPT, Example, Lesson, fit, held_out, lessons, main
from tests.index.evaluation.conftest import BRIDGE, LOST, REFUSED, url

NEAR_MISS = BRIDGE.model_copy(
    update={"id": "near", "question": "Who closed the mill bridge?", "spans": (), "excerpt": (0, 60)}
)


def example(council: str, seed: int) -> Example:
    """Return invented sentences of which those are right whose first feature is large."""
    rows = np.random.default_rng(seed).normal(size=(300, 2)).astype(np.float32)
    right = rows[:, 0] > 1
    return Example(council, rows, right, right | (rows[:, 1] > 0), np.ones(300, dtype=bool))


def test_a_lesson_knows_the_right_sentences_and_what_nothing_can_be_learned_from(minutes):
    names, (bridge, ferry, near) = lessons([BRIDGE, REFUSED, LOST, NEAR_MISS], minutes, HashEmbedder())
    for lesson in (bridge, ferry):
        assert lesson.whole is not None
        assert lesson.whole.rows.shape == (len(lesson.whole.right), len(names))
        assert lesson.whole.right.any()
        assert lesson.whole.taught[lesson.whole.right].all()
        assert lesson.excerpt is None  # the questions do not say over which excerpt they hold
    assert near.whole is not None
    assert not near.whole.right.any()
    # Elsewhere a near miss may be answered.
    assert 0 < near.whole.taught.sum() < len(near.whole.taught)
    assert near.excerpt is not None
    assert near.excerpt.taught.any()
    assert url("bridge") == NEAR_MISS.url


def test_the_same_examples_give_the_same_trees():
    taught = [example("Ashmere", 1), example("Millbrook", 2)]
    first, second = (fit(taught, ("a", "b")) for _ in range(2))
    rows = example("Hobbs Quay", 3).rows
    assert first.chances(rows).tolist() == second.chances(rows).tolist()
    assert first.names == ("a", "b")
    assert 0 < KEPT < 1


def test_trees_are_judged_by_councils_that_they_have_not_seen():
    found = [Lesson(example(f"council {n}", n), None) for n in range(4)]
    assert held_out([*found, Lesson(None, None)], ("a", "b")) == 1


def test_what_is_missing_is_said(capsys):
    assert main(["data", "trees.npz"]) == 2
    assert "name an indexed data directory" in capsys.readouterr().err
