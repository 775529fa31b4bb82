"""The passages that either kind of search proposes, with both scores of each."""

from dataclasses import dataclass

import numpy as np

from index.arrays import Array, Numbers, Vectors
from index.generation import Generation
from index.lexical import Scope, Wanted
from index.recipe import Recipe
from index.vectors import Rows

#: Candidates of each kind.
CANDIDATES = 150


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
    generation: Generation, wanted: Wanted, scope: Scope, vector: Vectors, recipe: Recipe
) -> Candidates:
    """Return what the searches of `recipe` find within `scope`, near to `vector` (shape: dimension)."""
    proposed: list[Rows] = []
    if recipe.lexical:
        proposed.append(generation.lexical.best(wanted, scope, CANDIDATES)[0])
    if recipe.dense:
        proposed.append(_nearest(generation, wanted, scope, vector))
    rows = np.unique(np.concatenate(proposed)).astype(np.int64)
    words = generation.lexical.scores(wanted, rows.tolist())
    return Candidates(
        rows=rows,
        documents=generation.table.document_of[rows],
        dense=generation.vectors.scores(vector, rows).astype(np.float64),
        lexical=np.asarray([words.get(row, 0.0) for row in rows.tolist()], dtype=np.float64),
    )


def _nearest(generation: Generation, wanted: Wanted, scope: Scope, vector: Vectors) -> Rows:
    if wanted.strict:
        allowed = np.zeros(generation.table.count, dtype=bool)
        allowed[generation.lexical.allowed(wanted, scope)] = True
    elif not scope.unlimited:
        allowed = generation.table.allowed(scope)
    else:
        return generation.vectors.nearest(vector, CANDIDATES)[0]
    return generation.vectors.nearest_among(vector, allowed, CANDIDATES)[0]
