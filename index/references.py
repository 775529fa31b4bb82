"""Exact references: what is asked for by number, code, amount or date must be met by the letter."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

_IRREGULAR = {
    "appendix": ("appendix", "appendices", "appendixes"),
    "annex": ("annex", "annexe", "annexes"),
    "policy": ("policy", "policies"),
}
_REGULAR = (
    "recommendation minute item resolution motion amendment option question phase stage ward lot plot site "
    "section paragraph schedule article room unit"
).split()
#: The nouns that numbers and letters follow, with every form of each.
_FORMS = {**{noun: (noun, f"{noun}s") for noun in _REGULAR}, **_IRREGULAR}
_SINGULAR = {form: noun for noun, forms in _FORMS.items() for form in forms}
#: After these a small "a" is a letter ("appendix a"), after others it is a word ("was the motion a success").
_LETTERED = frozenset({"appendix", "annex", "option", "schedule"})
#: After these "I" is a number, after others it is who speaks ("the minutes I read").
_ROMAN = frozenset({"phase", "stage", "appendix", "annex", "option", "schedule", "section", "article"})

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"(?:{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in _MONTHS)})\b"
_NUMBER = r"[a-z]{0,3}[0-9]+(?:\.[0-9]+)*[a-z]?"
_END = r"(?!\w|\.[0-9])"
_NUMBERED = re.compile(
    rf"\b({'|'.join(_SINGULAR)})\s+(?:no\.?\s*|number\s+)?({_NUMBER}|[ivx]+|[a-h]){_END}(?!/)", re.IGNORECASE
)
_AND = r"(?:\s*,\s*(?:and|or)\s+|\s*[,&]\s*|\s+(?:and|or)\s+)"
#: "recommendations 3, 4 and 7", but not "recommendation 12, 15 January 2024" nor "item 4, 2024".
_ALSO = re.compile(
    rf"{_AND}((?![0-9]{{4}}\b){_NUMBER}|(?-i:[A-H])){_END}(?![/-]|\s*%|(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH})",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?=[A-Z0-9./-]*[0-9])[A-Z0-9]{1,8}(?:[/-][A-Z0-9]{1,8})+\b|\b[A-Z]{1,4}[0-9]{2,6}\b")
_AMOUNT = re.compile(
    r"(?P<sign>[£€$])\s?(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?:\s?(?P<scale>million|billion|thousand|bn|m|k))?\b",
    re.IGNORECASE,
)
#: By the first letter of a thousand, a million, a billion, and of what is short for them.
_SCALE = {"": 1, "k": 10**3, "t": 10**3, "m": 10**6, "b": 10**9}
_DAY = re.compile(
    r"(?<![\w/.-])(?:(?P<d1>[0-9]{1,2})/(?P<m1>[0-9]{1,2})/(?P<y1>[0-9]{4})"
    r"|(?P<y2>[0-9]{4})-(?P<m2>[0-9]{1,2})-(?P<d2>[0-9]{1,2})"
    rf"|(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m3>{_MONTH})\.?,?\s+(?P<y3>[0-9]{{4}})"
    rf"|(?P<m4>{_MONTH})\.?\s+(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>[0-9]{{4}}))(?![\w/-])",
    re.IGNORECASE,
)
_FINANCIAL_YEAR = re.compile(r"([0-9]{2})([0-9]{2})[/-](?:\1)?([0-9]{2})")


def find_references(question: str) -> tuple[str, ...]:
    """Return the references in `question` ("recommendation 12", "24/00108", "£1.2m"), as they read."""
    found: list[str] = []
    for match in _NUMBERED.finditer(question):
        noun = _SINGULAR.get(match[1].casefold())  # None: "ı" is an "i" to the pattern, not to the table
        if noun is None or not _is_number(noun, match[2]):
            continue
        found.append(f"{noun} {match[2]}")
        position = match.end()
        while more := _ALSO.match(question, position):
            found.append(f"{noun} {more[1]}")
            position = more.end()
    found += [match[0] for match in _CODE.finditer(question)]
    found += [match[0] for match in _AMOUNT.finditer(question)]
    return tuple(dict.fromkeys(found))


def _is_number(noun: str, number: str) -> bool:
    if number == "a":
        return noun in _LETTERED
    return number not in ("i", "I") or noun in _ROMAN


def mentions(reference: str, text: str) -> bool:
    """Tell whether `text` makes exactly this reference ("recommendation 12" is not "recommendation 120").

    An amount, a day or a financial year is the same in any way of writing it ("£1.2m", "£1,200,000").
    """
    if amount := next(_amounts(reference, whole=True), None):
        return amount in _amounts(text)
    if day := next(_days(reference, whole=True), None):
        return day in _days(text)
    return _pattern(reference).search(text) is not None


def days_in(text: str) -> tuple[date, ...]:
    """Return the days that `text` names, each once."""
    return tuple(dict.fromkeys(_days(text)))


def _pattern(reference: str) -> re.Pattern[str]:
    noun, _, number = reference.rpartition(" ")
    if noun in _FORMS:
        sought = "(?-i:A)" if number.casefold() == "a" and noun not in _LETTERED else re.escape(number)
        listed = rf"(?:{_NUMBER}|[a-h])(?:{_AND}|\s*[–-]\s*|\s+to\s+)"
        introduced = r"(?:\s*[(:#]\s*|\s+)(?:no\.?\s*|number\s+)?"
        words = rf"\b(?:{'|'.join(_FORMS[noun])}){introduced}(?:{listed})*{sought}{_END}"
        return re.compile(words, re.IGNORECASE)
    if year := _FINANCIAL_YEAR.fullmatch(reference):
        century, first, last = year.groups()
        return re.compile(rf"(?<![\w.,]){century}{first}\s?[/–-]\s?(?:{century})?{last}(?!\w)")
    spaced = r"\s?".join(re.escape(part) for part in reference.split())
    return re.compile(rf"(?<![\w.,]){spaced}(?![\w]|[.,][0-9])", re.IGNORECASE)


def _amounts(text: str, *, whole: bool = False) -> Iterator[tuple[str, Decimal]]:
    """Yield the amounts in `text`, or the one that it is as a whole: currency and value."""
    for match in _matches(_AMOUNT, text, whole=whole):
        digits = match["digits"].replace(",", "")
        yield match["sign"], Decimal(digits) * _SCALE[(match["scale"] or "")[:1].casefold()]


def _days(text: str, *, whole: bool = False) -> Iterator[date]:
    """Yield the days in `text`, or the one that it is as a whole."""
    for match in _matches(_DAY, text, whole=whole):
        day, month, year = (match[f"{part}{match.lastgroup[-1]}"] for part in "dmy")  # type: ignore[index]
        number = int(month) if month.isdigit() else 1 + [m[:3] for m in _MONTHS].index(month[:3].casefold())
        try:
            yield date(int(year), number, int(day))
        except ValueError:
            continue


def _matches(pattern: re.Pattern[str], text: str, *, whole: bool) -> Iterator[re.Match[str]]:
    if not whole:
        return pattern.finditer(text)
    return iter([match] if (match := pattern.fullmatch(text)) else [])
