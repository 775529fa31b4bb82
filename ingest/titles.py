"""A title for minutes that name none: their first line, if it is one."""

import re

from corpus.blocks import BlockKind, find_blocks

#: A first line longer than this is a sentence, not a title.
TITLE_CHARACTERS = 120
#: A title from a file's metadata must find this share of its words so far into the text.
EVIDENCE_SHARE = 0.6
EVIDENCE_CHARACTERS = 3000
#: How many lines at the head are looked at.
_HEAD_LINES = 4

_TOP_HEADING = re.compile(r"^#\s+")
_MARKS = re.compile(r"[*_#\\]+")
_ITEM_MARK = re.compile(r"agenda item|eitem (?:ar yr )?agenda", re.IGNORECASE)
_BODY_ALONE = re.compile(
    r"(?:[\w'’.&-]+ ){0,7}(?:council|authority|cyngor)"
    r"|(?:london|royal) borough of [\w ]{3,40}|agenda|minutes|cofnodion",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"^microsoft |\.(?:docx?|pdf|rtf|odt|xlsx?|pptx?)$|^untitled|^document\s*\d*$", re.IGNORECASE
)
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffd]")
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"[(\[]?\d{1,3}[.)\]:]?(?:\s|$)")

_TITLE_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH)


def find_title(text: str) -> str:
    """Return the title at the head of `text`, "" where it begins with a sentence.

    A page copied from a council's site says "Agenda item" and then the title. A line that holds no more
    than the council's name is put before the line that follows it, because it is the same on all minutes.
    """
    lines = _head(text)
    if lines and _ITEM_MARK.fullmatch(lines[0]):
        return _usable(lines[1]) if len(lines) > 1 else ""
    for line in lines:
        if _TOP_HEADING.match(line):
            return _usable(line)
    parts: list[str] = []
    for line in lines:
        title = _usable(line)
        if not title or (parts and _NUMBERED.match(title)):
            break
        parts.append(title)
        if not _BODY_ALONE.fullmatch(title):
            break
    return " – ".join(parts)


def borne_out(named: str, text: str) -> str:
    """Return the title that a file's metadata names if `text` bears it out, otherwise "".

    Templates hand their metadata on for years, so the words, and every number, must stand near the head.
    """
    title = " ".join(_CONTROL.sub("", named).split())
    if not 8 <= len(title) <= TITLE_CHARACTERS or " " not in title or _FILE_NAME.search(title):
        return ""
    head = set(_WORD.findall(text[:EVIDENCE_CHARACTERS].casefold()))
    words = _WORD.findall(title.casefold())
    found = sum(word in head for word in words)
    numbers = all(word in head for word in words if word.isdigit())
    return title if numbers and found >= EVIDENCE_SHARE * len(words) else ""


def _head(text: str) -> list[str]:
    head = text.lstrip()[: _HEAD_LINES * 1000].splitlines()
    return [line.strip() for line in head if _MARKS.sub("", line).strip()][:_HEAD_LINES]


def _usable(line: str) -> str:
    words = " ".join(_MARKS.sub("", line).split()).rstrip(":").strip()
    blocks = find_blocks(words)
    titled = len(words) <= TITLE_CHARACTERS and len(blocks) == 1 and blocks[0].kind in _TITLE_KINDS
    return words if titled and any(c.isalpha() for c in words) else ""
