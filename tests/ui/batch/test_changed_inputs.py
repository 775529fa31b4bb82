"""Whatever becomes of the input while it is asked, the answers are to what was there at the beginning."""

import io
import json
from collections.abc import Callable
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest

from corpus.errors import UsageError
from tests.ui.batch.asking import manner, questions, read_table, run, write_table
from ui.batch import to_file, to_stream
from ui.batch.manner import Input
from ui.batch.order import Order
from ui.library import Library
from ui.tables.formats import Format

ROWS = 40
#: Makes rows so long that a file is not read in one go.
NOTE = "x" * 1_000


def write(path: Path, count: int = ROWS, *, other: bool = False) -> Path:
    rows = [{"id": row["id"], "note": NOTE, "question": row["question"]} for row in questions(count)]
    if other:
        rows.reverse()
    return write_table(path, rows)


@pytest.fixture
def table(tmp_path) -> Path:
    return write(tmp_path / "q.csv")


@pytest.fixture
def whole(tmp_path, data, table) -> bytes:
    output = tmp_path / "whole.jsonl"
    run(data, table, output)
    return output.read_bytes()


@pytest.fixture(autouse=True)
def little_at_once(monkeypatch):
    monkeypatch.setattr("ui.tables.csv_table.STRETCH", 4)
    monkeypatch.setattr("index.many.BATCH", 4)


def meanwhile(monkeypatch, module, change: Callable[[], object], *, stop: int | None = None) -> None:
    """Let something happen behind the first answer, and Ctrl-C behind so many."""
    ask = module.answered

    def asking(*arguments, **fields):
        answers = ask(*arguments, **fields)
        yield next(answers)
        change()
        yield from islice(answers, None if stop is None else stop - 1)
        if stop is not None:
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "answered", asking)


def test_into_a_file(tmp_path, monkeypatch, data, table, whole):
    digest = sha256(table.read_bytes()).hexdigest()
    meanwhile(monkeypatch, to_file, lambda: write(table, ROWS - 20, other=True))
    run(data, table, tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == whole
    assert json.loads((tmp_path / "a.jsonl.meta.json").read_text())["input"]["sha256"] == digest


@pytest.mark.slow
def test_into_a_stream(monkeypatch, data, table, whole):
    meanwhile(monkeypatch, to_stream, lambda: write(table, ROWS - 20))
    out = io.BytesIO()
    given = Input(table, Format.CSV)
    counts = to_stream.to_stream(Library.at(data), given, out, Format.JSONL, Order(), manner())
    assert counts.rows == ROWS
    assert out.getvalue() == whole


@pytest.mark.slow
def test_changed_and_put_back_before_it_goes_on(tmp_path, monkeypatch, data, table, whole):
    output = tmp_path / "a.jsonl"
    with monkeypatch.context() as patched:
        meanwhile(patched, to_file, lambda: write(table, other=True), stop=20)
        with pytest.raises(KeyboardInterrupt):
            run(data, table, output, batch_size=5)
    with pytest.raises(UsageError, match="was begun with another input"):
        run(data, table, output)
    write(table)
    said: list[str] = []
    run(data, table, output, said=said)
    assert said == ["going on behind row 20 of 40"]
    assert output.read_bytes() == whole


@pytest.mark.slow
def test_gone_before_it_goes_on(tmp_path, monkeypatch, data, table, whole):
    output = tmp_path / "a.jsonl"
    with monkeypatch.context() as patched:
        meanwhile(patched, to_file, table.unlink, stop=20)
        with pytest.raises(KeyboardInterrupt):
            run(data, table, output, batch_size=5)
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        run(data, table, output)
    write(table)
    run(data, table, output)
    assert [row["id"] for row in read_table(output)] == [f"q{n}" for n in range(ROWS)]
    assert output.read_bytes() == whole
