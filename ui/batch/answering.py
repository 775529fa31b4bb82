"""A stream of rows in, a stream of their answers out, in step."""

from collections import deque
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from index.many import Asked
from index.reader import Reader
from ui.batch.order import Order
from ui.batch.questions import Question, columns_read, question_of
from ui.batch.rows import rows_of
from ui.tables.table import Row, Table

#: The rows of the output that a row of the input gives.
Rows = list[dict[str, Any]]


def answered(
    reader: Reader, table: Table, name: str, order: Order, *, begin: int = 0, threads: int | None = None
) -> Iterator[Rows]:
    """Yield what each row of `table` gives, from row `begin` on (counted from 0), in one generation.

    Raises:
        UsageError: the table holds no questions.
        GenerationError: there is nothing to search, or it was embedded with another model.
    """
    read = columns_read(table.columns, order.carry, name)
    questions: deque[Question] = deque()
    with reader.opened() as generation:

        def asked() -> Iterator[Asked]:
            for number, (row, broken) in enumerate(_rows(table, list(read.values()))):
                question = question_of(row, read, generation.table, broken)
                if number >= begin:
                    questions.append(question)
                yield question.asked

        many = reader.search_many if order.search else reader.ask_many
        results = many(asked(), k=order.k, begin=begin, threads=threads, processes=True)
        with closing(results):  # type: ignore[type-var]
            for result in results:
                yield rows_of(result, questions.popleft(), order, generation)


def _rows(table: Table, columns: list[str]) -> Iterator[tuple[Row, str]]:
    """Stream the rows, each with why it is broken."""
    for stretch in table.stretches(columns):
        for place, row in enumerate(stretch.rows):
            yield row, stretch.broken.get(place, "")
