"""What an index knows of a question before it is asked: whose minutes, which words, which passages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from index.evaluation.marks import Marks, marks_of
from index.evaluation.questions import Question
from index.evaluation.ranking import Judged
from index.evaluation.relevance import Finder
from index.passage_table import PassageTable


@dataclass(frozen=True, slots=True)
class Known:
    """A question with the council of its document, its marks, and the rows of the passages of its excerpt.

    `council` is "" and `rows` is empty where the question does not say, or the index lacks the document.
    """

    question: Question
    council: str = ""
    marks: Marks = field(default_factory=Marks)
    rows: tuple[int, ...] = ()


def know(questions: Iterable[Question], judged: Iterable[Judged], table: PassageTable) -> list[Known]:
    """Return what `table` knows of each question; `judged` are those whose words are known."""
    finder = Finder(table)
    councils = [header.council for header in table.headers()]
    marks = {one.question.id: marks_of(one, table) for one in judged}
    known = []
    for question in questions:
        number = finder.number(question.url, question.excerpt[1] if question.excerpt else 0)
        known.append(
            Known(
                question=question,
                council="" if number is None else councils[number],
                marks=marks.get(question.id, Marks()),
                rows=_rows(table, number, question),
            )
        )
    return known


def _rows(table: PassageTable, number: int | None, question: Question) -> tuple[int, ...]:
    if number is None or question.excerpt is None:
        return ()
    start, end = question.excerpt
    rows: Sequence[int] = np.flatnonzero(table.document_of == number).tolist()
    return tuple(one.row for one in table.passages(rows) if start < one.end and one.start < end)
