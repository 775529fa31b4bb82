"""Plain text and Markdown, kept exactly as they were decoded."""

from ingest.decoding import decode
from ingest.outline import find_sections
from ingest.parsed import Parsed
from ingest.titles import find_title


def parse_plain(data: bytes) -> Parsed:
    """Return the text of a plain or Markdown file; only a byte-order mark and carriage returns are dropped.

    Raises UnreadableError for binary data and for an empty file.
    """
    text, note = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    title = find_title(text)
    return Parsed(
        title=title,
        text=text,
        sections=find_sections(text, title=title),
        notes=(note,) if note else (),
    )
