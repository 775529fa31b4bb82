"""What people name when they ingest, and where that is: a configured source, a folder, or files."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from corpus.errors import UsageError
from corpus.records import Source
from corpus.store import Corpus
from ingest.documents import Defaults
from ingest.files import Place, look_at_files, look_at_folder
from ingest.import_lines import is_import
from ingest.report import Listener, Looked
from ui.settings import SourceSettings

#: Files that were named one by one, and belong to no folder that is a source.
LOOSE = "files"

#: A page of Haringey Council, a public record; where it comes from stands beside it.
SAMPLE = SourceSettings(
    name="sample",
    location=str(files("corpus").joinpath("sample")),
    council="Haringey Council",
    committee="Cabinet",
)


@dataclass(frozen=True, slots=True)
class Target:
    """A source to look at: all of it, or only `files` of it."""

    source: Source
    defaults: Defaults
    files: tuple[Path, ...] | None = None


class Sources:
    """The sources that are known: those of the settings, and those that the record remembers."""

    def __init__(self, corpus: Corpus, configured: Sequence[SourceSettings], data: Path) -> None:
        self._corpus = corpus
        self._settings = {one.name: one for one in (SAMPLE, *configured)}
        self._recorded = {source.name: source for source in corpus.sources()}
        self._configured = tuple(configured)
        self._data = data

    def every(self) -> tuple[Target, ...]:
        """Return all sources that are configured or were ever ingested."""
        names = dict.fromkeys([*(one.name for one in self._configured), *self._recorded])
        return tuple(self._named(name) for name in names)

    def resolve(self, named: str) -> Target:
        """Return what `named` means: the name of a source, a folder, or a file.

        Raises:
            UsageError: it is none of them.
        """
        if named in self._settings:
            return self._named(named)
        if "://" in named:
            raise UsageError(f"{named}: sites are not read; save their pages into a folder and ingest that")
        path = _whole(Path(named))
        # Unlike the methods of a path, this takes what may not be looked at for not there, without raising.
        if not os.path.exists(path):
            raise UsageError(f"{named}: there is no such file or folder, and no source of this name")
        if not str(path).isprintable():
            raise UsageError(f"{named!r}: its name holds characters that cannot be shown; rename it")
        known = next((one for one in self._settings.values() if self._location(one) == path), None)
        if known is not None:
            return self._named(known.name)
        if path.is_dir() or is_import(path.name):
            return self._named(str(path))
        return replace(self._holder(path), files=(path,))

    def _named(self, name: str) -> Target:
        if (settings := self._settings.get(name)) is not None:
            location = str(self._location(settings))
            defaults = Defaults(settings.council, settings.committee, settings.kind)
        else:
            location, defaults = ("" if name == LOOSE else name), Defaults()
        known = self._recorded.get(name, Source(name, location))
        return Target(replace(known, location=location), defaults)

    def _holder(self, path: Path) -> Target:
        """Return the source that a single file belongs to: that of the nearest folder that is one."""
        folders = {Path(target.source.location): target for target in self.every() if target.source.location}
        nearest = next((folders[parent] for parent in path.parents if parent in folders), None)
        return nearest or self._named(LOOSE)

    def _location(self, settings: SourceSettings) -> Path:
        return _whole(self._data / Path(settings.location).expanduser())


def _whole(path: Path) -> Path:
    """Return `path` from the root, without "..": one name for each file; links stay as they are."""
    return Path(os.path.abspath(path.expanduser()))


def look_at(corpus: Corpus, target: Target, listener: Listener) -> Looked:
    """Look at a source, or at the files of it that were named."""
    source, location = target.source, Path(target.source.location)
    if target.files is not None:
        places: list[Place] = [Place(path, _document_id(source, path)) for path in target.files]
        complete = False
    elif source.name == LOOSE:
        places = [Place(Path(document_id), document_id) for document_id in corpus.ids_of(LOOSE)]
        complete = True
    elif is_import(location.name) and not location.is_dir():
        places, complete = [Place(location, source.name)], True
    else:
        return look_at_folder(corpus, source, location, defaults=target.defaults, listener=listener)
    return look_at_files(
        corpus, source, places, defaults=target.defaults, listener=listener, complete=complete
    )


def _document_id(source: Source, path: Path) -> str:
    if source.name == LOOSE:
        return str(path)
    return f"{source.name}/{path.relative_to(source.location).as_posix()}"
