"""PDF files: the words of their pages, as a reader sees them."""

import re
from contextlib import closing

from corpus.errors import UnreadableError
from ingest.outline import compose, sections_of
from ingest.page_lines import PrintedPage, with_numbers_joined, without_running_lines
from ingest.page_paragraphs import page_spans, paragraphs_of
from ingest.parsed import Parsed
from ingest.pdf_lines import has_image, read_pages
from ingest.titles import borne_out, find_title

#: Pages with fewer visible characters than this on average are pictures.
MIN_CHARACTERS_PER_PAGE = 15
#: Share of characters without a meaning above which a font does not say what its letters are.
MAX_UNMAPPED_SHARE = 0.3

_OPEN_FAILURES = {
    4: "encrypted: it opens only with a password; save a copy without one",
    5: "encrypted: its kind of protection is not supported; save a copy without it",
}
_DAMAGED = "damaged or cut off: it is no complete PDF; fetch it again from where it was published"
_SCANNED = (
    "scanned: the pages are pictures without text; run OCR first (for example ocrmypdf) and ingest the result"
)
_BLANK = "empty: its pages are blank"
_UNMAPPED = re.compile("[\ue000-\uefff\ufffd\x00-\x08\x0e-\x1f]")


def parse_pdf(data: bytes) -> Parsed:
    """Return the words of a PDF with the span of each page.

    Raises UnreadableError for encrypted, damaged, empty and scanned files. Not to be called from several
    threads at once, because pdfium is not safe there.
    """
    import pypdfium2  # takes a tenth of a second, which other files need not wait for

    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if not len(document):
                raise UnreadableError("empty: it has no pages")
            pages = read_pages(document)
            pictures = [page.number for page in pages if not page.lines and has_image(document, page.number)]
            named = document.get_metadata_value("Title")
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_OPEN_FAILURES.get(getattr(error, "err_code", 0), _DAMAGED)) from error
    _check(pages, pictures)
    notes = () if b"%%EOF" in data[-2048:] else ("no end mark: the file may be cut off",)
    return _parsed(pages, named, notes + _pictures_note(pictures))


def _parsed(pages: tuple[PrintedPage, ...], named: str, notes: tuple[str, ...]) -> Parsed:
    kept = without_running_lines([with_numbers_joined(page) for page in pages])
    paged = paragraphs_of(kept)
    text, blocks = compose(one.piece for one in paged)
    if not text:
        raise UnreadableError(_BLANK)
    starts = (
        (number, block.start + offset)
        for block, one in zip(blocks, paged, strict=True)
        for number, offset in one.pages
    )
    title = borne_out(named, text) or find_title("\n".join(line.text for line in pages[0].lines))
    return Parsed(
        title=title,
        text=text,
        sections=sections_of(text, blocks, title=title),
        pages=page_spans(starts, len(text)),
        notes=notes,
    )


def _check(pages: tuple[PrintedPage, ...], pictures: list[int]) -> None:
    words = "".join(line.text for page in pages for line in page.lines)
    visible = sum(not character.isspace() for character in words)
    if pictures and visible < MIN_CHARACTERS_PER_PAGE * len(pages):
        raise UnreadableError(_SCANNED)
    if not visible:
        raise UnreadableError(_BLANK)
    if len(_UNMAPPED.findall(words)) > MAX_UNMAPPED_SHARE * visible:
        raise UnreadableError(
            "garbled: its fonts do not say which letters they show; run OCR first (for example "
            "ocrmypdf --force-ocr) and ingest the result"
        )


def _pictures_note(pictures: list[int]) -> tuple[str, ...]:
    if not pictures:
        return ()
    shown = ", ".join(map(str, pictures[:10])) + (" and more" if len(pictures) > 10 else "")
    return (f"pictures without text, not read: page {shown}",)
