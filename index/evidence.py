"""How well a sentence answers a question: meaning, words, references, and what kind of answer is due."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.records import Document
from index.cues import CUES
from index.families import Families, root, roots_in
from index.lexical import rarity, terms
from index.question import Question, QuestionKind, weight
from index.references import mentions
from index.units import Unit

COSINE_WEIGHT = 2.0
COVERAGE_WEIGHT = 0.6
REFERENCE_WEIGHT = 0.5
KIND_WEIGHT = 0.3
#: What was decided stands in the resolution, whatever else was said of it.
DECISION_WEIGHT = 0.5
PASSAGE_WEIGHT = 0.3
#: A sentence about recommendation 9 does not answer a question about recommendation 12.
OTHER_REFERENCE_PENALTY = 0.5
#: In little text it tells little that a word never occurs: in so many passages half of what it tells in many.
UNSEEN_PASSAGES = 10
#: What a sentence has of the form of an answer by its section alone.
PLACED = 0.6
#: "The following was noted:" says nothing without what follows.
INTRODUCTION_PENALTY = 0.3

#: Where a decision is recorded.
DECIDING = ("resolved", "decision")
#: In whatever words somebody asks for a decision, what stands there is one.
_DECIDED = "resolved decided agreed approved"

#: Whose minutes a question may mean by them.
_BODIES = ("cabinet", "committee", "council", "board", "panel", "executive", "assembly")

_ROLES = {
    QuestionKind.WHY: ("reasons for decision",),
    QuestionKind.DECISION: ("resolved", "decision", "recorded vote"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A unit and how well it answers.

    `coverage` is the share of the question's telling words that it meets, and `told` that which it meets with
    the heading of its passage.
    """

    unit: Unit
    cosine: float
    coverage: float
    told: float
    referenced: bool
    fits: float
    score: float


class Weigher:
    """Weighs the words of one question by how rare they are in the minutes.

    `frequency` tells in how many of `passages` passages a term stands.
    """

    def __init__(self, question: Question, frequency: Callable[[str], int], passages: int) -> None:
        self.question = question
        stems = {root(term): term for term in terms(question.text)}
        seen = {word: frequency(stems.get(word, word)) for word in question.roots}
        trust = passages / (passages + UNSEEN_PASSAGES)
        self.weights = {
            word: weight(word) * rarity(count, passages) * (1 if count else trust)
            for word, count in seen.items()
        }
        self._families = Families(self.weights)
        self._met: dict[str, frozenset[str]] = {}

    def coverage(self, *texts: str) -> float:
        """Return the share, by weight, of the question's words that `texts` hold together."""
        total = sum(self.weights.values())
        return sum(self.weights[word] for word in self.met(*texts)) / total if total else 0.0

    def met(self, *texts: str) -> frozenset[str]:
        """Return the question's words that `texts` hold, in any of their forms."""
        return frozenset().union(*map(self._met_by, texts))

    def _bodies_in(self, document: Document) -> str:
        """Return the bodies in the question of which minutes speak that do not say whose they are."""
        asked = [body for body in _BODIES if root(body) in self.weights]
        return " ".join(body for body in asked if body in document.text.casefold())

    def _met_by(self, text: str) -> frozenset[str]:
        # The same heading and the same body stand round many a sentence.
        met = self._met.get(text)
        if met is None:
            met = self._met[text] = self._families.met(roots_in(text))
        return met

    def weigh(self, unit: Unit, cosine: float, passage_score: float) -> Evidence:
        """Return the evidence of `unit`; `passage_score` is its passage's share of the best score, 0…1."""
        question = self.question
        # Naming the body or the item that is meant asks for no sentence that repeats its name.
        body = f"{unit.document.council} {unit.document.committee or self._bodies_in(unit.document)}"
        role = _DECIDED if unit.role in DECIDING else unit.role
        coverage = self.coverage(unit.text, role, body)
        told = self.coverage(unit.text, role, body, unit.passage.heading, unit.under)
        met = told if _is_placed(question.kind, unit) else (coverage + told) / 2
        referenced = any(mentions(reference, unit.text) for reference in question.references)
        fits = _fits(question.kind, unit)
        score = (
            COSINE_WEIGHT * cosine
            + COVERAGE_WEIGHT * met
            + REFERENCE_WEIGHT * referenced
            + (DECISION_WEIGHT if question.kind is QuestionKind.DECISION else KIND_WEIGHT) * fits
            + PASSAGE_WEIGHT * passage_score
        )
        if not referenced and refers_elsewhere(question.references, unit.text):
            score -= OTHER_REFERENCE_PENALTY
        if unit.text.rstrip().endswith(":"):
            score -= INTRODUCTION_PENALTY
        return Evidence(unit, cosine, coverage, told, referenced, fits, score)


def _fits(kind: QuestionKind, unit: Unit) -> float:
    """Return how far `unit` has the form of an answer, 0…1: its section counts more than its words."""
    worded = kind in CUES and CUES[kind].search(unit.text) is not None
    return PLACED * _is_placed(kind, unit) + (1 - PLACED) * worded if kind in _ROLES else float(worded)


def _is_placed(kind: QuestionKind, unit: Unit) -> bool:
    return unit.role in _ROLES.get(kind, ())


def refers_elsewhere(references: Sequence[str], text: str) -> bool:
    """Tell whether `text` names another of what `references` name: recommendation 9 instead of 12."""
    nouns = {reference.rpartition(" ")[0] for reference in references}
    return any(
        noun and re.search(rf"\b{re.escape(noun)}s?\s+(?:no\.?\s*)?\d", text, re.IGNORECASE) for noun in nouns
    )
