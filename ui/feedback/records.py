"""The vocabulary of feedback: what a reader says of an answer, and what was shown then."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from index.records import Answer, Filters, Hit, Quote

#: Longer notes and questions are no feedback; more places than this no page shows at once.
LONGEST_NOTE = 2_000
LONGEST_QUESTION = 2_000
MOST_PLACES = 100


class Verdict(StrEnum):
    """What a reader says of an answer.

    RIGHT: the quotes answer, or the minutes truly do not say. WRONG: they do not answer. WRONG_SOURCE: they
    come from the wrong minutes. MISSING: the minutes say more than was shown.
    """

    RIGHT = "right"
    WRONG = "wrong"
    WRONG_SOURCE = "wrong source"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document that were shown: `text[start:end]`, offsets in characters.

    The words themselves are not kept: a council may withhold them later, and then nobody may have them. Their
    `mark` tells whether words are still the same.
    """

    document_id: str
    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader had before them: of which generation, whether words were quoted, quotes and passages."""

    generation: str
    answered: bool
    quotes: tuple[Place, ...] = ()
    hits: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one reader said. `given_at` is ISO 8601 in UTC; `number` counts from 1, 0 before it is kept."""

    verdict: Verdict
    question: str
    filters: Filters
    shown: Shown
    given_at: str
    note: str = ""
    number: int = 0


def shown_of(answer: Answer) -> Shown:
    """Return what a reader of `answer` has before them."""
    return Shown(
        answer.generation,
        bool(answer.quotes),
        tuple(map(_place, answer.quotes[:MOST_PLACES])),
        tuple(map(_place, answer.hits[:MOST_PLACES])),
    )


def mark_of(words: str) -> str:
    """Return what stands for `words`: nothing can be read in it, and other words have another."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _place(said: Quote | Hit) -> Place:
    return Place(said.document_id, said.start, said.end, mark_of(said.text))
