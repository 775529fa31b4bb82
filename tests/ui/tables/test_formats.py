from pathlib import Path

import pytest

from corpus.errors import UsageError
from ui.tables.formats import STREAM, Format, format_of


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.csv", "csv"),
        ("A.CSV", "csv"),
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.parquet", "parquet"),
    ],
)
def test_the_ending_tells(name, format):
    assert format_of(Path(name), None) == format
    assert format_of(Path(name), Format.CSV) == format


def test_a_stream_is_what_it_is_said_to_be():
    assert format_of(STREAM, Format.JSONL) is Format.JSONL
    with pytest.raises(UsageError, match="standard stream has no ending; say --format csv, jsonl or parquet"):
        format_of(STREAM, None)


def test_other_endings_need_to_be_told():
    assert format_of(Path("a.txt"), Format.CSV) is Format.CSV
    with pytest.raises(UsageError, match=r"a\.txt: the name must end in \.csv, \.jsonl or \.parquet"):
        format_of(Path("a.txt"), None)
