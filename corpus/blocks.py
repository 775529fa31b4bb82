"""The shape of minutes: headings, labels, list items and paragraphs, found in plain text by their words.

Minutes reach us from Word, from PDF and from web pages, and what survives in all of them is lines. A line
is a *label* where it is one of the set phrases that clerks put above a part ("RESOLVED", "Reasons for
decision"), a *heading* where it looks like one, a list *item* where it begins with a bullet or a number,
and a *paragraph* otherwise. Lines that a page width has broken are put together again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of lines is."""

    HEADING = "heading"
    LABEL = "label"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: `text[start:end]`, without blanks at either end.

    `label` is the canonical name of a label ("resolved"), the cleaned words of a heading, otherwise "".
    """

    kind: BlockKind
    start: int
    end: int
    label: str = ""


#: Set phrases above the parts of an item, English and Welsh, and the canonical label of each.
LABELS = {
    "minutes": r"minutes|cofnodion",
    "resolved": r"(?:it was )?(?:unanimously )?(?:resolved|agreed)(?: that)?|resolution|resolutions",
    "decision": r"decisions?|penderfyniad(?:au)?",
    "reasons for decision": r"reasons? for (?:the )?(?:decision|recommendation)s?",
    "alternative options considered": (
        r"(?:any )?(?:alternative|other) options? considered(?: and (?:rejected|discounted|why rejected))?"
    ),
    "supporting documents": r"(?:additional|supporting|accompanying|background) (?:documents?|papers?)",
    "recorded vote": r"recorded votes?",
}
_LABEL = re.compile(
    r"^(?:" + "|".join(f"(?P<l{i}>{words})" for i, words in enumerate(LABELS.values())) + r")\s*[:.–—-]?$",
    re.IGNORECASE,
)
_LABEL_NAMES = tuple(LABELS)

_BULLET = r"[•·●▪■◦‣○\uf0b7\uf0a7*–—-]"
_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,3}"
_ENUMERATOR = (
    r"(?:\d{1,3}(?:\.\d{1,3}){1,3}\\?[.)]?|\d{1,3}\\?[.)]"
    r"|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|(?:[a-z]|[ivx]{1,5})\\?[.)])"
)
_ITEM = re.compile(rf"^(?:{_BULLET}\s+|(?:{_ENUMERATOR})\s+|\\?[*-]\s+)(?=\S)", re.IGNORECASE)
_NUMBERED = re.compile(rf"^{_NUMBER}\\?[.)]?[\s:–-]+(?P<title>[A-Z(“\"'][^\n]*)$")
_NUMBER_ALONE = re.compile(rf"^(?:{_NUMBER}\\?[.)]?|[A-Z]?\d{{1,3}}[a-z]?\.)$")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*?)\s*#*$")
_BOLD = re.compile(r"^(?:\*\*[^*\n]+\*\*[\s:.]*)+$|^(?:__[^_\n]+__[\s:.]*)+$")
_MARKS = re.compile(r"[*_#\\]+")
_STARTS_ANEW = re.compile(rf"^[*_]*(?:#|{_NUMBER}\\?[.)])")
_RESOLVES = re.compile(r"^(?:to|that|the|a|an|it|we)\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;][\s\"'”’)\]*_]*$")

#: A heading is short: longer lines that look like one are sentences set in capitals or bold.
HEADING_CHARACTERS = 120
#: A line at least this long, without an end of sentence, was broken by the width of a page.
FULL_LINE_CHARACTERS = 55


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text` in order; every character that is not blank lies in exactly one."""
    return tuple(_joined(text, list(_lines(text))))


def find_label(line: str) -> str | None:
    """Return the canonical label that `line` is ("Reasons for the decision:" → "reasons for decision")."""
    match = _LABEL.match(_MARKS.sub("", line).strip())
    return _LABEL_NAMES[int((match.lastgroup or "l0")[1:])] if match else None


def _lines(text: str) -> Iterator[Block]:
    for match in re.finditer(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+", text):
        line = match[0].strip()
        if line:
            start = match.start() + match[0].index(line[0])
            kind, label = _kind(line)
            yield Block(kind, start, start + len(line), label)


def _kind(line: str) -> tuple[BlockKind, str]:
    if len(line) <= HEADING_CHARACTERS:
        if label := find_label(line):
            return BlockKind.LABEL, label
        if heading := _heading(line):
            return BlockKind.HEADING, heading
    return (BlockKind.ITEM if _ITEM.match(line) else BlockKind.PARAGRAPH), ""


def _heading(line: str) -> str | None:
    if match := _MARKDOWN_HEADING.match(line):
        return _clean(match["title"]) or None
    if _NUMBER_ALONE.match(_MARKS.sub("", line)) or _BOLD.match(line):
        return _clean(line)
    if _capitals(line):
        return _clean(line)
    numbered = _NUMBERED.match(line)
    short = len(line) <= 80 and not _ENDS_SENTENCE.search(line)
    if numbered and short and not _RESOLVES.match(numbered["title"]):
        return _clean(line)
    return None


def _capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 6 and all(c.isupper() for c in letters) and not line.endswith((".", ",", ";"))


def _clean(line: str) -> str:
    return " ".join(_MARKS.sub("", line).split()).rstrip(":").strip()


def _joined(text: str, lines: list[Block]) -> Iterator[Block]:
    """Put together the lines that a page's width has broken."""
    current: Block | None = None
    for line in lines:
        if current and _runs_on(text, current, line):
            heading = current.kind is BlockKind.HEADING
            label = f"{current.label} {_clean(text[line.start : line.end])}" if heading else ""
            current = Block(current.kind, current.start, line.end, label)
            continue
        if current:
            yield _sized(current)
        current = line
    if current:
        yield _sized(current)


def _sized(block: Block) -> Block:
    """A whole paragraph set in bold or capitals is still a paragraph."""
    if block.kind is BlockKind.HEADING and block.end - block.start > 2 * HEADING_CHARACTERS:
        return Block(BlockKind.PARAGRAPH, block.start, block.end)
    return block


def _runs_on(text: str, block: Block, line: Block) -> bool:
    between = text[block.end : line.start]
    if between.count("\n") > 2 or "\f" in between:
        return False
    if block.kind is BlockKind.HEADING:
        return _continues_heading(text, block, line)
    if line.kind is not BlockKind.PARAGRAPH or block.kind is BlockKind.LABEL:
        return False
    last = text[max(text.rfind("\n", 0, block.end), block.start) : block.end].strip()
    if _ENDS_SENTENCE.search(last):
        # Within a paragraph the next line goes on with its next sentence; a blank line ends it.
        return between.count("\n") == 1 and len(last) >= FULL_LINE_CHARACTERS and last[-1] != ":"
    first = text[line.start]
    return len(last) >= FULL_LINE_CHARACTERS or (first.islower() and between.count("\n") <= 2)


def _continues_heading(text: str, block: Block, line: Block) -> bool:
    """A number standing alone is followed by its title; a long title by the rest of it."""
    if _NUMBER_ALONE.match(block.label):
        words = text[line.start : line.end]
        title = line.kind is BlockKind.PARAGRAPH and len(words) <= HEADING_CHARACTERS and words[0].isupper()
        if title and not _ENDS_SENTENCE.search(words):
            return True
    if line.kind is not BlockKind.HEADING:
        return False
    if _NUMBER_ALONE.match(block.label):
        return not _NUMBER_ALONE.match(line.label)
    if _STARTS_ANEW.match(text[line.start : line.end]):
        return False
    last = text[max(text.rfind("\n", 0, block.end), block.start) : block.end]
    return len(last) >= FULL_LINE_CHARACTERS
