"""A CSV, read as a stream."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from ui.tables.table import LONGEST, STRETCH, Stretch, check_names

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATORS = ",;\t"


class CsvTable:
    """A CSV in UTF-8 with a header; of comma, semicolon and tab, the one that the header has most often.

    Empty lines are passed over. Every other line has as many cells as the header.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        csv.field_size_limit(LONGEST)
        self._separator = ","
        self._separator = self._most_frequent()
        lines = self._lines()
        _, header = next(lines, (0, []))
        if not header:
            raise UsageError(f"{name} is empty; its first line must name the columns")
        self.columns = tuple(column.strip() or f"column {n}" for n, column in enumerate(header, start=1))
        check_names(self.columns, name)
        self.count = 0
        for line, cells in lines:
            if len(cells) != len(header):
                raise UsageError(
                    f"{name}, line {line}: {len(cells)} cells, where the first line names {len(header)}; "
                    "put cells that hold a separator into quotation marks"
                )
            self.count += 1

    def stretches(self, columns: Sequence[str] | None = None) -> Iterator[Stretch]:
        """Stream all rows, or these columns of them."""
        wanted = self.columns if columns is None else columns
        places = [(name, self.columns.index(name)) for name in wanted]
        lines = islice(self._lines(), 1, None)
        try:
            while some := [cells for _, cells in islice(lines, STRETCH)]:
                yield Stretch([{name: cells[place] for name, place in places} for cells in some])
        except IndexError:
            raise UsageError(f"{self._name} was changed while it was read; start again") from None

    def schema(self) -> "pa.Schema | None":
        """Return None: everything is text."""
        return None

    def _most_frequent(self) -> str:
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as file:
                first = file.readline(LONGEST)
        except UnicodeDecodeError as error:
            raise self._not_utf8() from error
        return max(_SEPARATORS, key=first.count)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Stream the lines that are not empty, each with the number of its last line in the file."""
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=self._separator, strict=True)
            try:
                for cells in reader:
                    if cells:
                        yield reader.line_num, cells
            except csv.Error as error:
                raise UsageError(f"{self._name}, line {reader.line_num}: this is no CSV ({error})") from error
            except UnicodeDecodeError as error:
                raise self._not_utf8() from error

    def _not_utf8(self) -> UsageError:
        return UsageError(f"{self._name} is not UTF-8; save it as UTF-8 (in spreadsheets: “CSV UTF-8”)")
