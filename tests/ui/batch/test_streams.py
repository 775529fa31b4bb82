"""Standard streams, full, closed or slow, and names of files that are no text."""

import io
import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.ui.batch.asking import manner, questions, read_csv, write_table
from tests.ui.commanding import COMMAND, SECONDS, Minutebook
from ui.batch.manner import Input
from ui.batch.order import Order
from ui.batch.to_stream import to_stream
from ui.library import Library
from ui.tables.formats import Format


@pytest.fixture
def table(tmp_path) -> Path:
    return write_table(tmp_path / "q.csv", [{"question": "What was resolved about road number3?"}])


def in_shell(minutebook: Minutebook, folder: Path, line: str) -> tuple[int, list[str]]:
    """Run a line of a shell in which the command is called M; return its exit code and what it says."""
    done = subprocess.run(
        ["bash", "-c", f"M() {{ {COMMAND[0]} -c '{COMMAND[2]}' \"$@\"; }}; {line}"],
        env=minutebook._environment(), cwd=folder, capture_output=True, text=True, timeout=SECONDS,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "M batch q.csv -o - --format csv > /dev/full",
        "M batch q.csv -o - --format parquet > /dev/full",
        "M export passages -o - --format jsonl > /dev/full",
    ],
)
def test_a_full_disk_behind_a_stream_is_one_line(tmp_path, minutebook, table, line):
    said = ["standard output cannot be written: No space left on device"]
    assert in_shell(minutebook, tmp_path, line) == (3, said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("M batch - -o a.csv --format csv <&-", "standard input is closed; name a file in place of -"),
        ("M batch q.csv -o - --format csv >&-", "standard output is closed; name a file in place of -"),
        ("M export passages -o - --format csv >&-", "standard output is closed; name a file in place of -"),
        ("M search road >&-", "standard output is closed; there is nowhere to show results"),
    ],
)
def test_a_closed_stream_is_one_line(tmp_path, minutebook, table, line, said):
    code, lines = in_shell(minutebook, tmp_path, line)
    assert (code, lines[-1]) == (2, said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q.csv"]


def test_a_closed_stream_that_is_not_needed_does_no_harm(tmp_path, minutebook, table):
    line = "M batch q.csv -o a.csv <&- >&- 2>&-"
    assert in_shell(minutebook, tmp_path, line) == (0, [])
    (row,) = read_csv((tmp_path / "a.csv").read_bytes())
    assert row["answered"] == "true"


def test_names_that_are_no_text(tmp_path, minutebook, table):
    odd = Path(os.fsdecode(bytes(tmp_path) + b"/\xff.csv"))
    table.rename(odd)
    line = r"M batch $'\xff.csv' -o $'\xfe.csv' && M export passages -o $'\xfd.csv'"
    code, lines = in_shell(minutebook, tmp_path, line)
    assert code == 0, lines
    assert lines[0] == "?.csv: 1 row, 1 answered, 0 that the minutes do not answer"
    account = json.loads((tmp_path / os.fsdecode(b"\xfe.csv.meta.json")).read_text())
    assert (account["input"]["name"], account["output"]["name"]) == (odd.name, os.fsdecode(b"\xfe.csv"))
    account = json.loads((tmp_path / os.fsdecode(b"\xfd.csv.meta.json")).read_text())
    assert account["output"]["name"] == os.fsdecode(b"\xfd.csv")


class Stream(io.BytesIO):
    """Counts how often it was flushed."""

    flushed = 0

    def flush(self) -> None:
        self.flushed += 1


@pytest.mark.parametrize(("size", "done"), [(1, [0, 1, 2, 3, 4]), (3, [0, 3, 4]), (64, [0, 4])])
def test_each_batch_goes_out_and_is_reported(tmp_path, data, size, done):
    table = write_table(tmp_path / "q.csv", questions(4))
    out, reported = Stream(), list[tuple[int, int]]()
    how = manner(batch_size=size, report=lambda *counts: reported.append(counts))
    to_stream(Library.at(data), Input(table, Format.CSV), out, Format.CSV, Order(), how)
    assert reported == [(count, 4) for count in done]
    assert out.flushed >= len(done) - 1
