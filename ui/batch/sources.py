"""The input of a batch, of which a copy is asked: no answer is to what came to stand there afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from corpus.errors import UsageError
from ui.batch.manner import Input
from ui.tables.formats import Format
from ui.tables.table import Table, open_table

#: Bytes that are copied at once.
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """An input with its copy at `path`; `digest` is the SHA-256 of its bytes, `name` what it is called."""

    path: Path
    name: str
    format: Format
    digest: str
    table: Table


def open_source(given: Input, folder: Path) -> Source:
    """Copy an input into `folder`, and read the copy once. The table is read from there again and again.

    Raises:
        UsageError: it cannot be read, or is no table.
        OSError: it cannot be copied.
    """
    name = "standard input" if given.stream else str(given.path)
    copy = folder / "input"
    if given.stream:
        digest = _copied(given.stream, copy, name)
    else:
        with _reading(name):
            stream = given.path.open("rb")
        with stream:
            digest = _copied(stream, copy, name)
    return Source(copy, name, given.format, digest, open_table(copy, given.format, name))


def _copied(stream: BinaryIO, to: Path, name: str) -> str:
    """Copy a stream, and return the digest of what was copied."""
    digest = sha256()
    with to.open("wb") as file:
        while True:
            with _reading(name):
                piece = stream.read(_PIECE)
            if not piece:
                return digest.hexdigest()
            digest.update(piece)
            file.write(piece)


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except IsADirectoryError:
        raise UsageError(f"{name} is a folder; name a file") from None
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from error
