"""Word files: paragraphs, lists and tables in the order of the document."""

from corpus.errors import UnreadableError
from ingest.docx_package import open_package
from ingest.docx_pieces import pieces_of
from ingest.outline import compose, sections_of
from ingest.parsed import Parsed
from ingest.titles import borne_out, find_title


def parse_docx(data: bytes) -> Parsed:
    """Return the words of a Word file, without headers, footers and tracked deletions.

    Raises UnreadableError for a file that is damaged, encrypted, empty, no Word file, or too large unpacked.
    """
    package = open_package(data)
    text, blocks = compose(pieces_of(package))
    if not text:
        raise UnreadableError("empty: the Word file holds no text; pictures of pages need OCR first")
    title = borne_out(package.title, text) or find_title(text)
    return Parsed(title=title, text=text, sections=sections_of(text, blocks, title=title))
