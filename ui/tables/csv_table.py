"""A CSV, read as a stream."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from corpus.errors import UsageError
from ui.tables.table import LONGEST, STRETCH, Stretch, check_names

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATORS = ",;\t"
#: A first line that is not of the table: it tells Excel, which may have quoted it, how cells are separated.
_TOLD = re.compile('"?sep=([^"\r\n])"?[\r\n]*')


class CsvTable:
    """A CSV in UTF-8 with a header; of comma, semicolon and tab, the one that the header has most often.

    A line with more or fewer cells than the header is a broken row: what is too much stands in its last cell.
    Empty lines are passed over, unless there is one column, and more to come: there they are empty rows.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        csv.field_size_limit(LONGEST)
        self._separator, self._before = self._layout()
        _, header = next(self._lines(), (0, []))
        if not header:
            raise UsageError(f"{name} is empty; its first line must name the columns")
        self.columns = tuple(column.strip() or f"column {n}" for n, column in enumerate(header, start=1))
        check_names(self.columns, name)
        self.count = sum(1 for _ in self._rows())

    def stretches(self, columns: Sequence[str] | None = None) -> Iterator[Stretch]:
        """Stream all rows, or these columns of them."""
        wanted = self.columns if columns is None else columns
        places = [(name, self.columns.index(name)) for name in wanted]
        rows = self._rows()
        while some := list(islice(rows, STRETCH)):
            yield Stretch.of(({name: cells[place] for name, place in places}, why) for cells, why in some)

    def schema(self) -> "pa.Schema | None":
        """Return None: everything is text."""
        return None

    def _layout(self) -> tuple[str, int]:
        """Return what separates cells, and how many lines stand before the header and say nothing else."""
        try:
            with self._opened() as file:
                line, number = "\n", 0
                while line and not line.strip():
                    line, number = file.readline(LONGEST), number + 1
        except UnicodeDecodeError as error:
            raise self._not_utf8() from error
        if told := _TOLD.fullmatch(line):
            return told[1], number
        return max(_SEPARATORS, key=line.count), 0

    def _rows(self) -> Iterator[tuple[list[str], str]]:
        """Stream the cells of each row, as many as there are columns, and why it is broken."""
        lines = self._lines()
        next(lines)
        blank = 0
        for number, cells in lines:
            if not cells:
                blank += len(self.columns) == 1
                continue
            for _ in range(blank):
                yield [""], ""
            blank = 0
            yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> tuple[list[str], str]:
        given, wanted = len(cells), len(self.columns)
        if given == wanted:
            return cells, ""
        why = (
            f"line {number}: {given} cell{'s' if given > 1 else ''}, where the first line names {wanted}; "
            "put cells that hold a separator into quotation marks"
        )
        if given < wanted:
            return [*cells, *[""] * (wanted - given)], why
        return [*cells[: wanted - 1], self._separator.join(cells[wanted - 1 :])], why

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Stream the header, and every line behind it, each with the number of its last line in the file."""
        with self._opened() as file:
            for _ in range(self._before):
                file.readline()
            reader = csv.reader(file, delimiter=self._separator, strict=True)
            begun = False
            try:
                for cells in reader:
                    begun = begun or bool(cells)
                    if begun:
                        yield self._before + reader.line_num, cells
            except csv.Error as error:
                where = f"{self._name}, line {self._before + reader.line_num}"
                if "field limit" in str(error):
                    why = (
                        f"a cell of more than {LONGEST:,} characters; close its quotation mark, or shorten it"
                    )
                    raise UsageError(f"{where}: {why}") from error
                raise UsageError(f"{where}: this is no CSV ({error}); look at its quotation marks") from error
            except UnicodeDecodeError as error:
                raise self._not_utf8() from error

    def _opened(self) -> TextIO:
        return self._path.open(encoding="utf-8-sig", newline="")

    def _not_utf8(self) -> UsageError:
        return UsageError(f"{self._name} is not UTF-8; save it as UTF-8 (in spreadsheets: “CSV UTF-8”)")
