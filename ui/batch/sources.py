"""The input of a batch: a file, or a stream that is kept so that it can be read more than once."""

import shutil
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from corpus.errors import UsageError
from ui.tables.formats import STREAM, Format
from ui.tables.table import Table, open_table


@dataclass(frozen=True, slots=True)
class Source:
    """An input that was read once; `digest` is the SHA-256 of its bytes, `name` what people call it."""

    path: Path
    name: str
    format: Format
    digest: str
    table: Table

    def check_unchanged(self) -> None:
        """Make sure that it is still the same.

        Raises:
            UsageError: it was changed.
        """
        if digest_of(self.path, self.name) != self.digest:
            raise UsageError(f"{self.name} was changed while it was read; begin anew with --force")


def open_source(path: Path, given: Format, folder: Path, standard_input: BinaryIO) -> Source:
    """Read the input once; what can be read only once is kept in `folder`.

    Raises:
        UsageError: it cannot be read, or is no table.
    """
    name = "standard input" if path == STREAM else str(path)
    try:
        if path == STREAM:
            path = _kept(standard_input, folder)
        elif path.exists() and not (path.is_file() or path.is_dir()):
            with path.open("rb") as stream:
                path = _kept(stream, folder)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from error
    table = open_table(path, given, name)
    return Source(path, name, given, digest_of(path, name), table)


def digest_of(path: Path, name: str) -> str:
    """Return the SHA-256 of a file.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from error


def _kept(stream: BinaryIO, folder: Path) -> Path:
    path = folder / "input"
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file)
    return path
