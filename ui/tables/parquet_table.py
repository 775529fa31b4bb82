"""A Parquet file, read as a stream. Imported only where one is read: pyarrow is large."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus.errors import UsageError
from ui.tables.table import STRETCH, Row, Stretch, check_names


class ParquetTable:
    """A Parquet file; its columns keep their types on the way into another one."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        with self._opened() as file:
            self._given = file.schema_arrow
            self.columns = tuple(self._given.names)
            self.count: int = file.metadata.num_rows
            check_names(self.columns, name)
            self._read_all(file)

    def stretches(self, columns: Sequence[str] | None = None) -> Iterator[Stretch]:
        """Stream all rows, or these columns of them."""
        names = list(self.columns if columns is None else columns)
        with self._opened() as file:
            for batch in self._batches(file, names):
                yield Stretch(_Plain(batch), batch)

    def schema(self) -> pa.Schema:
        """Return the types of the columns."""
        return self._kept

    @cached_property
    def _kept(self) -> pa.Schema:
        """The types without what a reader or a program has noted beside them."""
        return pa.schema([pa.field(field.name, _plain_type(field.type)) for field in self._given])

    def _opened(self) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(self._path)
        except pa.ArrowException as error:
            raise UsageError(f"{self._name} is no Parquet file, or a damaged one") from error

    def _batches(self, file: pq.ParquetFile, names: list[str]) -> Iterator[pa.RecordBatch]:
        schema = pa.schema([self._kept.field(name) for name in names])
        for batch in file.iter_batches(STRETCH, columns=names, use_threads=False):
            arrays = [batch.column(field.name).cast(field.type) for field in schema]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _read_all(self, file: pq.ParquetFile) -> None:
        try:
            for _ in self._batches(file, list(self.columns)):
                pass
        except (pa.ArrowException, OSError) as error:
            why = "is damaged, or holds values of a kind that cannot be read"
            raise UsageError(f"{self._name} {why}: {_first_line(error)}") from error


class _Plain(Sequence[Row]):
    """The rows of a batch as JSON has them, made when the first is wanted."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch = batch

    def __len__(self) -> int:
        return int(self._batch.num_rows)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401
        return self._rows[place]

    @cached_property
    def _rows(self) -> list[Row]:
        names = self._batch.schema.names
        columns = [_plain_values(self._batch.column(place)) for place in range(len(names))]
        return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain_type(kind: pa.DataType) -> pa.DataType:
    """Return the type of the same values where each is written out, in its place, and in the usual way.

    Rows cannot be picked out of views.
    """
    if pa.types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    if pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_binary_view(kind):
        return pa.binary()
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_plain_type(field.type)) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(kind.value_field.with_type(_plain_type(kind.value_type)))
    if pa.types.is_large_list(kind):
        return pa.large_list(kind.value_field.with_type(_plain_type(kind.value_type)))
    return kind


def _plain_values(column: pa.Array) -> list[Any]:
    """Return values that JSON can hold: days, times, exact numbers as text, bytes in base 16."""
    kind = column.type
    if pa.types.is_temporal(kind) or pa.types.is_decimal(kind):
        column = pc.cast(column, pa.string())
    return [_plain(value) for value in column.to_pylist()]


def _plain(value: Any) -> Any:  # noqa: ANN401
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
