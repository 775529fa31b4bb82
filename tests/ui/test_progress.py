import io

import pytest
from rich.console import Console

from ingest.report import Remark
from ui import progress


def console(*, terminal: bool) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, force_terminal=terminal, width=120, color_system=None), out


def test_a_bar_shows_the_rate_and_the_time_left(monkeypatch):
    screen, out = console(terminal=True)
    with progress.indexing(screen) as report:
        for done in range(0, 1_001, 100):
            report(done, 1_000)
    shown = out.getvalue()
    assert "1000/1000" in shown
    assert "passages/s" in shown
    assert "0:00:00" in shown


def test_without_a_terminal_there_is_a_line_now_and_then(monkeypatch):
    clock = iter([0.0, 10.0, 40.0, 50.0, 75.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    screen, out = console(terminal=False)
    with progress.indexing(screen) as report:
        for done in (0, 400, 500, 750):
            report(done, 1_000)
    assert out.getvalue() == (
        "400 of 1,000 passages, 10 passages/s, 60 s left\n750 of 1,000 passages, 10 passages/s, 25 s left\n"
    )


def test_a_batch_that_goes_on_counts_only_what_it_asks_itself(monkeypatch):
    clock = iter([0.0, 1.0, 30.0, 60.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    screen, out = console(terminal=False)
    with progress.asking(screen) as report:
        for done in (1_000, 1_060, 1_090):
            report(done, 2_000)
    assert out.getvalue() == (
        "1,060 of 2,000 questions, 2.0 questions/s, 470 s left\n"
        "1,090 of 2,000 questions, 1.5 questions/s, 607 s left\n"
    )


def test_a_batch_has_a_bar_with_its_rate():
    screen, out = console(terminal=True)
    with progress.asking(screen) as report:
        for done in range(0, 101, 10):
            report(done, 100)
    assert "100/100" in out.getvalue()
    assert "questions/s" in out.getvalue()


def test_what_is_measured_is_named_and_how_far_it_is(monkeypatch):
    clock = iter([0.0, 40.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    screen, out = console(terminal=False)
    with progress.evaluating(screen) as begin:
        begin("dense alone")(20, 60)
    assert out.getvalue() == "Measuring: dense alone\ndense alone: 20 of 60, 80 s left\n"


def test_every_measurement_has_a_bar():
    screen, out = console(terminal=True)
    with progress.evaluating(screen) as begin:
        for name in ("dense alone", "lexical alone"):
            begin(name)(60, 60)
    assert "dense alone" in out.getvalue()
    assert "lexical alone" in out.getvalue()
    assert "60/60" in out.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
def test_each_remark_is_one_line_that_steers_nothing(terminal):
    screen, out = console(terminal=terminal)
    with progress.ingesting(screen, "ashmere") as listener:
        listener.remark(Remark("a\x1b[2J.txt", "empty:\nnothing [red]to[/red] read"))
        listener.done("b.txt")
    assert "a [2J.txt: empty: nothing [red]to[/red] read\n" in out.getvalue()


def test_long_lines_are_not_broken():
    screen, out = console(terminal=False)
    with progress.ingesting(screen, "ashmere") as listener:
        listener.remark(Remark("/very/long/path" * 20, "empty"))
    assert out.getvalue().count("\n") == 1
