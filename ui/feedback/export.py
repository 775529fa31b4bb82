"""Feedback made into questions for `minutebook evaluate`, as far as the record still bears it out.

What was called right has its quotes' places as spans, a row for each document that was quoted; a silence that
was called right is a question that the minutes do not answer. Of everything else only the question is known:
whether and where the minutes answer it is for a person to fill in.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from corpus.records import Document
from index.evaluation.questions import Question
from index.records import Filters
from ui.feedback.records import Feedback, Place, Verdict, mark_of

#: How filters are typed into a question.
_OPERATORS = (
    ("council", "council"),
    ("committee", "committee"),
    ("date_from", "from"),
    ("date_to", "to"),
    ("kind", "kind"),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """Questions in the format of `evaluate`, and the numbers of the feedback that is left out.

    It is left out because a document that was quoted is gone or has other words now, or because nobody can
    ask it: a question without words.
    """

    questions: tuple[dict[str, Any], ...]
    left_out: tuple[int, ...]

    @property
    def lines(self) -> str:
        """The questions as JSON Lines."""
        return "".join(f"{json.dumps(question, ensure_ascii=False)}\n" for question in self.questions)


def export(feedback: Iterable[Feedback], document: Callable[[str], Document | None]) -> Exported:
    """Return the questions in `feedback`, each kind of row once; `document` looks one up in the record."""
    questions: dict[str, dict[str, Any]] = {}
    left_out = []
    for one in feedback:
        try:
            rows = list(_rows(one, document))
            for row in rows:
                Question.model_validate(row)
        except (_ChangedError, ValidationError):
            left_out.append(one.number)
            continue
        for row in rows:
            questions.setdefault(json.dumps([value for key, value in row.items() if key != "id"]), row)
    return Exported(tuple(questions.values()), tuple(left_out))


def with_operators(question: str, filters: Filters) -> str:
    """Return a question that finds the same without filters, by the signs of the search."""
    typed = [question]
    for field, name in _OPERATORS:
        # A quotation mark would end the value; names are met by their words all the same.
        value = "".join(" " if sign in '"“”' else sign for sign in getattr(filters, field)).strip()
        if value:
            typed.append(f'{name}:"{value}"')
    return " ".join(typed)


class _ChangedError(Exception):
    """The words that were shown are not in the record any more."""


def _rows(one: Feedback, document: Callable[[str], Document | None]) -> Iterator[dict[str, Any]]:
    name, question = f"feedback-{one.number}", with_operators(one.question, one.filters)
    if one.verdict is not Verdict.RIGHT:
        yield {"id": name, "question": question, "answerable": None}
        return
    if not one.shown.answered:
        yield {"id": name, "question": question, "answerable": False}
        return
    places: dict[str, list[Place]] = {}
    for place in one.shown.quotes:
        places.setdefault(place.document_id, []).append(place)
    if not places:
        raise _ChangedError
    for number, (document_id, quoted) in enumerate(places.items(), start=1):
        found = document(document_id)
        if found is None or any(mark_of(found.text[p.start : p.end]) != p.mark for p in quoted):
            raise _ChangedError
        yield {
            "id": name if len(places) == 1 else f"{name}.{number}",
            "question": question,
            "answerable": True,
            "url": found.url or found.id,
            "spans": sorted({(place.start, place.end) for place in quoted}),
        }
