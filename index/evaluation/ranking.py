"""How good rankings are: right passages among the first, over questions whose places are known."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from index.embedding import QueryEmbedder
from index.evaluation.measures import found_within, ndcg, reciprocal_rank, share_within
from index.evaluation.questions import Question
from index.evaluation.relevance import Finder, Gold, news, right_passages
from index.generation import Generation
from index.recipe import SHIPPED, Recipe
from index.reranking import Reranker
from index.search import rank

#: Figures are given for the first so many hits.
DEPTHS = (1, 5, 10, 50)
NDCG_DEPTH = 10

#: Called with how many questions are done, and of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and its right passages: the words (a number) of each row. None, if the index lacks them."""

    gold: Gold
    right: Mapping[int, int]

    @property
    def question(self) -> Question:
        """The question."""
        return self.gold.question


@dataclass(frozen=True, slots=True)
class Ranked:
    """What became of one question: what each hit brings (see `measures`), of how many right passages."""

    id: str
    news: Sequence[int]
    right: int
    seconds: float

    @property
    def rank(self) -> int | None:
        """The rank of the first hit that is right."""
        return next((rank for rank, brought in enumerate(self.news, start=1) if brought), None)


def judge(questions: Iterable[Question], generation: Generation) -> list[Judged]:
    """Return the questions that name the words that answer them, with the passages that hold these."""
    finder = Finder(generation.table)
    golds = [finder.find(question) for question in questions if question.spans]
    return [Judged(gold, right_passages(gold, generation.table)) for gold in golds]


def rank_all(
    judged: Sequence[Judged],
    generation: Generation,
    embedder: QueryEmbedder,
    recipe: Recipe = SHIPPED,
    progress: Progress = lambda done, of: None,
    reranker: Reranker | None = None,
) -> list[Ranked]:
    """Search for every question with the stages of `recipe`."""
    results = []
    for one in judged:
        started = perf_counter()
        ranking = rank(generation, embedder, one.question.question, recipe=recipe, reranker=reranker)
        seconds = perf_counter() - started
        hits = [[hit.passage.row, *(other.row for other in hit.also)] for hit in ranking.ranked[: DEPTHS[-1]]]
        results.append(Ranked(one.question.id, news(hits, one.right), len(set(one.right.values())), seconds))
        progress(len(results), len(judged))
    return results


def ranking_figures(ranked: Sequence[Ranked]) -> dict[str, float]:
    """Return means over all questions (at least one); where the index lacks the words, nothing is found.

    `found@k` is how often a right passage is among the first k, `share@k` how many of the right passages are.
    """
    figures: dict[str, float] = {}
    for k in DEPTHS:
        figures[f"found@{k}"] = _mean(found_within(one.news, k) for one in ranked)
    for k in DEPTHS:
        figures[f"share@{k}"] = _mean(
            share_within(one.news, one.right, k) if one.right else 0 for one in ranked
        )
    figures["mrr"] = _mean(reciprocal_rank(one.news) for one in ranked)
    figures[f"ndcg@{NDCG_DEPTH}"] = _mean(
        ndcg(one.news, one.right, NDCG_DEPTH) if one.right else 0 for one in ranked
    )
    return figures


def seconds_figures(seconds: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of how long each of some questions took."""
    p50, p95 = np.percentile(seconds, [50, 95])
    return {"seconds p50": round(float(p50), 4), "seconds p95": round(float(p95), 4)}


def _mean(values: Iterable[float]) -> float:
    return round(float(np.mean([float(value) for value in values])), 4)
