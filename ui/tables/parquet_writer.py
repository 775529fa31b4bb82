"""Parquet, in the same bytes for the same rows. Imported only where it is written: pyarrow is large."""

from collections.abc import Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from ui.tables.cells import as_text
from ui.tables.columns import Column, Type
from ui.tables.table import Row, Stretch
from ui.tables.writing import NOTHING, Shape

#: Rows of a group, which are held in memory; fixed, since the bytes depend on it.
GROUP = 1_000

_TYPES = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
    Type.TRUTH: pa.bool_(),
}


class ParquetWriter:
    """Parquet, compressed by Zstandard, in groups of `GROUP` rows however they come in."""

    def __init__(self, file: BinaryIO, shape: Shape) -> None:
        self._shape = shape
        carried = [
            pa.field(called, shape.schema.field(name).type if shape.schema else pa.string())
            for name, called in shape.carried.items()
        ]
        own = [pa.field(column.name, _type(column)) for column in shape.own]
        self._schema = pa.schema(carried + own)
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd", compression_level=3)
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0

    def write(self, rows: Sequence[Row], stretch: Stretch = NOTHING, picked: Sequence[int] = ()) -> None:
        """Write rows, each beside what is carried over to it."""
        arrays = self._beside(stretch, picked)
        arrays += [pa.array([row[c.name] for row in rows], _type(c)) for c in self._shape.own]
        self._waiting.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._count += len(rows)
        while self._count >= GROUP:
            self._write_group()

    def close(self) -> None:
        """Write the last group and the end of the file."""
        if self._count:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        table = pa.Table.from_batches(self._waiting)
        # In one piece: pages end where pieces do.
        self._writer.write_table(table.slice(0, GROUP).combine_chunks(), row_group_size=GROUP)
        left = table.slice(GROUP)
        self._waiting = left.to_batches()
        self._count = left.num_rows

    def _beside(self, stretch: Stretch, picked: Sequence[int]) -> list[pa.Array]:
        if stretch.arrow is not None and self._shape.schema is not None:
            places = pa.array(picked, pa.int64())
            return [stretch.arrow.column(name).take(places) for name in self._shape.carried]
        return [
            pa.array([as_text(stretch.rows[place].get(name)) for place in picked], pa.string())
            for name in self._shape.carried
        ]


def _type(column: Column) -> pa.DataType:
    if column.type is Type.LIST:
        return pa.list_(pa.struct([pa.field(one.name, _type(one)) for one in column.of]))
    return _TYPES[column.type]
