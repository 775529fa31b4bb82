import json
from importlib import import_module

import numpy as np
import pytest

from index.evaluation import learning
from index.evaluation.learning import Example, cross_validated, figures, fit
from index.evaluation.questions import Question
from index.evaluation.ranking import Judged
from index.evaluation.relevance import Gold
from index.features import Weights
from tests.factories import make_document, make_generation

WIDTH = len(Weights._fields)


def example(number: int, group: str, telling: int) -> Example:
    """Return a question whose right candidate is the one with most of feature `telling`."""
    draws = np.random.default_rng(number).random((8, WIDTH))
    right = np.arange(8) == int(draws[:, telling].argmax())
    question = Question(id=str(number), question="Why?", url="x", spans=((0, 1),))
    rows = np.flatnonzero(right).tolist()
    return Example(Judged(Gold(question), dict.fromkeys(rows, 7)), group, list(range(8)), draws, right)


def test_weights_find_the_feature_that_tells():
    learned = [example(number, str(number), telling=3) for number in range(60)]
    weights = fit(learned)
    assert weights.argmax() == 3
    found = figures(learned, [one.features @ weights for one in learned])
    assert found["found@1"] > 0.9
    assert found["found@1"] <= found["found@5"] <= 1


def test_no_other_weights_lose_less():
    learned = [example(number, "a", telling=1) for number in range(6)]
    better = fit(learned, ridge=1e-3)
    for place in range(WIDTH):
        moved = better + 0.5 * (np.arange(WIDTH) == place)
        assert _loss(learned, moved) > _loss(learned, better)


def _loss(learned, weights, ridge=1e-3):
    total = ridge * float(weights @ weights)
    for one in learned:
        scores = one.features @ weights
        right, others = scores[one.right], scores[~one.right]
        total += float(np.mean(np.log(np.exp(right) + np.exp(others).sum()) - right)) / len(learned)
    return total


def test_no_weights_judge_the_group_that_made_them():
    learned = [example(number, "odd", telling=2) for number in range(20)]
    learned += [example(number, f"g{number % 4}", telling=5) for number in range(100, 180)]
    weights = fit(learned)
    fitted = figures(learned[:20], [one.features @ weights for one in learned[:20]])
    judged = figures(learned[:20], cross_validated(learned, folds=5)[:20])
    assert judged["found@1"] < fitted["found@1"], "only its own questions teach what tells in this group"


@pytest.fixture
def indexed(tmp_path, monkeypatch, hash_embedder):
    """A data directory, and questions that it answers and one that it does not."""
    documents = [
        make_document(
            f"d{number}", f"The {word} was closed because its roof leaked. RESOLVED to mend it.", title=word
        )
        for number, word in enumerate(("bridge", "library", "school", "market", "pool", "park") * 2)
    ]
    make_generation(tmp_path, documents).close()
    questions = [
        {"id": str(n), "question": f"Why was the {one.title} closed?", "url": one.url, "spans": [[0, 20]]}
        for n, one in enumerate(documents)
    ] + [{"id": f"u{n}", "question": f"Who flew the balloon {n}?", "answerable": False} for n in range(12)]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, questions)))
    for script in ("learning", "calibrating"):
        monkeypatch.setattr(f"index.evaluation.{script}.load_embedder", lambda settings: hash_embedder)
    return str(tmp_path), str(file)


def test_the_scripts_print_weights_and_what_they_are_worth_elsewhere(indexed, capsys):
    from index.evaluation import calibrating  # it loads scikit-learn

    assert learning.main(indexed) == 0
    assert calibrating.main(indexed) == 0
    printed = capsys.readouterr().out
    assert "Weights(dense=" in printed
    assert "cross-validated: found@1 " in printed
    assert "cross-validated: area " in printed


@pytest.mark.parametrize("script", ["learning", "calibrating"])
def test_a_script_says_what_it_needs(script, capsys):
    assert import_module(f"index.evaluation.{script}").main([]) == 2
    assert "name an indexed data directory" in capsys.readouterr().err
