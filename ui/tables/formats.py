"""What a table is written in: its name tells, or the person who names a standard stream."""

from enum import StrEnum
from pathlib import Path

from corpus.errors import UsageError

#: In place of a file: the standard input or output.
STREAM = Path("-")


class Format(StrEnum):
    """A way to write a table."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


_ENDINGS = {
    ".csv": Format.CSV,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".parquet": Format.PARQUET,
}


def format_of(path: Path, given: Format | None, option: str = "--format") -> Format:
    """Return the format of `path`: what its ending says, `given` for a stream and for other endings.

    Raises:
        UsageError: nothing tells; the message names `option`.
    """
    known = _ENDINGS.get(path.suffix.casefold())
    if known or given:
        return known or given  # type: ignore[return-value]
    if path == STREAM:
        raise UsageError(f"a standard stream has no ending; say {option} csv, jsonl or parquet")
    raise UsageError(f"{path}: the name must end in .csv, .jsonl or .parquet; else say {option}")


def ending_tells(path: Path) -> bool:
    """Tell whether the name says in which format it is."""
    return path.suffix.casefold() in _ENDINGS
