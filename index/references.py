"""Exact references: what is asked for by number, code, amount or date must be met by the letter."""

import re

_NUMBERED = re.compile(
    r"\b(recommendations?|minutes?|items?|resolutions?|motions?|amendments?|appendix|appendices|annex|options?|"
    r"questions?|phases?|stages?|wards?|lots?|plots?|sites?|sections?|paragraphs?|schedules?|polic(?:y|ies)|"
    r"articles?|rooms?|units?)\s+(?:no\.?\s*|number\s+)?([0-9]+[a-z]?|[ivx]+|[a-h])\b(?!\.[0-9])",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\s*(?:,|and|&|or)\s*([0-9]+[a-z]?)\b(?!\s*%)")
_CODE = re.compile(r"\b(?=[A-Z0-9./-]*[0-9])[A-Z0-9]{1,8}(?:[/-][A-Z0-9]{1,8})+\b|\b[A-Z]{1,4}[0-9]{2,6}\b")
_AMOUNT = re.compile(r"[£€$]\s?[0-9][0-9,]*(?:\.[0-9]+)?\s?(?:m|bn|k|million|billion)?\b", re.IGNORECASE)


def find_references(question: str) -> tuple[str, ...]:
    """Return the references in `question` ("recommendation 12", "24/00108", "£1.2m"), as they read."""
    found: list[str] = []
    for match in _NUMBERED.finditer(question):
        noun = _singular(match[1])
        found.append(f"{noun} {match[2]}")
        position = match.end()
        while more := _ALSO.match(question, position):
            found.append(f"{noun} {more[1]}")
            position = more.end()
    found += [match[0] for match in _CODE.finditer(question)]
    found += [match[0] for match in _AMOUNT.finditer(question)]
    return tuple(dict.fromkeys(found))


def mentions(reference: str, text: str) -> bool:
    """Tell whether `text` makes exactly this reference ("recommendation 12" is not "recommendation 120")."""
    return _pattern(reference).search(text) is not None


def _pattern(reference: str) -> re.Pattern[str]:
    noun, _, number = reference.rpartition(" ")
    if noun and noun.isalpha():
        stem = re.escape(noun[:-1] if noun.endswith(("y", "x")) else noun)
        lists = r"(?:[0-9]+[a-z]?\s*(?:,|and|&|to|-|–|or)\s*)*"
        words = rf"\b{stem}\w*\W+(?:no\W+|number\s+)?{lists}{re.escape(number)}(?![\w]|\.[0-9])"
        return re.compile(words, re.IGNORECASE)
    spaced = r"\s?".join(re.escape(part) for part in reference.split())
    return re.compile(rf"(?<![\w.,]){spaced}(?![\w]|[.,][0-9])", re.IGNORECASE)


def _singular(noun: str) -> str:
    noun = noun.casefold()
    irregular = {"appendices": "appendix", "policies": "policy"}
    return irregular.get(noun, noun.removesuffix("s"))
