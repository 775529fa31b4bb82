from dataclasses import fields
from itertools import pairwise

import numpy as np

from index.embedding import HashEmbedder
from index.evaluation.ablation import ablate, variants
from index.evaluation.ranking import judge
from index.recipe import SHIPPED
from tests.index.evaluation.conftest import QUESTIONS


class Counting:
    """Counts how often a query is embedded."""

    def __init__(self) -> None:
        self.count = 0

    def embed_queries(self, texts):
        self.count += len(texts)
        return HashEmbedder().embed_queries(texts)


def test_the_last_row_is_what_is_shipped():
    assert list(variants().values())[-1] == SHIPPED


def test_from_the_sum_on_each_row_adds_stages_and_takes_none_away():
    rows = list(variants().values())[3:]
    for before, after in pairwise(rows):
        changed = [
            field.name for field in fields(after) if getattr(before, field.name) != getattr(after, field.name)
        ]
        assert len(changed) == 1
        assert getattr(after, changed[0]) == getattr(SHIPPED, changed[0])


def test_every_variant_is_measured_and_each_query_is_embedded_once(minutes):
    judged = judge(QUESTIONS, minutes)
    embedder, begun = Counting(), []
    figures = ablate(judged, minutes, embedder, lambda name: begun.append(name) or (lambda done, of: None))
    assert list(figures) == begun == list(variants())
    assert embedder.count == len(judged)
    assert all(np.isfinite(list(row.values())).all() for row in figures.values())
    assert figures["+ floor"]["found@1"] == 0.6667
