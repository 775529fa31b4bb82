"""Tables written as streams, always in the same bytes for the same rows."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from ui.tables.cells import as_cell, as_json, defused
from ui.tables.columns import Column
from ui.tables.formats import Format
from ui.tables.table import Row, Stretch

if TYPE_CHECKING:
    import pyarrow as pa

NOTHING = Stretch(())


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a table: those carried over from an input, by what they are called now, and our own.

    `schema` are the types of the carried ones, by their old names, where they have some.
    """

    own: tuple[Column, ...]
    carried: Mapping[str, str]
    schema: "pa.Schema | None" = None


class Writer(Protocol):
    """Writes a table in order."""

    def write(self, rows: Sequence[Row], stretch: Stretch = NOTHING, picked: Sequence[int] = ()) -> None:
        """Write rows; beside each stands what is carried over: that row of `stretch` that `picked` names."""
        ...

    def close(self) -> None:
        """Write what is left. The file stays open."""
        ...


def open_writer(given: Format, file: BinaryIO, shape: Shape) -> Writer:
    """Return a writer of a table of this shape into `file`."""
    if given is Format.PARQUET:
        from ui.tables.parquet_writer import ParquetWriter

        return ParquetWriter(file, shape)
    return CsvWriter(file, shape) if given is Format.CSV else JsonlWriter(file, shape)


class CsvWriter:
    """CSV for spreadsheets and programs alike: UTF-8 with its mark, every cell quoted and defused."""

    def __init__(self, file: BinaryIO, shape: Shape) -> None:
        self._file = file
        self._carried = tuple(shape.carried)
        self._own = tuple(column.name for column in shape.own)
        self._file.write(b"\xef\xbb\xbf")
        self._write([[defused(name) for name in (*shape.carried.values(), *self._own)]])

    def write(self, rows: Sequence[Row], stretch: Stretch = NOTHING, picked: Sequence[int] = ()) -> None:
        """Write rows, each after what is carried over to it."""
        beside = _beside(rows, stretch, picked)
        self._write(
            [
                [as_cell(given.get(name)) for name in self._carried] + [as_cell(row[n]) for n in self._own]
                for row, given in zip(rows, beside, strict=True)
            ]
        )

    def close(self) -> None:
        """Nothing is left."""

    def _write(self, lines: Sequence[Sequence[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lines)
        self._file.write(text.getvalue().encode())


class JsonlWriter:
    """JSON Lines in UTF-8; what is carried over from JSON Lines keeps its types, and its gaps."""

    def __init__(self, file: BinaryIO, shape: Shape) -> None:
        self._file = file
        self._carried = shape.carried
        self._own = tuple(column.name for column in shape.own)

    def write(self, rows: Sequence[Row], stretch: Stretch = NOTHING, picked: Sequence[int] = ()) -> None:
        """Write rows, each after what is carried over to it."""
        for row, given in zip(rows, _beside(rows, stretch, picked), strict=True):
            values: dict[str, Any] = {self._carried[name]: value for name, value in given.items()}
            values |= {name: row[name] for name in self._own}
            self._file.write(f"{as_json(values)}\n".encode())

    def close(self) -> None:
        """Nothing is left."""


def _beside(rows: Sequence[Row], stretch: Stretch, picked: Sequence[int]) -> Sequence[Row]:
    return [stretch.rows[place] for place in picked] if picked else [{}] * len(rows)
