"""An export from the index into a file, which is there in whole or not at all, or into a stream."""

import json
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from corpus.errors import UsageError
from index.generation import Generation
from index.lexical import Scope
from index.provenance import Provenance
from index.records import Filters
from index.search import resolve_filters
from ui import clock
from ui.tables.columns import Column
from ui.tables.formats import STREAM, Format
from ui.tables.keeping import account_of, check_place, claimed, clear, move, whole
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


def scope_of(generation: Generation, filters: Filters) -> Scope:
    """Return what `filters` allow.

    Raises:
        UsageError: one of them names nothing that is there.
    """
    scope, notes = resolve_filters(generation.table, filters)
    if notes:
        raise UsageError("; ".join(notes))
    return scope


def check_output(output: Path, *, force: bool) -> None:
    """Make sure that the output can be written.

    Raises:
        UsageError: it is a folder, in none, or there already.
    """
    if output == STREAM:
        return
    check_place(output)
    if output.exists() and not force:
        raise UsageError(f"{output} is there already; write elsewhere, or over it with --force")


def write(rows: Iterable[dict[str, Any]], output: Path, to: Format, export: Export, out: BinaryIO) -> int:
    """Write rows into `output`, or into `out` where that is a stream; return how many there were.

    Raises:
        BusyError: another process is writing this output.
        NothingDoneError: it cannot be written.
    """
    shape = Shape(export.columns, {})
    if output == STREAM:
        with TemporaryFile() if to is Format.PARQUET else nullcontext(out) as file:
            count = _fill(rows, file, to, shape)
            if file is not out:
                file.seek(0)
                while some := file.read(1 << 20):
                    out.write(some)
        out.flush()
        return count
    with claimed(output) as folder:
        clear(folder)
        try:
            made, meta = folder / "output", folder / "meta"
            with whole(made) as file:
                count = _fill(rows, file, to, shape)
            with whole(meta) as file:
                file.write(_account(export, output, to, count))
            move(meta, account_of(output))
            move(made, output)
        finally:
            clear(folder)
    return count


def _fill(rows: Iterable[dict[str, Any]], file: BinaryIO, to: Format, shape: Shape) -> int:
    writer = open_writer(to, file, shape)
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
    account = {
        "provenance": asdict(export.provenance),
        "what": export.what,
        "options": export.options,
        "output": {"name": output.name, "format": to, "rows": rows},
        "run": {"command": export.command, "finished": clock.now().isoformat(timespec="seconds")},
    }
    return f"{json.dumps(account, ensure_ascii=False, indent=2)}\n".encode()
