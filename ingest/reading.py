"""Which reader a file needs: its first bytes say more than its ending."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from corpus.errors import UnreadableError
from ingest.docx import parse_docx
from ingest.html import parse_html
from ingest.parsed import Parsed
from ingest.pdf import parse_pdf
from ingest.plain import parse_plain

TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml", ".aspx"})
WORD = frozenset({".docx", ".docm", ".dotx", ".dotm"})
PDF = frozenset({".pdf"})
READABLE = TEXT | HTML | WORD | PDF
#: Minutes come in these, too, so that a person should hear that they were passed over.
FOREIGN = {
    ".doc": "old Word format: save it as DOCX or PDF",
    ".rtf": "rich text: save it as DOCX or PDF",
    ".odt": "OpenDocument: save it as DOCX or PDF",
    ".pages": "Pages: export it as DOCX or PDF",
}
#: A file larger than this holds scans or film; minutes of a whole year stay far below.
MAX_BYTES = 100_000_000

#: Readers of PDF look for its mark so far into a file.
_HEAD_BYTES = 1_024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Form:
    media_type: str
    read: Callable[[bytes], Parsed]


_AS_TEXT = _Form("text/plain", parse_plain)
_AS_HTML = _Form("text/html", parse_html)
_AS_PDF = _Form("application/pdf", parse_pdf)
_AS_WORD = _Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", parse_docx)


def parse(data: bytes, name: str) -> Parsed:
    """Return the words of the file called `name`.

    Raises UnreadableError for what cannot be read; its message says why, and the remedy, without the name.
    """
    form = _form(data, name)
    if not data.strip():
        raise UnreadableError("empty: nothing to read")
    if form is None:
        ending = PurePath(name).suffix.casefold()
        raise UnreadableError(
            FOREIGN.get(ending, "no kind of file that is read: give PDF, DOCX, HTML or plain text")
        )
    return form.read(data)


def media_type(data: bytes, name: str) -> str:
    """Return the media type that the file called `name` really has."""
    form = _form(data, name)
    return form.media_type if form else "application/octet-stream"


def _form(data: bytes, name: str) -> _Form | None:
    ending = PurePath(name).suffix.casefold()
    head = data[:_HEAD_BYTES]
    if b"%PDF-" in head:
        return _AS_PDF
    if head.startswith((_ZIP, _OLE)) and ending not in FOREIGN:
        return _AS_WORD
    if ending in HTML or (ending not in TEXT and _HTML.match(head.removeprefix(codecs.BOM_UTF8))):
        return _AS_HTML
    named = ((TEXT, _AS_TEXT), (PDF, _AS_PDF), (WORD, _AS_WORD))
    return next((form for endings, form in named if ending in endings), None)
