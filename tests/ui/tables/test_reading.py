"""Tables as people have them, and everything that is none."""

import datetime
import decimal
from math import inf
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


def broken(read: Table) -> dict[int, str]:
    return {place: why for stretch in read.stretches() for place, why in stretch.broken.items()}


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
            "infinite": pa.array([float("inf")]),
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
            "infinite": inf,
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


def test_csv_lines_with_too_many_or_too_few_cells_are_broken_rows(tmp_path):
    read = opened(tmp_path, "q.csv", b"id;a;b\n1;2;3\n4;5;6;7;\n\n8\n9;10;11\n")
    assert read.count == 4
    assert [list(row.values()) for row in rows(read)] == [
        ["1", "2", "3"],
        ["4", "5", "6;7;"],
        ["8", "", ""],
        ["9", "10", "11"],
    ]
    remedy = "put cells that hold a separator into quotation marks"
    assert broken(read) == {
        1: f"line 3: 5 cells, where the first line names 3; {remedy}",
        2: f"line 5: 1 cell, where the first line names 3; {remedy}",
    }
    (stretch,) = read.stretches(["b"])
    assert (stretch.rows[1], list(stretch.broken)) == ({"b": "6;7;"}, [1, 2])


def test_an_empty_line_in_one_column_is_an_empty_row_unless_nothing_follows(tmp_path):
    read = opened(tmp_path, "q.csv", b"\nquestion\na\n\n\nb\n \nc\n\n\n")
    assert [row["question"] for row in rows(read)] == ["a", "", "", "b", " ", "c"]
    assert read.count == 6
    assert broken(read) == {}


@pytest.mark.parametrize("told", ["sep=|", '"sep=|"', "\n\nsep=|"])
def test_a_line_that_tells_excel_the_separator_is_obeyed(tmp_path, told):
    read = opened(tmp_path, "q.csv", f"\ufeff{told}\r\na,b|c\r\n1|2\r\n3\r\n".encode())
    assert read.columns == ("a,b", "c")
    assert rows(read) == [{"a,b": "1", "c": "2"}, {"a,b": "3", "c": ""}]
    assert broken(read)[1].startswith(f"line {4 + told.count(chr(10))}: 1 cell")


def test_lines_that_are_no_object_are_broken_rows(tmp_path):
    lines = [
        b'{"question": "a", "n": 1}',
        b'{"question": "b',
        b"",
        b'["question"]',
        '{"question": "café"}'.encode("cp1252"),
        b'{"question": "a\\ud83d", "n": [2]}',
        b'{"question": "c", "m": "' + b"x" * 10_000_000 + b'"}',
        b'{"question": "d"}',
    ]
    read = opened(tmp_path, "q.jsonl", b"\n".join(lines))
    assert read.columns == ("question", "n")
    assert rows(read) == [
        {"question": "a", "n": 1}, {}, {}, {}, {"question": "a?", "n": [2]}, {}, {"question": "d"},
    ]  # fmt: skip
    whys = broken(read)
    assert list(whys) == [1, 2, 3, 4, 5]
    for why, begins in zip(
        whys.values(),
        (
            "line 2: Invalid control character at; each line is an object",
            "line 4: not an object; each",
            "line 5 is not UTF-8",
            "line 6: it holds half of a character",
            "line 7: more than 10,000,000 bytes",
        ),
        strict=True,
    ):
        assert why.startswith(begins)


def test_numbers_beyond_what_json_or_programs_hold_are_kept(tmp_path):
    digits = "1" * 5_000
    line = f'{{"a": NaN, "b": -Infinity, "c": 1e400, "d": -{digits}, "e": 12, "f": 1.5}}'
    (row,) = rows(opened(tmp_path, "q.jsonl", line.encode()))
    assert str(row.pop("a")) == "nan"
    assert row == {"b": -inf, "c": "1e400", "d": f"-{digits}", "e": 12, "f": 1.5}


BAD = {
    "empty.csv": (b"", "is empty; its first line must name the columns"),
    "blank.csv": (b"\n\n", "is empty"),
    "latin.csv": ("question\ncafé".encode("cp1252"), "is not UTF-8; save it as UTF-8"),
    "utf16.csv": ("question\na".encode("utf-16"), "is not UTF-8"),
    "quote.csv": (
        b'question\n"a\n',
        "line 2: this is no CSV (unexpected end of data); look at its quotation",
    ),
    "huge.csv": (b'a\n"' + b"x" * 10_000_001, "line 2: a cell of more than 10,000,000 characters; close its"),
    "after.csv": (b'question\n"a"b\n', "line 2: this is no CSV"),
    "twice.csv": (b"question,question\na,b\n", "two columns called 'question'"),
    "parquet.csv": (b"PAR1\x15\x04\x15\xff\xfe", "is not UTF-8"),
    "empty.jsonl": (b"\n", "is empty"),
    "latin.jsonl": ('{"question": "café"}'.encode("cp1252"), "line 1 is not UTF-8"),
    "cut.jsonl": (b'\n{"question": "b', "line 2: Unterminated string"),
    "huge.jsonl": (b'{"question": "' + b"a" * 10_000_001, "line 1: more than 10,000,000 bytes; each line is"),
    "list.jsonl": (b'["a"]\n', "line 1: not an object"),
    "text.jsonl": (b"question\nWhy?\n", "line 1: Expecting value"),
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
    with pytest.raises(UsageError, match=r"b\.parquet is damaged, or"):
        opened(tmp_path, "b.parquet", bytes(data))


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        open_table(tmp_path / "no.csv", Format.CSV, "no.csv")
    with pytest.raises(UsageError, match="is a folder; name a file"):
        open_table(tmp_path, Format.CSV, "q")
