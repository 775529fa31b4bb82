"""An answer as a Word file: headings, quotes as block quotes, links that open on the words."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from ui.takeaway.outline import DRAFT, Block, Fact, Heading, Quotation, Reference, Words, outline
from ui.takeaway.records import TakenAnswer
from ui.takeaway.safe import in_one_line

#: Nobody in particular has written it.
AUTHOR = "Minutebook"
_LANGUAGE = "en-GB"
_LINK = "Hyperlink"
_RECORD_FONT = "Georgia"


def answer_as_docx(taken: TakenAnswer) -> bytes:
    """Return an answer with its citations as a Word file (DOCX)."""
    document = Document()
    _set_styles(document)
    _describe(document, taken.answer.question, taken.made)
    for block in outline(taken):
        _add(document, block)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Heading(words, level):
            document.add_heading(words, level)
        case Fact(name, value):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(value)
        case Words(words):
            document.add_paragraph(words).paragraph_format.keep_with_next = True
        case Quotation(lines, number):
            _add_quote(document, lines, number)
        case Reference():
            _add_reference(document, block)


def _add_quote(document: WordDocument, lines: Sequence[str], number: int) -> None:
    paragraph = document.add_paragraph(style="Quote")
    for place, line in enumerate(lines):
        if place:
            paragraph.add_run().add_break()
        paragraph.add_run(line)
    cited = paragraph.add_run(f" [{number}]")
    cited.italic = False


def _add_reference(document: WordDocument, one: Reference) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"[{one.number}] {one.place}: ")
    paragraph.add_run(one.title).bold = True
    for line in (one.section, DRAFT if one.draft else "", one.offsets):
        if line:
            paragraph.add_run().add_break()
            paragraph.add_run(line)
    if one.address:
        paragraph.add_run().add_break()
        _add_link(paragraph, one.address, "open in the council’s minutes")


def _add_link(paragraph: Paragraph, address: str, words: str) -> None:
    """Add a link; python-docx reads them and has no way to write them."""
    link = OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), relation)
    link.append(paragraph.add_run(words, style=_LINK)._r)  # takes it from the end of the paragraph
    paragraph._p.append(link)


def _set_styles(document: WordDocument) -> None:
    styles = document.styles
    link = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor(0x05, 0x63, 0xC1), True
    styles["Quote"].font.name = _RECORD_FONT
    styles["Quote"].paragraph_format.left_indent = Pt(24)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


def _describe(document: WordDocument, question: str, made: date) -> None:
    """Say what the file is; the names and days that python-docx has in its template are taken out."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.title = in_one_line(question)[:200]
    properties.subject = properties.comments = properties.keywords = properties.category = ""
    properties.language = _LANGUAGE
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(made, time(), UTC)
