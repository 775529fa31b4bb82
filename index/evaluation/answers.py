"""How good answers are: the right words quoted, few others, and silence where the minutes are silent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from index.answer import answer
from index.embedding import QueryEmbedder
from index.evaluation.measures import refusal_area, refusals, refused_at
from index.evaluation.questions import Question
from index.evaluation.ranking import Progress, seconds_figures
from index.evaluation.relevance import Gold, single_spaced
from index.generation import Generation
from index.reranking import Reranker
from index.settings import AnswerSettings

#: The share of answerable questions that may be refused wrongly, for the one figure; and for the curve.
WRONGLY = 0.1
CURVE = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one question; `words` were quoted, and `holds` tells whether the right ones were."""

    question: Question
    answered: bool
    confidence: float
    words: int
    holds: bool
    seconds: float


def answer_all(
    questions: Sequence[Question],
    golds: Iterable[Gold],
    generation: Generation,
    embedder: QueryEmbedder,
    settings: AnswerSettings,
    progress: Progress = lambda done, of: None,
    reranker: Reranker | None = None,
) -> list[Answered]:
    """Ask every question; `golds` are the places of those for which they are known."""
    expected = {gold.question.id: gold.words for gold in golds}
    results = []
    for question in questions:
        given = answer(generation, embedder, question.question, settings=settings, reranker=reranker)
        quotes = [single_spaced(quote.text) for quote in given.quotes]
        words = expected.get(question.id, "")
        results.append(
            Answered(
                question=question,
                answered=given.answered,
                confidence=given.confidence,
                words=sum(len(quote.split()) for quote in quotes),
                holds=words != "" and any(words in quote for quote in quotes),
                seconds=given.seconds,
            )
        )
        progress(len(results), len(questions))
    return results


def answer_figures(results: Sequence[Answered], threshold: float) -> dict[str, object]:
    """Return the figures that the questions allow (at least one); the others are left out.

    A refusal is right where the question is known to be unanswerable. `threshold` is the one that was set.
    """
    located = [one for one in results if one.question.spans]
    answered = [one for one in results if one.answered]
    figures: dict[str, object] = {}
    if located:
        figures["quote recall"] = _share(one.holds for one in located)
        if met := [one for one in located if one.answered]:
            figures["quote recall, answered"] = _share(one.holds for one in met)
    if answered:
        figures["median words quoted"] = median(one.words for one in answered)
    sure = _confidences(results)
    if sure[True] and sure[False]:
        figures["refusal"] = refusal_figures(sure[True], sure[False], threshold)
    return figures | seconds_figures([one.seconds for one in results])


def refusal_figures(
    answerable: Sequence[float], unanswerable: Sequence[float], threshold: float
) -> dict[str, object]:
    """Return what confidence tells about questions of both kinds (at least one of each)."""
    now = refusals(answerable, unanswerable, threshold)
    refused = now.answerable * len(answerable) + now.unanswerable * len(unanswerable)
    allowed = refused_at(answerable, unanswerable, WRONGLY)
    points = [refused_at(answerable, unanswerable, share) for share in CURVE]
    return {
        "threshold": threshold,
        "precision": round(now.unanswerable * len(unanswerable) / refused, 4) if refused else None,
        "recall": round(now.unanswerable, 4),
        "answerable refused": round(now.answerable, 4),
        "area": round(refusal_area(answerable, unanswerable), 4),
        f"refused at {WRONGLY}": round(allowed.unanswerable, 4),
        f"threshold at {WRONGLY}": round(allowed.threshold, 4),
        "curve": [
            {
                "threshold": round(point.threshold, 4),
                "answerable refused": round(point.answerable, 4),
                "refused": round(point.unanswerable, 4),
            }
            for point in points
        ],
    }


def _confidences(results: Iterable[Answered]) -> Mapping[bool, list[float]]:
    sure: dict[bool, list[float]] = {True: [], False: []}
    for one in results:
        if (answerable := one.question.is_answerable) is not None:
            sure[answerable].append(one.confidence)
    return sure


def _share(values: Iterable[bool]) -> float:
    every = list(values)
    return round(sum(every) / len(every), 4)
