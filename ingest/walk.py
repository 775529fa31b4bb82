"""The files of a folder, in a stable order."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.import_lines import is_import
from ingest.reading import FOREIGN, READABLE
from ingest.report import Remark

#: A browser that saves page.html puts its pictures and frames beside it into one of these.
_COMPANIONS = ("_files", "-Dateien", ".files")


def find_files(folder: Path, remark: Callable[[Remark], None]) -> Iterator[Path]:
    """Yield the files below `folder` that may hold minutes; what cannot be looked into is remarked on.

    Hidden files, the lock files of Word, and what a browser saved with a page are left out. Links to files
    are followed, links to folders are not: they may lead in a circle.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        remark(Remark(str(folder), f"cannot be looked into ({error.strerror}): check its permissions"))
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not _is_companion(entry.name, names):
                yield from find_files(Path(entry.path), remark)
        elif entry.is_file():
            yield Path(entry.path)


def is_wanted(path: Path) -> bool:
    """Tell by its name whether a file can hold minutes, in a form that is read or one that is named."""
    return is_import(path.name) or path.suffix.casefold() in READABLE or path.suffix.casefold() in FOREIGN


def _is_companion(name: str, names: set[str]) -> bool:
    stems = [name.removesuffix(ending) for ending in _COMPANIONS if name.endswith(ending)]
    return any(f"{stem}{ending}" in names for stem in stems for ending in (".html", ".htm"))
