"""The chance of each sentence to belong to the answer, as trees learned it from marked answers.

`python -m index.evaluation.teaching DATA FILE QUESTIONS …` makes such a file; docs/quality.md says from what
the shipped one was learned.
"""

from functools import cache
from pathlib import Path

import numpy as np

from index.answering.features import Candidates
from index.answering.trees import Trees, load_trees
from index.arrays import Array

CHOOSER = Path(__file__).with_name("chooser.npz")
DIGEST = "a82e773866bddff46c933c0e4f4e6c5050ada1905e778099566777b3f8a4b6e9"


@cache
def chooser() -> Trees:
    """Return the trees that are shipped."""
    return load_trees(CHOOSER, DIGEST)


def chances_of(candidates: Candidates) -> Array:
    """Return the chance of each sentence to belong to the answer, 0…1."""
    if not candidates.evidence:
        return np.zeros(0)
    trees = chooser()
    return trees.chances(candidates.matrix(trees.names))
