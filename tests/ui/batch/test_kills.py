"""SIGKILL at every step and at any moment: the same command goes on, and the output is that of one run."""

import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.ui.batch.asking import questions, read_table, write_table
from tests.ui.commanding import COMMAND, SECONDS, Minutebook
from ui.tables.keeping import folder_of

ROWS = 400
#: Kills itself behind that step, of those that leave something on the disk, whose number is sys.argv[1].
SUICIDAL = """
import os, pathlib, signal, sys
left = int(sys.argv.pop(1))
def counted(step):
    def stepping(*arguments, **fields):
        global left
        done = step(*arguments, **fields)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return stepping
os.fsync = counted(os.fsync)
for name in ("replace", "rename", "unlink", "mkdir"):
    setattr(pathlib.Path, name, counted(getattr(pathlib.Path, name)))
from ui.command import main
main()
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> Path:
    return write_table(tmp_path_factory.mktemp("questions") / "q.csv", questions(ROWS))


@pytest.fixture(scope="module")
def undisturbed(minutebook, table) -> bytes:
    output = table.with_name("whole.parquet")
    assert minutebook("batch", str(table), "-o", str(output)).code == 1
    assert [row["row"] for row in read_table(output)] == list(range(1, ROWS + 1))
    return output.read_bytes()


def test_killed_behind_every_step(tmp_path, minutebook, scale):
    table = write_table(tmp_path / "q.csv", questions(6))
    whole, output = tmp_path / "whole.csv", tmp_path / "a.csv"
    assert minutebook("batch", str(table), "-o", str(whole)).code == 1
    steps = 0
    while True:
        steps += scale(4, 1)
        done = subprocess.run(
            [sys.executable, "-c", SUICIDAL, str(steps), "batch", str(table), "-o", str(output),
             "--batch-size", "2"],
            env=minutebook._environment(), capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        if done.returncode != -signal.SIGKILL:
            break
        assert not output.exists() or output.read_bytes() == whole.read_bytes()
    assert steps > 8
    # Killed when all was done but the tidying, or not killed any more: there is nothing to do.
    assert done.returncode in (1, 2), done.stderr
    assert output.read_bytes() == whole.read_bytes()
    again = minutebook("batch", str(table), "-o", str(output))
    assert "is there already" in again.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.csv", "a.csv.meta.json", "q.csv", "whole.csv", "whole.csv.meta.json",
    ]  # fmt: skip


def test_killed_at_any_moment(tmp_path, minutebook: Minutebook, table, undisturbed, scale):
    output = tmp_path / "a.parquet"
    journal = folder_of(output) / "rows.jsonl"
    command = ("batch", str(table), "-o", str(output), "--batch-size", "3")
    kept = []
    for share in scale((0.3,), (0.0, 0.2, 0.5, 0.8, 0.97)):
        process = minutebook.start(*command)
        before = monotonic()
        # Once it has come so far, at some moment.
        while lines(journal) < share * ROWS and process.poll() is None:
            assert monotonic() - before < SECONDS
            sleep(0.005)
        sleep(random.uniform(0, 0.05))
        process.kill()
        process.communicate()
        kept.append(lines(journal))
    assert any(0 < count < ROWS for count in kept), "no kill came in the middle: ask more"
    assert not output.exists() or output.read_bytes() == undisturbed
    minutebook(*command)
    assert output.read_bytes() == undisturbed
    assert not folder_of(output).exists()


def lines(journal: Path) -> int:
    try:
        return journal.read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0


@pytest.mark.slow
def test_ctrl_c_is_a_line_and_its_exit_code(tmp_path, minutebook, table, undisturbed):
    output = tmp_path / "a.parquet"
    process = minutebook.start("batch", str(table), "-o", str(output), "--batch-size", "1")
    while lines(folder_of(output) / "rows.jsonl") < 5:
        assert process.poll() is None
        sleep(0.005)
    os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    done = minutebook("batch", str(table), "-o", str(output))
    assert "going on behind row" in done.err
    assert output.read_bytes() == undisturbed


@pytest.mark.slow
def test_ctrl_c_at_a_terminal_while_processes_start(tmp_path, minutebook):
    table = write_table(tmp_path / "q.csv", questions(600))
    output = tmp_path / "a.csv"
    process = subprocess.Popen(
        [*COMMAND, "batch", str(table), "-o", str(output)],
        env=minutebook._environment(), stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    while not children(process.pid, "spawn_main"):
        assert process.poll() is None
        sleep(0.005)
    # A terminal sends it to all of them; they load modules for a second.
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "the same command" in said


def children(parent: int, word: str) -> list[int]:
    """Return the processes that were begun by `parent`, and have `word` in their command line."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            begun_by = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if begun_by == parent and word in (folder / "cmdline").read_text():
                found.append(int(folder.name))
    return found


def test_two_at_once_exclude_each_other(tmp_path, minutebook, table, undisturbed):
    output = tmp_path / "a.parquet"
    process = minutebook.start("batch", str(table), "-o", str(output), "--batch-size", "1")
    while lines(folder_of(output) / "rows.jsonl") < 1:
        assert process.poll() is None
        sleep(0.005)
    process.send_signal(signal.SIGSTOP)
    second = minutebook("batch", str(table), "-o", str(output))
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=SECONDS)
    assert second.code == 3
    assert second.err == f"another process is writing {output}; wait until it is done\n"
    assert output.read_bytes() == undisturbed
