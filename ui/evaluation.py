"""How good it is: an index measured with questions whose answers are known, as a table."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from index.evaluation.questions import Question
from index.evaluation.run import SHIPPED_ROW, Evaluation, evaluate
from index.evaluation.silence import SELDOM, WRONGLY
from ui import progress
from ui.library import Library

if TYPE_CHECKING:
    from rich.console import Console

_COLUMNS = ("found@1", "found@5", "found@10", "found@50", "share@10", "share@50", "mrr", "ndcg@10")
_QUOTING = (
    ("the right words are quoted, of all that have them", "quote recall"),
    ("the same, of those that were answered", "quote recall, answered"),
    ("the first quote is right, of all that have them", "first quote right"),
    ("any quote is right, of all that have them", "any quote right"),
    ("quoted words that lie in a marked sentence", "word precision"),
    ("marked words that are quoted, mean", "word recall"),
    ("F1 of quoted words, mean", "word f1"),
)
#: The last two: the threshold is the one that refuses 7 % of the answerable questions of the other councils.
_GROUP_COLUMNS = (
    "questions",
    "unanswerable",
    "right words",
    "if answered",
    "first right",
    "any right",
    "precision",
    "recall",
    "F1",
    "median words",
    "area",
    "refused",
    "wrongly",
)


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


def evaluation_text(evaluation: Evaluation, by: str | None = None) -> str:
    """Return what was measured, in words, and the figures as tables in Markdown.

    `by` is "council" or "kind": the figures of each are shown, too.
    """
    lines = [*_measured(evaluation), ""]
    if evaluation.rankings:
        rows = [[name, *_cells(row, _COLUMNS)] for name, row in evaluation.rankings.items()]
        lines += [*table(["search", *_COLUMNS], rows), ""]
    ways = {name: figures for name, figures in _ways(evaluation).items() if figures}
    head = list(ways) if len(ways) > 1 else [""]
    lines += table(["answers", *head], list(_answers(evaluation, list(ways.values()))))
    if by:
        for way in ways:
            lines += ["", *_grouped(evaluation, by, way)]
    return "\n".join(lines)


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


def _ways(evaluation: Evaluation) -> dict[str, dict[str, Any]]:
    """Return the figures of answers by the way in which they were asked for, as the columns are called."""
    return {
        SHIPPED_ROW: evaluation.answers,
        "by excerpt": evaluation.by_excerpt,
        "first sentence": evaluation.first_sentence,
    }


def _answers(evaluation: Evaluation, ways: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    for name, key in _QUOTING:
        if any(key in figures for figures in ways):
            yield [name, *(_number(figures.get(key)) for figures in ways)]
    if any("median words quoted" in figures for figures in ways):
        yield ["median words quoted", *(_plainly(figures.get("median words quoted")) for figures in ways)]
    yield from _states([figures.get("states", {}) for figures in ways])
    refusals = [figures.get("refusal", {}) for figures in ways]
    if any(refusals):
        yield from _refusal(refusals)
        yield from _held_out(ways)
    if shipped := evaluation.rankings.get(SHIPPED_ROW):
        yield ["seconds for a search, p50 and p95", _seconds(shipped), *[""] * (len(ways) - 1)]
    yield ["seconds for an answer, p50 and p95", *map(_seconds, ways)]


def _states(ways: Sequence[dict[str, dict[str, int]]]) -> Iterator[list[str]]:
    for kind in dict.fromkeys(kind for counts in ways for kind in counts):
        cells = ("  ".join(map(str, counts.get(kind, {}).values())) for counts in ways)
        yield [f"{kind}: answered, may be answered, silent", *cells]


def _refusal(refusals: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    yield ["unanswerable questions refused", *(_number(one.get("recall")) for one in refusals)]
    yield ["answerable questions refused", *(_number(one.get("answerable refused")) for one in refusals)]
    yield [
        "refusals that are right",
        *("none" if one.get("precision", 0) is None else _number(one.get("precision")) for one in refusals),
    ]
    for wrongly in (WRONGLY, SELDOM):
        key = f"refused at {wrongly}"
        if any(key in one for one in refusals):
            name = f"unanswerable ones refused when {wrongly:.0%} of the answerable ones are"
            yield [name, *(_number(one.get(key)) for one in refusals)]
    yield ["area under that curve", *(_number(one.get("area")) for one in refusals)]


def _held_out(ways: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    """Yield what the same is worth where the threshold is chosen on the other councils."""
    held_out = [_of_other_councils(figures) for figures in ways]
    if any(one.get("refused") is not None for one in held_out):
        yield [
            f"the same at {SELDOM:.0%}, chosen on the other councils: unanswerable ones refused",
            *(_number(one.get("refused")) for one in held_out),
        ]
        yield ["and answerable ones", *(_number(one.get("answerable refused")) for one in held_out)]


def _grouped(evaluation: Evaluation, by: str, way: str) -> list[str]:
    """Return a table with a line for each group."""
    rows = []
    for name, group in evaluation.groups.get(by, {}).items():
        figures = group.get("answers" if way == SHIPPED_ROW else way, {})
        counts = figures.get("questions", group["questions"])
        refusal, held_out = figures.get("refusal", {}), _of_other_councils(figures)
        rows.append(
            [
                name or f"no {by}",
                f"{counts['all']:,}",
                f"{counts['unanswerable']:,}",
                *(_number(figures.get(key)) for _, key in _QUOTING),
                _plainly(figures.get("median words quoted")),
                _number(refusal.get("area")),
                _number(held_out.get("refused")),
                _number(held_out.get("answerable refused")),
            ]
        )
    return table([f"{way}, by {by}", *_GROUP_COLUMNS], rows)


def _of_other_councils(figures: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = figures.get("silence", {}).get(str(SELDOM), {}).get("held out", {})
    return found


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _plainly(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _seconds(figures: dict[str, Any]) -> str:
    if "seconds p50" not in figures:
        return "–"
    return f"{figures['seconds p50']:.3f}  {figures['seconds p95']:.3f}"
