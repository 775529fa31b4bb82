"""An output that appears whole: it is made in a folder beside its place, and moved there in one step.

.answers.csv.partial/   what is being made; gone when it is done
    lock                held by the one process that makes it
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from corpus.errors import BusyError, NothingDoneError, UsageError

_LOCK = "lock"


def folder_of(output: Path) -> Path:
    """Return where `output` is made."""
    return output.with_name(f".{output.name}.partial")


def account_of(output: Path) -> Path:
    """Return where it is written down of what `output` was made."""
    return output.with_name(f"{output.name}.meta.json")


def check_place(output: Path) -> None:
    """Make sure that a file can be where `output` is to be.

    Raises:
        UsageError: it is a folder, or its folder is missing.
    """
    if output.is_dir():
        raise UsageError(f"{output} is a folder; name a file in it")
    if not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent}; make it first")


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


def clear(folder: Path) -> None:
    """Remove everything from a folder that is held."""
    for entry in folder.iterdir():
        if entry.name != _LOCK:
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
