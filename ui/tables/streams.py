"""Standard streams as tables go through them, and the temporary folder, where they are kept meanwhile."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import typer

from corpus.errors import NothingDoneError, UsageError
from ui.tables.formats import Format


def standard_input() -> BinaryIO:
    """Return the standard input.

    Raises:
        UsageError: it is closed.
    """
    if sys.stdin is None:
        raise UsageError("standard input is closed; name a file in place of -")
    return sys.stdin.buffer


@contextmanager
def standard_output(to: Format) -> Iterator[BinaryIO]:
    """Give the standard output for a table.

    Raises:
        UsageError: it is closed, or a terminal that cannot show this format.
        NothingDoneError: it cannot be written.
        Exit: whoever reads it has seen enough.
    """
    if sys.stdout is None:
        raise UsageError("standard output is closed; name a file in place of -")
    if to is Format.PARQUET and sys.stdout.isatty():
        raise UsageError("Parquet is nothing for a terminal; write it to a file")
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError as error:
        # What waits to be flushed would be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(0) from None
        raise NothingDoneError(f"standard output cannot be written: {error.strerror or error}") from error


@contextmanager
def whole_before(out: BinaryIO, to: Format) -> Iterator[BinaryIO]:
    """Give a file to write to, which goes into `out`: at once, or a Parquet file when it is whole.

    Raises:
        NothingDoneError: there is no room for it meanwhile.
    """
    if to is not Format.PARQUET:
        yield out
        out.flush()
        return
    with temporary_folder() as folder:
        whole = folder / "output"
        # Its end says where its beginning is.
        with in_temporary_folder(), whole.open("wb") as file:
            yield file
        with whole.open("rb") as file:
            shutil.copyfileobj(file, out)
    out.flush()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards.

    Raises:
        NothingDoneError: there is no place for one.
    """
    with in_temporary_folder():
        folder = TemporaryDirectory()
    with folder as path:
        yield Path(path)


@contextmanager
def in_temporary_folder() -> Iterator[None]:
    """Say that something cannot be kept for a while, and what to do about it.

    Raises:
        NothingDoneError: in place of an error of the system.
    """
    try:
        yield
    except OSError as error:
        raise NothingDoneError(
            f"the temporary folder cannot be written: {error.strerror or error}; "
            "name one with more room in TMPDIR"
        ) from error
