"""How far the quotes of an answer are the words that are marked as answering its question."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.evaluation.questions import Span
from index.evaluation.ranking import Judged
from index.evaluation.relevance import single_spaced
from index.passage_table import PassageTable
from index.sentences import sentence_spans

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Quoted words: `document.text[start:end]` of the document with this id."""

    document_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where marked words stand: `said` with single spaces, and each of the `words` as a span."""

    document_id: str
    start: int
    end: int
    said: str
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The words that answer a question, wherever the index holds them; empty if it does not.

    `words` are those of the first span, with single spaces. `sentences` are those of each document that a
    span touches, whole: where a span ends in the middle of a sentence, all of it is marked.
    """

    words: str = ""
    places: tuple[Place, ...] = ()
    sentences: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overlap:
    """How the quotes of one answer meet the marks: of `words` quoted, `right` lie in a marked sentence.

    `recall` is the share of the marked words that are quoted; `first` and `some` tell whether the first
    quote, or any of them, overlaps a marked span.
    """

    words: int = 0
    right: int = 0
    recall: float = 0.0
    first: bool = False
    some: bool = False

    @property
    def precision(self) -> float:
        """The share of the quoted words that are right, 0 where nothing is quoted."""
        return self.right / self.words if self.words else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def marks_of(judged: Judged, table: PassageTable) -> Marks:
    """Return what is marked for a question; the same words in two places are marked in both."""
    sentences: dict[str, list[Span]] = {}
    places: dict[tuple[str, Span], Place] = {}
    for passage in table.passages(judged.right):
        document = passage.document
        spans = judged.gold.places[int(table.document_of[passage.row])]
        touched = sentences.setdefault(document.id, list(spans))
        for start, end in sentence_spans(document.text, passage.start, passage.end):
            if _touches(start, end, spans):
                touched.append((start, end))
        for start, end in spans:
            words = tuple(words_in(document.text[start:end], start))
            said = single_spaced(document.text[start:end])
            places[document.id, (start, end)] = Place(document.id, start, end, said, words)
    return Marks(
        words=judged.gold.words,
        places=tuple(places.values()),
        sentences={document: tuple(touched) for document, touched in sentences.items()},
    )


def overlap(quotes: Sequence[Piece], marks: Marks) -> Overlap:
    """Compare quotes with what is marked."""
    words = [(quote.document_id, word) for quote in quotes for word in words_in(quote.text, quote.start)]
    spans: dict[str, list[Span]] = {}
    for place in marks.places:
        spans.setdefault(place.document_id, []).append((place.start, place.end))
    meets = [_touches(quote.start, quote.end, spans.get(quote.document_id, ())) for quote in quotes]
    return Overlap(
        words=len(words),
        right=sum(_touches(*word, marks.sentences.get(document, ())) for document, word in words),
        recall=_recall(quotes, marks.places),
        first=meets[0] if meets else False,
        some=any(meets),
    )


def words_in(text: str, offset: int = 0) -> Iterator[Span]:
    """Yield the words of `text` as spans, counted from `offset`."""
    return ((offset + match.start(), offset + match.end()) for match in _WORD.finditer(text))


def _recall(quotes: Iterable[Piece], places: Iterable[Place]) -> float:
    """Return the share of marked words that are quoted; of the same words in two places, one will do."""
    quoted: dict[str, list[Span]] = {}
    for quote in quotes:
        quoted.setdefault(quote.document_id, []).append((quote.start, quote.end))
    most: dict[str, int] = {}
    everything: dict[str, int] = {}
    for place in places:
        held = sum(_touches(*word, quoted.get(place.document_id, ())) for word in place.words)
        most[place.said] = max(held, most.get(place.said, 0))
        everything[place.said] = len(place.words)
    return sum(most.values()) / sum(everything.values()) if everything else 0.0


def _touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(start < last and first < end for first, last in spans)
