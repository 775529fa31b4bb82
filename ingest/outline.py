"""From the parts of a file to its text, and from headings and labels to sections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.blocks import Block, BlockKind, find_blocks, find_label
from corpus.records import NESTED, Section


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, item, heading or label as its markup shows it; `text` is one line without padding."""

    kind: BlockKind
    text: str


def compose(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Join `pieces` into one text with a blank line between them, a single newline between list items.

    Returns the text and its blocks, whose offsets count characters of that text.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    previous: BlockKind | None = None
    for piece in pieces:
        words = piece.text.strip()
        if not words:
            continue
        if previous is not None:
            gap = "\n" if previous is piece.kind is BlockKind.ITEM else "\n\n"
            parts.append(gap)
            length += len(gap)
        label = find_label(words) if piece.kind in (BlockKind.HEADING, BlockKind.LABEL) else None
        kind = BlockKind.LABEL if label else piece.kind
        shown = label or (words.rstrip(":").strip() if kind is BlockKind.HEADING else "")
        blocks.append(Block(kind, length, length + len(words), shown))
        parts.append(words)
        length += len(words)
        previous = piece.kind
    return "".join(parts), tuple(blocks)


def find_sections(text: str, *, title: str = "") -> tuple[Section, ...]:
    """Return the sections of `text`, found in its words."""
    return sections_of(text, find_blocks(text), title=title)


def sections_of(text: str, blocks: Sequence[Block], *, title: str = "") -> tuple[Section, ...]:
    """Return the sections that headings and labels begin; together they cover the whole text.

    A heading begins a section under its own words, a label one inside the heading above it
    ("54. Public Question Time · minutes"). A heading that only repeats `title` names nothing new.
    """
    sections: list[Section] = []
    heading = label = ""
    start = 0
    for block in blocks:
        if block.kind not in (BlockKind.HEADING, BlockKind.LABEL):
            continue
        if text[start : block.start].strip():
            sections.append(Section(_nested(heading, label), start, block.start))
            start = block.start
        if block.kind is BlockKind.LABEL:
            label = block.label
        else:
            heading, label = ("" if _same(block.label, title) else block.label), ""
    if text[start:].strip():
        sections.append(Section(_nested(heading, label), start, len(text)))
    return tuple(sections)


def _nested(heading: str, label: str) -> str:
    return NESTED.join(part for part in (heading, label) if part)


def _same(a: str, b: str) -> bool:
    return " ".join(a.casefold().split()) == " ".join(b.casefold().split())
