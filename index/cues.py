"""Words by which a sentence shows that it can answer a kind of question: an amount to "how much"."""

import re

from index.question import QuestionKind

_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|as a result|in order to|in view of|so that|given that|since|therefore|"
    r"reasons?|rationale|on the grounds?|to ensure|to enable|to avoid|to allow|although|however|cautious\w*|"
    r"concerns?|in response)\b",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"\b(?:resolved|agreed|approved|adopted|carried|lost|noted|rejected|refused|deferred|decided|granted|"
    r"moved|seconded|to (?:note|agree|approve|adopt|recommend|delegate|authorise|refer))\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Rev|Alderman|Baroness|Lord|Sir|Dame)\b\.?\s+[A-Z]"
    r"|\b(?:Mayor|Chair(?:man|person|woman)?|Leader|Cabinet Member|Cathaoirleach|Clerk|Director|Officer)\b"
    r"|\b[A-Z]\. ?[A-Z][a-z]+|\b[A-Z][a-z]+ [A-Z][a-z]+\b"
)
_DATE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[£€$]\s?\d|\d\s?(?:k|m|bn|million|billion|pounds?|euros?|pence|p)\b|\bfree of charge\b", re.IGNORECASE
)
_COUNT = re.compile(
    r"\d|\b(?:none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
    r"half|quarter|third|once|twice|no)\b",
    re.IGNORECASE,
)
#: What to look for; questions of other kinds have no such words.
CUES = {
    QuestionKind.WHY: _CAUSE,
    QuestionKind.DECISION: _DECIDES,
    QuestionKind.WHO: _NAME,
    QuestionKind.WHEN: _DATE,
    QuestionKind.HOW_MUCH: _AMOUNT,
    QuestionKind.HOW_MANY: _COUNT,
}

_BITS = {kind: 1 << number for number, kind in enumerate(CUES)}


def cues_in(sentence: str) -> int:
    """Return which kinds of question a sentence has the words to answer, a bit for each."""
    return sum(_BITS[kind] for kind, words in CUES.items() if words.search(sentence))


def bit(kind: QuestionKind) -> int:
    """Return the bit of a kind in `cues_in`, 0 for a kind without such words."""
    return _BITS.get(kind, 0)
