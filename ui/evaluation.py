"""How good it is: an index measured with questions whose answers are known, as a table."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from index.evaluation.answers import WRONGLY
from index.evaluation.questions import Question
from index.evaluation.run import SHIPPED_ROW, Evaluation, evaluate
from ui import progress
from ui.library import Library

if TYPE_CHECKING:
    from rich.console import Console

_COLUMNS = ("found@1", "found@5", "found@10", "found@50", "share@10", "share@50", "mrr", "ndcg@10")


def spread(questions: Sequence[Question], limit: int | None) -> Sequence[Question]:
    """Return at most `limit` of `questions`, evenly spread over all of them."""
    if limit is None or limit >= len(questions):
        return questions
    return [questions[number * len(questions) // limit] for number in range(limit)]


def measure(
    library: Library, questions: Sequence[Question], console: "Console", *, ablation: bool, plain: bool
) -> Evaluation:
    """Evaluate the published generation of `library` with its own settings.

    Raises:
        GenerationError: there is none, it is broken, or it was embedded with another model.
    """
    settings = library.settings.answer
    with (
        library.reader() as reader,
        reader.opened() as generation,
        progress.evaluating(console) as begin,
    ):
        return evaluate(
            questions,
            generation,
            reader.embedder,
            settings,
            reranker=reader.reranker,
            ablation=ablation,
            plain=plain,
            begin=begin,
        )


def evaluation_text(evaluation: Evaluation) -> str:
    """Return what was measured, in words, and the figures as tables in Markdown."""
    lines = [*_measured(evaluation), ""]
    if evaluation.rankings:
        rows = [[name, *_cells(row, _COLUMNS)] for name, row in evaluation.rankings.items()]
        lines += [*table(["search", *_COLUMNS], rows), ""]
    return "\n".join(lines + table(["answers", ""], list(_answers(evaluation))))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table in Markdown that also reads well as it is: figures stand to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]

    def line(cells: Sequence[str]) -> str:
        padded = [cells[0].ljust(widths[0]), *map(str.rjust, cells[1:], widths[1:])]
        return f"| {' | '.join(padded)} |"

    return [line(head), line(rule), *map(line, rows)]


def _measured(evaluation: Evaluation) -> Iterator[str]:
    yield (
        f"Generation {evaluation.generation}, {evaluation.model}: {evaluation.documents:,} documents, "
        f"{evaluation.passages:,} passages."
    )
    yield (
        f"{len(evaluation.answered):,} questions: {evaluation.located:,} with the words that answer them, "
        f"{evaluation.unanswerable:,} that nothing answers."
    )
    if evaluation.missing:
        yield (
            f"The words of {evaluation.missing:,} are not in this index: their documents are missing or have "
            "changed. They count as not found."
        )


def _cells(row: dict[str, float], columns: Sequence[str]) -> list[str]:
    return [f"{row[column]:.3f}" for column in columns]


def _answers(evaluation: Evaluation) -> Iterator[list[str]]:
    figures = evaluation.answers
    for name, key in (
        ("the right words are quoted, of all that have them", "quote recall"),
        ("the same, of those that were answered", "quote recall, answered"),
    ):
        if key in figures:
            yield [name, f"{figures[key]:.3f}"]
    if "median words quoted" in figures:
        yield ["median words quoted", f"{figures['median words quoted']:g}"]
    if refusal := figures.get("refusal"):
        yield from _refusal(refusal)
    if shipped := evaluation.rankings.get(SHIPPED_ROW):
        yield ["seconds for a search, p50 and p95", _seconds(shipped)]
    yield ["seconds for an answer, p50 and p95", _seconds(figures)]


def _refusal(refusal: dict[str, Any]) -> Iterator[list[str]]:
    precision = refusal["precision"]
    yield ["unanswerable questions refused", f"{refusal['recall']:.3f}"]
    yield ["answerable questions refused", f"{refusal['answerable refused']:.3f}"]
    yield ["refusals that are right", "none" if precision is None else f"{precision:.3f}"]
    yield [
        f"unanswerable ones refused when {WRONGLY:.0%} of the answerable ones are",
        f"{refusal[f'refused at {WRONGLY}']:.3f}",
    ]
    yield ["area under that curve", f"{refusal['area']:.3f}"]


def _seconds(figures: dict[str, Any]) -> str:
    return f"{figures['seconds p50']:.3f}  {figures['seconds p95']:.3f}"
