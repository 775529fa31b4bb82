"""A table that is read as a stream, as often as it is needed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from corpus.errors import UsageError
from ui.tables.formats import Format

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows that are held at once.
STRETCH = 1_000
#: Longer cells and lines are taken for a quotation mark that is never closed.
LONGEST = 10_000_000

#: The cells of a row by their columns, as JSON has them; a row of JSON Lines may lack some.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows in a row; `arrow` are the same, where they come of Parquet and keep its types.

    `broken` says why the rows in these places are malformed; they hold what could be read of them.
    """

    rows: Sequence[Row]
    arrow: "pa.RecordBatch | None" = None
    broken: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[Row, str]]) -> Self:
        """Return rows, each with why it is broken, "" where it is not."""
        rows = list(rows)
        broken = {place: why for place, (_, why) in enumerate(rows) if why}
        return cls([row for row, _ in rows], broken=broken)


class Table(Protocol):
    """Rows under named columns; `count` of them. All of it was read once and found to be a table."""

    columns: tuple[str, ...]
    count: int

    def stretches(self, columns: Sequence[str] | None = None) -> Iterator[Stretch]:
        """Stream all rows, or these columns of them; nobody may change the file meanwhile."""
        ...

    def schema(self) -> "pa.Schema | None":
        """Return the types of the columns where the file has some."""
        ...


def open_table(path: Path, given: Format, name: str) -> Table:
    """Read a table once, to know its columns and rows, and that it is whole.

    `name` is what people call it.

    Raises:
        UsageError: it cannot be read, or is no table of this format; the message says where.
    """
    try:
        if path.is_dir():
            raise UsageError(f"{name} is a folder; name a file")
        return _open(path, given, name)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}") from error


def _open(path: Path, given: Format, name: str) -> Table:
    if given is Format.PARQUET:
        from ui.tables.parquet_table import ParquetTable

        return ParquetTable(path, name)
    if given is Format.JSONL:
        from ui.tables.jsonl_table import JsonlTable

        return JsonlTable(path, name)
    from ui.tables.csv_table import CsvTable

    return CsvTable(path, name)


def check_names(names: Sequence[str], name: str) -> None:
    """Make sure that each column has a name of its own.

    Raises:
        UsageError: two have the same.
    """
    seen: set[str] = set()
    for column in names:
        if column in seen:
            raise UsageError(f"{name} has two columns called {column!r}; rename one")
        seen.add(column)
