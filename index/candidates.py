"""The passages that either kind of search proposes, with both scores of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from index.arrays import Array, Numbers, Vectors
from index.generation import Generation
from index.lexical import Scope, Wanted
from index.recipe import Recipe
from index.vectors import Rows

#: Candidates of each kind.
CANDIDATES = 300
#: What stands next to the first few of them is one, too: a reply shares few words with its question.
WITH_NEIGHBOURS = 40


@dataclass(frozen=True, slots=True)
class Candidates:
    """Columns of one length, an element per candidate, in the order of rows.

    `documents` are the numbers of their documents; `dense` is the cosine to the query, `lexical` BM25. Both
    are known of every candidate, whichever search proposed it.
    """

    rows: Numbers
    documents: Numbers
    dense: Array
    lexical: Array

    def __len__(self) -> int:
        return len(self.rows)


def find_candidates(
    generation: Generation,
    wanted: Wanted,
    scope: Scope,
    vector: Vectors,
    recipe: Recipe,
    near: Rows | None = None,
) -> Candidates:
    """Return what the searches of `recipe` find within `scope`, near to `vector` (shape: dimension).

    `near` is what `VectorIndex.near` says of it, where that is known already.
    """
    proposed: list[Rows] = []
    if recipe.lexical:
        proposed.append(generation.lexical.best(wanted, scope, CANDIDATES)[0])
    if recipe.dense:
        proposed.append(_nearest(generation, wanted, scope, vector, near))
    rows = np.unique(np.concatenate([*proposed, *_beside(generation, wanted, scope, proposed)]))
    return candidates_of(generation, wanted, vector, rows)


def candidates_of(generation: Generation, wanted: Wanted, vector: Vectors, rows: Rows) -> Candidates:
    """Return passages as candidates, whoever proposed them; `rows` ascend."""
    words = generation.lexical.scores(wanted, rows.tolist())
    return Candidates(
        rows=rows,
        documents=generation.table.document_of[rows],
        dense=generation.vectors.scores(vector, rows).astype(np.float64),
        lexical=np.asarray([words.get(row, 0.0) for row in rows.tolist()], dtype=np.float64),
    )


def _beside(generation: Generation, wanted: Wanted, scope: Scope, proposed: Iterable[Rows]) -> Iterator[Rows]:
    """Yield the rows before and after the first of each kind, within the document, that a filter allows."""
    if wanted.strict or not scope.unlimited:
        return
    of = generation.table.document_of
    for rows in proposed:
        first = rows[:WITH_NEIGHBOURS]
        for step in (-1, 1):
            inside = first[(first + step >= 0) & (first + step < len(of))]
            yield inside[of[inside + step] == of[inside]] + step


def _nearest(
    generation: Generation, wanted: Wanted, scope: Scope, vector: Vectors, near: Rows | None
) -> Rows:
    if wanted.strict:
        allowed = np.zeros(generation.table.count, dtype=bool)
        allowed[generation.lexical.allowed(wanted, scope)] = True
    elif not scope.unlimited:
        allowed = generation.table.allowed(scope)
    else:
        return generation.vectors.nearest(vector, CANDIDATES, near)[0]
    return generation.vectors.nearest_among(vector, allowed, CANDIDATES)[0]
