"""Printed lines become paragraphs again, also across the end of a page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.blocks import BlockKind, find_blocks, find_label
from corpus.records import Page
from ingest.headings import is_name
from ingest.outline import Piece
from ingest.page_columns import right_edges
from ingest.page_lines import Line, PrintedPage

_ENDS_SENTENCE = re.compile(r"[.!?:;][\s\"'”’)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W\d_]+)-$")
_GLUED = re.compile(r"\S[-/]$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
#: "in recommendation / 12. The committee" begins no list item.
_REFERS = re.compile(
    r"\b(?:items?|minutes?|recommendations?|paragraphs?|appendix|annex|sections?|no|numbers?|page|and|to|of|rule)$",
    re.IGNORECASE,
)
#: No paragraph ends with one of these, and no heading.
_OPEN = re.compile(
    r"[-–—/]$|\b(?:the|an?|of|and|or|to|in|by|for|at|as|from|with|between|that|which|their|its|was|were|be|been|had)$"
)
#: No English word stands alone as one of these, so the hyphen before it is a printer's.
_ENDINGS = frozenset(
    "tion tions ation ations sion sions cation cations mation mendation mendations ment ments mental ing "
    "ings ity ities ance ances ence ences able ible ably ibly ness tive tively ously ical ically ted ised "
    "ises ising ized izing cil cils cillor cillors mittee mittees ers ly ed er es al".split()
)
#: These stand before a hyphen of their own ("co-opted", "well-being").
_PREFIXES = frozenset(
    "all anti by co counter cross de double ex extra face far follow four full half high in inter long low "
    "mid multi mini non off on one out over part post pre pro public re self semi short single so sub ten "
    "third three top tri two ultra un under up vice well wide".split()
)

#: Lines further apart than so many times the usual distance belong to two paragraphs.
WIDE_GAP = 1.2
#: A font larger than the text by this factor is a heading's.
LARGE_FONT = 1.15
#: Lines of so many characters reach the right edge often enough to show where it is.
LONG_LINE = 40
#: No word is longer; what stands further from a line's end is not looked at.
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class PagedPiece:
    """A piece of text, and where in it each of its pages begins: (page number, offset)."""

    piece: Piece
    pages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Type:
    """How the document is set: usual distance of lines, usual font height, right edge, words."""

    gap: float
    height: float
    right: float
    words: frozenset[str]


class _Paragraph:
    """A paragraph that grows: the words of its lines, and where in them each page begins."""

    def __init__(self, line: Line, page: int) -> None:
        self.lines = [line]
        self.parts = [line.text]
        self.pages = [(page, 0)]
        self.length = len(line.text)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, line: Line, page: int, words: frozenset[str]) -> None:
        last = self.parts.pop()
        head = _head(last, line, self.lines[-1].hyphenated, words)
        self.length += len(head) - len(last)
        if self.pages[-1][0] != page:
            self.pages.append((page, self.length))
        self.parts += head, line.text
        self.length += len(line.text)
        self.lines.append(line)


def paragraphs_of(pages: Sequence[PrintedPage]) -> tuple[PagedPiece, ...]:
    """Return the paragraphs, items, headings and labels of `pages` in the order of reading."""
    type_ = _type(pages)
    paragraphs: list[_Paragraph] = []
    right = type_.right  # where the column of the last line ends
    for page in pages:
        edges = right_edges(page.lines, type_.right, type_.gap)
        for index, (line, edge) in enumerate(zip(page.lines, edges, strict=True)):
            last = paragraphs[-1] if paragraphs else None
            goes_on = _goes_on if index else _runs_over
            if last and goes_on(last, line, right, type_):
                last.add(line, page.number, type_.words)
            else:
                paragraphs.append(_Paragraph(line, page.number))
            right = edge
    return tuple(_piece(paragraph, type_) for paragraph in paragraphs)


def page_spans(starts: Iterable[tuple[int, int]], length: int) -> tuple[Page, ...]:
    """Return the pages that begin at `starts` (number, offset) in a text of `length` characters."""
    first: dict[int, int] = {}
    for number, start in starts:
        first.setdefault(number, start)
    ends = [*list(first.values())[1:], length]
    return tuple(Page(number, start, end) for (number, start), end in zip(first.items(), ends, strict=False))


def _goes_on(paragraph: _Paragraph, line: Line, right: float, type_: _Type) -> bool:
    """Whether `line`, on the same page, belongs to `paragraph`, whose column ends at `right`."""
    last = paragraph.lines[-1]
    gap = last.bottom - line.bottom
    if gap <= 0:
        return _runs_over(paragraph, line, right, type_)
    if gap > WIDE_GAP * max(type_.gap * max(last.height, line.height), last.height) or _differs(last, line):
        return False
    full = last.right + _first_word_width(line) > right
    if _begins_anew(line) and not (full and line.text[0].isdigit() and _REFERS.search(last.text)):
        return False
    if find_label(last.text) or (last.bold and not line.bold and not full):
        return False
    ended = _ENDS_SENTENCE.search(last.text) is not None
    if not full:
        return (line.text[0].islower() and not ended) or _is_open(last)
    return not (ended and _is_moved(paragraph, line))


def _runs_over(paragraph: _Paragraph, line: Line, right: float, _: _Type) -> bool:
    """Whether `line`, at the head of a page or a column, goes on with the sentence of `paragraph`."""
    last = paragraph.lines[-1]
    if (
        _ENDS_SENTENCE.search(last.text)
        or _differs(last, line)
        or _begins_anew(line)
        or last.bold != line.bold
    ):
        return False
    if find_label(last.text):
        return False
    if line.text[0].islower() or _is_open(last):
        return True
    full = last.right + _first_word_width(line) > right
    return full and BlockKind.HEADING not in (_by_words(paragraph.text), _by_words(line.text))


def _begins_anew(line: Line) -> bool:
    """Whether `line` is an item or a label; in the middle of a sentence "agreed." is none."""
    labelled = find_label(line.text) is not None and not line.text[0].islower()
    return labelled or _by_words(line.text) is BlockKind.ITEM


def _is_open(line: Line) -> bool:
    """Whether `line` ends in the middle of a sentence, short as it may be."""
    return _OPEN.search(line.text) is not None


def _differs(a: Line, b: Line) -> bool:
    return max(a.height, b.height) > LARGE_FONT * min(a.height, b.height)


def _is_moved(paragraph: _Paragraph, line: Line) -> bool:
    """Whether `line` is indented like the first of a new paragraph, or stands left of a list item."""
    first, last = paragraph.lines[0], paragraph.lines[-1]
    if _by_words(first.text) is BlockKind.ITEM:
        return line.left < first.left - line.height / 4 or (
            len(paragraph.lines) > 1 and line.left < last.left - 2
        )
    return line.left > last.left + line.height / 2


def _first_word_width(line: Line) -> float:
    """The room that the first word of `line` and the blank before it need."""
    character = min((line.right - line.left) / len(line.text), line.height / 2)
    return (len(line.text.split(maxsplit=1)[0]) + 0.5) * character


def _head(text: str, line: Line, hyphenated: bool, words: frozenset[str]) -> str:
    """Return `text` as it stands before `line`: with a blank, or without a hyphen that only broke a word."""
    if text.endswith("\u00ad"):
        return text[:-1]
    left, right = _LAST_PART.search(text[-LONGEST_WORD:]), _FIRST_PART.match(line.text)
    if left and right and line.text[0].islower():
        return text[:-1] if _is_broken(left[1].casefold(), right[0].casefold(), words) else text
    return text if hyphenated or _GLUED.search(text) else f"{text} "


def _is_broken(left: str, right: str, words: frozenset[str]) -> bool:
    """Whether the end of a line has broken a word: "recommen-" and "dation", but not "cross-" and "party"."""
    if f"{left}-{right}" in words:
        return False
    if f"{left}{right}" in words or right in _ENDINGS:
        return True
    return left not in _PREFIXES and left not in words and right not in words


def _type(pages: Sequence[PrintedPage]) -> _Type:
    lines = [line for page in pages for line in page.lines]
    gaps = [
        (above.bottom - below.bottom) / max(above.height, 1)
        for page in pages
        for above, below in zip(page.lines, page.lines[1:], strict=False)
    ]
    long = sorted(line.right for line in lines if len(line.text) >= LONG_LINE)
    heights = [line.height for line in lines for _ in line.text]
    return _Type(
        gap=median([gap for gap in gaps if 0.5 < gap < 3] or [1.2]),
        height=median(heights or [12.0]),
        right=long[int(0.9 * len(long))] if long else max((line.right for line in lines), default=0.0),
        words=frozenset(_whole_words(lines)),
    )


def _whole_words(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the words that no end of a line has broken."""
    broken = False
    for line in lines:
        words = _WORD.findall(line.text.casefold())
        after, broken = broken, line.text.endswith("-")
        for word in words[int(after) : len(words) - int(broken)]:
            yield word
            yield from word.split("-")


def _piece(paragraph: _Paragraph, type_: _Type) -> PagedPiece:
    text = paragraph.text
    kind = _by_words(text)
    large = paragraph.lines[0].height > LARGE_FONT * type_.height
    shown = large or all(line.bold and not line.row for line in paragraph.lines)
    if kind is BlockKind.PARAGRAPH and shown and is_name(text):
        kind = BlockKind.HEADING
    return PagedPiece(Piece(kind, text), tuple(paragraph.pages))


def _by_words(text: str) -> BlockKind:
    return find_blocks(text)[0].kind
