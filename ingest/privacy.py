"""Leaves out the lines that say how to reach a person, from web pages and from the words of papers."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bs4.element import NavigableString, PageElement, Tag

from ingest.contact_lines import LINE_CHARACTERS, is_label, personal_lines
from ingest.html_content import is_inline, tidy

_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_CELLS = frozenset({"td", "th"})


def drop_personal(tag: Tag) -> None:
    """Remove contact lines and home addresses from the markup below `tag`.

    A line is what a reader sees as one: a paragraph, a list item, a row of a table, or what a `<br>` ends.
    It goes as a whole or stays as it is. An element that is left without words goes, too.
    """
    reading = _Reading()
    reading.walk(tag)
    lines = list(_with_rows(_with_rests(reading.lines)))
    gone = personal_lines([line.words for line in lines])
    _remove([node for index in sorted(gone) for node in lines[index].nodes], tag, reading.order)


@dataclass(slots=True)
class _Line:
    """A line of a page: its nodes and words, the row and cell of a table that it stands in."""

    nodes: list[PageElement] = field(default_factory=list)
    words: str = ""
    row: Tag | None = None
    cell: Tag | None = None
    #: Whether a `<br>` and no new element separates it from the line above.
    broken: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read of a page: its lines, and the place of each element in the order of reading."""

    lines: list[_Line] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)
    nodes: list[PageElement] = field(default_factory=list)
    rows: list[Tag] = field(default_factory=list)
    cells: list[Tag] = field(default_factory=list)
    broken: bool = False

    def walk(self, part: Tag) -> None:
        """Read `part`, with a stack instead of recursion, because pages nest as they like."""
        stack: list[tuple[PageElement, bool]] = [(part, True)]
        while stack:
            node, entering = stack.pop()
            if not isinstance(node, Tag):
                if type(node) is NavigableString:
                    self.nodes.append(node)
            elif node.name == "br":
                self._take_break(node, entering=entering)
            else:
                if entering and node.name != "pre":  # its lines are parts of one string
                    self.order[id(node)] = len(self.order)
                    stack.append((node, False))
                    stack.extend((child, True) for child in reversed(node.contents))
                self._take(node, entering=entering)
        self._flush(broken=False)

    def _take_break(self, tag: Tag, *, entering: bool) -> None:
        if entering:
            self.nodes.append(tag)
            self._flush(broken=True)

    def _take(self, tag: Tag, *, entering: bool) -> None:
        if is_inline(tag):
            return
        self._flush(broken=False)
        open_ = self.rows if tag.name == "tr" else self.cells if tag.name in _CELLS else None
        if open_ is not None:
            open_.append(tag) if entering else open_.pop()

    def _flush(self, *, broken: bool) -> None:
        words = tidy("".join(node for node in self.nodes if isinstance(node, NavigableString)))
        if words:
            row = self.rows[-1] if self.rows else None
            cell = self.cells[-1] if self.cells else None
            self.lines.append(_Line(self.nodes, words, row, cell, self.broken))
        self.nodes = []
        # An empty line that a break ends leaves what follows a line after a break.
        self.broken = broken


def _with_rests(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Put lines together where a break in the middle of a sentence only fills a column."""
    held: _Line | None = None
    parts: list[str] = []
    above = ""
    for line in lines:
        if held is not None and line.broken and line.words[0].islower() and not _ENDS.search(above):
            held.nodes.extend(line.nodes)
            parts.append(line.words)
        else:
            if held is not None:
                held.words = " ".join(parts)
                yield held
            held, parts = line, [line.words]
        above = line.words
    if held is not None:
        held.words = " ".join(parts)
        yield held


def _with_rows(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Make one line of each row whose cells are short, and of a label with all that it labels."""
    for _, group in groupby(lines, key=lambda line: id(line.row)):
        row = list(group)
        cells = {id(line.cell) for line in row}
        short = sum(len(line.words) for line in row) <= LINE_CHARACTERS
        if row[0].row is not None and short and (len(row) == len(cells) or is_label(row[0].words)):
            words = " | ".join(line.words for line in row)
            yield _Line([node for line in row for node in line.nodes], words)
        else:
            yield from row


def _remove(leaves: Sequence[PageElement], root: Tag, order: dict[int, int]) -> None:
    """Remove `leaves`, and the elements that they leave empty, in time linear in the size of the page.

    Each parent's children are filtered once: bs4's own `extract` searches them all for each.
    """
    gone = {id(leaf) for leaf in leaves}
    touched: dict[int, Tag] = {}
    for leaf in leaves:
        parent = leaf.parent
        while parent is not None and id(parent) not in touched:
            touched[id(parent)] = parent
            parent = None if parent is root else parent.parent
    for tag in sorted(touched.values(), key=lambda tag: order[id(tag)], reverse=True):
        _keep(tag, lambda child: id(child) not in gone)
        if tag is not root and tag.name not in _CELLS and all(_is_blank(child) for child in tag.contents):
            for cell in tag.contents:
                if isinstance(cell, Tag):
                    _keep(cell, lambda _: False)
            _keep(tag, lambda _: False)
            gone.add(id(tag))


def _is_blank(node: PageElement) -> bool:
    """Whether there are no words in `node`, a string, a break or a cell of a row."""
    if not isinstance(node, Tag):
        return type(node) is not NavigableString or not node.strip()
    if node.name in _CELLS:
        return all(not isinstance(child, Tag) and _is_blank(child) for child in node.contents)
    return node.name == "br"


def _keep(tag: Tag, wanted: Callable[[PageElement], bool]) -> None:
    """Keep the wanted children of `tag`; the others have no children themselves."""
    kept: list[PageElement] = []
    for child in tag.contents:
        if wanted(child):
            kept.append(child)
        else:
            _unlink(child)
    tag.contents = kept


def _unlink(leaf: PageElement) -> None:
    before, after = leaf.previous_element, leaf.next_element
    if before is not None:
        before.next_element = after
    if after is not None:
        after.previous_element = before
    above, below = leaf.previous_sibling, leaf.next_sibling
    if above is not None:
        above.next_sibling = below
    if below is not None:
        below.previous_sibling = above
    leaf.parent = leaf.previous_element = leaf.next_element = None
    leaf.previous_sibling = leaf.next_sibling = None
