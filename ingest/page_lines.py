"""The lines of printed pages, and which of them are running heads, running feet and page numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.blocks import find_label
from ingest.loose_numbers import is_number

_DIGITS = re.compile(r"\d+")
#: "Page 3", "- 3 -", "3 of 7"; a bare number is only known by being on the other pages too.
_PAGE_NUMBER = re.compile(
    r"[|\s]*(?:Page|PAGE|Tudalen)[|\s]*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[|\s]*"
    r"|[-–—]\s*\d{1,4}\s*[-–—]|(?:page )?\d{1,4} of \d{1,4}"
)

#: A running head stands in the outer eighth of the page.
MARGIN_SHARE = 0.125
#: The same words on two pages are a running head when they stand equally high, within so many points.
SAME_HEIGHT = 4.0
#: Share of the pages on which a running head is found; left and right pages can have heads of their own.
REPEATED_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words and where they stand, in points from the left and the bottom of the page.

    `height` is the height of its font; `hyphenated` says that its last hyphen stands at a line's end, `row`
    that its words stand far apart like those of the cells in a table.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float
    bold: bool = False
    hyphenated: bool = False
    row: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of a document: its lines in the order of reading, and its height in points."""

    number: int
    height: float
    lines: tuple[Line, ...]


def without_running_lines(pages: Sequence[PrintedPage]) -> tuple[PrintedPage, ...]:
    """Return `pages` without the lines at their edges that repeat, and without their numbers."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for line, height in _edge_lines(page):
            places[_key(line)].append((page.number, height))
    enough = max(2, round(REPEATED_SHARE * len(pages)))
    return tuple(replace(page, lines=_kept(page, places, enough)) for page in pages)


def with_numbers_joined(page: PrintedPage) -> PrintedPage:
    """Return `page` with a number that stands left of its title on the same line as that title."""
    lines: list[Line] = []
    for line in page.lines:
        last = lines[-1] if lines else None
        if last and is_number(last.text) and _beside(last, line):
            lines[-1] = replace(line, text=f"{last.text} {line.text}", left=last.left)
        else:
            lines.append(line)
    return replace(page, lines=tuple(lines))


def _beside(number: Line, title: Line) -> bool:
    return title.left > number.right and abs(title.bottom - number.bottom) < title.height / 2


def _edge_lines(page: PrintedPage) -> Iterator[tuple[Line, float]]:
    """Yield the lines near the upper and lower edge, and how far each is from that edge (below: negative)."""
    margin = MARGIN_SHARE * page.height
    for line in page.lines:
        if line.bottom < margin:
            yield line, -line.bottom
        elif page.height - line.bottom - line.height < margin:
            yield line, page.height - line.bottom


def _kept(page: PrintedPage, places: dict[str, list[tuple[int, float]]], enough: int) -> tuple[Line, ...]:
    """Peel repeated lines off the page from its edges inwards; what lies further in is text."""
    running: set[int] = set()
    edge = sorted(_edge_lines(page), key=lambda pair: abs(pair[1]))
    for side in (1, -1):
        for line, height in edge:
            if height * side < 0:
                continue
            if not _is_running(line, height, places, enough):
                break
            running.add(id(line))
    return tuple(line for line in page.lines if id(line) not in running)


def _is_running(line: Line, height: float, places: dict[str, list[tuple[int, float]]], enough: int) -> bool:
    if find_label(line.text):
        return False
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    level = {page for page, other in places[_key(line)] if abs(other - height) <= SAME_HEIGHT}
    return len(level) >= enough


def _key(line: Line) -> str:
    """What a running head has in common with the others: its words, but not the number of its page."""
    return _DIGITS.sub("#", "".join(line.text.split()).casefold())
