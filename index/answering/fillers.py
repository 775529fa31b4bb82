"""What a question asks for, and what could fill that gap: amounts, days, names, reasons."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.families import root
from index.lexical import content_terms


class Asked(StrEnum):
    """What kind of words answers a question."""

    MONEY = "money"
    COUNT = "count"
    DAY = "day"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    DECISION = "decision"
    MANNER = "manner"
    YES_NO = "yes or no"
    THING = "thing"


_NUMBER_WORDS = (
    "none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
    "half|quarter|third|once|twice"
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
#: The kinds of words that are counted; each is a column of `Fillers`.
_PATTERNS = {
    "amounts": re.compile(
        r"[£€$]\s?\d[\d,.]*(?:\s?(?:k|m|bn|million|billion)\b)?|\b\d[\d,.]*\s?(?:pounds?|euros?|dollars?|pence|p)\b"
        r"|\bfree of charge\b",
        re.IGNORECASE,
    ),
    "numbers": re.compile(rf"\b\d[\d,.]*%?|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE),
    "dates": re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})[a-z]*\b(?:,?\s+\d{{4}})?"
        rf"|\b(?:{_MONTHS})[a-z]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b(?:19|20)\d\d\b"
        r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}[:.]\d\d\s?[ap]\.?m\b|\b\d{1,2}\s?[ap]\.?m\b"
        r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|june|july|august"
        r"|september|october|november|december)\b"
        r"|\b(?:next|last|this|following|coming) (?:week|month|year|spring|summer|autumn|winter|meeting)\b"
        r"|\b(?:spring|summer|autumn|winter|christmas|easter)\b",
        re.IGNORECASE,
    ),
    "names": re.compile(
        r"\b(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Rev|Ald|Alderman|Lord|Sir|Dame|Deputy|PC|Sgt)\b\.?\s+[A-Z][\w’'-]*"
        r"|\b[A-Z][a-z’']+(?:[ -](?:[A-Z][\w’']+|of|and|&|the))*[ -][A-Z][\w’']+"
        r"|\b[A-Z]{2,5}\b|\b[A-Z]\. ?[A-Z][a-z]+"
    ),
    "roles": re.compile(
        r"\b(?:mayor|chair(?:man|person|woman)?|leader|cathaoirleach|clerk|director|officers?|engineers?|"
        r"treasurer|secretary|contractors?|residents?|volunteers?|police|gardaí|members?|company|owners?)\b",
        re.IGNORECASE,
    ),
    "places": re.compile(
        r"\b(?:in|at|near|on|from|along|outside|opposite|behind|beside|between|to) (?:the )?[A-Z]\w+"
        r"|\b(?:Road|Street|Lane|Avenue|Close|Hall|Park|Square|Drive|Way|Bridge|Church|School|Centre|Green)\b"
    ),
    "reasons": re.compile(
        r"\b(?:because|due to|owing to|as a result|in order to|in view of|so that|given that|since|therefore|"
        r"reasons?|rationale|grounds?|to (?:ensure|enable|avoid|allow|prevent|help|provide|protect|improve|"
        r"reduce|make|support)|although|however|concern(?:s|ed)?|in response|as (?:the|they|there|it|he|she|"
        r"we|this|no)|for (?:the )?(?:purposes?|safety)|would (?:not )?be|cannot|could not|unable|"
        r"need(?:s|ed)?|"
        r"too \w+|caus(?:e|ed|ing)|following)\b",
        re.IGNORECASE,
    ),
    "decisions": re.compile(
        r"\b(?:resolved|agreed|approved|adopted|carried|lost|defeated|noted|rejected|refused|deferred|decided|"
        r"granted|moved|seconded|proposed|unanimous(?:ly)?|in favou?r|supported|objections?|recommended|"
        r"accepted|declined|be it resolved|authori[sz]ed?|received)\b",
        re.IGNORECASE,
    ),
    "outcomes": re.compile(
        r"\b(?:carried|lost|defeated|passed|withdrawn|tied|unanimous(?:ly)?)\b|\b(?:yeas|nays|for|against|"
        r"abstain(?:ed|ing)?|abstentions?)\s*[:(]?\s*\d",
        re.IGNORECASE,
    ),
    "intents": re.compile(
        r"\b(?:will|shall|to be|would|going to|is to|are to|plans? to|planned|propos\w+|asked? to|"
        r"requested)\b",
        re.IGNORECASE,
    ),
}
FILLERS = tuple(_PATTERNS)
#: The fillers that answer a kind of question, best first.
_FILLS = {
    Asked.MONEY: ("amounts",),
    Asked.COUNT: ("numbers",),
    Asked.DAY: ("dates",),
    Asked.PERSON: ("names", "roles"),
    Asked.PLACE: ("places", "names"),
    Asked.REASON: ("reasons",),
    Asked.DECISION: ("decisions",),
    Asked.MANNER: ("intents",),
    Asked.YES_NO: ("decisions",),
    Asked.THING: (),
}
_MONEY = (
    r"\bhow much\b|\bhow (?:expensive|costly)\b"
    r"|\b(?:costs?|price[ds]?|budget|amounts?|fees?|charges?|grants?|sums?|rent|rate|precept|worth|paid|pay|"
    r"spend|spent|donat\w+|funding|salary|balance)\b"
)
_ASKS = tuple(
    (asked, re.compile(words, re.IGNORECASE))
    for asked, words in (
        (
            Asked.REASON,
            r"\bwhy\b|\breasons?\b|\bon what grounds\b|\bwhat (?:led|caused|prompted)\b|\bhow come\b",
        ),
        (
            Asked.DAY,
            r"\bwhen\b|\b(?:what|which|by what) (?:dates?|days?|months?|years?|time)\b"
            r"|\bhow (?:soon|long ago)\b"
            r"|\bdeadline\b|\bdate\b",
        ),
        (Asked.MONEY, r"\bhow much\b|\bhow (?:expensive|costly)\b"),
        (
            Asked.COUNT,
            r"\bhow (?:many|long|big|large|far|high|often|old|wide|deep|fast|heavy|tall)\b"
            r"|\b(?:what|which) (?:number|proportion|percentage|total|speed|size|area|length|score)\b",
        ),
        (
            Asked.PLACE,
            r"\bwhere\b|\b(?:what|which) (?:place|street|road|venue|site|location|area|village|town)s?\b",
        ),
        (
            Asked.PERSON,
            r"\bwho(?:se|m)?\b|\b(?:what|which) (?:\w+ )?(?:councillors?|members?|officers?|persons?|people|"
            r"firms?|company|companies|contractors?|body|bodies|groups?|organi[sz]ations?|agency|department|authority|"
            r"charity|charities|club|residents?|engineers?|architects?|consultants?|suppliers?)\b",
        ),
        (Asked.MONEY, _MONEY + r"(?=.*\?)"),
        (
            Asked.DECISION,
            r"\b(?:resolved?|resolutions?|decided?|decisions?|outcome|voted?|verdict|happened to|result)\b"
            r"|\bwhat (?:was|were|did .{1,60}) (?:agreed?|approved?|recommend(?:ed)?|do about)\b",
        ),
        (Asked.MANNER, r"^\W*how\b"),
        (
            Asked.YES_NO,
            r"^\W*(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|may|must|should)\b",
        ),
    )
)
_WH = re.compile(
    r"\b(?:which|what|how many|how much|whose|what kind of|what sort of|what type of)\s+"
    r"((?:[\w’'-]+\s*){1,3})",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question asks for: the kind of words, and the roots of their noun ("contractor")."""

    asked: Asked
    nouns: tuple[str, ...]


