"""An export from the index into a file, which is there in whole or not at all, or into a stream."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import UsageError
from index.generation import Generation
from index.lexical import Scope
from index.provenance import Provenance
from index.records import Filters
from index.search import find_scope, resolve_filters
from ui import clock
from ui.tables.columns import Column
from ui.tables.formats import STREAM, Format
from ui.tables.keeping import account_bytes, account_of, check_free, check_place, claimed, clear, move, whole
from ui.tables.streams import whole_before
from ui.tables.writing import Shape, open_writer

#: Rows that are written together; their texts are held.
TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported: `what` of it, out of which index and within which limits, by which command."""

    what: str
    columns: tuple[Column, ...]
    provenance: Provenance
    options: dict[str, Any]
    command: str


def scope_of(generation: Generation, filters: Filters) -> tuple[Scope, tuple[str, ...]]:
    """Return what `filters` allow, and a line where all of them together leave nothing.

    Raises:
        UsageError: one of them names nothing that is there, or the dates are in the wrong order.
    """
    if wrong := resolve_filters(generation.table, filters)[1]:
        raise UsageError("; ".join(wrong))
    return find_scope(generation.table, filters)


def check_output(output: Path, *, force: bool) -> None:
    """Make sure that the output can be written.

    Raises:
        UsageError: it is a folder, in none, or there already.
    """
    if output == STREAM:
        return
    check_place(output)
    if not force:
        check_free(output)


def write_stream(
    rows: Iterable[dict[str, Any]], out: BinaryIO, to: Format, columns: tuple[Column, ...]
) -> int:
    """Write rows into a stream; return how many there were."""
    with whole_before(out, to) as file:
        return _fill(rows, file, to, columns)


def write_file(rows: Iterable[dict[str, Any]], output: Path, to: Format, export: Export) -> int:
    """Write rows into a file, with an account of it beside it; return how many there were.

    Raises:
        BusyError: another process is writing this output.
        NothingDoneError: it cannot be written.
    """
    with claimed(output) as folder:
        clear(folder)
        try:
            made, meta = folder / "output", folder / "meta"
            with whole(made) as file:
                count = _fill(rows, file, to, export.columns)
            with whole(meta) as file:
                file.write(_account(export, output, to, count))
            move(meta, account_of(output))
            move(made, output)
        finally:
            clear(folder)
    return count


def _fill(rows: Iterable[dict[str, Any]], file: BinaryIO, to: Format, columns: tuple[Column, ...]) -> int:
    writer = open_writer(to, file, Shape(columns, {}))
    count = 0
    for some in _several(iter(rows)):
        writer.write(some)
        count += len(some)
    writer.close()
    return count


def _several(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, TOGETHER)):
        yield some


def _account(export: Export, output: Path, to: Format, rows: int) -> bytes:
    return account_bytes(
        {
            "provenance": asdict(export.provenance),
            "what": export.what,
            "options": export.options,
            "output": {"name": output.name, "format": to, "rows": rows},
            "run": {"command": export.command, "finished": clock.now().isoformat(timespec="seconds")},
        }
    )
