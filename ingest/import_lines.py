"""The import format: JSON Lines, one document a line, gzipped or not.

    {"url", "title", "text" | "html", "council"?, "committee"?, "meeting_date"?, "kind"?}

`text` is stored exactly as given: offsets count its characters.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import UnreadableError
from corpus.records import Kind
from ingest.html import parse_html
from ingest.outline import find_sections
from ingest.parsed import Parsed

ENDINGS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
#: A longer line is no document but a file without line ends; it is passed over without being held.
MAX_LINE_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; `number` counts from 1. `data` is None for one that is too long to read."""

    number: int
    data: bytes | None


class ImportedRow(BaseModel):
    """One line of the import format. Keys that it does not know are left alone."""

    model_config = ConfigDict(frozen=True, strict=True)

    url: str = Field(min_length=1)
    title: str = ""
    text: str | None = None
    html: str | None = None
    council: str | None = None
    committee: str | None = None
    meeting_date: str | None = None
    kind: str | None = None

    @model_validator(mode="after")
    def _check(self) -> "ImportedRow":
        if (self.text is None) == (self.html is None):
            raise ValueError("give either text or html")
        if not (self.text or self.html or "").strip():
            raise ValueError("text is empty")
        if self.meeting_date:
            _day(self.meeting_date)
        if self.kind and self.kind not in set(Kind):
            raise ValueError(f"kind is one of {', '.join(Kind)}, not {self.kind!r}")
        for name, value in self:
            if isinstance(value, str) and not _storable(value):
                raise ValueError(f"{name} holds half a character (a lone surrogate); write it anew as UTF-8")
        return self


def is_import(name: str) -> bool:
    """Tell by its name whether a file is in the import format."""
    return name.casefold().endswith(ENDINGS)


def read_lines(path: Path) -> Iterator[Line]:
    """Stream the lines that are not blank.

    Raises:
        UnreadableError: the file is cut off or damaged from here on; what came before is sound.
    """
    zipped = path.name.casefold().endswith(".gz")
    try:
        with gzip.open(path) if zipped else path.open("rb") as file:
            yield from _lines(cast(BinaryIO, file))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableError(f"damaged or cut off gzip data ({error}): fetch or write it again") from error


def _lines(file: BinaryIO) -> Iterator[Line]:
    number = 0
    while data := file.readline(MAX_LINE_BYTES):
        number += 1
        if len(data) == MAX_LINE_BYTES and not data.endswith(b"\n"):
            while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield Line(number, None)
        elif data.strip():
            yield Line(number, data)


def read_row(line: Line) -> ImportedRow:
    """Return what a line says.

    Raises:
        UnreadableError: it is no JSON object of the format; the message says what is wrong with it.
    """
    if line.data is None:
        raise UnreadableError(f"longer than {MAX_LINE_BYTES:,} bytes: put each document on a line of its own")
    try:
        return ImportedRow.model_validate_json(line.data)
    except ValidationError as error:
        raise UnreadableError(_in_words(error)) from error


def parse_row(row: ImportedRow) -> Parsed:
    """Return the words of a row; what the row says goes before what its page says.

    Raises:
        UnreadableError: its HTML cannot be read.
    """
    if row.text is not None:
        parsed = Parsed(row.title, row.text, sections=find_sections(row.text, title=row.title))
    else:
        parsed = parse_html((row.html or "").encode())
    return replace(
        parsed,
        title=row.title or parsed.title,
        url=row.url,
        council=row.council or parsed.council,
        committee=row.committee or parsed.committee,
        meeting_date=_day(row.meeting_date) if row.meeting_date else parsed.meeting_date,
        kind=Kind(row.kind) if row.kind else parsed.kind,
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"meeting_date is written 2026-01-15, not {text!r}") from None


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_words(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return f"no valid JSON ({first['ctx']['error']}): correct the line or write the file again"
    where = ".".join(map(str, first["loc"]))
    said = first["msg"].removeprefix("Value error, ")
    return f"{where}: {said[0].lower()}{said[1:]}" if where else said
