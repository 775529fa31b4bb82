"""Documents as flat rows, in the one shape that every table of documents here has."""

import json
from collections.abc import Mapping
from typing import Any

from corpus.records import Document, Kind, Page, Section, Status

#: The columns of a document besides its id and source, as they stand in a CREATE TABLE.
COLUMNS = """
    title TEXT NOT NULL, text TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, council TEXT NOT NULL,
    committee TEXT NOT NULL, meeting_date TEXT, item_number TEXT NOT NULL, status TEXT NOT NULL,
    sections TEXT NOT NULL, pages TEXT NOT NULL, fetched_at TEXT NOT NULL
"""


def to_row(document: Document) -> dict[str, Any]:
    """Return the values of `COLUMNS` by name; sections and pages become JSON."""
    return {
        "title": document.title,
        "text": document.text,
        "url": document.url,
        "kind": document.kind,
        "council": document.council,
        "committee": document.committee,
        "meeting_date": document.meeting_date,
        "item_number": document.item_number,
        "status": document.status,
        "sections": json.dumps([(s.label, s.start, s.end) for s in document.sections]),
        "pages": json.dumps([(p.number, p.start, p.end) for p in document.pages]),
        "fetched_at": document.fetched_at,
    }


def from_row(row: Mapping[str, Any], *, document_id: str, source: str) -> Document:
    """Return the document that `row` holds."""
    return Document(
        id=document_id,
        source=source,
        title=row["title"],
        text=row["text"],
        url=row["url"],
        kind=Kind(row["kind"]),
        council=row["council"],
        committee=row["committee"],
        meeting_date=row["meeting_date"],
        item_number=row["item_number"],
        status=Status(row["status"]),
        sections=tuple(Section(*fields) for fields in json.loads(row["sections"])),
        pages=tuple(Page(*fields) for fields in json.loads(row["pages"])),
        fetched_at=row["fetched_at"],
    )


def insert(table: str, row: Mapping[str, Any]) -> str:
    """Return the statement that inserts `row` into `table`, with named placeholders."""
    names = ", ".join(f":{name}" for name in row)
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({names})"
