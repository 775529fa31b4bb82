import gzip
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.records import Kind
from ingest import import_lines
from ingest.import_lines import Line, is_import, parse_row, read_lines, read_row

ROW = {"url": "https://ashmere.example/1", "title": "The bridge", "text": "The bridge was closed.\r\n"}


def line(row: object) -> Line:
    return Line(1, json.dumps(row).encode())


def row_of(**changes: object) -> import_lines.ImportedRow:
    return read_row(line({**ROW, **changes}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.jsonl", True), ("A.JSONL.GZ", True), ("a.ndjson", True), ("a.json", False), ("jsonl", False)],
)
def test_imports_are_known_by_their_names(name, expected):
    assert is_import(name) is expected


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_lines_are_numbered_and_blank_ones_passed_over(tmp_path, name):
    data = b'{"a": 1}\n\n  \n{"b": 2}'
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert list(read_lines(tmp_path / name)) == [Line(1, b'{"a": 1}\n'), Line(4, b'{"b": 2}')]


def test_a_file_that_is_cut_off_gives_what_came_before(tmp_path):
    rows = b"".join(json.dumps({**ROW, "text": f"{n} " * 2000}).encode() + b"\n" for n in range(200))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows)[:-200])
    lines = read_lines(tmp_path / "a.jsonl.gz")
    assert next(lines).number == 1
    with pytest.raises(UnreadableError, match="cut off"):
        list(lines)


def test_what_is_no_gzip_is_said(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(b'{"a": 1}\n')
    with pytest.raises(UnreadableError, match="gzip"):
        list(read_lines(tmp_path / "a.jsonl.gz"))


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_line_that_is_too_long_is_passed_over_without_being_held(tmp_path, name, monkeypatch):
    monkeypatch.setattr(import_lines, "MAX_LINE_BYTES", 32)
    data = b"1\n" + b"x" * 100 + b"\n3\n" + b"y" * 31 + b"\n5"
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    lines = list(read_lines(tmp_path / name))
    assert [(one.number, one.data is None) for one in lines] == [
        (1, False), (2, True), (3, False), (4, False), (5, False),
    ]  # fmt: skip
    with pytest.raises(UnreadableError, match="longer than"):
        read_row(lines[1])


@given(st.text(min_size=1).filter(str.strip))
def test_text_is_kept_exactly_as_given(text):
    assert parse_row(row_of(text=text)).text == text


def test_html_is_read_and_the_row_goes_before_the_page():
    page = "<html><head><title>Old</title></head><body><h1>Old title</h1><p>Words.</p></body></html>"
    parsed = parse_row(row_of(text=None, html=page, kind="report", meeting_date="2026-01-15"))
    assert (parsed.title, parsed.url, parsed.kind) == ("The bridge", ROW["url"], Kind.REPORT)
    assert parsed.meeting_date == "2026-01-15"
    assert "Words." in parsed.text


def test_what_a_row_does_not_know_may_be_null_and_unknown_keys_are_left_alone():
    parsed = parse_row(row_of(council=None, committee=None, meeting_date=None, kind=None, id="x"))
    assert (parsed.council, parsed.committee, parsed.meeting_date, parsed.kind) == (
        "",
        "",
        None,
        Kind.MINUTES,
    )


def test_sections_are_found_in_the_text():
    text = "The Chair spoke at length.\n\nRESOLVED\n\n1. To close the bridge.\n"
    assert [section.role for section in parse_row(row_of(text=text)).sections] == ["", "resolved"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{not json", "no valid JSON"),
        (b"\xff\xfe\x00", "no valid JSON"),
        (b"[1, 2]", "object"),
        (b"12", "object"),
        (json.dumps({"title": "x", "text": "y"}).encode(), "url"),
        (json.dumps({**ROW, "url": ""}).encode(), "url"),
        (json.dumps({**ROW, "text": None}).encode(), "either text or html"),
        (json.dumps({**ROW, "html": "<p>x</p>"}).encode(), "either text or html"),
        (json.dumps({**ROW, "text": " \n"}).encode(), "text is empty"),
        (json.dumps({**ROW, "text": 7}).encode(), "text"),
        (json.dumps({**ROW, "meeting_date": "15/01/2026"}).encode(), "2026-01-15"),
        (json.dumps({**ROW, "kind": "novel"}).encode(), "kind is one of minutes"),
        (b'{"url": "u", "title": "t", "text": "\\ud800"}', ""),
    ],
)
def test_a_bad_line_says_what_is_wrong_with_it_in_one_line(data, reason):
    with pytest.raises(UnreadableError) as caught:
        read_row(Line(1, data))
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
def test_any_line_is_a_row_or_unreadable(data):
    with suppress(UnreadableError):
        read_row(Line(1, data))
