"""Sentences of minutes, as spans: clerks' abbreviations, initials, amounts and lists taken into account."""

import re
from collections.abc import Iterator

from corpus.blocks import Block, BlockKind, find_blocks

#: Words that a full stop shortens; the next word goes on with the sentence.
ABBREVIATIONS = frozenset(
    "cllr cllrs mr mrs ms mx dr prof rev revd hon rt sir ed cf eg ie viz approx est col cmdr sgt insp supt "
    "gen lt sec sect tel v vs".split()
)
#: Words that are shortened only before a number or a letter ("No. 5", "App. B", "Mon. 3 Feb.").
_BEFORE_NUMBERS = frozenset(
    "no nos para paras app apps fig figs ref refs vol ext min max art s ss reg regs p pp c jan feb mar apr "
    "jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
)
#: Words that are shortened within a sentence ("St. Mary's") or at its end ("Mill St. The road …").
_EITHER = frozenset("st rd ave co ltd plc inc esq jr sr dept govt al".split())
#: What clerks begin a sentence with; after a word that may end one or go on, it shows that one ended.
_OPENERS = frozenset(
    "after all an and as at before both but by during following for from he her his however if in it its "
    "item members nobody none on officers she so some that the their then there these they this those to "
    "two under we when where which while with".split()
)
_LOOK_BACK = 40
#: It begins where a row of dots begins, so that a long one is read once.
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]*_]*(?=\s)|(?<=[;:])(?=\s*\n)")
_WORD_BEFORE = re.compile(r"(\w+)$")
#: "7 p.m."; the initials of D.M. Wills are none.
_HOUR = re.compile(r"(?:^|[\s\d(])[ap]\.m$", re.IGNORECASE)
#: "£5. 00" is an amount that a machine has read off a page.
_POUNDS = re.compile(r"[£€$]\s?[\d,]+$")
_PENCE = re.compile(r"\d[05][.,;:)]*")
_ENUMERATOR = re.compile(r"[*_ (]*(?:\d+(?:\.\d+)*|[ivx]+|[a-z])", re.IGNORECASE)
_BLANKS = re.compile(r"\s*")
_NEXT = re.compile(r"\s*[*_\"'“‘(\[]*(?P<token>(?P<word>\w+)\S*|\S+)")
_LIST_LETTER = re.compile(r"(?:[a-z]|[ivx]{1,5})[.)]+")
#: "120 no. cameras", "Twenty No. houses"
_COUNTED = re.compile(r"\d\s*no$|\w\s+No$")


def quotable_spans(passage: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences and list items of `passage` that say something: not its headings and labels."""
    blocks = (one for one in find_blocks(passage) if one.kind not in (BlockKind.HEADING, BlockKind.LABEL))
    return tuple(span for block in blocks for span in block_sentences(passage, block))


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
    if not match[0]:
        return True
    before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
    word = _WORD_BEFORE.search(before)
    if word is None or match[0].rstrip("\"'”’)]*_") != ".":
        return _opens(following["token"])
    if match.start() - start < _LOOK_BACK and _ENUMERATOR.fullmatch(before):
        return False  # the number of a list item: "12. To note"
    return _word_ends(word[1], before, following)


def _opens(token: str) -> bool:
    """Tell whether a sentence or the letter of a list item may begin so."""
    return not token[0].islower() or _LIST_LETTER.fullmatch(token) is not None


def _word_ends(word: str, before: str, following: re.Match[str]) -> bool:
    """Tell whether the full stop after `word` ends a sentence, rather than shortens the word."""
    if _POUNDS.search(before) and _PENCE.fullmatch(following["token"]):
        return False
    name = word.casefold()
    clearly = (following["word"] or "").istitle() and following["token"].rstrip(",").casefold() in _OPENERS
    if len(word) == 1 and word.isalpha():
        if name == "m" and _HOUR.search(before):
            return following["token"][0].isupper()  # "7 p.m. The", but "7 p.m. in"
        return (
            clearly and word.isupper()
        )  # "U.K. The", "Group A. The", but "J. Smith", "e.g. The Mill", "b. The"
    if name in _BEFORE_NUMBERS:
        return _is_word(following) and not _COUNTED.search(before)
    if name in _EITHER:
        return clearly
    return name not in ABBREVIATIONS and _opens(following["token"])


def _is_word(following: re.Match[str]) -> bool:
    """Tell whether a word follows, not a number, a code or a letter ("No. 5", "No. CP-2", "App. B")."""
    word = following["word"] or ""
    if not word[:1].isupper() or len(word) == 1 or any(map(str.isdigit, following["token"])):
        return False
    return word.casefold() not in _BEFORE_NUMBERS
