"""PDF files made in the tests: flowing minutes, or words put at a place on a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=11, leading=13, spaceAfter=9, alignment=TA_JUSTIFY
)
HEADING = ParagraphStyle("heading", parent=BODY, fontName="Times-Bold", spaceBefore=6)
LARGE = ParagraphStyle("large", parent=BODY, fontSize=18, leading=22)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=24, bulletIndent=6)
#: Where on a page, by how far it is turned, the corner lies from which its words are measured.
_CORNERS = {0: (0.0, 0.0), 90: (A4[1], 0.0), 180: A4, 270: (0.0, A4[0])}


@dataclass(frozen=True, slots=True)
class Put:
    """Words on a page, `left` and `bottom` in points from its lower left corner."""

    left: float
    bottom: float
    text: str
    font: str = "Times-Roman"
    size: float = 11


def heading(text: str) -> Paragraph:
    return Paragraph(text, HEADING)


def body(text: str) -> Paragraph:
    return Paragraph(text, BODY)


def item(mark: str, text: str) -> Paragraph:
    return Paragraph(text, ITEM, bulletText=mark)


def flowing(
    *story: Flowable,
    head: str = "",
    foot: str = "",
    columns: int = 1,
    title: str = "",
    password: str = "",
) -> bytes:
    """Set `story` on as many pages as it needs; "#" in `head` and `foot` becomes the number of the page."""
    file = BytesIO()
    width, height = A4
    margin, gutter = 72.0, 24.0
    frame_width = (width - 2 * margin - (columns - 1) * gutter) / columns
    frames = [
        Frame(margin + i * (frame_width + gutter), margin, frame_width, height - 2 * margin, 0, 0, 0, 0)
        for i in range(columns)
    ]

    def decorate(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(margin, height - 40, head.replace("#", str(template.page)))
        canvas.drawCentredString(width / 2, 30, foot.replace("#", str(template.page)))

    encrypt = StandardEncryption(password) if password else None
    template = BaseDocTemplate(file, pagesize=A4, title=title or None, encrypt=encrypt, invariant=1)
    template.addPageTemplates([PageTemplate(frames=frames, onPage=decorate)])
    template.build(list(story))
    return file.getvalue()


def drawn(*pages: Sequence[Put], rotation: int = 0) -> bytes:
    """Draw the words of each page where they are put."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for page in pages:
        # A page that is shown turned is written turned the other way, so that its lines are level.
        canvas.translate(*_CORNERS[rotation])
        canvas.rotate(rotation)
        for put in page:
            canvas.setFont(put.font, put.size)
            canvas.drawString(put.left, put.bottom, put.text)
        canvas.setPageRotation(rotation)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def meaning(text: str) -> bytes:
    """Return a page with one line, whose letters a font maps to the characters of `text` (at most 90)."""
    codes = range(0x21, 0x21 + len(text))
    pairs = "\n".join(
        f"<{code:02x}> <{letter.encode('utf-16-be', 'surrogatepass').hex()}>"
        for code, letter in zip(codes, text, strict=True)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> "
        f"endcodespacerange {len(text)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    shown = f"BT /F 12 Tf 72 700 Td <{bytes(codes).hex()}> Tj ET"
    widths = " ".join("600" for _ in text)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        f"<</Type/Font/Subtype/Type1/BaseFont/Courier/FirstChar 33/LastChar {32 + len(text)}/Widths[{widths}]"
        "/ToUnicode 6 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]
    numbered = (f"{number} 0 obj\n{words}\nendobj\n" for number, words in enumerate(objects, start=1))
    return f"%PDF-1.4\n{''.join(numbered)}trailer<</Root 1 0 R/Size 7>>\n%%EOF\n".encode()


def typed(lines: Iterable[str], *, top: float = 700, left: float = 72, leading: float = 13) -> list[Put]:
    """Put `lines` one below the other."""
    return [Put(left, top - leading * i, line) for i, line in enumerate(lines)]


def with_picture(*, pages: int = 1, caption: str = "") -> bytes:
    """Return pages that show nothing but a picture, the last with `caption` below it."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for number in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (40, 60), 200)), 50, 50, 400, 600)
        if caption and number == pages - 1:
            canvas.drawString(72, 30, caption)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
