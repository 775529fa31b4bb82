"""The printed lines of a PDF, read character by character out of pdfium."""

import ctypes
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import normalize

from ingest.loose_numbers import is_number
from ingest.page_lines import Line, PrintedPage

if TYPE_CHECKING:
    import pypdfium2

_BROKEN_WORD = 0x2  # pdfium's code for a hyphen at the end of a line, where it leaves out the line's end
_BLANK = 0x20
_LINE_ENDS = frozenset({0x0A, 0x0D})
_NO_CHARACTERS = frozenset({0x0, 0xFFFE, 0xFFFF})
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
#: A soft hyphen is printed, so within a line it is a hyphen; at its end it says that it broke a word.
_HYPHENS = re.compile("\u00ad(?!$)")
_BOLD_FLAG = 1 << 18
_BOLD_WEIGHT = 600
_FONT_NAME_BYTES = 128
#: Words further apart than so many heights of their font stand in two cells.
CELL_GAP = 1.5
#: How deep pictures are looked for in the forms of a page.
_PICTURE_DEPTH = 4


def read_pages(document: "pypdfium2.PdfDocument") -> tuple[PrintedPage, ...]:
    """Return the pages of `document` with their lines; raises PdfiumError for a damaged page."""
    return tuple(_page(document, index) for index in range(len(document)))


def has_image(document: "pypdfium2.PdfDocument", number: int) -> bool:
    """Return whether page `number`, counted from 1, shows a picture."""
    from pypdfium2 import raw

    objects = document[number - 1].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_PICTURE_DEPTH)
    return next(iter(objects), None) is not None


_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with its text: `origin` is its lower left corner, `size` that of the page as it is shown."""

    text: "pypdfium2.PdfTextPage"
    origin: tuple[float, float]
    size: tuple[float, float]
    turned: int

    def box(self, first: int, last: int) -> _Box:
        """Return left, bottom, right and top of the characters from `first` to `last` on the page as shown.

        They reach over the full height of their font.
        """
        boxes = [self.text.get_charbox(index, loose=True) for index in (first, last)]
        left, bottom, right, top = (
            pick(values) for pick, values in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
        )
        left, right = left - self.origin[0], right - self.origin[0]
        bottom, top = bottom - self.origin[1], top - self.origin[1]
        width, height = self.size
        if self.turned == 90:
            return bottom, height - right, top, height - left
        if self.turned == 180:
            return width - right, height - top, width - left, height - bottom
        if self.turned == 270:
            return width - top, left, width - bottom, right
        return left, bottom, right, top


def _page(document: "pypdfium2.PdfDocument", index: int) -> PrintedPage:
    page = document[index]
    left, bottom, _, _ = page.get_bbox()
    sheet = _Sheet(page.get_textpage(), (left, bottom), page.get_size(), page.get_rotation())
    lines = (_line(sheet, run) for run in _runs(sheet.text))
    return PrintedPage(index + 1, sheet.size[1], tuple(line for line in lines if line is not None))


def _runs(text_page: "pypdfium2.PdfTextPage") -> Iterator[list[tuple[int, int]]]:
    """Yield the lines as (index, code point) of each character."""
    from pypdfium2 import raw

    run: list[tuple[int, int]] = []
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _LINE_ENDS:
            yield run
            run = []
        elif code not in _NO_CHARACTERS and code <= sys.maxunicode:
            run.append((index, code))
            if code == _BROKEN_WORD and raw.FPDFText_IsHyphen(text_page, index) == 1:
                yield run
                run = []
    yield run


def _line(sheet: _Sheet, run: list[tuple[int, int]]) -> Line | None:
    hyphenated = bool(run) and run[-1][1] == _BROKEN_WORD
    codes = [code for _, code in run]
    if hyphenated:
        codes[-1] = ord("-")
    text = _HYPHENS.sub("-", _BLANKS.sub(" ", _characters(codes)).strip())
    seen = [index for index, code in run if code > _BLANK]
    if not text or not seen:
        return None
    first, last = seen[0], seen[-1]
    left, bottom, right, top = sheet.box(first, last)
    height = max(top - bottom, 1.0)
    bold = _is_bold(sheet.text, first) and _is_bold(sheet.text, last)
    # Only of words in bold is it worth the time to know: a row of cells in bold is no heading.
    row = bold and any(
        sheet.box(after, after)[0] - sheet.box(before, before)[2] > CELL_GAP * height
        for before, after in _gaps(run)
    )
    return Line(text, left, right, bottom, height, bold, hyphenated, row)


def _gaps(run: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the characters on both sides of each blank, but for that after a number at the line's head."""
    words = [list(word) for blank, word in groupby(run, key=lambda one: one[1] <= _BLANK) if not blank]
    numbered = bool(words) and is_number("".join(chr(code) for _, code in words[0]))
    for before, after in zip(words[numbered:], words[1 + numbered :], strict=False):
        yield before[-1][0], after[0][0]


def _characters(codes: list[int]) -> str:
    """Put code points together; halves of a pair that stand alone cannot be stored and become U+FFFD."""
    text = "".join(map(chr, codes))
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _LIGATURES.sub(lambda match: normalize("NFKC", match[0]), whole)


def _is_bold(text_page: "pypdfium2.PdfTextPage", index: int) -> bool:
    from pypdfium2 import raw

    name, flags = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, name, _FONT_NAME_BYTES, flags)
    weight = int(raw.FPDFText_GetFontWeight(text_page, index))
    named = name.value.lower()
    if named:
        return b"bold" in named or b"black" in named or bool(flags.value & _BOLD_FLAG)
    return weight >= _BOLD_WEIGHT
