import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest

from corpus.errors import GenerationError, NothingDoneError, UsageError
from index.generation import Generation
from index.workers import AT_ONCE, Workers
from tests.factories import make_document, make_generation

ROOT = Path(__file__).parents[2]
#: Works in two processes until it is killed, and says which ones.
WORKING = """
import sys
from pathlib import Path
from time import sleep
from multiprocessing import active_children
from index.generation import Generation
from index.workers import Workers
from tests.index.test_workers import where

if __name__ == "__main__":
    with Workers(Generation(Path(sys.argv[1])), 2, processes=True) as workers:
        list(workers.begin(where, [0]))
        list(workers.begin(where, range(100)))
        print(*(child.pid for child in active_children()), flush=True)
        sleep(100)
"""


def where(generation: Generation, thing: int) -> tuple[int, int, str]:
    if thing == 13:
        raise UsageError("thirteen cannot be asked")
    return thing, os.getpid(), generation.name


def broken(generation: Generation, thing: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return thing


@pytest.fixture(scope="module")
def generation(tmp_path_factory) -> Iterator[Generation]:
    with closing(make_generation(tmp_path_factory.mktemp("library"), [make_document()])) as generation:
        yield generation


def until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    end = monotonic() + seconds
    while not holds() and monotonic() < end:
        sleep(0.05)
    return holds()


def test_results_come_in_order_with_errors_where_they_arose(generation):
    stood = GenerationError("stood there before")
    with Workers(generation, 3) as workers:
        *results, last = workers.begin(where, [*range(3 * AT_ONCE), stood])
    assert last is stood
    assert isinstance(results[13], UsageError)
    assert [one[0] for one in results if isinstance(one, tuple)] == [
        thing for thing in range(3 * AT_ONCE) if thing != 13
    ]


def test_processes_come_with_the_second_batch_and_go_with_the_block(generation):
    things = range(4 * AT_ONCE)
    with Workers(generation, 2, processes=True) as workers:
        first = list(workers.begin(where, things))
        second = list(workers.begin(where, things))
        third = list(workers.begin(where, things))
    assert {one[1] for one in first if isinstance(one, tuple)} == {os.getpid()}
    others = {one[1:] for one in [*second, *third] if isinstance(one, tuple)}
    assert os.getpid() not in {process for process, _ in others}
    assert {name for _, name in others} == {generation.name}
    assert [str(one) for one in second if isinstance(one, UsageError)] == ["thirteen cannot be asked"]
    assert [one[0] for one in third if isinstance(one, tuple)] == [thing for thing in things if thing != 13]
    assert active_children() == []


@pytest.mark.parametrize("count", [1, 2])
def test_one_at_a_time_needs_no_process(generation, count):
    with Workers(generation, count, processes=count == 1) as workers:
        for _ in range(3):
            (one,) = workers.begin(where, [1])
            assert isinstance(one, tuple)
            _, process, _ = one
            assert process == os.getpid()


def test_a_process_that_is_ended_from_outside_is_one_clear_line(generation):
    with Workers(generation, 2, processes=True) as workers:
        list(workers.begin(where, [1]))
        with pytest.raises(NothingDoneError, match="try again with fewer threads"):
            list(workers.begin(broken, [1, 2]))


@pytest.mark.slow
def test_a_process_that_is_lost_before_more_is_begun_is_the_same_line(generation):
    with Workers(generation, 2, processes=True) as workers:
        list(workers.begin(where, [1]))
        with pytest.raises(NothingDoneError):
            list(workers.begin(broken, [1]))
        with pytest.raises(NothingDoneError, match="try again with fewer threads"):
            workers.begin(where, [1])


@pytest.mark.slow
def test_processes_do_not_hear_of_ctrl_c_even_while_they_start(generation):
    heard = signal.getsignal(signal.SIGINT), signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with Workers(generation, 2, processes=True) as workers:
        list(workers.begin(where, [1]))
        results = workers.begin(where, range(2 * AT_ONCE))
        assert (signal.getsignal(signal.SIGINT), signal.pthread_sigmask(signal.SIG_BLOCK, ())) == heard
        children = active_children()
        done = Event()

        def interrupt() -> None:
            while not done.wait(0.05):
                for child in children:
                    os.kill(child.pid or 0, signal.SIGINT)

        interrupting = Thread(target=interrupt)
        interrupting.start()
        try:
            assert len(list(results)) == 2 * AT_ONCE
        finally:
            done.set()
            interrupting.join()
    assert children


def test_ctrl_c_while_processes_begin_is_heard_when_they_have(generation, monkeypatch):
    submit = ProcessPoolExecutor.submit
    begun: list[Future[Any]] = []

    def submitting(pool, *arguments):
        if not begun:
            before = signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            signal.raise_signal(signal.SIGINT)  # as if another thread had taken it
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        begun.append(submit(pool, *arguments))
        return begun[-1]

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submitting)
    with Workers(generation, 2, processes=True) as workers:
        list(workers.begin(where, [1]))
        with pytest.raises(KeyboardInterrupt):
            workers.begin(where, range(2 * AT_ONCE))
        assert len(begun) == 2


def test_processes_do_not_outlive_a_killed_parent(generation):
    parent = subprocess.Popen(
        [sys.executable, "-c", WORKING, generation.folder], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert children
    assert until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
