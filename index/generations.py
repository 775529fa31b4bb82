"""The folder of generations: which one is published, how the next takes its place, who may build.

generations/
  000007/     a published generation, never written again
  000008/     the next one; its predecessor is kept
  CURRENT     the name of the published one; replaced by an atomic rename
  build.lock  held by the one process that builds
"""

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BusyError, GenerationError

#: The published generation and the one before it: a reader may still be in the older one.
KEPT = 2
_CURRENT = "CURRENT"
_BUILDING = ".building"


class Generations:
    """The generations in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> str | None:
        """Return the name of the published generation, None before the first.

        Raises:
            GenerationError: the pointer is damaged.
        """
        pointer = self.folder / _CURRENT
        try:
            name = pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise GenerationError(f"{pointer} cannot be read ({error}); run: minutebook index") from error
        if not name.isdigit():
            raise GenerationError(f"{pointer} names no generation ({name[:40]!r}); run: minutebook index")
        return name

    def path(self, name: str) -> Path:
        """Return the folder of a generation."""
        return self.folder / name

    def published(self) -> Path:
        """Return the folder of the published generation.

        Raises:
            GenerationError: nothing was published yet.
        """
        name = self.current()
        if name is None:
            raise GenerationError(
                "nothing is indexed yet; run: minutebook ingest FOLDER, then minutebook index"
            )
        return self.path(name)

    @contextmanager
    def building(self) -> Iterator[Path]:
        """Hold the lock and yield an empty folder for the next generation, which is gone afterwards.

        What a killed build has left behind is removed before and after.

        Raises:
            BusyError: another process holds the lock; the message says which.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / "build.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise BusyError(f"another process is indexing: {self._holder()}; wait until it is done") from None
        try:
            self._holder_file.write_text(
                json.dumps(
                    {
                        "process": os.getpid(),
                        "machine": socket.gethostname(),
                        "since": datetime.now(UTC).isoformat(timespec="seconds"),
                    }
                ),
                encoding="utf-8",
            )
            self._remove_unpublished()
            folder = self.folder / _BUILDING
            folder.mkdir()
            yield folder
        finally:
            self._remove_unpublished()
            self._holder_file.unlink(missing_ok=True)
            lock.release()

    def publish(self, folder: Path) -> str:
        """Make the finished generation in `folder` the published one; return its name."""
        name = f"{max(self._numbers(), default=0) + 1:06}"
        _sync_tree(folder)
        folder.rename(self.path(name))
        pointer = self.folder / f"{_CURRENT}.new"
        pointer.write_text(f"{name}\n", encoding="ascii")
        _sync(pointer)
        pointer.replace(self.folder / _CURRENT)
        _sync(self.folder)
        return name

    def sweep(self, due: Callable[[Path], bool] = lambda folder: False) -> None:
        """Remove what is older than the published generation and its predecessor, and that one if `due`."""
        current = int(self.current() or 0)
        older = [number for number in self._numbers() if number < current]
        spared = [number for number in older[1 - KEPT :] if not due(self.path(f"{number:06}"))]
        for number in older:
            if number not in spared:
                shutil.rmtree(self.path(f"{number:06}"), ignore_errors=True)

    @property
    def _holder_file(self) -> Path:
        return self.folder / "build.holder.json"

    def _holder(self) -> str:
        try:
            holder = json.loads(self._holder_file.read_text(encoding="utf-8"))
            return f"process {holder['process']} on {holder['machine']} since {holder['since']}"
        except (OSError, ValueError, KeyError):
            return "it has just begun"

    def _numbers(self) -> list[int]:
        names = (entry.name for entry in self.folder.iterdir() if entry.is_dir())
        return sorted(int(name) for name in names if name.isdigit())

    def _remove_unpublished(self) -> None:
        """Remove a generation that was begun, and one that has its name but never became the published one.

        Left where it is, the latter would count as the predecessor of the next one.
        """
        shutil.rmtree(self.folder / _BUILDING, ignore_errors=True)
        try:
            current = int(self.current() or 0)
        except GenerationError:
            return  # which of them was published is not known
        for number in self._numbers():
            if number > current:
                shutil.rmtree(self.path(f"{number:06}"), ignore_errors=True)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    """Make sure that a file or folder is on the disk before a name points to it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
