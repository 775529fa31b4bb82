"""From a document to its passages: as long as the model can read, and never through a sentence.

A passage is `document.text[start:end]`. The passages of a document hold every character that is not blank
exactly once. None crosses a section. Each fits the model's window together with its heading, which says
whose words these are (council · committee · date · title · heading of the section).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from unicodedata import combining

from corpus.blocks import find_blocks
from corpus.records import NESTED, Document, Section
from index.sentences import block_sentences
from index.speakers import speaker_at, turns_of

_BLANK = re.compile(r"\s")
_JOINER = "\u200d"
#: What belongs to the character before it: the joiner, variations, skin tones.
_JOINERS = frozenset((_JOINER, "\ufe0e", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))))

#: Returns how many tokens the model makes of each text, its special tokens included.
CountTokens = Callable[[Sequence[str]], Sequence[int]]

#: Longer passages blur: their vector is a mean of too many things.
MAX_WORDS = 180
#: A word counts as one more with each so many letters: models know no longer ones.
LONG_WORD = 100
#: Letters with more accents, and emoji of more parts, may be cut through.
LONGEST_CHARACTER = 16
#: A heading may take this share of the window; a longer one is cut.
HEADING_SHARE = 0.3
#: Kept free for the name of a speaker.
SPEAKER_TOKENS = 16
#: A passage this full is closed rather than begin a paragraph that it cannot hold.
FULL_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """`document.text[start:end]` in section `section`; `heading` is searched with it, never quoted."""

    section: str
    start: int
    end: int
    heading: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one that is too long; `opens` tells whether a block begins with it."""

    start: int
    end: int
    tokens: int
    words: int
    opens: bool


def embedded_text(heading: str, text: str) -> str:
    """Return what the model reads of a passage."""
    return f"{heading}\n{text}" if heading else text


