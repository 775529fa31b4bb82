"""Feedback on documents of the invented council."""

from collections.abc import Sequence
from typing import Any

from corpus.records import Document
from index.records import Answer, Filters, Hit, Quote
from ui.feedback.records import Feedback, Shown, Verdict, shown_of

WHEN = "2026-03-02T09:30:00+00:00"


def quote_of(document: Document, words: str) -> Quote:
    start = document.text.index(words)
    return Quote(
        words, document.id, document.url, start, start + len(words), document.title, document.council,
        document.committee, document.meeting_date, "minutes", document.url,
    )  # fmt: skip


def hit_of(document: Document, words: str) -> Hit:
    start = document.text.index(words)
    return Hit(
        1, 1.0, f"{document.id}:{start}", document.id, document.url, document.title, document.council,
        document.committee, document.meeting_date, "minutes", start, start + len(words), words,
    )  # fmt: skip


def answer_of(quotes: list[Quote], hits: list[Hit]) -> Answer:
    return Answer(
        "Why?", bool(quotes), " ".join(q.text for q in quotes), tuple(quotes), tuple(hits), "000007", "m", 0.1
    )


def shown(quotes: list[Quote], hits: Sequence[Hit] = ()) -> Shown:
    return shown_of(answer_of(quotes, list(hits)))


def feedback(verdict: Verdict = Verdict.RIGHT, *, seen: Shown | None = None, **fields) -> Feedback:
    defaults: dict[str, Any] = {
        "question": "Why was the mill bridge closed?",
        "filters": Filters(),
        "given_at": WHEN,
        "shown": Shown("000007", False) if seen is None else seen,
    }
    return Feedback(verdict=verdict, **(defaults | fields))
