"""Questions put to their own excerpts alone: what the reader makes of the right page, or of a tempting one.

Over a whole index, a question that its excerpt does not answer may be answered elsewhere, and one that it
answers may never be led there. Limited to the passages of the excerpt, its label holds.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np

from index.answer import answer_out_of
from index.candidates import Candidates, candidates_of, find_candidates
from index.embedding import QueryEmbedder
from index.evaluation.answers import Answered, became
from index.evaluation.known import Known
from index.evaluation.ranking import Progress
from index.generation import Generation
from index.lexical import Scope
from index.recipe import SHIPPED
from index.references import find_references
from index.reranking import Reranker
from index.scoring import read_features, scored
from index.search import Ranked, Ranking, rank, read_ranked, with_references
from index.settings import AnswerSettings


def answer_by_excerpt(
    known: Sequence[Known],
    generation: Generation,
    embedder: QueryEmbedder,
    settings: AnswerSettings,
    progress: Progress = lambda done, of: None,
    reranker: Reranker | None = None,
) -> list[Answered]:
    """Ask those questions of whose excerpt the index has passages, out of these passages alone."""
    there = [one for one in known if one.rows]
    results = []
    for one in there:
        started = perf_counter()
        question = one.question.question
        ranking = rank(generation, embedder, question, reranker=reranker)
        limited = limited_to(one.rows, ranking, generation)
        given = answer_out_of(generation, question, limited, settings=settings)
        results.append(became(one, replace(given, seconds=round(perf_counter() - started, 3))))
        progress(len(results), len(there))
    return results


def limited_to(rows: Collection[int], ranking: Ranking, generation: Generation) -> Ranking:
    """Return `ranking` with the passages `rows` alone, best first.

    Each has the score that it has in the ranking, or would have if its search had read that far. One that
    was no candidate is scored as if it had been proposed, too.
    """
    found: dict[int, Ranked] = {}
    for one in ranking.ranked:
        for passage in (one.passage, *one.also):
            found[passage.row] = replace(one, passage=passage, also=())
    kept = [found[row] for row in rows if row in found]
    kept += _beyond([row for row in rows if row not in found], ranking, generation)
    kept.sort(key=lambda one: (-one.score, one.passage.row))
    return replace(ranking, ranked=tuple(kept), more=False, limited=True)


def _beyond(rows: Sequence[int], ranking: Ranking, generation: Generation) -> list[Ranked]:
    """Return passages that are not in the ranking, with their scores."""
    if not rows:
        return []
    candidates = find_candidates(generation, ranking.wanted, Scope(), ranking.vector, SHIPPED)
    proposed = np.intersect1d(rows, candidates.rows)
    further = np.setdiff1d(rows, candidates.rows)
    read = _scored(proposed.tolist(), candidates, ranking, generation)
    if len(further):
        joined = np.union1d(candidates.rows, further)
        together = candidates_of(generation, ranking.wanted, ranking.vector, joined)
        read += _scored(further.tolist(), together, ranking, generation)
    return read


def _scored(
    rows: Sequence[int], candidates: Candidates, ranking: Ranking, generation: Generation
) -> list[Ranked]:
    """Return those of `candidates` that are in `rows`, with their scores among them all."""
    if not rows:
        return []
    words, wanted = ranking.parsed.words, ranking.wanted.terms
    met = generation.sentences.met(candidates.rows, wanted)
    features = read_features(generation, candidates, words, wanted, met, SHIPPED)
    scores = scored(features, generation.table, candidates.rows, SHIPPED)
    places = np.searchsorted(candidates.rows, rows)
    ranked = read_ranked(generation, candidates, scores, features.cued, places)
    return with_references(ranked, find_references(words))
