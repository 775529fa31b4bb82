"""From the elements of a page to paragraphs, items, headings and labels, in the order of reading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from bs4.element import NavigableString, Tag

from corpus.blocks import HEADING_CHARACTERS, BlockKind, find_blocks, find_label
from ingest.html_content import ABOUT, classes, flat, is_inline, tidy
from ingest.html_tables import caption, data_rows, is_data
from ingest.loose_numbers import join_numbers
from ingest.numerals import BULLET, numeral
from ingest.outline import Piece

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
#: The bullets of Word's symbol fonts, as its web pages spell them.
_WORD_BULLET = re.compile(r"^[·§o\uf0b7\uf0a7\u25aa\u25cf]\s+(?=\S)")
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "none": "none",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)


def pieces_of(part: Tag) -> tuple[Piece, ...]:
    """Return the pieces of `part` in the order of reading."""
    walk = _Walk()
    for node, entering in _events(part, walk):
        if isinstance(node, Tag):
            walk.enter(node) if entering else walk.leave(node)
        else:
            walk.read(node)
    walk.flush()
    return tuple(_without_empty_labels(join_numbers(walk.pieces)))


def _events(part: Tag, walk: "_Walk") -> Iterator[tuple[Tag | NavigableString, bool]]:
    """Yield strings, and each tag twice; a stack instead of recursion, because pages nest as they like."""
    stack: list[tuple[Tag | NavigableString, bool]] = [(part, True)]
    while stack:
        node, entering = stack.pop()
        if isinstance(node, Tag) and entering:
            if walk.swallow(node):
                continue
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(node.contents) if _is_seen(child))
        yield node, entering


def _is_seen(node: object) -> TypeGuard[Tag | NavigableString]:
    """Comments, declarations, data sections and the words of scripts are the subclasses of a plain string."""
    return isinstance(node, Tag) or type(node) is NavigableString


@dataclass(slots=True)
class _List:
    """An open list: how its items are marked, and the number of the next.

    `style` is that of its numerals, "" for bullets and "none" where the page shows neither.
    """

    style: str = ""
    next: int = 1


@dataclass(slots=True)
class _Walk:
    """What has been read of a page, and where in it the reader stands."""

    pieces: list[Piece] = field(default_factory=list)
    #: The strings of the line being read; None where the page breaks it.
    inline: list[str | None] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    mark: str = ""
    number: str = ""
    in_heading: int = 0
    bold: int = 0
    light: bool = False
    in_word_text: int = 0

    def read(self, string: str) -> None:
        """Take a string of the page."""
        self.inline.append(string)
        if not self.bold and string.strip():
            self.light = True

    def swallow(self, tag: Tag) -> bool:
        """Take `tag` as a whole where its parts are not to be walked; return whether that was so."""
        if tag.name == "table" and "mgItemTable" not in classes(tag) and is_data(tag):
            self.flush()
            self._take_table(tag)
        elif tag.name == "pre":
            self.flush()
            self._take_lines(tag.get_text())
        elif "mgItemNumberCell" in classes(tag):
            self.flush()
            self.number = flat(tag)
        else:
            return tag.name in ABOUT or (
                tag.name == "caption" and "mgItemTable" in classes(tag.parent or tag)
            )
        return True

    def enter(self, tag: Tag) -> None:
        """Begin `tag`."""
        if tag.name == "br":
            self.inline.append(None)
        elif tag.name in _BOLD:
            self.bold += 1
        if is_inline(tag) or tag.name == "br":
            return
        self.flush()
        self.in_heading += _is_heading(tag)
        if "mgWordPara" in classes(tag):
            self.in_word_text += 1
        if tag.name in {"ul", "ol", "menu", "dir"}:
            self.lists.append(_list(tag))
        elif tag.name == "li":
            mark = _mark(tag, self.lists[-1] if self.lists else _List())
            # An item that begins with a list has its number on the same line as the first of that.
            self.mark = mark if self.mark in {"", BULLET} else f"{self.mark} {mark}".strip()

    def leave(self, tag: Tag) -> None:
        """End `tag`."""
        if tag.name in _BOLD:
            self.bold -= 1
        if is_inline(tag) or tag.name == "br":
            return
        self.flush(tag)
        self.in_heading -= _is_heading(tag)
        if "mgWordPara" in classes(tag):
            self.in_word_text -= 1
        if tag.name in {"ul", "ol", "menu", "dir"}:
            self.lists.pop()
        elif tag.name == "li":
            self.mark = ""
        elif tag.name == "tr" and self.number:
            self.pieces.append(Piece(BlockKind.HEADING, self.number))
            self.number = ""

    def flush(self, tag: Tag | None = None) -> None:
        """End the line being read, which stood in `tag`."""
        lines, heavy = _lines(self.inline), not self.light
        self.inline, self.light = [], False
        if not lines:
            return
        if self.in_heading:
            mark = self.number or ("" if self.mark == BULLET else self.mark)
            self.pieces.append(Piece(BlockKind.HEADING, f"{mark} {' '.join(lines)}".strip()))
            self.number = self.mark = ""
        elif tag is not None and "mgSubItemTitleTxt" in classes(tag):
            self.pieces.append(Piece(BlockKind.LABEL, " ".join(lines)))
        else:
            self._take_paragraph(lines, tag, heavy=heavy)

    def _take_paragraph(self, lines: list[str], tag: Tag | None, *, heavy: bool) -> None:
        if tag is not None and any(name.startswith("MsoListParagraph") for name in classes(tag)):
            lines[0] = _WORD_BULLET.sub(f"{BULLET} ", lines[0])
        for line in lines:
            kind = self._kind(line, heavy=heavy)
            if self.mark:
                bulleted = self.mark == BULLET and kind is BlockKind.ITEM
                line = line if bulleted else f"{self.mark} {line}"
                kind, self.mark = BlockKind.ITEM, ""
            self.pieces.append(Piece(kind, line))

    def _kind(self, line: str, *, heavy: bool) -> BlockKind:
        """What `line` is by its words; within the minutes of an item, the item stays the heading."""
        if find_label(line):
            return BlockKind.LABEL
        block = find_blocks(line)[0]
        if self.in_word_text:
            return BlockKind.ITEM if block.kind is BlockKind.ITEM else BlockKind.PARAGRAPH
        short = len(line) <= HEADING_CHARACTERS and not _ENDS.search(line)
        if heavy and short and block.kind is BlockKind.PARAGRAPH:
            return BlockKind.HEADING
        return block.kind

    def _take_table(self, table: Tag) -> None:
        if title := caption(table):
            self.pieces.append(Piece(BlockKind.LABEL if find_label(title) else BlockKind.PARAGRAPH, title))
        self.pieces.extend(Piece(BlockKind.ITEM, row) for row in data_rows(table))

    def _take_lines(self, text: str) -> None:
        for block in find_blocks(text):
            self.pieces.append(Piece(block.kind, tidy(text[block.start : block.end])))


def _lines(inline: list[str | None]) -> list[str]:
    """Return the lines that breaks make; a break in the middle of a sentence only fills a column."""
    broken: list[list[str]] = [[]]
    for string in inline:
        if string is None:
            broken.append([])
        else:
            broken[-1].append(string)
    lines: list[list[str]] = []
    above = ""
    for line in (tidy("".join(strings)) for strings in broken):
        if line and above and line[0].islower() and not _ENDS.search(above):
            lines[-1].append(line)
        elif line:
            lines.append([line])
        above = line
    return [" ".join(parts) for parts in lines]


def _list(tag: Tag) -> _List:
    named = _style(tag)
    if tag.name != "ol":
        return _List("none" if named == "none" else "")
    kind = str(tag.get("type") or "")
    return _List(named or (kind if kind in {"a", "A", "i", "I"} else "1"), _integer(tag.get("start"), 1))


def _style(tag: Tag) -> str:
    style = _STYLE.search(str(tag.get("style") or ""))
    return _STYLES.get(style[1].lower(), "") if style else ""


def _mark(tag: Tag, of: _List) -> str:
    number = _integer(tag.get("value"), of.next)
    of.next = number + 1
    style = _style(tag) or of.style
    if style == "none":
        return ""
    return f"{numeral(number, style)}." if of.style else BULLET


def _is_heading(tag: Tag) -> bool:
    return tag.name in _HEADINGS or "mgAiTitleTxt" in classes(tag)


def _integer(value: object, default: int) -> int:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default


def _without_empty_labels(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Leave out "Additional documents:" where a site prints it over nothing."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and piece.kind not in (BlockKind.LABEL, BlockKind.HEADING):
            yield held
        held = piece if find_label(piece.text) == "supporting documents" else None
        if held is None:
            yield piece
