"""What can be quoted: the sentences, list items and short labelled sections of a passage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.blocks import BlockKind, find_blocks
from corpus.records import Document, Section
from index.families import roots_in
from index.passage_table import StoredPassage
from index.sentences import quotable_spans, sentence_spans

#: A section of a line or two is quoted with its label: "Alternative options considered: None."
SHORT_SECTION_WORDS = 25
#: The same passages answer many questions.
_spans = lru_cache(maxsize=4_096)(quotable_spans)
#: Labels that make a sentence of whatever stands below them.
_TELLING = frozenset({"resolved", "decision", "recorded vote", "reasons for decision"})
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_TOKEN = re.compile(r"\S*\w\S*")
_FEWEST_WORDS, _FEWEST_TOKENS = 2, 3
#: A line that says which minutes these are has no more words, and only these beside the heading's.
_LINE_OF_WORDS = 14
_FRAME = " ".join(
    (
        "minutes of the meeting held on at in by signed dated date chairman",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
)
#: "5th" is the 5 of the heading, and no heading has the number of a page, or the line for a signature.
_APART = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b|\bpage \d+(?: of \d+)?\b|_+", re.IGNORECASE)
#: Of what a sentence introduces, so many words are quoted with it, or its first sentence.
INTRODUCED_WORDS = 30
_LOOK_AHEAD = 2_000
_INTRODUCES = re.compile(r":[\s*_]*$")
#: "Bandstand": a line so short, without a mark at its end, is a title to what follows.
_LONGEST_TITLE = 50
_LEANS_BACK = re.compile(
    r"^[•*\s]*(?:He|She|They|It|This|These|Those|His|Her|Their|Its|Such|Both|However|Therefore)\b"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A span that can stand in an answer, `document.text[start:end]`; `passage` is where it was found.

    `sentences` are the first of its sentences within the passage and the end (`index.sentence_table`).
    """

    passage: StoredPassage
    start: int
    end: int
    role: str
    sentences: tuple[int, int | None] = (0, None)

    @property
    def document(self) -> Document:
        """The document that is quoted."""
        return self.passage.document

    @property
    def text(self) -> str:
        """The verbatim words."""
        return self.document.text[self.start : self.end]

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.text.split())

    @property
    def under(self) -> str:
        """The line within its passage that it stands under as under a title, "" for none."""
        before = self.document.text[self.passage.start : self.start]
        titles = [line for line in map(str.strip, before.splitlines()) if _is_title(line)]
        return titles[-1] if titles else ""


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and line[:1].isupper() and line[-1:].isalnum()


def units_of(passage: StoredPassage) -> Iterator[Unit]:
    """Yield what can be quoted from `passage`, in order; headings and labels alone are nothing to quote."""
    section = _section_at(passage.document, passage.start)
    role = section.role if section else ""
    if section and role and (whole := _whole_section(passage, section)):
        yield whole
        return
    for number, (start, end) in enumerate(_spans(passage.text)):
        yield Unit(passage, passage.start + start, passage.start + end, role, (number, number + 1))


def says_something(unit: Unit) -> bool:
    """Tell whether somebody who reads `unit` alone is told something.

    "£658.63", "REPLY:" and the number of a page tell nothing, nor does a line that only says which minutes
    these are. Below a label that says what it is, anything does.
    """
    if unit.role in _TELLING:
        return _LETTER.search(unit.text) is not None
    if len(_WORD.findall(unit.text)) < _FEWEST_WORDS or len(_TOKEN.findall(unit.text)) < _FEWEST_TOKENS:
        return False
    if unit.words > _LINE_OF_WORDS:
        return True
    named = roots_in(f"{unit.passage.heading} {_FRAME}")
    return bool(roots_in(_APART.sub(r"\1", unit.text)) - named)


def completed(unit: Unit, before: Unit | None) -> Unit:
    """Return `unit` with the sentence before it where it leans on it ("He added that …")."""
    if before is None or not _LEANS_BACK.match(unit.text) or before.end > unit.start:
        return unit
    between = unit.document.text[before.end : unit.start]
    if between.strip() or between.count("\n") > 1 or before.words > 45:
        return unit
    return replace(unit, start=before.start)


def with_introduced(unit: Unit) -> Unit:
    """Return `unit` with what follows where it only introduces that ("The dates were set as follows:")."""
    if not _INTRODUCES.search(unit.text):
        return unit
    text, end, words = unit.document.text, unit.end, 0
    for start, last in sentence_spans(text, unit.end, min(len(text), unit.end + _LOOK_AHEAD)):
        said = len(text[start:last].split())
        if words and words + said > INTRODUCED_WORDS:
            break
        end, words = last, words + said
    return replace(unit, end=end)


def _section_at(document: Document, offset: int) -> Section | None:
    return next((section for section in document.sections if section.start <= offset < section.end), None)


def _whole_section(passage: StoredPassage, section: Section) -> Unit | None:
    text = passage.document.text[section.start : section.end]
    if len(text.split(None, SHORT_SECTION_WORDS)) > SHORT_SECTION_WORDS or passage.end < section.start + len(
        text.rstrip()
    ):
        return None
    blocks = find_blocks(text)
    if len(blocks) < 2:
        return None
    if blocks[0].kind is not BlockKind.LABEL or any(block.kind is BlockKind.ITEM for block in blocks):
        return None
    return Unit(passage, section.start + blocks[0].start, section.start + blocks[-1].end, section.role)
