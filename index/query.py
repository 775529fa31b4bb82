"""What a person typed, taken apart: words, "phrases", -excluded words, OR, and filters by name.

Only a query that is empty, too long or without words fails: what does not read as an operator is searched as
plain words.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import UsageError
from index.records import Filters

#: Longer questions are a paste by mistake; the model would read only the beginning.
MAX_CHARACTERS = 2_000

_TOKEN = re.compile(
    r"""(?P<sign>-?)(?:(?P<key>(?i:council|committee|from|to|kind)):
            (?:["“](?P<quoted>[^"”]*)["”]|(?P<value>[^\s"“”]+))
        |["“](?P<phrase>[^"”]+)["”])|(?P<or>OR)(?=\s|$)|(?P<word>\S+)""",
    re.VERBOSE,
)
_WORDLIKE = re.compile(r"[^\W_]")
_YEAR = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query in its parts.

    `words` are all words that tell what is sought, as they were typed, for the model to read. `phrases` and
    one of each of `alternatives` must occur, nothing of `excluded` may.
    """

    words: str
    filters: Filters
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Operand:
    words: str
    phrase: bool


def parse_query(query: str, filters: Filters | None = None) -> ParsedQuery:
    """Take `query` apart; filters typed into it go before those of `filters`.

    Raises:
        UsageError: it is empty, too long, or has no words to search for.
    """
    text = query.strip()
    if not text:
        raise UsageError("the question is empty; type a question or some words to search for")
    if len(text) > MAX_CHARACTERS:
        raise UsageError(
            f"the question has {len(text):,} characters, the limit is {MAX_CHARACTERS:,}; ask a shorter one"
        )
    parsed = _parse(text, filters or Filters())
    if not _WORDLIKE.search(parsed.words):
        raise UsageError("there are no words to search for; add some to the filters and signs")
    return parsed


def take_out_filters(query: str, filters: Filters) -> tuple[str, Filters]:
    """Return `query` without the filters that are typed into it, and `filters` with them."""
    kept, end = [], 0
    for token in _TOKEN.finditer(query):
        if (found := _filtered(filters, token)) is not None:
            filters = found
            kept.append(query[end : token.start()].strip())
            end = token.end()
    kept.append(query[end:].strip())
    return " ".join(part for part in kept if part), filters


def _parse(text: str, filters: Filters) -> ParsedQuery:
    groups: list[list[_Operand]] = []  # alternatives stand in one group
    excluded: list[str] = []
    follows = joins = False  # whether an operand stands before, and whether OR joins it to the next one
    for token in _TOKEN.finditer(text):
        if token["or"]:
            joins = follows  # an OR between nothing says nothing
        elif (found := _filtered(filters, token)) is not None:
            filters, follows, joins = found, False, False
        elif (word := _excluded(token)) is not None:
            excluded.append(word)
            follows = joins = False
        else:
            phrase = _phrase(token)
            operand = _Operand(phrase or token[0].strip(), phrase=phrase is not None)
            has_words = _WORDLIKE.search(operand.words) is not None
            if joins and has_words:
                groups[-1].append(operand)
            else:
                groups.append([operand])
            follows, joins = has_words, False
    return ParsedQuery(
        words=" ".join(operand.words for group in groups for operand in group),
        filters=filters,
        phrases=tuple(group[0].words for group in groups if len(group) == 1 and group[0].phrase),
        excluded=tuple(excluded),
        alternatives=tuple(tuple(operand.words for operand in group) for group in groups if len(group) > 1),
    )


def _phrase(token: re.Match[str]) -> str | None:
    """Return the words in quotation marks, None where there are none."""
    return str(token["phrase"]).strip() if token["phrase"] and _WORDLIKE.search(token["phrase"]) else None


def _excluded(token: re.Match[str]) -> str | None:
    """Return what must not occur ("-word", '-"two words"'), None where the dash is no sign."""
    if phrase := _phrase(token):
        return phrase if token["sign"] else None
    word = token[0].removeprefix("-")
    return word if word != token[0] and _WORDLIKE.match(word) else None


def _filtered(filters: Filters, token: re.Match[str]) -> Filters | None:
    """Return `filters` with the one that `token` is, None where it is none or its value makes no sense."""
    if not token["key"] or token["sign"]:
        return None
    value = (token["quoted"] if token["quoted"] is not None else token["value"]).strip()
    match token["key"].casefold():
        case "from":
            return replace(filters, date_from=day) if (day := read_date(value, last=False)) else None
        case "to":
            return replace(filters, date_to=day) if (day := read_date(value, last=True)) else None
        case key:
            return replace(filters, **{key: value}) if value else None


def read_date(text: str, *, last: bool) -> str | None:
    """Return the ISO date that "2019", "2019-05", "2019-05-31" or "31/05/2019" begins (or ends) with."""
    if match := _BRITISH.fullmatch(text):
        return _iso(int(match[3]), int(match[2]), int(match[1]))
    if match := _YEAR.fullmatch(text):
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None:
            return None
        if month is None:
            month = 12 if last else 1
        if day is None:
            day = monthrange(year, month)[1] if last and 1 <= month <= 12 and year else 1
        return _iso(year, month, day)
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def in_plain_words(parsed: ParsedQuery) -> str:
    """Say how a query was understood."""
    parts = [f"passages about “{parsed.words}”"]
    parts += [f"with the words “{phrase}” in this order" for phrase in parsed.phrases]
    parts += ["with " + " or ".join(f"“{operand}”" for operand in choices) for choices in parsed.alternatives]
    parts += [f"without “{word}”" for word in parsed.excluded]
    filters = parsed.filters
    parts += [
        f"{name}: {value}"
        for name, value in (
            ("council", filters.council),
            ("committee", filters.committee),
            ("from", filters.date_from),
            ("to", filters.date_to),
            ("kind", filters.kind),
        )
        if value
    ]
    return ", ".join(parts)
