"""Sentences of minutes, as spans: clerks' abbreviations, initials, amounts and lists taken into account."""

import re
from collections.abc import Iterator

from corpus.blocks import Block, BlockKind, find_blocks

#: Words that a full stop shortens; the next word goes on with the sentence.
ABBREVIATIONS = frozenset(
    "cllr cllrs mr mrs ms mx dr prof rev revd hon rt sir st rd ave no nos para paras app apps fig figs ref "
    "refs vol ed cf eg ie al viz approx est dept govt co ltd plc inc jan feb mar apr jun jul aug sep sept "
    "oct nov dec mon tue tues wed thu thur thurs fri sat sun tel ext min max art s ss reg regs col cmdr sgt "
    "insp supt gen lt esq jr sr p pp c v vs".split()
)
_LOOK_BACK = 40
_STOP = re.compile(r"[.!?]+[\"'”’)\]*_]*(?=\s)|(?<=[;:])(?=\s*\n)")
_WORD_BEFORE = re.compile(r"(\w+)$")
_DOTTED = re.compile(r"(?:^|[\s(])(?:\w\.)+\w$")
_BLANKS = re.compile(r"\s*")
_NEXT = re.compile(r"\s*[*_\"'“‘(\[]*(\S)")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the sentences and list items of `text[start:end]` as spans, without blanks at either end.

    Together they hold every character that is not blank, once. Headings, labels and short list items are
    units of their own; a list item of several sentences yields each of them.
    """
    part = text[start : len(text) if end is None else end]
    for block in find_blocks(part):
        for first, last in block_sentences(part, block):
            yield start + first, start + last


def block_sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of one block of `text`."""
    if block.kind in (BlockKind.HEADING, BlockKind.LABEL):
        yield block.start, block.end
        return
    start = block.start
    for match in _STOP.finditer(text, block.start, block.end):
        if match.end() > start and _ends_here(text, start, match, block.end):
            yield start, match.end()
            start = _BLANKS.match(text, match.end()).end()  # type: ignore[union-attr]  # it matches ""
    if start < block.end:
        yield start, block.end


def _ends_here(text: str, start: int, match: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, match.end(), end)
    if following is None:
        return False
    if match[0] and match[0][0] != ".":
        return not following[1].islower()
    if not match[0]:
        return True
    before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
    word = _WORD_BEFORE.search(before)
    if word is None:
        return not following[1].islower()
    name = word[1]
    if name.casefold() in ABBREVIATIONS or _DOTTED.search(before):
        # "e.g. the", "Cllr. Smith", "7 p.m. in": only a clear new beginning after "p.m." ends a sentence.
        return name.casefold() == "m" and following[1].isupper()
    if len(name) == 1 and name.isalpha():
        return False  # an initial: "J. Smith"
    if name.isdigit() and match.start() - start < _LOOK_BACK and not before[: word.start()].strip("*_ ("):
        return False  # the number of a list item: "12. To note"
    return not following[1].islower()
