"""What can be quoted: the sentences, list items and short labelled sections of a passage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.blocks import BlockKind, find_blocks
from corpus.records import Document, Section
from index.passage_table import StoredPassage
from index.sentences import quotable_spans

#: A section of a line or two is quoted with its label: "Alternative options considered: None."
SHORT_SECTION_WORDS = 25
#: The same passages answer many questions.
_spans = lru_cache(maxsize=4_096)(quotable_spans)
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


def units_of(passage: StoredPassage) -> Iterator[Unit]:
    """Yield what can be quoted from `passage`, in order; headings and labels alone are nothing to quote."""
    section = _section_at(passage.document, passage.start)
    role = section.role if section else ""
    if section and role and (whole := _whole_section(passage, section)):
        yield whole
        return
    for number, (start, end) in enumerate(_spans(passage.text)):
        yield Unit(passage, passage.start + start, passage.start + end, role, (number, number + 1))


def completed(unit: Unit, before: Unit | None) -> Unit:
    """Return `unit` with the sentence before it where it leans on it ("He added that …")."""
    if before is None or not _LEANS_BACK.match(unit.text) or before.end > unit.start:
        return unit
    between = unit.document.text[before.end : unit.start]
    if between.strip() or between.count("\n") > 1 or before.words > 45:
        return unit
    return replace(unit, start=before.start)


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
