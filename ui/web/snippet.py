"""The part of a passage that is shown where there is no room for all of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.lexical import content_terms, terms

#: So many characters of a passage are shown; one that is hardly longer is shown whole.
SHOWN = 420
SLACK = 120
#: So many characters are shown on both sides of words that are quoted.
BESIDE = 240

_WORD = re.compile(r"(?<!\w)[^\W_]+(?:['’][^\W_]+)*")
#: A sentence begins behind an end of sentence or line.
_BEGINNING = re.compile(r"(?<=[.!?;:])\s+|\n\s*")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """`text[start:end]` is shown; `found` are the spans of what was searched for, counted from `start`."""

    start: int
    end: int
    found: tuple[Span, ...]


def snippet(text: str, words: str) -> Snippet:
    """Return what to show of `text` for a search for `words`."""
    sought = frozenset(content_terms(words))
    found = [(match.span(), stems) for match in _WORD.finditer(text) if (stems := _stems(match[0]) & sought)]
    start, end = _window(text, [(span, next(iter(stems))) for span, stems in found])
    inside = tuple((a - start, b - start) for (a, b), _ in found if start <= a and b <= end)
    return Snippet(start, end, inside)


def around(text: str, spans: Sequence[Span]) -> Span:
    """Return the part of `text` that holds `spans` with a sentence or two on both sides."""
    if not spans:
        return 0, len(text)
    first, last = spans[0][0], spans[-1][1]
    start = _beginning(text, max(0, first - BESIDE)) if first > BESIDE + SLACK else 0
    if len(text) - last <= BESIDE + SLACK:
        return start, len(text)
    return start, _ending(text, last, last + BESIDE)


def _window(text: str, found: Sequence[tuple[Span, str]]) -> Span:
    """Return the window with most different words, of equal ones the first."""
    if len(text) <= SHOWN + SLACK:
        return 0, len(text)
    best = max(
        range(len(found)),
        key=lambda n: (len({stem for (a, _), stem in found[n:] if a < found[n][0][0] + SHOWN}), -n),
        default=None,
    )
    first = found[best][0][0] if best is not None else 0
    start = _beginning(text, first)
    end = min(len(text), start + SHOWN)
    if len(text) - end < SLACK:
        return start, len(text)
    return start, _ending(text, start, end)


def _beginning(text: str, first: int) -> int:
    """Return the beginning of the sentence in which the character `first` stands, or of a word before it."""
    if first < SLACK:
        return 0
    near = [match.end() for match in _BEGINNING.finditer(text, first - SLACK, first)]
    if near:
        return near[-1]
    return next((match.start() for match in _WORD.finditer(text, first - SLACK // 2, first)), first)


def _ending(text: str, start: int, end: int) -> int:
    """Return where the last word between `start` and `end` ends."""
    # Words are looked for beyond the end, so that one that is cut there is seen to be longer.
    ends = [match.end() for match in _WORD.finditer(text, start, end + SLACK) if match.end() <= end]
    return max(ends, default=end)


@lru_cache(maxsize=16_384)
def _stems(word: str) -> frozenset[str]:
    return frozenset(terms(word))
