"""The vocabulary of search and answers: filters, hits, quotes."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to. Names match without regard to case, in whole or by all their words.

    `date_from` and `date_to` are ISO dates, both inclusive, of the meeting.
    """

    council: str = ""
    committee: str = ""
    date_from: str = ""
    date_to: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that was found. `text == document.text[start:end]`; `rank` counts from 1."""

    rank: int
    score: float
    passage_id: str
    document_id: str
    url: str
    title: str
    council: str
    committee: str
    meeting_date: str | None
    section: str
    start: int
    end: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Return the published format, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search.

    `interpreted` says in plain words how the query was understood; `notes` hold what a person should
    know about it ("no council named 'Kant'"); `also_in` maps a passage id to the documents (title, url)
    that hold the same words and were folded into that hit.
    """

    hits: tuple[Hit, ...]
    interpreted: str
    notes: tuple[str, ...] = ()
    also_in: dict[str, tuple[tuple[str, str], ...]] | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a document: `text == document.text[start:end]`.

    `link` opens the public page on these words (text fragment, or page of a PDF). `points_to` is the place
    outside the document that the words point to ("Appendix 2"); it is no part of the published format.
    """

    text: str
    document_id: str
    url: str
    start: int
    end: int
    title: str
    council: str
    committee: str
    meeting_date: str | None
    section: str
    link: str
    points_to: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the published format, ready for JSON."""
        return {name: value for name, value in asdict(self).items() if name != "points_to"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the minutes say to a question, or that they do not say it.

    Unanswered, `quotes` is empty and `hits` are the closest passages, shown as such. `confidence` is how sure
    it is that the minutes answer at all, 0…1; it is no part of the published format.
    """

    question: str
    answered: bool
    answer: str
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    generation: str
    model: str
    seconds: float
    confidence: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the published format, ready for JSON."""
        published = {name: value for name, value in asdict(self).items() if name != "confidence"}
        return published | {"quotes": [quote.as_dict() for quote in self.quotes]}
