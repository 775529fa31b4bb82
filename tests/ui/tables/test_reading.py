"""Tables as people have them, and everything that is none."""

import datetime
import decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.errors import UsageError
from ui.tables import table
from ui.tables.formats import Format
from ui.tables.table import Table, open_table


def opened(folder: Path, name: str, data: bytes) -> Table:
    path = folder / name
    path.write_bytes(data)
    return open_table(path, Format(path.suffix[1:]), name)


def rows(read: Table) -> list[dict[str, object]]:
    return [dict(row) for stretch in read.stretches() for row in stretch.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_as_spreadsheets_write_it(tmp_path, separator, mark, end):
    lines = [
        separator.join(cells) for cells in (["id", "question"], ["1", '"Why, ""A"";\nor B?"'], [], ["2", "é"])
    ]
    read = opened(tmp_path, "q.csv", mark + end.join([*lines, ""]).encode())
    assert read.columns == ("id", "question")
    assert read.count == 2
    assert rows(read) == [{"id": "1", "question": 'Why, "A";\nor B?'}, {"id": "2", "question": "é"}]


def test_json_lines_keep_their_types_and_gaps(tmp_path):
    read = opened(
        tmp_path, "q.jsonl", b'\xef\xbb\xbf{"question": "a", "n": 1.5}\n\n{"question": null, "m": [1]}'
    )
    assert read.columns == ("question", "n", "m")
    assert read.count == 2
    assert rows(read) == [{"question": "a", "n": 1.5}, {"question": None, "m": [1]}]


def test_a_line_of_json_may_hold_separators_of_other_kinds(tmp_path):
    read = opened(tmp_path, "q.jsonl", '{"question": "a\u2028b\x85c"}\n'.encode())
    assert rows(read) == [{"question": "a\u2028b\x85c"}]


def test_parquet_as_json_has_it(tmp_path):
    day = datetime.date(2024, 5, 1)
    given = pa.table(
        {
            "question": pa.array(["a"]).dictionary_encode(),
            "day": pa.array([day]),
            "at": pa.array([1_700_000_000_123_456_789], pa.timestamp("ns")),
            "price": pa.array([decimal.Decimal("1.10")]),
            "bytes": pa.array([b"\x01\xff"]),
            "nan": pa.array([float("nan")]),
            "nested": pa.array([[{"day": day}]]),
        }
    )
    pq.write_table(given, tmp_path / "q.parquet")
    read = open_table(tmp_path / "q.parquet", Format.PARQUET, "q.parquet")
    assert read.count == 1
    assert rows(read) == [
        {
            "question": "a",
            "day": "2024-05-01",
            "at": "2023-11-14 22:13:20.123456789",
            "price": "1.10",
            "bytes": "01ff",
            "nan": None,
            "nested": [{"day": "2024-05-01"}],
        }
    ]


@pytest.mark.parametrize("name", ["q.csv", "q.jsonl", "q.parquet"])
def test_only_the_columns_that_are_wanted_and_every_row_once(tmp_path, monkeypatch, name):
    count = 2 * table.STRETCH + 1
    if name == "q.parquet":
        pq.write_table(pa.table({"a": ["x"] * count, "n": list(map(str, range(count)))}), tmp_path / name)
        read = open_table(tmp_path / name, Format.PARQUET, name)
    elif name == "q.csv":
        read = opened(tmp_path, name, ("a,n\n" + "".join(f"x,{n}\n" for n in range(count))).encode())
    else:
        read = opened(tmp_path, name, "".join(f'{{"a": "x", "n": "{n}"}}\n' for n in range(count)).encode())
    assert read.count == count
    stretches = list(read.stretches(["n"]))
    assert max(len(stretch.rows) for stretch in stretches) <= table.STRETCH
    assert [dict(row) for stretch in stretches for row in stretch.rows] == [
        {"n": str(n)} for n in range(count)
    ]


BAD = {
    "empty.csv": (b"", "is empty; its first line must name the columns"),
    "blank.csv": (b"\n\n", "is empty"),
    "latin.csv": ("question\ncafé".encode("cp1252"), "is not UTF-8; save it as UTF-8"),
    "utf16.csv": ("question\na".encode("utf-16"), "is not UTF-8"),
    "long.csv": (b"id,question\n1,a,b\n", "line 2: 3 cells, where the first line names 2"),
    "short.csv": (b"id,question\n1,a\n2\n", "line 3: 1 cells, where"),
    "quote.csv": (b'question\n"a\n', "line 2: this is no CSV"),
    "after.csv": (b'question\n"a"b\n', "line 2: this is no CSV"),
    "twice.csv": (b"question,question\na,b\n", "two columns called 'question'"),
    "parquet.csv": (b"PAR1\x15\x04\x15\xff\xfe", "is not UTF-8"),
    "empty.jsonl": (b"\n", "is empty"),
    "latin.jsonl": ('{"question": "café"}'.encode("cp1252"), "line 1 is not UTF-8"),
    "cut.jsonl": (b'{"question": "a"}\n{"question": "b', "line 2: Unterminated string"),
    "list.jsonl": (b'["a"]\n', "line 1: not an object"),
    "text.jsonl": (b"question\nWhy?\n", "line 1: Expecting value"),
    "nan.jsonl": (b'{"question": "a", "n": NaN}\n', "NaN is no JSON"),
    "huge.jsonl": (b'{"question": "a", "n": 1e999}\n', "1e999 is too large a number"),
    "half.jsonl": (b'{"question": "a\\ud83d"}\n', "half of a character"),
    "deep.jsonl": (b'{"question": ' + b"[" * 100_000 + b"\n", "line 1"),
    "wide.jsonl": (b"".join(b'{"c%d": 1}\n' % n for n in range(1_001)), "more than 1,000 different names"),
    "text.parquet": (b"question\na\n", "is no Parquet file, or a damaged one"),
    "empty.parquet": (b"", "is no Parquet file, or a damaged one"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_table_is_one_line_that_names_it(tmp_path, name):
    data, why = BAD[name]
    with pytest.raises(UsageError) as caught:
        opened(tmp_path, name, data)
    said = str(caught.value)
    assert said.startswith(name)
    assert why in said
    assert "\n" not in said


def test_damaged_parquet_is_found_before_anything_is_asked(tmp_path):
    pq.write_table(pa.table({"question": [f"a{n}" for n in range(5_000)]}), tmp_path / "a.parquet")
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[20:400] = bytes(380)
    with pytest.raises(UsageError, match=r"b\.parquet is damaged"):
        opened(tmp_path, "b.parquet", bytes(data))


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        open_table(tmp_path / "no.csv", Format.CSV, "no.csv")
    with pytest.raises(UsageError, match="is a folder; name a file"):
        open_table(tmp_path, Format.CSV, "q")
