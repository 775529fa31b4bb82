"""The passages that are read for an answer, and the sentences in them that could be quoted."""

import re
from math import exp

import numpy as np

from index.answering.features import Candidates, Looked, describe
from index.evidence import Weigher
from index.generation import Generation
from index.search import Ranked, Ranking
from index.units import units_of

#: Passages whose sentences are considered.
PASSAGES = 10
#: A document of at most this many passages is an agenda item, and is read whole.
ITEM_PASSAGES = 12
#: The number of a page, alone between two paragraphs, is no evidence.
_SAYS = re.compile(r"[^\W\d_]|[£€$%]")


def look(generation: Generation, ranking: Ranking, weigher: Weigher) -> Candidates:
    """Return the sentences that could be quoted out of the passages that are read."""
    looked = passages_of(ranking, generation)
    cosines = generation.sentences.cosines([one.passage.row for one in looked], ranking.vector)
    groups = [
        [
            weigher.weigh(unit, max(0.0, float(own[slice(*unit.sentences)].max())), one.share)
            for unit in units_of(one.passage)
            if _SAYS.search(unit.text)
        ]
        for one, own in zip(looked, cosines, strict=True)
    ]
    return describe(looked, groups, weigher)


def passages_of(ranking: Ranking, generation: Generation) -> list[Looked]:
    """Return the passages to read, each with its share of the best score.

    An agenda item is read whole when one of its passages leads: its reasons and its resolution often
    share no word with the question.
    """
    best = ranking.ranked[:PASSAGES]
    if not best:
        return []
    passages = [_looked(one, best[0], rank) for rank, one in enumerate(best)]
    number = generation.table.document_of[best[0].passage.row]
    rows = np.flatnonzero(generation.table.document_of == number)
    if len(rows) <= ITEM_PASSAGES and not ranking.limited:
        known = {one.passage.row for one in best}
        rest = generation.table.passages(row for row in rows.tolist() if row not in known)
        passages[1:1] = [Looked(passage, 0.0, best[-1].odds, len(best), 0.0, 0.0) for passage in rest]
    return passages


def _looked(one: Ranked, best: Ranked, rank: int) -> Looked:
    # Scores are logarithms of odds, so a difference is a share.
    return Looked(one.passage, min(1.0, exp(one.odds - best.odds)), one.odds, rank, one.cosine, one.cued)
