"""The command as people type it."""

import json
import subprocess

import pytest

from tests.ui.batch.asking import questions, read_csv, write_table
from tests.ui.commanding import COMMAND, SECONDS


@pytest.fixture
def table(tmp_path):
    return write_table(tmp_path / "q.csv", questions(12))


def test_bad_rows_are_reported_and_counted(tmp_path, minutebook, table):
    done = minutebook("batch", str(table), "-o", str(tmp_path / "a.csv"))
    assert done.code == 1
    assert done.out == ""
    rows = read_csv((tmp_path / "a.csv").read_bytes())
    bad = [row["row"] for row in rows if row["error"]]
    assert bad == ["3", "4", "10"]
    assert done.lines[-1].startswith(
        f"{tmp_path}/a.csv: 12 rows, 8 answered, 1 that the minutes do not answer, "
    )
    assert "3 not asked (see the column error; row 3: the question is empty" in done.lines[-1]


def test_without_bad_rows_all_is_well(tmp_path, minutebook):
    table = write_table(tmp_path / "q.jsonl", [{"question": "What was resolved about road number3?"}])
    done = minutebook("batch", str(table), "-o", str(tmp_path / "a.parquet"))
    assert (done.code, done.out) == (0, "")
    assert done.err == f"{tmp_path}/a.parquet: 1 row, 1 answered, 0 that the minutes do not answer\n"
    account = json.loads((tmp_path / "a.parquet.meta.json").read_text())
    assert account["run"]["command"] == f"minutebook batch {table} -o {tmp_path}/a.parquet"


@pytest.mark.parametrize(
    "format", ["csv", *(pytest.param(one, marks=pytest.mark.slow) for one in ("jsonl", "parquet"))]
)
def test_a_stream_has_the_bytes_of_a_file(tmp_path, minutebook, table, format):
    minutebook("batch", str(table), "-o", str(tmp_path / f"a.{format}"))
    done = subprocess.run(
        [*COMMAND, "batch", "-", "-o", "-", "--format", format, "--input-format", "csv", "--batch-size", "5"],
        env=minutebook._environment(),
        input=table.read_bytes(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == (tmp_path / f"a.{format}").read_bytes()
    assert b"12 rows, 8 answered" in done.stderr


@pytest.mark.slow
def test_what_comes_through_a_pipe_is_gone_on_with_too(tmp_path, minutebook, table):
    command = f"cat {table} | {COMMAND[0]} -c '{COMMAND[2]}' batch - --format csv -o {tmp_path}/a.jsonl"
    done = subprocess.run(
        ["bash", "-c", command], env=minutebook._environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert len((tmp_path / "a.jsonl").read_text().splitlines()) == 12
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "a.jsonl.meta.json", "q.csv"]


def test_who_has_seen_enough_may_go(minutebook, tmp_path):
    table = write_table(tmp_path / "q.csv", questions(3_000))
    command = f"{COMMAND[0]} -c '{COMMAND[2]}' batch {table} -o - --format jsonl | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], env=minutebook._environment(), capture_output=True, text=True,
        timeout=SECONDS, check=False,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


#: Arguments, and what is said of them; {t} is a table, {d} a folder.
WRONG = [
    (("{d}/no.csv", "-o", "{d}/a.csv"), "{d}/no.csv cannot be read: No such file or directory"),
    (("{d}/" + "n" * 300 + ".csv", "-o", "{d}/a.csv"), "{d}/" + "n" * 300 + ".csv cannot be read: File name"),
    (("{t}", "-o", "{d}/" + "n" * 240 + ".csv"), "{d}/" + "n" * 240 + ".csv: the name is too long; make it"),
    (("{d}", "-o", "{d}/a.csv", "--format", "csv"), "{d} is a folder; name a file"),
    (("{t}", "-o", "{d}/x/a.csv"), "there is no folder {d}/x; make it first"),
    (("{t}", "-o", "{d}/f.csv"), "{d}/f.csv is a folder; name a file in it"),
    (("{t}", "-o", "{t}"), "{t} holds the questions; write the answers elsewhere"),
    (("{t}", "-o", "{t}", "--force"), "{t} holds the questions; write the answers elsewhere"),
    (
        ("{t}", "-o", "{d}/a.txt"),
        "{d}/a.txt: the name must end in .csv, .jsonl or .parquet; else say --format",
    ),
    (("{t}", "-o", "-"), "a standard stream has no ending; say --format csv, jsonl or parquet"),
    (("-", "-o", "{d}/a.csv"), "a standard stream has no ending; say --format or --input-format csv, jsonl"),
    (("{t}", "-o", "{d}/a.csv", "--format", "csv"), "--format is for standard streams; the endings"),
    (("{t}", "-o", "{d}/a.csv", "--input-format", "csv"), "--input-format is for standard input; the ending"),
    (("{t}", "-o", "{d}/a.csv", "--carry", "x"), "{t} has no column 'x' to carry; it has: 'id', 'question'"),
    (("{d}/ids.csv", "-o", "{d}/a.csv"), "{d}/ids.csv has no column 'question'; it has: 'id'"),
    (("{d}/ids.csv", "-o", "-", "--format", "csv"), "{d}/ids.csv has no column 'question'; it has: 'id'"),
]


@pytest.mark.parametrize(("arguments", "why"), WRONG, ids=[why[:40] for _, why in WRONG])
def test_wrong_use_is_one_line(tmp_path, minutebook, table, arguments, why):
    (tmp_path / "ids.csv").write_text("id\n1\n")
    (tmp_path / "f.csv").mkdir()
    places = {"t": str(table), "d": str(tmp_path)}
    before = sorted(tmp_path.iterdir())
    done = minutebook("batch", *(argument.format(**places) for argument in arguments))
    assert done.code == 2
    assert done.out == ""
    assert len(done.lines) == 1
    assert done.err.startswith(why.format(**places))
    assert sorted(tmp_path.iterdir()) == before


def test_nothing_is_indexed_yet(tmp_path, table):
    from tests.ui.commanding import Minutebook

    done = Minutebook(tmp_path / "data")("batch", str(table), "-o", str(tmp_path / "a.csv"))
    assert done.code == 3
    assert done.err.startswith("nothing is indexed yet; run: minutebook ingest")
    assert not (tmp_path / ".a.csv.partial").exists()


def test_pyarrow_is_loaded_only_for_parquet(tmp_path, minutebook, table):
    (tmp_path / "pyarrow.py").write_text("raise SystemExit('pyarrow was loaded')")
    environment = minutebook._environment()
    environment["PYTHONPATH"] = f"{tmp_path}:{environment['PYTHONPATH']}"
    for output, loaded in (("a.csv", False), ("a.jsonl", False), ("a.parquet", True)):
        done = subprocess.run(
            [*COMMAND, "batch", str(table), "-o", str(tmp_path / output)],
            env=environment, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert ("pyarrow was loaded" in done.stderr) == loaded, done.stderr
