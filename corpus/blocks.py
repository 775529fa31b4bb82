"""The shape of minutes: headings, labels, list items and paragraphs, found in plain text by their words.

Minutes reach us from Word, from PDF and from web pages, and what survives in all of them is lines. A line
is a *label* where it is one of the set phrases that clerks put above a part ("RESOLVED", "Reasons for
decision"), a *heading* where it looks like one, a list *item* where it begins with a bullet or a number,
and a *paragraph* otherwise. Lines that a page width has broken are put together again.
"""

import html
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
_NUMBER = r"\d{1,3}(?:\.\d{1,2}){0,3}"
_ENUMERATOR = (
    r"(?:\d{1,3}(?:\.\d{1,3}){1,3}\\?[.)]?|\d{1,3}\\?[.)]"
    r"|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|(?:[a-z]|[ivx]{1,5})\\?[.)])"
)
_ITEM = re.compile(
    rf"^(?:{_BULLET}\s+|[*_]{{0,3}}(?:{_ENUMERATOR})[*_]{{0,3}}\s+|\\?[*-]\s+)(?=\S)", re.IGNORECASE
)
_NUMBERED = re.compile(rf"^{_NUMBER}\\?[.)]?[\s:–-]+(?P<title>[A-Z(“\"'][^\n]*)$")
_NUMBER_ALONE = re.compile(rf"^(?:{_NUMBER}\\?[.)]?|[A-Z]?\d{{1,3}}[a-z]?\.)$")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s")
_BOLD = re.compile(r"^(?:\*\*[^*\n]+\*\*[\s:.]*)+$|^(?:__[^_\n]+__[\s:.]*)+$")
#: Bold words in small letters are the rest of a broken line; "b) Fly-tipping" is none.
_CONTINUES = re.compile(r"(?!(?:[a-z]|[ivx]{1,5})[.)])[^\W\d_A-Z]")
_MARKS = re.compile(r"[*_#\\]+")
#: A rule across the page, which Markdown writes as dashes, and the number of the page above it.
_RULE = re.compile(r"^-{3,}\s|\s-{3,}\s*\d{0,3}$")
#: The size of the paper that an item's title links to, as pages of councils print it.
_SIZE = re.compile(r"\s+PDF\s+[\d.,]+\s?[KM]B$")
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_LINE_END = re.compile(r"\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")
_STARTS_ANEW = re.compile(rf"^[*_]*(?:#|{_NUMBER}\\?[.)])")
#: How a vote went; it ends what was moved and begins nothing.
_OUTCOME = re.compile(
    r"(?:the )?(?:(?:motion|amendment|resolution|recommendation)s? )?(?:(?:was|were|is) )?(?:unanimously )?"
    r"(?:passed|carried|defeated|lost|failed|withdrawn|approved)\b(?!\s+(?:by|in|for|on|to)\b)",
    re.IGNORECASE,
)
_ENUMERATOR_ALONE = re.compile(r"\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})\)", re.IGNORECASE)
_RESOLVES = re.compile(r"^(?:to|that|the|a|an|it|we)\b", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_]{4}")
_ENDS_SENTENCE = re.compile(r"[.!?:;][\s\"'”’)\]*_]*$")

