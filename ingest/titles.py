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
#: A title set in a narrow column is broken into this many lines at most.
_TITLE_LINES = 16

_TOP_HEADING = re.compile(r"^#\s+")
_MARKS = re.compile(r"[*_#\\]+|^\s*-{3,}")
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
_ITEM_MARK = re.compile(r"agenda item|eitem (?:ar yr )?agenda", re.IGNORECASE)
_BODY_ALONE = re.compile(
    r"(?:[\w'’.&-]+ ){0,7}(?:council|authority)|cyngor(?: [\w'’.&-]+){0,7}"
    r"|(?:london|royal) borough of [\w ]{3,40}|(?:draft )?(?:agenda|minutes|cofnodion)|draft|drafft",
    re.IGNORECASE,
)
#: What stands at the head of a page and is no title of it.
_NO_TITLE = re.compile(
    r"(?:page\b|(?:proposed )?venue|contact|present|apologies|attend|in attendance|also|to\b|date\b|time\b)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"\d{1,3}\s+(?=[A-Z]{3})")
#: A line that ends so was broken in the middle of its title,
_BROKEN = re.compile(r"(?:(?:^|\s+)(?:of|at|in|on|the|and|for|to|held|a)|-)+$", re.IGNORECASE)
#: and so was the line before one that begins so.
_GOES_ON = re.compile(r"(?:of|at|and|held)\b", re.IGNORECASE)
_HELD = re.compile(r"\s+held\b.*", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"(?<![ap]\.m)[.;,?!]$", re.IGNORECASE)
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
    for line in lines[:_HEAD_LINES]:
        if _TOP_HEADING.match(line):
            return _usable(line)
    parts: list[str] = []
    for line in _mended(lines)[:_HEAD_LINES]:
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
    title = " ".join(_CONTROL.sub(" ", named).split())
    if not 8 <= len(title) <= TITLE_CHARACTERS or " " not in title or _FILE_NAME.search(title):
        return ""
    head = set(_WORD.findall(text[:EVIDENCE_CHARACTERS].casefold()))
    words = _WORD.findall(title.casefold())
    found = sum(word in head for word in words)
    numbers = all(word in head for word in words if word.isdigit())
    return title if numbers and found >= EVIDENCE_SHARE * len(words) else ""


def _head(text: str) -> list[str]:
    """The first lines that hold words; a page's number and remarks in HTML are none of them."""
    head = text.lstrip()[: _HEAD_LINES * 1000].splitlines()
    lines = (line.strip() for line in head if not _TAG.search(line))
    return [line for line in lines if any(c.isalpha() for c in line)][:_TITLE_LINES]


def _mended(lines: list[str]) -> list[str]:
    """Put together the lines of a title that was broken."""
    mended: list[str] = []
    for words in map(_plain, lines):
        if mended and len(mended[-1]) <= TITLE_CHARACTERS and _is_broken(mended[-1], words):
            mended[-1] += words if mended[-1].endswith("-") else f" {words}"
        else:
            mended.append(words)
    return [_HELD.sub("", line) if len(line) > TITLE_CHARACTERS else line for line in mended]


def _is_broken(line: str, after: str) -> bool:
    return _BROKEN.search(line) is not None or _GOES_ON.match(after) is not None


def _plain(line: str) -> str:
    return " ".join(_MARKS.sub("", line).split()).rstrip(":").strip()


def _usable(line: str) -> str:
    words = _BROKEN.sub("", _PAGE_NUMBER.sub("", _plain(line), count=1))
    if not words or len(words) > TITLE_CHARACTERS or _NO_TITLE.match(words) or _ENDS_SENTENCE.search(words):
        return ""
    if _BODY_ALONE.fullmatch(words):
        return words
    blocks = find_blocks(words)
    titled = len(blocks) == 1 and blocks[0].kind in _TITLE_KINDS
    return words if titled and any(c.isalpha() for c in words) else ""
