"""From candidates to scores: what is known of each, weighed as a recipe says."""

import numpy as np

from index.arrays import Array, Numbers
from index.candidates import Candidates
from index.cues import bit
from index.features import Features, Setting, features_of, weighed
from index.fusion import min_max
from index.generation import Generation
from index.learned import BOILERPLATE, BOILERPLATE_COPIES, BY_HAND, MINUTES, VERBATIM
from index.lexical import rarity
from index.passage_table import PassageTable
from index.question import understand
from index.recipe import Recipe
from index.sentence_table import Met
from index.setting import councils_in, dated, months_in
from index.telling import Telling, telling


def read_features(
    generation: Generation,
    candidates: Candidates,
    question: str,
    words: tuple[str, ...],
    met: Met,
    recipe: Recipe,
) -> Features:
    """Return what is known of each candidate; what `recipe` does not let count is 0.

    `words` are the terms of `question` that count, and `met` is what the candidates meet of them.
    """
    none = np.zeros(len(candidates))
    features = features_of(
        _stretched(candidates.dense) if recipe.dense else none,
        _stretched(candidates.lexical) if recipe.lexical else none,
        _told(generation, met, question, words) if recipe.sentences else Telling(none, none, none),
        _setting(generation, candidates, question, words) if recipe.setting else Setting(none, none),
        candidates.rows,
        candidates.documents,
    )
    return features if recipe.context else features.without_context()


def scored(features: Features, table: PassageTable, rows: Numbers, recipe: Recipe) -> Array:
    """Return the score of each candidate; `rows` are those of the candidates in `table`."""
    if recipe.learned:
        minutes, verbatim = weighed(features, MINUTES), weighed(features, VERBATIM)
        scores = np.where(table.verbatim_of[rows], verbatim, minutes)
    else:
        scores = weighed(features, BY_HAND)
    if recipe.boilerplate:
        scores = scores - BOILERPLATE * (table.copies_of[rows] >= BOILERPLATE_COPIES)
    return scores


def _stretched(scores: Array) -> Array:
    """Return `scores` between 0 and 1. One that stands alone is the best there is, not the worst."""
    return min_max(scores) if len(scores) > 1 else np.sign(np.maximum(scores, 0.0))


def _told(generation: Generation, met: Met, question: str, words: tuple[str, ...]) -> Telling:
    count = generation.table.count
    weights = np.asarray([rarity(generation.lexical.frequency(word), count) for word in words])
    return telling(met, weights, bit(understand(question).kind))


def _setting(
    generation: Generation, candidates: Candidates, question: str, words: tuple[str, ...]
) -> Setting:
    table, rows = generation.table, candidates.rows
    named = councils_in(words, table.values("council"))
    placed = table.of_councils(rows, named) if named else np.zeros(len(rows))
    return Setting(dated(months_in(question), table.days(rows)), placed.astype(np.float64))
