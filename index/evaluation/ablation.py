"""What each stage of a search adds: the same questions, with one stage more in each row."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from index.arrays import Vectors
from index.embedding import QueryEmbedder
from index.evaluation.ranking import Judged, Progress, rank_all, ranking_figures
from index.generation import Generation
from index.recipe import Fusion, Recipe

_BARE = Recipe(
    heading=False,
    context=False,
    sentences=False,
    setting=False,
    learned=False,
    references=False,
    boilerplate=False,
    floor=False,
    duplicates=False,
    spread=False,
)
#: What each row changes of the row before it, down to what is shipped.
_STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("both, reciprocal ranks", {"fusion": Fusion.RANKS}),
    ("both, sum of min-max scores", {"fusion": Fusion.SUM}),
    ("+ references", {"references": True}),
    ("+ neighbours and document", {"context": True}),
    ("+ heading", {"heading": True}),
    ("+ the most telling sentence", {"sentences": True}),
    ("+ named years and councils", {"setting": True}),
    ("+ learned weights", {"learned": True}),
    ("+ boilerplate handling", {"boilerplate": True}),
    ("+ de-duplication", {"duplicates": True}),
    ("+ spread", {"spread": True}),
    ("+ floor", {"floor": True}),
)


def variants() -> dict[str, Recipe]:
    """Return the rows of the table: each kind of search alone, then both with one stage after the other."""
    rows = {
        "dense alone": replace(_BARE, lexical=False),
        "lexical alone": replace(_BARE, dense=False),
    }
    grown = _BARE
    for name, changes in _STEPS:
        rows[name] = grown = replace(grown, **changes)
    return rows


def ablate(
    judged: Sequence[Judged],
    generation: Generation,
    embedder: QueryEmbedder,
    begin: Callable[[str], Progress] = lambda name: lambda done, of: None,
) -> dict[str, dict[str, float]]:
    """Return the ranking figures of every variant over the questions (at least one)."""
    once = _Remembering(embedder)
    return {
        name: ranking_figures(rank_all(judged, generation, once, recipe, begin(name)))
        for name, recipe in variants().items()
    }


class _Remembering:
    """Embeds no query twice: every variant asks the same ones."""

    def __init__(self, embedder: QueryEmbedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embedder.embed_queries([text])[0]
        return np.stack([self._known[text] for text in texts])
