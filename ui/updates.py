"""The report of a night: what became of every source and of the index, kept for whoever asks later."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from corpus.records import SourceState
from ingest.report import Looked

#: Reports lie in this folder of the data directory, a file each, named after its time.
FOLDER = "updates"
#: So many are kept.
KEPT = 60


@dataclass(frozen=True, slots=True)
class Update:
    """One run of the nightly job. `started` is ISO 8601 in UTC; `seconds` count the index, too.

    `generation` is the one published at the end, `is_new` when this run has built it; `trouble` says why
    none could be built.
    """

    started: str
    seconds: float
    sources: tuple[Looked, ...]
    generation: str = ""
    is_new: bool = False
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    trouble: str = ""

    @property
    def failed(self) -> bool:
        """Tell whether some part could not be done."""
        return bool(self.trouble) or any(map(has_failed, self.sources))

    @property
    def blind(self) -> bool:
        """Tell whether no source could be looked at."""
        return all(one.state is not SourceState.OK for one in self.sources)

    def as_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        """Return what `as_dict` has written."""
        looked = (Looked(**{**one, "state": SourceState(one["state"])}) for one in fields["sources"])
        return cls(**{**fields, "sources": tuple(looked)})


def has_failed(looked: Looked) -> bool:
    """Tell whether some part of a source could not be looked at."""
    return bool(looked.failed or looked.blocked) or looked.state is not SourceState.OK


def keep_update(data: Path, update: Update) -> Path:
    """Keep a report in `data`, and the newest others; return its file."""
    folder = data / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{update.started.replace(':', '').replace('+0000', 'Z')}.json"
    new = path.with_suffix(".new")
    new.write_text(json.dumps(update.as_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    new.replace(path)
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def last_update(data: Path) -> Update | None:
    """Return the newest report that can be read, None when there is none."""
    for path in sorted((data / FOLDER).glob("*.json"), reverse=True):
        try:
            return Update.from_dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            continue  # of an older version, or cut short with the disk full
    return None


def update_text(update: Update) -> str:
    """Return the report as a table for people: one line a source, then one for all and one for the index."""
    rows = [_HEAD, *map(_row, update.sources)]
    if len(update.sources) > 1:
        rows.append(_total(update))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(_cells(row, widths)).rstrip() for row in rows]
    lines += [f"{one.source}: {one.state}: {one.reason}" for one in update.sources if one.reason]
    return "\n".join([*lines, _index(update)])


_HEAD = (
    "source", "state", "requests", "new", "changed", "withdrawn", "blocked", "failed", "seconds",
)  # fmt: skip


def _row(one: Looked) -> tuple[str, ...]:
    counts = (one.requests, one.new, one.changed, one.withdrawn, one.blocked, one.failed)
    return (one.source, one.state, *(f"{count:,}" for count in counts), f"{one.seconds:,.1f}")


def _total(update: Update) -> tuple[str, ...]:
    well = sum(one.state is SourceState.OK for one in update.sources)
    counts = (
        sum(getattr(one, name) for one in update.sources)
        for name in ("requests", "new", "changed", "withdrawn", "blocked", "failed")
    )
    return ("all", f"{well} ok", *(f"{count:,}" for count in counts), f"{update.seconds:,.1f}")


def _cells(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for position, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if position < 2 else cell.rjust(width)


def _index(update: Update) -> str:
    if update.trouble:
        return f"index: {update.trouble}"
    if not update.is_new:
        return f"index: generation {update.generation} is up to date, {update.passages:,} passages"
    return (
        f"index: generation {update.generation}, {update.documents:,} documents, "
        f"{update.passages:,} passages, {update.embedded:,} embedded"
    )