def embedded_spans(heading: str, text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where `spans` of the text of a passage stand in what the model reads of it."""
    before = len(embedded_text(heading, text)) - len(text)
    return [(before + start, before + end) for start, end in spans]


def heading_of(document: Document, section: str) -> str:
    """Return the line that tells whose words a passage holds; unknown parts are left out."""
    parts = [
        document.council,
        document.committee,
        spoken_date(document.meeting_date),
        document.title,
        section,
    ]
    return NESTED.join(part for part in parts if part)


def spoken_date(iso: str | None) -> str:
    """Return a date as people write it ("2026-01-15" → "15 January 2026"), "" for none."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def make_passages(document: Document, *, count_tokens: CountTokens, window: int) -> list[Passage]:
    """Cut `document` into passages that fit `window` tokens together with their headings.

    In a verbatim record, the heading names who goes on speaking where a passage begins within a turn.
    """
    turns = turns_of(document.text)
    room = window - (SPEAKER_TOKENS if turns else 0)
    passages = []
    for section in _whole(document):
        heading = _fitting(heading_of(document, section.label), count_tokens, window)
        for start, end in _cut(document.text, section, heading, count_tokens, room):
            speaker = _fitting(speaker_at(turns, start), count_tokens, SPEAKER_TOKENS * 2)
            named = NESTED.join(part for part in (heading, speaker) if part)
            passages.append(Passage(section.label, start, end, named))
    return passages


def _whole(document: Document) -> Iterator[Section]:
    """Yield the sections and, unlabelled, what stands between them."""
    last = 0
    for section in document.sections:
        if document.text[last : section.start].strip():
            yield Section("", last, section.start)
        if document.text[section.start : section.end].strip():
            yield section
        last = section.end
    if document.text[last:].strip():
        yield Section("", last, len(document.text))


def _fitting(heading: str, count_tokens: CountTokens, window: int) -> str:
    limit = int(window * HEADING_SHARE)
    while heading and count_tokens([heading])[0] > limit:
        heading = heading[: len(heading) * 3 // 4].rstrip()
    return heading


def _cut(
    text: str, section: Section, heading: str, count_tokens: CountTokens, window: int
) -> Iterator[tuple[int, int]]:
    empty, with_heading = count_tokens(["", heading])
    budget = window - max(with_heading, empty)
    units = list(_units(text, section, count_tokens, empty, budget))
    groups = list(_packed(units, budget))
    # Most tokenizers count a text as the sum of its sentences; where one does not, cut again.
    totals = count_tokens([embedded_text(heading, text[group[0].start : group[-1].end]) for group in groups])
    for group, total in zip(groups, totals, strict=True):
        if total <= window:
            yield group[0].start, group[-1].end
        else:
            yield from _halves(text, group, heading, count_tokens, window)


def _units(
    text: str, section: Section, count_tokens: CountTokens, empty: int, budget: int
) -> Iterator[_Unit]:
    part = text[section.start : section.end]
    spans = [
        (section.start + start, section.start + end, number == 0)
        for block in find_blocks(part)
        for number, (start, end) in enumerate(block_sentences(part, block))
    ]
    counts = count_tokens([text[start:end] for start, end, _ in spans])
    for (start, end, opens), count in zip(spans, counts, strict=True):
        words = _words(text[start:end])
        if count - empty <= budget and words <= MAX_WORDS:
            yield _Unit(start, end, count - empty, words, opens)
        else:
            yield from _pieces(text, start, end, count_tokens, empty, budget, opens)


def _words(text: str) -> int:
    """Count words; a model that reads 100,000 letters as one unknown token has not read them."""
    return sum(1 + len(word) // LONG_WORD for word in text.split())


def _pieces(
    text: str, start: int, end: int, count_tokens: CountTokens, empty: int, budget: int, opens: bool
) -> Iterator[_Unit]:
    """Cut a sentence that does not fit between words, and a word that does not fit between characters."""
    stack = [(start, end)]
    while stack:
        first, last = stack.pop()
        piece = text[first:last]
        tokens = count_tokens([piece])[0] - empty
        words = _words(piece)
        if (tokens <= budget and words <= MAX_WORDS) or last - first == 1:
            yield _Unit(first, last, tokens, words, opens and first == start)
        else:
            left, right = _middle(text, first, last)
            stack += [right, left]


def _halves(
    text: str, units: Sequence[_Unit], heading: str, count_tokens: CountTokens, window: int
) -> Iterator[tuple[int, int]]:
    """Cut what does not fit between sentences while there are several, else as `_pieces` does."""
    stack = [units]
    while stack:
        group = stack.pop()
        first, last = group[0].start, group[-1].end
        if last - first == 1 or count_tokens([embedded_text(heading, text[first:last])])[0] <= window:
            yield first, last
        elif len(group) > 1:
            half = len(group) // 2
            stack += [group[half:], group[:half]]
        else:
            left, right = _middle(text, first, last)
            stack += [[_Unit(*right, 0, 0, False)], [_Unit(*left, 0, 0, False)]]


def _middle(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Cut `text[start:end]` at the blank nearest to its middle, else in the middle."""
    half = (start + end) // 2
    right_of = _BLANK.search(text, half, end)
    *_, left_of = None, *_BLANK.finditer(text, start, half)
    near = [match.start() for match in (left_of, right_of) if match]
    if not near:
        cut = _between_characters(text, start, half)
        return (start, cut), (cut, end)
    cut = min(near, key=lambda position: abs(position - half))
    left = text[start:cut].rstrip()
    right = text[cut:end].lstrip()
    return (start, start + len(left)), (end - len(right), end)


def _between_characters(text: str, start: int, cut: int) -> int:
    """Return a place near `cut` that parts no accent from its letter and no joined emoji."""
    for place in range(cut, max(start, cut - LONGEST_CHARACTER), -1):
        follows = combining(text[place]) or text[place] in _JOINERS or text[place - 1] == _JOINER
        if not follows:
            return place
    return cut


def _packed(units: Sequence[_Unit], budget: int) -> Iterator[list[_Unit]]:
    """Put units together, paragraph by paragraph while whole ones fit, else sentence by sentence."""
    group: list[_Unit] = []
    tokens = words = 0
    for paragraph in _paragraphs(units):
        whole = sum(unit.tokens for unit in paragraph)
        if group and tokens >= budget * FULL_ENOUGH and tokens + whole > budget:
            yield group
            group, tokens, words = [], 0, 0
        for unit in paragraph:
            if group and (tokens + unit.tokens > budget or words + unit.words > MAX_WORDS):
                yield group
                group, tokens, words = [], 0, 0
            group.append(unit)
            tokens += unit.tokens
            words += unit.words
    if group:
        yield group


def _paragraphs(units: Sequence[_Unit]) -> Iterable[Sequence[_Unit]]:
    bounds = [number for number, unit in enumerate(units) if unit.opens or number == 0]
    return (units[first:last] for first, last in pairwise([*bounds, len(units)]))
