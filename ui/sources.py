"""What people name when they ingest, and where that is: a configured source, a site, a folder, or files."""

import os
from collections.abc import Iterator
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
from ingest.sites.directory import Council, council_at, find_council
from ui.known_sources import nearest
from ui.settings import Settings, SourceSettings, is_address
from ui.sites import EVERYTHING, Narrowed, SiteTarget, is_within, new_site, site_name, site_target

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

    def __init__(self, corpus: Corpus, settings: Settings, data: Path) -> None:
        self._corpus = corpus
        self._configured = settings.sources
        self._sites = settings.sites
        self._settings = {one.name: one for one in (SAMPLE, *settings.sources)}
        self._recorded = {source.name: source for source in corpus.sources()}
        self._new: list[SourceSettings] = []  # sites that were named and do not stand in the settings yet
        self._data = data

    def every(self) -> tuple[Target | SiteTarget, ...]:
        """Return all sources that are configured, and the folders and files that were ever ingested.

        What was taken out of the settings is not looked at any more: a folder that was ingested without
        them has its location for a name.
        """
        own = (one.name for one in self._recorded.values() if one.name in (one.location, LOOSE, SAMPLE.name))
        return tuple(self._named(name) for name in dict.fromkeys([*self._in_settings(), *own]))

    def resolve(self, named: str, narrowed: Narrowed = EVERYTHING) -> Target | SiteTarget:
        """Return what `named` means: the name of a source or council, a site's address, a folder, or a file.

        `narrowed` is what is said about this look at sites.

        Raises:
            UsageError: it is none of them.
        """
        if named in self._settings:
            return self._named(named, narrowed)
        if "://" in named:
            return self._site(named, narrowed)
        path = _whole(Path(named))
        # Unlike the methods of a path, this takes what may not be looked at for not there, without raising.
        if not os.path.exists(path):
            return self._of_the_directory(named, narrowed)
        if not str(path).isprintable():
            raise UsageError(f"{named!r}: its name holds characters that cannot be shown; rename it")
        known = next(
            (one for one in self._settings.values() if not one.is_site and self._location(one) == path), None
        )
        if known is not None:
            return self._folder(known.name)
        if path.is_dir() or is_import(path.name):
            return self._folder(str(path))
        return replace(self._holder(path), files=(path,))

    def _in_settings(self) -> Iterator[str]:
        return (one.name for one in self._configured)

    def _of_the_directory(self, named: str, narrowed: Narrowed) -> SiteTarget:
        council = find_council(named)
        if council is None:
            unknown = "there is no such file or folder, and no source or council of this name"
            raise UsageError(f"{named}: {unknown}{nearest(named)}")
        return self._site(council.base, narrowed, council)

    def _site(self, address: str, narrowed: Narrowed, council: Council | None = None) -> SiteTarget:
        """Return the site at `address`: a configured one when it lies in that one's directory."""
        if not is_address(address):
            raise UsageError(f"{address}: an address of a site begins with https:// or http://")
        there = [
            one for one in (*self._configured, *self._new) if one.is_site and is_within(address, one.location)
        ]
        if there:
            inmost = max(there, key=lambda one: len(one.location))
            known, is_new = self._recorded.get(inmost.name), inmost in self._new
            return site_target(inmost, self._sites, known, narrowed, is_new=is_new)
        council = council or council_at(address)
        name = council.key if council else ""

        def is_taken(name: str) -> bool:
            # What the record holds of another place under this name is not this site's.
            known = self._recorded.get(name)
            elsewhere = known is not None and not is_within(address, known.location)
            return name in self._settings or elsewhere or any(one.name == name for one in self._new)

        if not name or is_taken(name):
            name = site_name(address, is_taken)
        settings = new_site(name, address, council.name if council else "")
        self._new.append(settings)
        return site_target(settings, self._sites, self._recorded.get(name), narrowed, is_new=True)

    def _named(self, name: str, narrowed: Narrowed = EVERYTHING) -> Target | SiteTarget:
        settings = self._settings.get(name)
        if settings is not None and settings.is_site:
            return site_target(settings, self._sites, self._recorded.get(name), narrowed, is_new=False)
        return self._folder(name)

    def _folder(self, name: str) -> Target:
        if (settings := self._settings.get(name)) is not None:
            location = str(self._location(settings))
            defaults = Defaults(settings.council, settings.committee, settings.kind)
        else:
            location, defaults = ("" if name == LOOSE else name), Defaults()
        known = self._recorded.get(name, Source(name, location))
        return Target(replace(known, location=location), defaults)

    def _holder(self, path: Path) -> Target:
        """Return the source that a single file belongs to: that of the nearest folder that is one."""
        folders = {
            Path(target.source.location): target
            for target in self.every()
            if isinstance(target, Target) and target.source.location
        }
        holder = next((folders[parent] for parent in path.parents if parent in folders), None)
        return holder or self._folder(LOOSE)

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
