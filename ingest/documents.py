"""From what a file says and what its source says to a document."""

from dataclasses import dataclass

from corpus.records import Document, Kind
from ingest.dates import find_meeting_date
from ingest.parsed import Parsed


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for every document of a source that does not say otherwise itself."""

    council: str = ""
    committee: str = ""
    kind: Kind | None = None


def to_document(
    parsed: Parsed, defaults: Defaults, *, document_id: str, source: str, url: str, title: str, now: str
) -> Document:
    """Return the document that `parsed` is.

    Args:
        parsed: what the file holds and says about itself, which goes before everything else.
        defaults: what the source says about all its documents.
        document_id: stable as long as the file has its place.
        source: the name of the source.
        url: where a reader should land when the file names no public address.
        title: for a file without one.
        now: ISO 8601 in UTC.
    """
    found = parsed.title or title
    return Document(
        id=document_id,
        source=source,
        title=found,
        text=parsed.text,
        url=parsed.url or url,
        kind=defaults.kind if defaults.kind and parsed.kind is Kind.MINUTES else parsed.kind,
        council=parsed.council or defaults.council,
        committee=parsed.committee or defaults.committee,
        meeting_date=parsed.meeting_date or find_meeting_date(found, parsed.text),
        item_number=parsed.item_number,
        status=parsed.status,
        sections=parsed.sections,
        pages=parsed.pages,
        fetched_at=now,
    )
