"""Answers and findings made into rows of the output."""

from collections.abc import Iterator, Sequence
from typing import Any

from corpus.errors import MinutebookError, UsageError
from index.answering.states import State
from index.generation import Generation
from index.links import link_to
from index.records import Answer, Found, Hit
from ui.batch.order import Order
from ui.batch.questions import Question

NOTHING_FOUND = "nothing was found"


def rows_of(
    result: Answer | Found | MinutebookError, question: Question, order: Order, generation: Generation
) -> list[dict[str, Any]]:
    """Return the rows that an answer, or what was found, gives; there is always one.

    All rows have the columns of `order` that are known here:
    not the row's number, nor where it all comes from.

    Raises:
        MinutebookError: the minutes could not be asked at all, whatever the question.
    """
    if question.error or isinstance(result, UsageError):
        return [{"error": question.error or str(result)}]
    if isinstance(result, MinutebookError):
        raise result
    if isinstance(result, Answer):
        rows = _answered(result, order, generation)
    else:
        rows = _found(result, order, generation)
    return [{"searched": question.searched, **row} for row in rows]


def _answered(answer: Answer, order: Order, generation: Generation) -> Iterator[dict[str, Any]]:
    silent = answer.state is State.SILENT
    whole = {
        "answered": answer.answered,
        "state": answer.state.value,
        "answer": None if silent else answer.answer,
        "reason": answer.reason.value if answer.reason else None,
        "why": answer.answer if silent else None,
    }
    quotes = [quote.as_dict() for quote in answer.quotes]
    if not order.long:
        closest = answer.hits if silent else ()
        yield whole | {"quotes": quotes, "closest": _hits(closest, generation)}
        return
    for number, quote in enumerate(quotes, start=1):
        yield whole | {"quote": number} | {f"quote_{name}": value for name, value in quote.items()}
    if not quotes:
        yield whole


def _found(found: Found, order: Order, generation: Generation) -> Iterator[dict[str, Any]]:
    notes = found.notes if found.hits else (NOTHING_FOUND, *found.notes)
    whole = {"found": len(found.hits), "interpreted": found.interpreted, "notes": "; ".join(notes) or None}
    hits = _hits(found.hits, generation)
    if not order.long:
        yield whole | {"hits": hits}
        return
    for hit in hits:
        yield whole | {f"hit_{name}": value for name, value in hit.items()}
    if not hits:
        yield whole


def _hits(hits: Sequence[Hit], generation: Generation) -> list[dict[str, Any]]:
    rows = []
    for hit in hits:
        document = generation.table.document(hit.document_id)
        link = link_to(document, hit.start, hit.end) if document else hit.url
        rows.append(hit.as_dict() | {"link": link})
    return rows
