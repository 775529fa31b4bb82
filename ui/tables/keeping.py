"""An output that appears whole: it is made in a folder beside its place, and moved there in one step.

.answers.csv.partial/   what is being made; gone when it is done
    lock                held by the one process that makes it
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout

from corpus.errors import BusyError, NothingDoneError, UsageError

_LOCK = "lock"


def folder_of(output: Path) -> Path:
    """Return where `output` is made."""
    return output.with_name(f".{output.name}.partial")


def account_of(output: Path) -> Path:
    """Return where it is written down of what `output` was made."""
    return output.with_name(f"{output.name}.meta.json")


def account_bytes(account: Mapping[str, Any]) -> bytes:
    """Return an account as JSON; names of files that are no UTF-8 read back in Python as they were."""
    return f"{json.dumps(account, ensure_ascii=False, indent=2)}\n".encode(errors="backslashreplace")


def check_place(output: Path) -> None:
    """Make sure that a file can be where `output` is to be, and its account beside it.

    Raises:
        UsageError: one of them is a folder, their folder is missing, or the name is too long.
    """
    if not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent}; make it first")
    longest = len(os.fsencode(_gone(folder_of(output)).name))
    if (over := longest - os.pathconf(output.parent, "PC_NAME_MAX")) > 0:
        raise UsageError(f"{output}: the name is too long; make it shorter by {over} bytes")
    for path in (output, account_of(output)):
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name a file in it")


def check_free(output: Path) -> None:
    """Make sure that nothing is written over.

    Raises:
        UsageError: the output is there already, or an account beside it.
    """
    for path in (output, account_of(output)):
        if path.exists():
            raise UsageError(f"{path} is there already; write elsewhere, or over it with --force")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def claimed(output: Path) -> Iterator[Path]:
    """Hold the folder where `output` is made; left empty, it is gone afterwards.

    Raises:
        BusyError: another process is making the same output.
        NothingDoneError: nothing can be written there.
    """
    folder = folder_of(output)
    with writing_to(output):
        lock = _locked(folder, output)
        try:
            yield folder
        finally:
            if folder.is_dir() and {entry.name for entry in folder.iterdir()} <= {_LOCK}:
                leave(folder)
            lock.release()


@contextmanager
def writing_to(output: Path) -> Iterator[None]:
    """Say which output cannot be written, and why.

    Raises:
        NothingDoneError: in place of an error of the system.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NothingDoneError(f"{output} cannot be written: {error.strerror or error}") from error


def leave(folder: Path) -> None:
    """Remove a folder that is held, in one step for whoever claims it next."""
    gone = _gone(folder)
    shutil.rmtree(gone, ignore_errors=True)
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def clear(folder: Path, *, but: Path | None = None) -> None:
    """Remove everything, or everything but one file, from a folder that is held."""
    for entry in folder.iterdir():
        if entry.name != _LOCK and entry != but:
            entry.unlink()


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Write a file that is there in whole or not at all."""
    partial = path.with_name(f"{path.name}.part")
    with partial.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def move(path: Path, to: Path) -> None:
    """Move a finished file to its place, over what may be there."""
    path.replace(to)
    sync_folder(to.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _gone(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.gone")


def _locked(folder: Path, output: Path) -> FileLock:
    lock = FileLock(folder / _LOCK)
    while True:
        folder.mkdir(exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise BusyError(f"another process is writing {output}; wait until it is done") from None
        except FileNotFoundError:
            continue  # whoever held it has just gone, and the folder with it
        if folder.is_dir():
            shutil.rmtree(_gone(folder), ignore_errors=True)
            return lock
        lock.release()
