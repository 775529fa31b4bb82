"""The jobs that change something: look at sources, build the next generation, or both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import NothingDoneError, UsageError
from corpus.records import SourceState
from corpus.store import Corpus
from ingest.report import Looked
from ui import progress
from ui.library import Library
from ui.sources import Sources, Target, look_at
from ui.terminal import looked_line

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
        return bool(self.unknown) or any(one.failed for one in self.looked)

    @property
    def blind(self) -> bool:
        """Tell whether no source could be looked at at all."""
        return all(one.state is not SourceState.OK for one in self.looked)


def ingest(library: Library, names: Sequence[str], console: "Console") -> Ingested:
    """Look at each source, folder or file that is named; what is unknown is said, and the rest goes on.

    Raises:
        UsageError: nothing of it is known.
    """
    with library.corpus() as corpus:
        sources = Sources(corpus, library.settings.sources, library.data)
        targets: list[Target] = []
        unknown: list[UsageError] = []
        for name in dict.fromkeys(names):
            try:
                targets.append(sources.resolve(name))
            except UsageError as error:
                unknown.append(error)
        if not targets:
            raise UsageError("\n".join(map(str, unknown)))
        for unmet in unknown:
            console.print(str(unmet), markup=False, highlight=False, soft_wrap=True)
        return Ingested(_look_at_each(corpus, merged(targets), console), len(unknown))


def ingest_every(library: Library, console: "Console") -> Ingested:
    """Look at every source that is configured or was ever ingested.

    Raises:
        NothingDoneError: there is none.
    """
    with library.corpus() as corpus:
        targets = Sources(corpus, library.settings.sources, library.data).every()
        if not targets:
            raise NothingDoneError("there are no sources yet; run: minutebook ingest FOLDER")
        return Ingested(_look_at_each(corpus, targets, console))


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


def merged(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Put the files of one source together; who names a source and a file of it means all of the source."""
    by_source: dict[str, Target] = {}
    for target in targets:
        before = by_source.get(target.source.name)
        if before is None:
            by_source[target.source.name] = target
        elif before.files is None or target.files is None:
            by_source[target.source.name] = Target(target.source, target.defaults)
        else:
            files = tuple(dict.fromkeys((*before.files, *target.files)))
            by_source[target.source.name] = Target(target.source, target.defaults, files)
    return tuple(by_source.values())


def _look_at_each(corpus: Corpus, targets: Iterable[Target], console: "Console") -> tuple[Looked, ...]:
    looked = []
    for target in targets:
        with progress.ingesting(console, target.source.name) as listener:
            one = look_at(corpus, target, listener)
        console.print(looked_line(one), markup=False, highlight=False, soft_wrap=True)
        looked.append(one)
    return tuple(looked)
