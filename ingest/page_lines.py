"""The lines of printed pages, and which of them are running heads, running feet and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import itemgetter

from corpus.blocks import find_label
from ingest.loose_numbers import is_number

_NUMBER = re.compile(r"(\d{1,6})")
#: "Page 3", "- 3 -", "3 of 7"; a bare number is only known by being on the other pages too.
_PAGE_NUMBER = re.compile(
    r"[|\s]*(?:Page|PAGE|Tudalen)[|\s]*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[|\s]*"
    r"|[-–—]\s*\d{1,4}\s*[-–—]|(?:page )?\d{1,4} of \d{1,4}"
)

#: A running head stands in the outer eighth of the page.
MARGIN_SHARE = 0.125
#: The same words on two pages are a running head when they stand equally high, within so many points.
SAME_HEIGHT = 4
#: Share of the pages on which a running head is found; left and right pages can have heads of their own.
REPEATED_SHARE = 0.4
#: A line as near to the text as its own lines to each other, within so many heights of its font, may be one
#: of them that happens to recur, as in a form: a running head is then only what nearly all pages have.
NEAR = 1.5
NEAR_SHARE = 0.8
#: In a line with more numbers than this none is looked at as the number of its page.
MOST_NUMBERS = 6


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
    repeats = _Repeats(pages)
    return tuple(replace(page, lines=_kept(page, repeats)) for page in pages)


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


def _edges(page: PrintedPage) -> Iterator[tuple[str, list[tuple[Line, float]]]]:
    """Yield the lines near the head and the foot of the page, from its edge inwards, and how far from it."""
    margin = MARGIN_SHARE * page.height
    head = [(line, page.height - line.bottom) for line in page.lines]
    foot = [(line, line.bottom) for line in page.lines]
    yield "head", sorted((one for one in head if one[1] - one[0].height < margin), key=itemgetter(1))
    yield "foot", sorted((one for one in foot if one[1] < margin), key=itemgetter(1))


class _Repeats:
    """On how many pages a line stands equally far from the edge."""

    def __init__(self, pages: Sequence[PrintedPage]) -> None:
        self._pages = len(pages)
        self._places: Counter[tuple[str, str, int]] = Counter()
        for page in pages:
            for edge, lines in _edges(page):
                # Once a page, even if its lines lie on top of each other.
                self._places.update(
                    {(edge, key, round(far)) for line, far in lines for key in _keys(line, page.number)}
                )

    def is_running(self, edge: str, page: int, line: Line, distance: float, *, near_text: bool) -> bool:
        """Return whether a line is no text, which it must show the more if it stands as near as text does."""
        if find_label(line.text):
            return False
        if _PAGE_NUMBER.fullmatch(line.text):
            return True
        level = range(round(distance) - SAME_HEIGHT, round(distance) + SAME_HEIGHT + 1)
        repeated = max(sum(self._places[edge, key, at] for at in level) for key in _keys(line, page))
        least, share = (3, NEAR_SHARE) if near_text else (2, REPEATED_SHARE)
        return repeated >= max(least, round(share * self._pages))


def _kept(page: PrintedPage, repeats: _Repeats) -> tuple[Line, ...]:
    """Peel repeated lines off the page from its edges inwards; what lies further in is text."""
    running: set[int] = set()
    for edge, lines in _edges(page):
        peeled: list[tuple[Line, float]] = []
        for one in lines:
            if not repeats.is_running(edge, page.number, *one, near_text=False):
                break
            peeled.append(one)
        while peeled:
            near = _is_near_text(page, peeled)
            if repeats.is_running(edge, page.number, *peeled[-1], near_text=near):
                break
            peeled.pop()
        running.update(id(line) for line, _ in peeled)
    return tuple(line for line in page.lines if id(line) not in running)


def _is_near_text(page: PrintedPage, peeled: Sequence[tuple[Line, float]]) -> bool:
    """Whether the innermost of the peeled lines is as near to one that stays as the lines of a paragraph."""
    gone = {id(line) for line, _ in peeled}
    last = peeled[-1][0]
    gaps = (abs(line.bottom - last.bottom) for line in page.lines if id(line) not in gone)
    return any(SAME_HEIGHT < gap <= NEAR * last.height for gap in gaps)


def _keys(line: Line, page: int) -> Iterator[str]:
    """Yield what a running head can have in common with those of the other pages.

    That is its words, and each of its numbers as it stands or, if it counts the pages, less that of the page.
    """
    words = _NUMBER.split("".join(line.text.split()).casefold())
    numbers = [int(number) for number in words[1::2]]
    counting = (
        product((0, page), repeat=len(numbers)) if len(numbers) <= MOST_NUMBERS else [[0] * len(numbers)]
    )
    for less in counting:
        shown = [f"{number - part}{'+' if part else ''}" for number, part in zip(numbers, less, strict=True)]
        yield "#".join((*words[::2], *shown))
