import io
import math
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ui.tables import parquet_writer
from ui.tables.columns import Column, Type, integers, texts
from ui.tables.formats import Format
from ui.tables.parquet_table import ParquetTable
from ui.tables.table import Stretch
from ui.tables.writing import Shape, open_writer

OWN = (*integers("row"), *texts("answer"), Column("quotes", Type.LIST, (*texts("text"), *integers("start"))))
ROWS: list[dict[str, Any]] = [
    {"row": 1, "answer": "=1;+2\n“é”", "quotes": [{"text": ";=x", "start": 3}]},
    {"row": 2, "answer": None, "quotes": []},
]
GIVEN = Stretch([{"id": "a", "answer": 1.5}, {"id": None}])
CARRIED = {"id": "id", "answer": "input_answer"}


def written(format: Format, *, size: int = 2) -> bytes:
    file = io.BytesIO()
    writer = open_writer(format, file, Shape(OWN, CARRIED))
    for first in range(0, len(ROWS), size):
        some = range(first, min(first + size, len(ROWS)))
        writer.write([ROWS[n] for n in some], GIVEN, list(some))
    writer.close()
    return file.getvalue()


def test_csv():
    assert written(Format.CSV).decode() == (
        '\ufeff"id","input_answer","row","answer","quotes"\n'
        '"a","1.5","1","\'=1;\'+2\n“é”","[{""text"": ""\\u003b=x"", ""start"": 3}]"\n'
        '"","","2","","[]"\n'
    )


def test_json_lines():
    assert written(Format.JSONL).decode() == (
        '{"id": "a", "input_answer": 1.5, "row": 1, "answer": "=1;+2\\n“é”",'
        ' "quotes": [{"text": ";=x", "start": 3}]}\n'
        '{"id": null, "row": 2, "answer": null, "quotes": []}\n'
    )


def test_parquet():
    read = pq.read_table(io.BytesIO(written(Format.PARQUET)))
    assert read.to_pylist() == [
        {"id": "a", "input_answer": "1.5", **ROWS[0]},
        {"id": None, "input_answer": None, **ROWS[1]},
    ]
    assert read.schema.field("row").type == pa.int64()


@pytest.mark.parametrize("format", list(Format))
def test_how_many_are_written_together_does_not_show(monkeypatch, format):
    monkeypatch.setattr(parquet_writer, "GROUP", 1)
    assert written(format, size=1) == written(format, size=2)


def test_groups_of_parquet_are_of_one_size(monkeypatch):
    monkeypatch.setattr(parquet_writer, "GROUP", 5)
    file = io.BytesIO()
    writer = open_writer(Format.PARQUET, file, Shape(integers("row"), {}))
    for first, count in ((0, 3), (3, 9), (12, 1)):
        writer.write([{"row": first + n} for n in range(count)])
    writer.close()
    read = pq.ParquetFile(io.BytesIO(file.getvalue()))
    assert [read.metadata.row_group(n).num_rows for n in range(read.metadata.num_row_groups)] == [5, 5, 3]
    assert read.read().column("row").to_pylist() == list(range(13))


def test_parquet_keeps_the_types_of_parquet(tmp_path):
    given = pa.table(
        {
            "at": pa.array([1, None], pa.timestamp("ns", "UTC")),
            "tags": pa.array([["a"], []], pa.list_(pa.string())),
            "who": pa.array(["x", "y"]).dictionary_encode(),
        },
        metadata={"made by": "a person"},
    )
    pq.write_table(given, tmp_path / "a.parquet")
    table = ParquetTable(tmp_path / "a.parquet", "a.parquet")
    file = io.BytesIO()
    writer = open_writer(
        Format.PARQUET, file, Shape(integers("row"), {name: name for name in table.columns}, table.schema())
    )
    (stretch,) = table.stretches()
    writer.write([{"row": 1}, {"row": 2}, {"row": 3}], stretch, [1, 0, 0])
    writer.close()
    read = pq.read_table(io.BytesIO(file.getvalue()))
    assert read.schema.field("at").type == pa.timestamp("ns", "UTC")
    assert read.schema.field("tags").type == pa.list_(pa.string())
    assert read.schema.metadata is None
    assert read.column("who").to_pylist() == ["y", "x", "x"]
    assert read.column("at").cast(pa.int64()).to_pylist() == [None, 1, 1]


@pytest.mark.parametrize(
    "given",
    [
        pa.array(["a", None], pa.string_view()),
        pa.array([b"a", None], pa.binary_view()),
        pa.array([["a"], None], pa.list_(pa.string_view())),
        pa.array([["a"], None], pa.large_list(pa.string_view())),
        pa.array([{"x": "a"}, None], pa.struct([("x", pa.dictionary(pa.int32(), pa.string()))])),
    ],
    ids=lambda given: str(given.type),
)
@pytest.mark.parametrize("format", list(Format))
def test_views_are_carried_like_what_they_view(tmp_path, given, format):
    pq.write_table(pa.table({"a": given}), tmp_path / "a.parquet")
    table = ParquetTable(tmp_path / "a.parquet", "a.parquet")
    file = io.BytesIO()
    writer = open_writer(format, file, Shape(integers("row"), {"a": "a"}, table.schema()))
    (stretch,) = table.stretches()
    writer.write([{"row": 1}, {"row": 2}], stretch, [1, 0])
    writer.close()
    if format is Format.PARQUET:
        assert pq.read_table(io.BytesIO(file.getvalue())).column("a").to_pylist() == given.to_pylist()[::-1]


def test_numbers_that_json_does_not_know_are_kept(tmp_path):
    pq.write_table(pa.table({"a": [math.nan, math.inf]}), tmp_path / "a.parquet")
    table = ParquetTable(tmp_path / "a.parquet", "a.parquet")
    written = {}
    for format in Format:
        file = io.BytesIO()
        writer = open_writer(format, file, Shape(integers("row"), {"a": "a"}, table.schema()))
        (stretch,) = table.stretches()
        writer.write([{"row": 1}, {"row": 2}], stretch, [0, 1])
        writer.close()
        written[format] = file.getvalue()
    assert written[Format.CSV].decode().splitlines()[1:] == ['"NaN","1"', '"Infinity","2"']
    assert written[Format.JSONL].decode() == '{"a": "NaN", "row": 1}\n{"a": "Infinity", "row": 2}\n'
    kept = pq.read_table(io.BytesIO(written[Format.PARQUET])).column("a").to_pylist()
    assert list(map(str, kept)) == ["nan", "inf"]
