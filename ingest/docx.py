"""Word files: paragraphs, lists and tables in the order of the document."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from corpus.blocks import HEADING_CHARACTERS, BlockKind, find_blocks, find_label
from corpus.errors import UnreadableError
from ingest.docx_numbering import Numbering
from ingest.docx_words import is_bold, paragraph_lines, rows_of, walk_body
from ingest.outline import Piece, compose, sections_of
from ingest.parsed import Parsed
from ingest.titles import find_title

if TYPE_CHECKING:
    from docx.document import Document

#: More than this, unpacked, is no minutes but an attack or a mistake.
MAX_UNPACKED_BYTES = 200_000_000
_DAMAGED = "damaged Word file: open it in Word or LibreOffice, let it be repaired, and save it again"
_HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre)\s*\d|title|subtitle", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?;][\"'”’)\]]*$")


def parse_docx(data: bytes) -> Parsed:
    """Return the words of a Word file, without headers, footers and tracked deletions.

    Raises UnreadableError for a file that is damaged, empty, or too large when unpacked.
    """
    _check_size(data)
    import docx  # slow to load, and only Word files need it

    try:
        document = docx.Document(BytesIO(data))
        pieces = tuple(_pieces(document))
        named = document.core_properties.title or ""
    except UnreadableError:
        raise
    except Exception as error:
        # What a damaged part trips over is the library's own business: lxml, zlib, KeyError and more.
        raise UnreadableError(_DAMAGED) from error
    text, blocks = compose(pieces)
    if not text:
        raise UnreadableError("empty: the Word file holds no text; pictures of pages need OCR first")
    title = _title(pieces, named, text)
    return Parsed(title=title, text=text, sections=sections_of(text, blocks, title=title))


def _check_size(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ZlibError, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(_DAMAGED) from error
    if not any(MAIN_PART.fullmatch(part.filename) for part in parts):
        raise UnreadableError("no Word file: it is a zip archive without a Word document; unpack it first")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableError(
            f"too large: {unpacked:,} bytes unpacked, where {MAX_UNPACKED_BYTES:,} is the most that is read; "
            "save it without its pictures"
        )


def _pieces(document: "Document") -> Iterator[Piece]:
    reader = _Reader(_styles(document), Numbering.of(_part(document, "/numbering")))
    return join_numbers(reader.pieces(document.element.body))


def _part(document: "Document", kind: str) -> "_Element | None":
    for relation in document.part.rels.values():
        if relation.reltype.endswith(kind) and not relation.is_external:
            return etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
    return None
