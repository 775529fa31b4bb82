"""From the parts of a file to its text, and from headings and labels to sections."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import LABELS, Block, BlockKind, find_blocks, find_label
from corpus.records import NESTED, Section

#: A section shorter than this holds a line or two under its heading.
ONE_LINE_CHARACTERS = 200
_NUMBER = re.compile(r"(\d{1,3})[.)]?(?=\s|$)")
_NAMED = re.compile(r"\d{1,3}[.)]\s+([A-Z][^.:\n]{2,60}?)\s*[:–-]\s")
_MARKS = re.compile(r"[*_\\]+")


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
    ("54. Public Question Time · minutes"). A heading that only repeats `title` names nothing new. Where a
    clerk set only some of the numbered items as headings, the next number ends the section all the same.
    """
    sections: list[Section] = []
    heading = label = ""
    start = body = 0  # the section's first character, and the first below its heading
    for block in blocks:
        opening = _opening(text, block, heading)
        if opening is None:
            continue
        numbered = _NUMBER.match(heading) and _NUMBER.match(opening)
        if text[(start if numbered else body) : block.start].strip():
            sections.append(Section(_nested(heading, label), start, block.start))
            start = block.start
        body = block.end if block.kind is not BlockKind.ITEM else block.start
        if block.kind is BlockKind.LABEL:
            label = opening
        else:
            heading, label = ("" if _same(opening, title) else opening), ""
    if text[start:].strip():
        sections.append(Section(_nested(heading, label), start, len(text)))
    return tuple(_folded(sections))


def _opening(text: str, block: Block, heading: str) -> str | None:
    """Return the words of the section that `block` opens, None when it opens none."""
    if block.kind in (BlockKind.HEADING, BlockKind.LABEL):
        return block.label
    if block.kind is BlockKind.ITEM and (above := _NUMBER.match(heading)):
        line = _MARKS.sub("", text[block.start : block.end])
        number = _NUMBER.match(line)
        if number and int(number[1]) == int(above[1]) + 1:
            named = _NAMED.match(line)
            return f"{number[1]}. {named[1].strip()}" if named else f"{number[1]}."
    return None


def _folded(sections: Iterable[Section]) -> Iterator[Section]:
    """Put a run of one-line sections ("Present:", "Apologies:") together into one without a label."""
    run: list[Section] = []
    for section in sections:
        if section.end - section.start < ONE_LINE_CHARACTERS and section.role not in LABELS:
            run.append(section)
            continue
        yield from _as_one(run)
        run = []
        yield section
    yield from _as_one(run)


def _as_one(run: Sequence[Section]) -> Iterator[Section]:
    if run:
        yield run[0] if len(run) == 1 else Section("", run[0].start, run[-1].end)


def _nested(heading: str, label: str) -> str:
    return NESTED.join(part for part in (heading, label) if part)


def _same(a: str, b: str) -> bool:
    return " ".join(a.casefold().split()) == " ".join(b.casefold().split())
