"""One evaluation: a generation is searched and asked with questions whose answers are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from index.embedding import Embedder
from index.evaluation.ablation import ablate
from index.evaluation.answers import Answered, answer_all, answer_figures
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
        rows = [
            {
                "id": one.question.id,
                "answerable": one.question.is_answerable,
                "rank": ranks.get(one.question.id),
                "answered": one.answered,
                "confidence": round(one.confidence, 4),
                "quoted": one.holds if one.question.spans else None,
                "words": one.words,
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
    golds = [one.gold for one in judged]
    answered = answer_all(questions, golds, generation, embedder, settings, begin("ask"), reranker)
    return Evaluation(
        generation=generation.name,
        model=generation.manifest.model,
        documents=generation.table.documents,
        passages=generation.table.count,
        missing=sum(not gold.places for gold in golds),
        rankings=rankings,
        answers=answer_figures(answered, settings.threshold),
        ranked=tuple(ranked),
        answered=tuple(answered),
    )
