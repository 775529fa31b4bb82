"""The record's words with some of them marked: every word stays as it is and where it is."""

import re
from collections.abc import Iterable

from ui.web.markup.escape import text

Span = tuple[int, int]

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def clipped(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """Return the parts of `spans` inside `start` to `end`, counted from `start`, merged where they meet."""
    merged: list[Span] = []
    for first, last in sorted((max(a, start) - start, min(b, end) - start) for a, b in spans):
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def marked(words: str, spans: Iterable[Span], *, anchor: str = "") -> str:
    """Return `words` with `spans` marked verbatim; elsewhere blank lines are saved.

    The first mark is named `anchor`, so that an address can lead to it.
    """
    parts: list[str] = []
    last = 0
    for start, end in spans:
        name = f' id="{anchor}"' if anchor and not parts else ""
        parts.append(_shortened(words[last:start]))
        parts.append(f"<mark{name}>{text(words[start:end])}</mark>")
        last = end
    parts.append(_shortened(words[last:]))
    return "".join(parts).strip()


def _shortened(words: str) -> str:
    return text(_BLANK_LINES.sub("\n\n", words))


def in_paragraphs(words: str) -> str:
    """Return `words` as paragraphs and lines of their own, for where no style sheet keeps their lines."""
    paragraphs = (part.strip() for part in _BLANK_LINES.split(words))
    return "".join(f"<p>{text(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)
