"""Contact lines and home addresses are left out of files, as `ingest.privacy` leaves them out of markup."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.records import NESTED, Page, Section
from ingest.contact_lines import personal_lines
from ingest.parsed import Parsed

_Span = TypeVar("_Span", Section, Page)


def without_personal(parsed: Parsed) -> Parsed:
    """Return `parsed` without contact lines and home addresses; sections and pages hold the other words.

    Whole lines go, and a section or page that holds nothing else. The text is "" where nothing else was
    published. Without such lines, `parsed` itself is returned.
    """
    lines = parsed.text.split("\n")
    gone = personal_lines(lines)
    titled = not personal_lines([parsed.title])
    if not gone:
        return parsed if titled else replace(parsed, title="")
    kept = _Kept(parsed.text, tuple(_holes(lines, gone)))
    sections = (replace(section, label=_named(section.label)) for section in parsed.sections)
    return replace(
        parsed,
        title=parsed.title if titled else "",
        text=kept.words,
        sections=tuple(kept.spans(sections)),
        pages=tuple(kept.spans(parsed.pages)),
    )


@dataclass(frozen=True, slots=True)
class _Hole:
    """What stands between two lines that stay, or an end of the text: lines that go, and blanks.

    `text[start:end]` is replaced by `gap`, the widest of the blanks in it; `start` is -1 at the head.
    """

    start: int
    end: int
    gap: str


class _Kept:
    """The words that stay of a text, and where in them its characters lie."""

    def __init__(self, text: str, holes: Sequence[_Hole]) -> None:
        self._text, self._starts = text, [hole.start for hole in holes]
        self._ends: list[tuple[int, int]] = []
        parts: list[str] = []
        length = last = 0
        for hole in holes:
            for part in (text[last : max(0, hole.start)], hole.gap):
                parts.append(part)
                length += len(part)
            last = hole.end
            self._ends.append((hole.end, length))
        parts.append(text[last:])
        self.words = "".join(parts)

    def spans(self, spans: Iterable[_Span]) -> Iterator[_Span]:
        """Yield `spans` of the text as spans of the words; those without words are left out."""
        for span in spans:
            start, end = self._place(span.start), self._place(span.end)
            if self._text[span.end - 1 : span.end].strip():
                # It held no blanks at its end, where there now stand those after the lines that went.
                end = start + len(self.words[start:end].rstrip())
            if self.words[start:end].strip():
                yield replace(span, start=start, end=end)

    def _place(self, offset: int) -> int:
        at = bisect_left(self._starts, offset) - 1
        if at < 0:
            return offset
        old, new = self._ends[at]
        return new + max(0, offset - old)


def _holes(lines: Sequence[str], gone: frozenset[int]) -> Iterator[_Hole]:
    """Yield what lies round the lines that go."""
    start, gaps, gap, offset, dropped = -1, [], "", 0, False
    for index, line in enumerate(lines):
        if index in gone:
            gaps.append(gap)
            gap, dropped = "", True
        elif line.strip():
            if dropped:
                widest = "" if start < 0 else max([*gaps, gap], key=lambda gap: gap.count("\n"))
                yield _Hole(start, offset, widest)
            start, gaps, gap, dropped = offset + len(line), [], "", False
        else:
            gap += line
        gap += "\n"
        offset += len(line) + 1
    if dropped:
        yield _Hole(start, offset - 1, "")


def _named(label: str) -> str:
    """Return a section's label without headings that are contact lines themselves."""
    parts = label.split(NESTED)
    return NESTED.join(part for part in parts if not personal_lines([part]))
