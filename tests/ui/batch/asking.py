"""A small index, tables of questions, and batches over them in this process."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.records import Document
from tests.factories import make_document, make_generation
from tests.ui.commanding import Minutebook
from ui.batch.manner import Input, Manner
from ui.batch.meta import Counts
from ui.batch.order import Order
from ui.batch.to_file import to_file
from ui.library import Library
from ui.tables.formats import format_of

ROADS = (
    "The Committee considered road number{n}. The engineer reported that its surface was worn.\n\n"
    "RESOLVED: That road number{n} be repaired before winter."
)


def documents(count: int = 12) -> list[Document]:
    """Return minutes of two councils, each about a road of its own."""
    return [
        make_document(
            f"roads/{n}",
            ROADS.format(n=n),
            title=f"Road number{n}",
            council=("Ashmere Borough Council", "Brackford Town Council")[n % 2],
            meeting_date=f"20{10 + n:02}-03-01",
        )
        for n in range(count)
    ]


def indexed(data: Path, given: Sequence[Document] | None = None) -> Minutebook:
    """Index documents in the data directory `data`, with the hash embedder."""
    minutebook = Minutebook(data)
    make_generation(data, given or documents()).close()
    return minutebook


def questions(count: int) -> list[dict[str, Any]]:
    """Return rows with questions, some with filters, some that cannot be asked."""
    rows = []
    for n in range(count):
        row = {"id": f"q{n}", "question": f"What was resolved about road number{n % 12}?", "council": ""}
        if n % 5 == 1:
            row["council"] = "Brackford"
        if n % 7 == 2:
            row["question"] = " "
        if n % 11 == 3:
            row["council"] = "Nowhere"
        rows.append(row)
    return rows


def write_table(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """Write rows as the ending of `path` says."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(list(rows)), path)
    else:
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def read_table(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a table, as its ending says."""
    if path.suffix == ".csv":
        return read_csv(path.read_bytes())
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    return [json.loads(line) for line in path.read_text().splitlines()]


def read_csv(data: bytes) -> list[dict[str, Any]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def manner(said: list[str] | None = None, **fields: Any) -> Manner:
    """Return how a batch is run here: nothing is shown, `said` collects what is said."""
    defaults: dict[str, Any] = {
        "command": "minutebook batch",
        "report": lambda done, total: None,
        "say": (said if said is not None else []).append,
    }
    return Manner(**(defaults | fields))


def run(
    data: Path,
    table: Path,
    output: Path,
    order: Order | None = None,
    *,
    force: bool = False,
    said: list[str] | None = None,
    **fields: Any,
) -> Counts:
    """Run a batch in this process."""
    given = Input(table, format_of(table, None))
    to = format_of(output, None)
    how = manner(said, **fields)
    return to_file(Library.at(data), given, output, to, order or Order(), how, force=force)
