"""Which passages of an index are right for a question: those that overlap the words that answer it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from index.evaluation.questions import Question, Span
from index.passage_table import PassageTable


@dataclass(frozen=True, slots=True)
class Gold:
    """Where the words stand that answer `question`: spans by the number of their document.

    There are none if the index does not hold them. `words` are those of the first span, with single spaces.
    """

    question: Question
    places: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    words: str = ""

    def holds(self, document: int, start: int, end: int) -> bool:
        """Tell whether the passage `start` … `end` of a document is right."""
        return any(start < last and first < end for first, last in self.places.get(document, ()))


class Finder:
    """Finds the places of questions in a table of passages."""

    def __init__(self, table: PassageTable) -> None:
        self._table = table
        self._numbers: dict[str, list[int]] = {}
        self._ids: list[str] = []
        for number, (document_id, url) in enumerate(table.addresses()):
            self._ids.append(document_id)
            for address in {document_id, url}:
                self._numbers.setdefault(address, []).append(number)

    def find(self, question: Question) -> Gold:
        """Return the places of `question`; a document that is too short for its spans is another one."""
        places: dict[int, tuple[Span, ...]] = {}
        spoken: list[str] = []
        for number, text in self._texts([question.url]):
            if question.spans and max(end for _, end in question.spans) <= len(text):
                places[number] = question.spans
                spoken = spoken or [text[start:end] for start, end in question.spans]
        if not places:
            return Gold(question)
        for number, text in self._texts(question.alt_urls):
            if number not in places and (spans := tuple(find_words(spoken, text))):
                places[number] = spans
        return Gold(question, places, single_spaced(spoken[0]))

    def number(self, address: str, characters: int = 0) -> int | None:
        """Return the number of the document at `address`, None where there is none of so many characters."""
        return next((number for number, text in self._texts([address]) if characters <= len(text)), None)

    def _texts(self, addresses: Iterable[str]) -> Iterator[tuple[int, str]]:
        for number in dict.fromkeys(n for address in addresses for n in self._numbers.get(address, ())):
            document = self._table.document(self._ids[number])
            if document is not None:
                yield number, document.text


def right_passages(gold: Gold, table: PassageTable) -> dict[int, int]:
    """Return the rows of the right passages, each with a number that is equal where the words are."""
    rows = np.flatnonzero(np.isin(table.document_of, list(gold.places))).tolist()
    return {
        one.row: one.words
        for one in table.passages(rows)
        if gold.holds(int(table.document_of[one.row]), one.start, one.end)
    }


def news(hits: Iterable[Sequence[int]], right: Mapping[int, int]) -> list[int]:
    """Return how many right passages each hit brings first; a hit is a row and those folded into it."""
    seen: set[int] = set()
    brought = []
    for rows in hits:
        new = {right[row] for row in rows if row in right} - seen
        seen |= new
        brought.append(len(new))
    return brought


def find_words(spoken: Iterable[str], text: str) -> Iterator[Span]:
    """Yield where `text` holds the same words as one of `spoken`, whatever white space is between them."""
    for words in spoken:
        if pattern := r"\s+".join(map(re.escape, words.split())):
            yield from (match.span() for match in re.finditer(pattern, text))


def single_spaced(text: str) -> str:
    """Return `text` with a single space for any white space."""
    return " ".join(text.split())
