"""Learns the weights of `index.learned` from questions with known answers.

    python -m index.evaluation.learning DATA QUESTIONS

DATA is a data directory whose minutes are indexed. Weights are fitted once to all questions, which is what
is printed, and once without each fifth of the councils (of the meetings, where records are verbatim), which
tells what they are worth where they were not fitted: questions of one council never judge weights that they
made.
"""

import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_expit, logsumexp

from index.arrays import Array
from index.candidates import find_candidates
from index.embedding import QueryEmbedder, load_embedder
from index.evaluation.measures import found_within, ndcg
from index.evaluation.questions import read_questions
from index.evaluation.ranking import Judged, judge
from index.evaluation.relevance import news
from index.features import Weights
from index.fusion import best_first
from index.generation import Generation
from index.generations import Generations
from index.lexical import Scope
from index.query import parse_query
from index.recipe import SHIPPED
from index.scoring import read_features
from index.search import what_is_wanted
from index.settings import ModelSettings

#: Keeps weights small that little speaks for.
RIDGE = 1e-3
FOLDS = 5
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Example:
    """A question and its candidates: `features` (candidates × features), which are `right` (candidates).

    `rows` are their passages, `judged` tells which passages are right; questions of one `group` stay
    together.
    """

    judged: Judged
    group: str
    rows: Sequence[int]
    features: Array
    right: NDArray[np.bool_]


def examples(judged: Iterable[Judged], generation: Generation, embedder: QueryEmbedder) -> list[Example]:
    """Return the candidates of each question as the search finds them."""
    made = []
    for one in judged:
        parsed = parse_query(one.question.question)
        wanted = what_is_wanted(parsed, SHIPPED)
        vector = embedder.embed_queries([parsed.words])[0]
        candidates = find_candidates(generation, wanted, Scope(), vector, SHIPPED)
        met = generation.sentences.met(candidates.rows, wanted.terms)
        features = read_features(generation, candidates, parsed.words, wanted.terms, met, SHIPPED)
        made.append(
            Example(
                judged=one,
                group=_group(one, generation),
                rows=candidates.rows.tolist(),
                features=features.matrix(),
                right=np.isin(candidates.rows, list(one.right)),
            )
        )
    return made


def _group(judged: Judged, generation: Generation) -> str:
    """Return what questions share: the meeting of a verbatim record, else the council or the site."""
    url = judged.question.url
    rows = list(judged.right)
    if not rows:
        return urlsplit(url).netloc
    if generation.table.verbatim_of[rows[0]]:
        return url
    return generation.table.passages(rows[:1])[0].document.council or urlsplit(url).netloc


def fit(learned: Iterable[Example], ridge: float = RIDGE) -> Array:
    """Return the weights under which each right candidate goes before all that are not, as far as can be.

    Multinomial logistic regression: the loss is the mean, over questions and their right candidates, of the
    negative logarithm of a candidate's share among itself and the wrong ones, and `ridge` times the squares.
    """
    pairs = [(one.features[one.right], one.features[~one.right]) for one in learned if one.right.any()]
    width = len(Weights._fields)

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = ridge * float(weights @ weights), 2 * ridge * weights
        for right, wrong in pairs:
            scores, others = right @ weights, wrong @ weights
            most = logsumexp(others)
            share = np.exp(others - most)  # of each wrong candidate among the wrong ones
            total -= float(log_expit(scores - most).mean()) / len(pairs)
            behind = np.exp(log_expit(most - scores))
            slope -= ((behind @ right) / len(right) - behind.mean() * (share @ wrong)) / len(pairs)
        return total, slope

    return np.asarray(minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B").x)


def cross_validated(learned: Sequence[Example], folds: int = FOLDS) -> list[Array]:
    """Return the scores of the candidates of each question by weights that its group had no part in."""
    sizes: dict[str, int] = {}
    for one in learned:
        sizes[one.group] = sizes.get(one.group, 0) + 1
    fold_of, filled = {}, [0] * folds
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        emptiest = filled.index(min(filled))
        fold_of[group] = emptiest
        filled[emptiest] += sizes[group]
    weights = [fit(one for one in learned if fold_of[one.group] != fold) for fold in range(folds)]
    return [one.features @ weights[fold_of[one.group]] for one in learned]


def figures(learned: Sequence[Example], scores: Iterable[Array]) -> dict[str, float]:
    """Return how good a ranking by `scores` is, before anything is folded or spread."""
    brought = [
        news([[one.rows[place]] for place in best_first(own)], one.judged.right)
        for one, own in zip(learned, scores, strict=True)
    ]
    return {
        "found@1": float(np.mean([found_within(one, 1) for one in brought])),
        "found@5": float(np.mean([found_within(one, 5) for one in brought])),
        f"ndcg@{DEPTH}": float(
            np.mean(
                [
                    ndcg(own, len(set(one.judged.right.values())), DEPTH) if one.judged.right else 0.0
                    for one, own in zip(learned, brought, strict=True)
                ]
            )
        ),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the weights that fit the questions, and what such weights are worth elsewhere."""
    if len(arguments) != 2:
        sys.stderr.write("name an indexed data directory and a file of questions\n")
        return 2
    data, questions = map(Path, arguments)
    with closing(Generation(Generations(data / "generations").published())) as generation:
        judged = judge(read_questions(questions).questions, generation)
        learned = examples(judged, generation, load_embedder(ModelSettings()))
    weights = fit(learned)
    sys.stdout.write(f"{Weights(*np.round(weights, 2).tolist())}\n")
    for name, scores in (
        ("fitted and judged by the same", [one.features @ weights for one in learned]),
        ("cross-validated", cross_validated(learned)),
    ):
        line = ", ".join(f"{key} {value:.3f}" for key, value in figures(learned, scores).items())
        sys.stdout.write(f"{name}: {line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
