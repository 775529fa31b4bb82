"""The jobs that change something: look at sources, build the next generation, or both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from corpus.errors import MinutebookError, NothingDoneError, UsageError
from corpus.records import SourceState
from corpus.store import Corpus
from ingest.report import Looked
from ui import clock, progress
from ui.library import Library
from ui.settings_file import add_source
from ui.sites import EVERYTHING, Narrowed, SiteTarget, look_at_sites
from ui.sources import Sources, Target, look_at
from ui.terminal import looked_line, printable
from ui.updates import Update, has_failed, keep_update

if TYPE_CHECKING:
    from rich.console import Console

    from index.build import Built


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of every source that was looked at, and how many names meant nothing."""

    looked: tuple[Looked, ...]
    unknown: int = 0

    @property
    def failed(self) -> bool:
        """Tell whether some part could not be read."""
        return bool(self.unknown) or any(map(has_failed, self.looked))

    @property
    def blind(self) -> bool:
        """Tell whether no source could be looked at at all."""
        return all(one.state is not SourceState.OK for one in self.looked)


def ingest(
    library: Library, names: Sequence[str], console: "Console", narrowed: Narrowed = EVERYTHING
) -> Ingested:
    """Look at each source, council, site, folder or file that is named; what is unknown is said.

    Raises:
        UsageError: nothing of it is known.
        BusyError: another process is looking at sites.
    """
    with library.corpus() as corpus:
        sources = Sources(corpus, library.settings, library.data)
        targets: list[Target | SiteTarget] = []
        unknown: list[UsageError] = []
        for name in dict.fromkeys(names):
            try:
                targets.append(sources.resolve(name, narrowed))
            except UsageError as error:
                unknown.append(error)
        if not targets:
            raise UsageError("\n".join(map(str, unknown)))
        for unmet in unknown:
            _tell(console, str(unmet))
        return Ingested(_look_at_each(corpus, library, merged(targets), console), len(unknown))


def update(library: Library, console: "Console") -> Update:
    """Look at every source, publish the next generation, and keep a report of both.

    Raises:
        NothingDoneError: there is no source.
        BusyError: another process is looking at sites.
    """
    started, began = clock.now(), perf_counter()
    with library.corpus() as corpus:
        targets = Sources(corpus, library.settings, library.data).every()
        if not targets:
            raise NothingDoneError("there are no sources yet; run: minutebook ingest FOLDER")
        looked = _look_at_each(corpus, library, targets, console)
    built, trouble = None, ""
    try:
        built = index(library, console)
    except MinutebookError as error:
        # A wrong setting of the model, too: what was looked at is reported all the same.
        trouble = str(error)
    report = Update(
        started=started.isoformat(timespec="seconds"),
        seconds=round(perf_counter() - began, 1),
        sources=looked,
        generation=built.name if built else "",
        is_new=built.changed if built else False,
        documents=built.documents if built else 0,
        passages=built.passages if built else 0,
        embedded=built.embedded if built else 0,
        trouble=trouble,
    )
    keep_update(library.data, report)
    return report


def index(library: Library, console: "Console") -> "Built":
    """Publish the next generation of the record, unless the published one is it already.

    Raises:
        BusyError: another process is building.
        NothingDoneError: the record is empty, or the model's weights are damaged.
        GenerationError: the new generation failed its verification.
    """
    from index.build import build_next

    with library.corpus() as corpus, progress.indexing(console) as report:
        return build_next(corpus, library.generations, library.embeddings, library.embedder(), report)


def merged(targets: Iterable[Target | SiteTarget]) -> tuple[Target | SiteTarget, ...]:
    """Put the files of one source together; who names a source and a file of it means all of the source."""
    by_source: dict[str, Target | SiteTarget] = {}
    for target in targets:
        before = by_source.get(target.source.name)
        if before is None or isinstance(target, SiteTarget) or isinstance(before, SiteTarget):
            by_source[target.source.name] = target
        elif before.files is None or target.files is None:
            by_source[target.source.name] = Target(target.source, target.defaults)
        else:
            files = tuple(dict.fromkeys((*before.files, *target.files)))
            by_source[target.source.name] = Target(target.source, target.defaults, files)
    return tuple(by_source.values())


def _look_at_each(
    corpus: Corpus, library: Library, targets: Iterable[Target | SiteTarget], console: "Console"
) -> tuple[Looked, ...]:
    """Look at the folders one after the other, then at all sites at once."""
    looked: list[Looked] = []
    sites: list[SiteTarget] = []

    def done(one: Looked) -> None:
        _tell(console, looked_line(one))
        looked.append(one)

    for target in targets:
        if isinstance(target, SiteTarget):
            sites.append(target)
            continue
        with progress.ingesting(console, target.source.name) as listener:
            one = look_at(corpus, target, listener)
        done(one)
    if sites:
        shown = sites[0].source.name if len(sites) == 1 else f"{len(sites):,} sites"
        with progress.ingesting(console, shown) as listener:
            look_at_sites(
                corpus,
                sites,
                listener,
                now=clock.now(),
                found=lambda target, base: _remember(library, target, base, console),
                looked=done,
            )
    return tuple(looked)


def _remember(library: Library, target: SiteTarget, base: str, console: "Console") -> None:
    """Put a site that has answered for the first time into minutebook.toml."""
    if target.new is not None:
        path = add_source(library.data, {**target.new, "location": base})
        name = target.source.name
        _tell(
            console,
            f"{name}: now a source in {path}, which every update looks at; "
            f"to take it out: minutebook sources remove {name}",
        )


def _tell(console: "Console", line: str) -> None:
    console.print(printable(line), markup=False, highlight=False, soft_wrap=True)
