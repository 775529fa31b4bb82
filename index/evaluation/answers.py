"""How good answers are: the right words quoted, few others, and silence where the minutes are silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean, median

from index.answer import answer
from index.answering.states import State
from index.embedding import QueryEmbedder
from index.evaluation.known import Known
from index.evaluation.marks import Overlap, Piece, overlap
from index.evaluation.questions import Question
from index.evaluation.ranking import Progress, seconds_figures
from index.evaluation.relevance import single_spaced
from index.evaluation.silence import Sure, Thresholds, refusal_figures, silence_figures
from index.evaluation.states import state_counts
from index.generation import Generation
from index.records import Answer, Hit
from index.reranking import Reranker
from index.sentence_table import spans_of
from index.settings import AnswerSettings


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one question; `words` were quoted, and `holds` tells whether the right ones were.

    `overlap` is how the quotes meet the marked words, `council` that of the question's document, and `best`
    the first of the passages that were found.
    """

    question: Question
    answered: bool
    confidence: float
    words: int
    holds: bool
    seconds: float
    overlap: Overlap = field(default_factory=Overlap)
    council: str = ""
    best: Hit | None = None
    state: State = State.SILENT


def answer_all(
    known: Sequence[Known],
    generation: Generation,
    embedder: QueryEmbedder,
    settings: AnswerSettings,
    progress: Progress = lambda done, of: None,
    reranker: Reranker | None = None,
) -> list[Answered]:
    """Ask every question over the whole index."""
    results = []
    for one in known:
        given = answer(generation, embedder, one.question.question, settings=settings, reranker=reranker)
        results.append(became(one, given))
        progress(len(results), len(known))
    return results


def became(known: Known, given: Answer) -> Answered:
    """Return what became of a question that was answered so."""
    # What only may answer is counted by itself.
    quotes = given.quotes if given.answered else ()
    pieces = [Piece(quote.document_id, quote.start, quote.end, quote.text) for quote in quotes]
    met = overlap(pieces, known.marks)
    return Answered(
        question=known.question,
        answered=given.answered,
        confidence=given.confidence,
        words=met.words,
        holds=_holds(pieces, known.marks.words),
        seconds=given.seconds,
        overlap=met,
        council=known.council,
        best=given.hits[0] if given.hits else None,
        state=given.state,
    )


def by_first_sentence(results: Iterable[Answered], known: Iterable[Known]) -> list[Answered]:
    """Return what becomes of the questions by a plain rule: quote the first sentence of the best passage."""
    plain = []
    for one, its in zip(results, known, strict=True):
        pieces = [_first_sentence(one.best)] if one.best else []
        met = overlap(pieces, its.marks)
        holds = _holds(pieces, its.marks.words)
        plain.append(replace(one, answered=bool(pieces), words=met.words, holds=holds, overlap=met))
    return plain


def answer_figures(
    results: Sequence[Answered], threshold: float, chosen: Iterable[Thresholds] = ()
) -> dict[str, object]:
    """Return the figures that the questions allow (at least one); the others are left out.

    A refusal is right where the question is known to be unanswerable. `threshold` is the one that was set,
    and `chosen` are others to try.
    """
    states = state_counts((one.state, one.question.is_answerable) for one in results)
    figures: dict[str, object] = {"states": states, **quote_figures(results)}
    sure = sure_of(results)
    answerable = [one.confidence for one in sure if one.answerable]
    unanswerable = [one.confidence for one in sure if not one.answerable]
    if answerable and unanswerable:
        figures["refusal"] = refusal_figures(answerable, unanswerable, threshold)
    if tried := {str(one.wrongly): silence_figures(sure, one) for one in chosen}:
        figures["silence"] = tried
    return figures | seconds_figures([one.seconds for one in results])


def quote_figures(results: Sequence[Answered]) -> dict[str, object]:
    """Return what the quotes are worth, over the questions that name the words that answer them.

    The precision of words is that of all answers together; recall and F1 are means, 0 where nothing is
    quoted.
    """
    located = [one for one in results if one.question.spans]
    figures: dict[str, object] = {}
    if located:
        figures["quote recall"] = _share(one.holds for one in located)
        met = [one for one in located if one.answered]
        if met:
            figures["quote recall, answered"] = _share(one.holds for one in met)
        figures["first quote right"] = _share(one.overlap.first for one in located)
        figures["any quote right"] = _share(one.overlap.some for one in located)
        if words := sum(one.overlap.words for one in met):
            figures["word precision"] = round(sum(one.overlap.right for one in met) / words, 4)
        figures["word recall"] = round(fmean(one.overlap.recall for one in located), 4)
        figures["word f1"] = round(fmean(one.overlap.f1 for one in located), 4)
    if answered := [one for one in results if one.answered]:
        figures["median words quoted"] = median(one.words for one in answered)
    return figures


def sure_of(results: Iterable[Answered]) -> list[Sure]:
    """Return how sure it was of the questions of which it is known whether the minutes answer them."""
    return [
        Sure(one.council, answerable, one.confidence)
        for one in results
        if (answerable := one.question.is_answerable) is not None
    ]


def _first_sentence(hit: Hit) -> Piece:
    start, end = spans_of(hit.text)[0]
    return Piece(hit.document_id, hit.start + start, hit.start + end, hit.text[start:end])


def _holds(pieces: Iterable[Piece], words: str) -> bool:
    return words != "" and any(words in single_spaced(piece.text) for piece in pieces)


def _share(values: Iterable[bool]) -> float:
    every = list(values)
    return round(sum(every) / len(every), 4)
