"""The rows of an input beside what they gave, as they are written."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from ui.batch.answering import Rows
from ui.batch.order import Order
from ui.batch.questions import columns_read
from ui.batch.sources import Source
from ui.tables.columns import carried_names, only
from ui.tables.writing import Shape, Writer

#: Rows that are written together, where nobody waits for them.
TOGETHER = 200


def check_columns(source: Source, order: Order, say: Callable[[str], None]) -> None:
    """Say which column of the input is called otherwise in the output.

    Raises:
        UsageError: the table holds no questions.
    """
    columns_read(source.table.columns, order.carry, source.name)
    for name, called in carried_names(source.table.columns, order.columns).items():
        if called != name:
            say(f"Note: the column {name!r} of {source.name} is called {called!r} in the output")


def shape_of(source: Source, order: Order) -> Shape:
    """Return the columns of the output: those of the input, and those of the order."""
    return Shape(order.columns, carried_names(source.table.columns, order.columns), source.table.schema())


def paired(
    source: Source,
    answers: Iterator[Rows],
    writer: Writer,
    order: Order,
    provenance: dict[str, Any],
    size: int = TOGETHER,
) -> Iterator[list[Rows]]:
    """Write each row of the input with what it gave, up to `size` together, and yield what these gave."""
    number = 0
    for stretch in source.table.stretches():
        count = len(stretch.rows)
        for first in range(0, count, size):
            places = range(first, min(first + size, count))
            several = list(islice(answers, len(places)))
            own, picked = [], []
            for place, rows in zip(places, several, strict=True):
                number += 1
                own += [only(order.columns, {**row, **provenance, "row": number}) for row in rows]
                picked += [place] * len(rows)
            writer.write(own, stretch, picked)
            yield several
