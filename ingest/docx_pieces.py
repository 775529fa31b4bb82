"""From the paragraphs and tables of a Word file to headings, labels, items and paragraphs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.blocks import BlockKind, find_blocks, find_label
from ingest.docx_numbering import Numbering, W, value
from ingest.docx_package import Package
from ingest.docx_styles import Style, Styles, in_outline
from ingest.docx_words import TABLE, is_deleted, is_set_off, paragraph_lines, rows_of, walk_body
from ingest.headings import is_name
from ingest.loose_numbers import join_numbers
from ingest.numerals import BULLET
from ingest.outline import Piece
from ingest.rows import CELL_CHARACTERS, CELL_PARAGRAPHS, as_line

#: Words in a heading style are one, but numbered paragraphs, too, are often set in it: sentences, and longer.
SHORT_CHARACTERS = 60


def pieces_of(package: Package) -> tuple[Piece, ...]:
    """Return the pieces of a Word file in the order of reading, its footnotes at the end."""
    reader = _Reader(Styles.of(package.styles), Numbering.of(package.numbering))
    pieces = list(reader.read(package.document))
    for note in () if package.footnotes is None else package.footnotes:
        # The lines between text and notes are footnotes, too, of a type of their own.
        if note.get(f"{W}type", "normal") == "normal":
            pieces.extend(reader.read(note))
    return tuple(join_numbers(pieces))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads every paragraph once, because the lists count along."""

    styles: Styles
    numbering: Numbering

    def read(self, root: etree._Element) -> Iterator[Piece]:
        """Yield the pieces below `root`."""
        for node in walk_body(root):
            yield from self._table(node) if node.tag == TABLE else self._paragraph(node)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Piece]:
        style = self.styles.of_paragraph(paragraph)
        lines = paragraph_lines(paragraph)
        if not lines and is_deleted(paragraph):
            return
        mark = self._mark(paragraph, style)
        # What a table of contents lists stands below, where it is the heading of its part.
        if not lines or style.is_contents:
            return
        titled = style.is_heading if (own := in_outline(paragraph.find(f"{W}pPr"))) is None else own
        set_off = is_set_off(paragraph, style, self.styles)
        for line in lines:
            yield Piece(_kind(line, mark, titled=titled, set_off=set_off), _marked(line, mark, titled=titled))
            mark = ""

    def _mark(self, paragraph: etree._Element, style: Style) -> str:
        list_id, level = style.list_id, style.level
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            list_id, level = value(own, "numId") or list_id, value(own, "ilvl") or level
        return self.numbering.mark(list_id, level, style.id)

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        rows = rows_of(table)
        if self._is_data(rows):
            lines = (
                as_line([" ".join(piece.text for piece in self.read(cell)) for cell in row]) for row in rows
            )
            yield from (Piece(BlockKind.ITEM, line) for line in lines if line)
        else:
            for row in rows:
                for cell in row:
                    yield from self.read(cell)

    def _is_data(self, rows: Sequence[Sequence[etree._Element]]) -> bool:
        """Whether a table holds short cells that belong together row by row."""
        widest = max(map(len, rows), default=0)
        if widest < 2:
            return False
        if widest == 2 and any(find_label(line) for row in rows for line in _lines(row[0])):
            # The form of a decision notice: "Reasons for decision" on the left, the reasons on the right.
            return False
        return all(self._is_short(cell) for row in rows for cell in row)

    def _is_short(self, cell: etree._Element) -> bool:
        parts = [node for node in walk_body(cell) if node.tag == TABLE or paragraph_lines(node)]
        if any(node.tag == TABLE or self.styles.of_paragraph(node).is_heading for node in parts):
            return False
        words = sum(len(line) for line in _lines(cell))
        return len(parts) <= CELL_PARAGRAPHS and words <= CELL_CHARACTERS


def _kind(line: str, mark: str, *, titled: bool, set_off: bool) -> BlockKind:
    if not mark and find_label(line):
        return BlockKind.LABEL
    if titled and (len(line) <= SHORT_CHARACTERS or is_name(line)):
        return BlockKind.HEADING
    kind = find_blocks(line)[0].kind
    if set_off and mark != BULLET and kind is not BlockKind.ITEM and is_name(line):
        return BlockKind.HEADING
    return BlockKind.ITEM if mark else kind


def _marked(line: str, mark: str, *, titled: bool) -> str:
    return line if not mark or (titled and mark == BULLET) else f"{mark} {line}"


def _lines(cell: etree._Element) -> list[str]:
    return [line for node in walk_body(cell) if node.tag != TABLE for line in paragraph_lines(node)]
