"""What a parser makes of one file: its words and their parts, before it has an identity in the record."""

from dataclasses import dataclass

from corpus.records import Kind, Page, Section, Status


@dataclass(frozen=True, slots=True)
class Parsed:
    """The words of one file or page. Unknown text fields are "", an unknown date is None.

    `url` is a public address that the file itself names (a saved page knows where it came from).
    `notes` are remarks for the operator about how it was read ("not UTF-8; read as Windows-1252").
    """

    title: str
    text: str
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    url: str = ""
    kind: Kind = Kind.MINUTES
    council: str = ""
    committee: str = ""
    meeting_date: str | None = None
    item_number: str = ""
    status: Status = Status.UNKNOWN
    notes: tuple[str, ...] = ()
