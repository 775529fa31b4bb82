"""What a person typed, taken apart: words, "phrases", -excluded words, OR, and filters by name.

Nothing here can fail: what does not read as an operator is searched as plain words.
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
    r"""(?P<sign>-?)(?:(?P<key>council|committee|from|to|kind):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s"]+))
        |["“](?P<phrase>[^"”]+)["”])|(?P<or>OR)(?=\s|$)|(?P<word>\S+)""",
    re.VERBOSE,
)
_WORDLIKE = re.compile(r"\w")
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


def _parse(text: str, filters: Filters) -> ParsedQuery:
    tokens = list(_TOKEN.finditer(text))
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    alternatives: list[list[str]] = []
    joined = False  # whether the next operand is an alternative to the last one
    last: str | None = None
    for number, token in enumerate(tokens):
        if token["key"] and not token["sign"] and (found := _with_filter(filters, token)) is not None:
            filters, last, joined = found, None, False
        elif token["or"] and last is not None and number + 1 < len(tokens):
            joined = True
            if not alternatives or alternatives[-1][-1] != last:
                alternatives.append([last])
        else:
            operand = (token["phrase"] or token[0]).strip()
            minus = operand.startswith("-") and not token["phrase"] and bool(_WORDLIKE.match(operand[1:]))
            if token["sign"] or minus:
                excluded.append(operand.removeprefix("-"))
                last = None
            else:
                words.append(operand)
                if joined:
                    alternatives[-1].append(operand)
                elif token["phrase"]:
                    phrases.append(operand)
                last = operand
            joined = False
    either = tuple(tuple(group) for group in alternatives if len(group) > 1)
    among = {operand for group in either for operand in group}
    return ParsedQuery(
        words=" ".join(words),
        filters=filters,
        phrases=tuple(phrase for phrase in phrases if phrase not in among),
        excluded=tuple(word for word in excluded if _WORDLIKE.search(word)),
        alternatives=either,
    )


def _with_filter(filters: Filters, token: re.Match[str]) -> Filters | None:
    value = (token["quoted"] if token["quoted"] is not None else token["value"]).strip()
    match token["key"]:
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
        month = month or (12 if last else 1)
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
