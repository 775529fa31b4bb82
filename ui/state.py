"""How things stand: what the record holds, what is indexed, and how fresh every source is."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from corpus.coverage import Coverage, coverage_of
from corpus.errors import GenerationError
from corpus.records import Source, SourceState
from corpus.store import Counts
from index.manifest import Manifest, read_manifest
from ui import clock
from ui.freshness import fresh_state
from ui.known_sources import state_words
from ui.library import Library
from ui.terminal import printable
from ui.updates import Update, last_update


@dataclass(frozen=True, slots=True)
class State:
    """The state of a library.

    `generation` is None before the first, `trouble` says why it is unreadable; `update` is the last nightly
    job, `coverage` how much of each committee of each site is read.
    """

    data: str
    revision: int
    counts: Counts
    sources: tuple[Source, ...]
    generation: str | None = None
    manifest: Manifest | None = None
    trouble: str = ""
    coverage: tuple[Coverage, ...] = ()
    update: Update | None = None

    @property
    def behind(self) -> int:
        """The number of changes that the published generation does not have yet."""
        return self.revision - (self.manifest.corpus_revision if self.manifest else 0)

    def as_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON."""
        return {**asdict(self), "behind": self.behind}


def state_of(library: Library) -> State:
    """Return the state of `library`, without loading a model.

    Raises:
        CorpusError: the record cannot be opened.
    """
    if not library.record.exists():
        return State(str(library.data), 0, Counts(0, 0, 0, 0, 0), ())
    with library.corpus() as corpus:
        sources = tuple(fresh_state(source, clock.now()) for source in corpus.sources())
        state = State(
            str(library.data),
            corpus.revision,
            corpus.counts(),
            sources,
            coverage=coverage_of(corpus),
            update=last_update(library.data),
        )
    try:
        name = library.generations.current()
        manifest = read_manifest(library.generations.path(name)) if name else None
    except GenerationError as error:
        return replace(state, trouble=str(error))
    return replace(state, generation=name, manifest=manifest)


def state_text(state: State) -> str:
    """Return the state as a few lines for people."""
    counts = state.counts
    lines = [
        f"Data       {state.data}",
        f"Documents  {counts.documents:,} in {counts.versions:,} versions, {counts.withdrawn:,} withdrawn",
        f"Index      {_index(state)}",
        "Sources    " + ("" if state.sources else "none yet; run: minutebook ingest FOLDER"),
    ]
    for source in state.sources:
        lines.append(f"  {source.name}  {state_words(source)}")
        lines += [f"    {_committee(one)}" for one in state.coverage if one.source == source.name]
    if state.update is not None:
        lines.append(f"Update     {_update(state.update)}")
    return printable("\n".join(line.rstrip() for line in lines))


def _index(state: State) -> str:
    if state.trouble:
        return state.trouble
    if state.manifest is None:
        return "none yet; run: minutebook index" if state.revision else "none yet"
    manifest = state.manifest
    said = (
        f"generation {state.generation}: {manifest.documents:,} documents, {manifest.passages:,} passages, "
        f"{manifest.model}, built {manifest.built_at}"
    )
    if not state.behind:
        return said
    changes = "1 change" if state.behind == 1 else f"{state.behind:,} changes"
    return f"{said}; {changes} behind, run: minutebook index"


def _update(update: Update) -> str:
    well = sum(one.state is SourceState.OK for one in update.sources)
    new = sum(one.new for one in update.sources)
    changed = sum(one.changed for one in update.sources)
    return (
        f"{update.started}, {update.seconds:,.0f} s: {well:,} of {len(update.sources):,} sources ok, "
        f"{new:,} new, {changed:,} changed" + (f"; index: {update.trouble}" if update.trouble else "")
    )


def _committee(one: Coverage) -> str:
    unread = f", {one.unread:,} not read yet" if one.unread else ""
    months = f"{one.first[:7]} to {one.last[:7]}" if one.first[:7] != one.last[:7] else one.first[:7]
    return f"{one.committee}: {months}, {one.meetings:,} meetings, {one.minuted:,} with minutes{unread}"
