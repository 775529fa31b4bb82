"""What kind of question is asked, and which of its words must be met for an answer."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.families import root
from index.lexical import content_terms, terms
from index.references import find_references


class QuestionKind(StrEnum):
    """What an answer has to contain."""

    WHY = "why"
    DECISION = "decision"
    WHO = "who"
    WHEN = "when"
    HOW_MUCH = "how much"
    HOW_MANY = "how many"
    OTHER = "other"


_KINDS = (
    (QuestionKind.WHY, r"\bwhy\b|\breasons?\b|\bon what grounds\b|\bwhat (?:led|caused)\b|\bhow come\b"),
    (QuestionKind.WHEN, r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\bhow (?:soon|long ago)\b"),
    (
        QuestionKind.HOW_MUCH,
        r"\bhow much\b|\b(?:costs?|prices?|budgets?|amounts?|fees?|charges?|grants?|sums?)\b(?=.*\?)"
        r"|\bhow (?:expensive|costly)\b",
    ),
    (
        QuestionKind.HOW_MANY,
        r"\bhow (?:many|long|big|large|far|high|often|old)\b|\bwhat (?:number|proportion|percentage|total)\b",
    ),
    (
        QuestionKind.DECISION,
        r"\b(?:resolved?|resolutions?|decided?|decisions?|outcome)\b"
        r"|\bwhat (?:was|were|did .{1,60}) (?:agreed?|approved?|recommend(?:ed)?)\b"
        r"|\b(?:did|was|were|has|have)\b.*\b(?:agreed?|approved?|adopt(?:ed)?|reject(?:ed)?|carried|refused?)\b",
    ),
    (QuestionKind.WHO, r"\bwho\b|\bwhom\b|\bwhose\b|\bwhich (?:councillors?|members?|officers?|person)\b"),
)
_COMPILED = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _KINDS)

#: Words by which people ask and clerks report; they say little about the matter itself.
_LIGHT = frozenset(
    term
    for word in (
        "ask asked question answer answered respond response raise raised mention mentioned discuss "
        "discussed explain explained describe report reported note noted council councillor "
        "councillors cllr committee member members meeting meetings minutes only much many long date "
        "day year month time people person thing things make made take took get got give given go "
        "went come came use used want wanted need needed new any anyone someone anything something "
        "consider considered reason reasons happen decide decided decision resolve resolved "
        "resolution approve approved agree agreed propose proposed plan planned cover covered detail "
        "details regarding concerning concern exactly actually currently know known more "
        "other further tell told"
    ).split()
    for term in terms(word)
)
LIGHT_WEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is understood; `roots` are its telling words, `references` must be met exactly."""

    text: str
    kind: QuestionKind
    roots: tuple[str, ...]
    references: tuple[str, ...]


def understand(text: str) -> Question:
    """Return what `text` asks."""
    kind = next((kind for kind, words in _COMPILED if words.search(text)), QuestionKind.OTHER)
    roots = tuple(dict.fromkeys(root(term) for term in content_terms(text)))
    return Question(text, kind, roots, find_references(text))


_LIGHT_ROOTS = frozenset(root(term) for term in _LIGHT)


def weight(question_root: str) -> float:
    """Return how much a word of a question tells about its matter, 0…1."""
    return LIGHT_WEIGHT if question_root in _LIGHT_ROOTS else 1.0
