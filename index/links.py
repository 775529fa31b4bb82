"""Addresses that open a public page on the very words that are quoted."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from urllib.parse import quote

from corpus.records import Document

#: A fragment names the first and the last words of a quote; so many are mostly enough to be found once.
_WORDS = 5
#: Where they are not, so many more are tried before the words around them.
_MORE_WORDS = 10
#: Longer ones are not followed everywhere; a word of thousands of letters is no word to look for.
_LONGEST = 1_000
#: Bullets and numbers of lists are often drawn by the browser and no text of the page.
_MARKER = (
    r"(?:(?:[•·●▪■◦‣○*–—-]|#{1,6}|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]"
    r"|\d{1,3}(?:\.\d{1,3}){1,3}[.)]?)(?:\s+|$))"
)
_MARKERS = re.compile(rf"\s*{_MARKER}*")
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"\S+")

_BETWEEN = rf"\s*(?:\|\s*)*{_MARKER}*"

#: The spans of words that follow one another in one line or cell; at least one.
_Words = list[tuple[int, int]]


def link_to(document: Document, start: int, end: int) -> str:
    """Return the address of `document`, opened on `text[start:end]`.

    A PDF is opened on its page, a web page on the words (text fragment, WICG "scroll-to-text-fragment").
    Anything but http(s) is returned as it is: no browser follows fragments there.
    """
    address = document.url
    scheme = address.partition(":")[0].casefold()
    base, _, fragment = address.partition("#")
    page = document.page_of(start)
    if page is not None and scheme in {"http", "https", "file"}:
        return f"{base}#page={page}"
    if scheme not in {"http", "https"}:
        return address
    directive = _directive(document.text, start, end)
    if not directive or len(directive) > _LONGEST:
        return address
    return f"{base}#{fragment.partition(':~:')[0]}:~:text={directive}"


def _directive(text: str, start: int, end: int) -> str:
    """Return `[prefix-,]start[,end][,-suffix]` so that the first place it fits is `text[start:end]`."""
    runs = list(_runs(text, start, end))
    if not runs:
        return ""
    first, last = runs[0], runs[-1]
    if len(runs) == 1 and len(first) <= 2 * _WORDS:
        return _before(text, first) + _encoded(text, first)
    if len(runs) == 1:
        first, last = first[:-_WORDS], first
    opening = _telling(text, [first[:count] for count in _counts(first)]) or first[:_WORDS]
    last = [word for word in last if word[0] >= opening[-1][1]]
    closing = _telling(text, [last[-count:] for count in _counts(last)], after=opening[-1][1])
    ending = _encoded(text, closing or last[-_WORDS:])
    return f"{_before(text, opening)}{_encoded(text, opening)},{ending}" + (
        "" if closing else _behind(text, last)
    )


def _runs(text: str, start: int, end: int) -> Iterator[_Words]:
    """Yield the words of each line and each cell of a row: a part of a fragment lies within one of them."""
    for line in _LINE.finditer(text, start, end):
        begin = _MARKERS.match(text, line.start(), line.end()).end()  # type: ignore[union-attr]  # matches ""
        words = [word.span() for word in _WORD.finditer(text, begin, line.end())]
        for is_rule, cell in groupby(words, key=lambda word: text[word[0] : word[1]] == "|"):
            if not is_rule:
                yield list(cell)


def _counts(words: _Words) -> range:
    return range(min(_WORDS, len(words)), min(len(words), _WORDS + _MORE_WORDS) + 1)


def _telling(text: str, choices: Sequence[_Words], *, after: int = 0) -> _Words | None:
    """Return the first of `choices` that stands nowhere between `after` and its own place."""
    return next((words for words in choices if _is_first(text, [words], after)), None)


def _before(text: str, words: _Words) -> str:
    """Return the prefix that `words` need because they stand elsewhere earlier, "" if they need none."""
    if _is_first(text, [words]):
        return ""
    *_, run = [], *_runs(text, max(0, words[0][0] - _LONGEST), words[0][0])
    if not run:
        return ""
    choices = [run[-count:] for count in _counts(run)]
    chosen = next((prefix for prefix in choices if _is_first(text, [prefix, words])), choices[0])
    return f"{_encoded(text, chosen)}-,"


def _behind(text: str, words: _Words) -> str:
    """Return the suffix that tells which of several places is the end."""
    run = next(_runs(text, words[-1][1], len(text)), [])
    return f",-{_encoded(text, run[:_WORDS])}" if run else ""


def _is_first(text: str, runs: Sequence[_Words], after: int = 0) -> bool:
    """Tell whether the words of `runs`, one run behind the other, stand nowhere earlier."""
    low = _lowered(text)
    if len(low) == len(text) and any(low.find(low[a:b], after) == a for run in runs for a, b in run):
        return True  # one of them does not
    words = _BETWEEN.join(r"\s+".join(re.escape(text[a:b]) for a, b in run) for run in runs)
    found = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE).search(text, after)
    return found is not None and found.start() == runs[0][0][0]


@lru_cache(maxsize=64)
def _lowered(text: str) -> str:
    return text.lower()


def _encoded(text: str, words: _Words) -> str:
    # The dash and the comma have a meaning of their own in a text directive.
    return quote(" ".join(text[a:b] for a, b in words), safe="").replace("-", "%2D")
