"""One evaluation: a generation is searched and asked with questions whose answers are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.embedding import Embedder
from index.evaluation.ablation import ablate
from index.evaluation.answers import Answered, answer_all, by_first_sentence
from index.evaluation.excerpts import answer_by_excerpt
from index.evaluation.known import know
from index.evaluation.outcomes import Outcomes
from index.evaluation.plain import rank_plainly
from index.evaluation.questions import Question
from index.evaluation.ranking import Progress, Ranked, judge, rank_all, ranking_figures, seconds_figures
from index.generation import Generation
from index.reranking import Reranker
from index.settings import AnswerSettings

SHIPPED_ROW = "as shipped"
PLAIN_ROW = "plain recipe"

#: Called with what is going to be done, in words; returns what is called with how far it is.
Beginning = Callable[[str], Progress]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of a run, and what became of each question.

    `missing` counts the questions whose words the index lacks. `rankings` has a row for each variant of the
    search; the last one is what is shipped. There is none if no question names the words that answer it.
    `answers` are the figures of answers over the whole index, `first_sentence` those of the plain rule, and
    `by_excerpt` those out of the excerpts alone, of the questions in `read`. `groups` has the figures of each
    council and of each kind of question.
    """

    generation: str
    model: str
    documents: int
    passages: int
    missing: int
    rankings: dict[str, dict[str, float]]
    answers: dict[str, Any]
    ranked: tuple[Ranked, ...]
    answered: tuple[Answered, ...]
    first_sentence: dict[str, Any] = field(default_factory=dict)
    by_excerpt: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    read: tuple[Answered, ...] = ()

    @property
    def located(self) -> int:
        """The number of questions that name the words that answer them."""
        return len(self.ranked)

    @property
    def unanswerable(self) -> int:
        """The number of questions that nothing answers."""
        return sum(one.question.is_answerable is False for one in self.answered)

    def as_dict(self, *, each: bool = True) -> dict[str, Any]:
        """Return everything, ready for JSON; without `each`, the questions one by one are left out."""
        ranks = {one.id: one.rank for one in self.ranked}
        read = {one.question.id: one for one in self.read}
        rows = [
            {
                "id": one.question.id,
                "answerable": one.question.is_answerable,
                "council": one.council,
                "kind": one.question.kind,
                "rank": ranks.get(one.question.id),
                **_row(one),
                "by excerpt": _row(read[one.question.id]) if one.question.id in read else None,
            }
            for one in self.answered
        ]
        return {
            "generation": self.generation,
            "model": self.model,
            "documents": self.documents,
            "passages": self.passages,
            "questions": {
                "all": len(self.answered),
                "with spans": self.located,
                "not in the index": self.missing,
                "unanswerable": self.unanswerable,
            },
            "rankings": self.rankings,
            "answers": self.answers,
            "first sentence": self.first_sentence,
            "by excerpt": self.by_excerpt,
            "groups": self.groups,
        } | ({"each": rows} if each else {})


def evaluate(
    questions: Sequence[Question],
    generation: Generation,
    embedder: Embedder,
    settings: AnswerSettings,
    *,
    reranker: Reranker | None = None,
    ablation: bool = False,
    plain: bool = False,
    begin: Beginning = lambda name: lambda done, of: None,
) -> Evaluation:
    """Search and ask `generation` with `questions` (at least one).

    With `ablation`, every variant of the search is measured, too, all without a `reranker`; with `plain`, the
    plain recipe, for which all documents are embedded once more.
    """
    judged = judge(questions, generation)
    # The first search loads the model, which is no part of how long one takes.
    embedder.embed_queries([questions[0].question])
    rankings: dict[str, dict[str, float]] = {}
    ranked: list[Ranked] = []
    if judged:
        if plain:
            rankings[PLAIN_ROW] = ranking_figures(
                rank_plainly(judged, generation, embedder, begin(PLAIN_ROW))
            )
        if ablation:
            rankings |= ablate(judged, generation, embedder, begin)
        ranked = rank_all(judged, generation, embedder, progress=begin("search"), reranker=reranker)
        rankings[SHIPPED_ROW] = ranking_figures(ranked) | seconds_figures([one.seconds for one in ranked])
    known = know(questions, judged, generation.table)
    answered = answer_all(known, generation, embedder, settings, begin("ask"), reranker)
    read: list[Answered] = []
    if any(one.rows for one in known):
        read = answer_by_excerpt(known, generation, embedder, settings, begin("ask by excerpt"), reranker)
    first = by_first_sentence(answered, known)
    outcomes = Outcomes(tuple(ranked), tuple(answered), tuple(first), tuple(read))
    figures = outcomes.figures(settings.threshold)
    return Evaluation(
        generation=generation.name,
        model=generation.manifest.model,
        documents=generation.table.documents,
        passages=generation.table.count,
        missing=sum(not one.gold.places for one in judged),
        rankings=rankings,
        answers=figures["answers"],
        ranked=outcomes.ranked,
        answered=outcomes.answered,
        first_sentence=figures.get("first sentence", {}),
        by_excerpt=figures.get("by excerpt", {}),
        groups=outcomes.by_groups(settings.threshold),
        read=outcomes.by_excerpt,
    )


def _row(one: Answered) -> dict[str, Any]:
    """Return what became of one question; what cannot be told without its words is None."""
    located = bool(one.question.spans)
    return {
        "answered": one.answered,
        "confidence": round(one.confidence, 4),
        "quoted": one.holds if located else None,
        "words": one.words,
        "right words": one.overlap.right if located else None,
        "recall": round(one.overlap.recall, 4) if located else None,
        "first right": one.overlap.first if located else None,
        "any right": one.overlap.some if located else None,
    }