def wish_of(question: str) -> Wish:
    """Return what `question` asks for."""
    asked = next((asked for asked, words in _ASKS if words.search(question)), Asked.THING)
    match = _WH.search(question)
    words = match[1].split()[:2] if match else []
    return Wish(asked, tuple(dict.fromkeys(root(term) for word in words for term in _telling(word))))


def _telling(word: str) -> list[str]:
    found = content_terms(word)
    return [] if found and word.casefold() in _NO_NOUNS else found


_NO_NOUNS = frozenset(
    "is are was were did do does has have had will would can could should may might must be been the a an "
    "of to in on for at by happened came comes about to".split()
)


@dataclass(frozen=True, slots=True)
class Fillers:
    """How often each of `FILLERS` stands in a text, and where (characters); its words in small letters."""

    counts: tuple[int, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]


@lru_cache(maxsize=16_384)
def fillers_in(text: str) -> Fillers:
    """Return the fillers of a sentence; the same sentences answer many questions."""
    spans = tuple(tuple(match.span() for match in words.finditer(text)) for words in _PATTERNS.values())
    return Fillers(tuple(map(len, spans)), spans)


def fills(asked: Asked) -> tuple[str, ...]:
    """Return the names of the fillers that answer what is asked, best first."""
    return _FILLS[asked]


def fitting(asked: Asked, text: str, said: frozenset[str]) -> tuple[float, float]:
    """Return how many fillers of the asked kind `text` holds, and how many that the question does not say.

    `said` are the words of the question in small letters: "Mr Ashe" does not answer "Who met Mr Ashe?".
    """
    found = fillers_in(text)
    whole = new = 0
    for name in _FILLS[asked]:
        for start, end in found.spans[FILLERS.index(name)]:
            whole += 1
            words = {word.casefold() for word in _WORD.findall(text[start:end])}
            new += not words <= said
    return float(whole), float(new)


def words_of(text: str) -> frozenset[str]:
    """Return the words of `text` in small letters."""
    return frozenset(word.casefold() for word in _WORD.findall(text))


@lru_cache(maxsize=16_384)
def new_names(text: str) -> frozenset[str]:
    """Return the capitalised words of a sentence after its first, in small letters."""
    words = [match for match in _LETTERS.finditer(text) if match.start() > 0]
    return frozenset(match[0].casefold() for match in words if match[0][0].isupper() and len(match[0]) > 2)