#: A heading is short: longer lines that look like one are sentences set in capitals or bold.
HEADING_CHARACTERS = 120
#: A line at least this long, without an end of sentence, was broken by the width of a page.
FULL_LINE_CHARACTERS = 55


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text` in order; every character that is not blank lies in exactly one."""
    return tuple(_joined(text, _lines(text)))


def find_label(line: str) -> str | None:
    """Return the canonical label that `line` is ("Reasons for the decision:" → "reasons for decision")."""
    match = _LABEL.match(_MARKS.sub("", line).strip())
    return _LABEL_NAMES[int((match.lastgroup or "l0")[1:])] if match else None


def _lines(text: str) -> Iterator[Block]:
    for match in _LINE.finditer(text):
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
    words = _clean(line)
    if _MARKDOWN_HEADING.match(line) or _NUMBER_ALONE.match(_MARKS.sub("", line)):
        return words or None
    if not any(c.isalpha() for c in words) or _ENUMERATOR_ALONE.fullmatch(words) or _OUTCOME.match(words):
        return None
    if _BOLD.match(line):
        return None if _CONTINUES.match(words) else words
    if _capitals(line):
        return words
    numbered = _NUMBERED.match(line)
    short = len(line) <= 80 and not _ENDS_SENTENCE.search(line)
    if numbered and short and not _RESOLVES.match(numbered["title"]):
        return words
    return None


def _capitals(line: str) -> bool:
    """Words in capitals; a run of initials ("JS RA GD") names who acts, not what follows."""
    letters = [c for c in line if c.isalpha()]
    if len(letters) < 6 or not all(c.isupper() for c in letters) or line.endswith((".", ",", ";")):
        return False
    return _LONG_WORD.search(line) is not None


def _clean(line: str) -> str:
    words = " ".join(_MARKS.sub("", html.unescape(line)).split())
    return _SIZE.sub("", _RULE.sub("", words)).rstrip(":").strip()


def _joined(text: str, lines: Iterator[Block]) -> Iterator[Block]:
    """Put together the lines that a page's width has broken."""
    block = last = next(lines, None)
    if block is None or last is None:
        return
    for line in lines:
        if _is_page_number(text, block, line):
            yield Block(BlockKind.PARAGRAPH, block.start, block.end)
            block = line
        elif _runs_on(text, block, last, line):
            block = Block(block.kind, block.start, line.end)
        else:
            yield _whole(text, block)
            block = line
        last = line
    yield _whole(text, block)


def _whole(text: str, block: Block) -> Block:
    """A heading of several lines has all their words; a whole paragraph set in bold is still a paragraph."""
    if block.kind is not BlockKind.HEADING or block.label:
        return block
    if block.end - block.start > 2 * HEADING_CHARACTERS:
        return Block(BlockKind.PARAGRAPH, block.start, block.end)
    return Block(block.kind, block.start, block.end, _clean(text[block.start : block.end]))


def _is_page_number(text: str, block: Block, line: Block) -> bool:
    """A bare number in the middle of a sentence."""
    return block.label.isdecimal() and line.kind is BlockKind.PARAGRAPH and text[line.start].islower()


def _runs_on(text: str, block: Block, last: Block, line: Block) -> bool:
    """Return whether `line` goes on with `block`, whose last line is `last`."""
    between = text[last.end : line.start]
    breaks = len(_LINE_END.findall(between))
    if breaks > 2 or "\f" in between:
        return False
    if block.kind is BlockKind.HEADING:
        return _continues_heading(text, block, last, line)
    if line.kind is not BlockKind.PARAGRAPH or block.kind is BlockKind.LABEL:
        return False
    if _stands_alone(text[line.start : line.end]):
        return False
    length = last.end - last.start
    if _ENDS_SENTENCE.search(text, last.start, last.end):
        # Within a paragraph the next line goes on with its next sentence; a blank line ends it.
        return breaks == 1 and length >= FULL_LINE_CHARACTERS and text[last.end - 1] != ":"
    return length >= FULL_LINE_CHARACTERS or text[line.start].islower()


def _continues_heading(text: str, block: Block, last: Block, line: Block) -> bool:
    """A number standing alone is followed by its title; a long title by the rest of it."""
    alone = _NUMBER_ALONE.match(block.label) is not None
    if alone and line.kind is BlockKind.PARAGRAPH:
        words = text[line.start : line.end]
        return len(words) <= HEADING_CHARACTERS and words[0].isupper() and not _ENDS_SENTENCE.search(words)
    full = last.end - last.start >= FULL_LINE_CHARACTERS
    if line.kind is BlockKind.PARAGRAPH:
        return full and _is_rest(text[line.start : line.end])
    if line.kind is not BlockKind.HEADING:
        return False
    if alone:
        return not _NUMBER_ALONE.match(line.label)
    return full and not _STARTS_ANEW.match(text[line.start : line.end])


def _stands_alone(line: str) -> bool:
    """A short line that is bold as a whole ("**Motion carried**") is not the rest of one that is not."""
    return len(line) <= HEADING_CHARACTERS and _BOLD.match(line) is not None and not _is_rest(line)


def _is_rest(line: str) -> bool:
    """Bold words that begin in small letters go on with the heading above them."""
    return _BOLD.match(line) is not None and _CONTINUES.match(_MARKS.sub("", line)) is not None
