"""The plain recipe, to compare with: windows of 1,000 characters without a heading, by meaning alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from index.arrays import Vectors
from index.embedding import Embedder
from index.evaluation.questions import Question
from index.evaluation.ranking import DEPTHS, Judged, Progress, Ranked
from index.evaluation.relevance import Gold, news
from index.generation import Generation
from index.passage_table import PassageTable

WINDOW = 1_000
#: Windows that are embedded in one go.
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Window:
    """The characters `start` … `end` of the document with this number."""

    document: int
    start: int
    end: int


def rank_plainly(
    judged: Sequence[Judged],
    generation: Generation,
    embedder: Embedder,
    progress: Progress = lambda done, of: None,
) -> list[Ranked]:
    """Cut and embed all documents anew, and search among their windows; that takes as long as indexing."""
    cut = list(_cut(generation.table))
    vectors = _embedded([text for _, text in cut], embedder, progress)
    windows = [window for window, _ in cut]
    return [_ranked(one.question, one.gold, windows, vectors, embedder) for one in judged]


def _cut(table: PassageTable) -> Iterator[tuple[Window, str]]:
    for number, (document_id, _) in enumerate(table.addresses()):
        document = table.document(document_id)
        text = document.text if document else ""
        for start in range(0, len(text), WINDOW):
            end = min(start + WINDOW, len(text))
            if text[start:end].strip():
                yield Window(number, start, end), text[start:end]


def _embedded(texts: Sequence[str], embedder: Embedder, progress: Progress) -> Vectors:
    parts = []
    for start in range(0, len(texts), _BATCH):
        parts.append(embedder.embed_passages(texts[start : start + _BATCH]))
        progress(min(start + _BATCH, len(texts)), len(texts))
    return np.concatenate(parts)


def _ranked(
    question: Question, gold: Gold, windows: Sequence[Window], vectors: Vectors, embedder: Embedder
) -> Ranked:
    started = perf_counter()
    cosines = vectors @ embedder.embed_queries([question.question])[0]
    best = np.argsort(-cosines, kind="stable")[: DEPTHS[-1]].tolist()
    seconds = perf_counter() - started
    right = {
        number: number
        for number, one in enumerate(windows)
        if one.document in gold.places and gold.holds(one.document, one.start, one.end)
    }
    return Ranked(question.id, news([[number] for number in best], right), len(right), seconds)
