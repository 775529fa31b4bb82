"""Who ranks: threads of this process, or processes beside it.

Python lets one thread of a process compute at a time, so threads only help while others wait. A process takes
seconds to open a generation, so none is begun for the first batch of work.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from pathlib import Path
from threading import Thread, current_thread, main_thread
from time import sleep
from types import TracebackType
from typing import Self, TypeVar

from corpus.errors import MinutebookError, NothingDoneError
from index.generation import Generation

#: What is handed to a worker at once: enough that the way there and back does not count.
AT_ONCE = 8
#: Seconds after which a process ends whose parent was killed.
ORPHANED = 1.0

_In = TypeVar("_In")
_Out = TypeVar("_Out")
#: What is done with each thing; it must go into another process, with the thing and what comes of it.
Work = Callable[[Generation, _In], _Out]

_opened: list[Generation] = []


class Workers:
    """So many workers (None: one for each core) in `generation`, until the block is left."""

    def __init__(self, generation: Generation, count: int | None, *, processes: bool = False) -> None:
        self._generation = generation
        self._count = count or os.cpu_count() or 1
        self._pools: list[Executor] = []
        self._processes = processes and self._count > 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def begin(
        self, work: Work[_In, _Out], things: Sequence[_In | MinutebookError]
    ) -> Iterator[_Out | MinutebookError]:
        """Begin to work on `things`; the results come in their order, an error where an error stood or arose.

        Raises:
            NothingDoneError: a process was ended from outside; also when results are read.
        """
        parts = [things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE)]
        pool = self._pool()
        if isinstance(pool, ProcessPoolExecutor):
            with _all_alive(), _deaf_children():
                return _results([pool.submit(_done_there, work, part) for part in parts])
        return _results([pool.submit(_done, self._generation, work, part) for part in parts])

    def _pool(self) -> Executor:
        """Return the threads the first time, and then the processes, if these are wanted."""
        if not self._pools:
            self._pools.append(ThreadPoolExecutor(self._count, thread_name_prefix="asking"))
        elif self._processes and len(self._pools) == 1:
            self._pools.append(
                ProcessPoolExecutor(
                    min(self._count, os.cpu_count() or 1),  # more would only take memory
                    # A copy of this process would have its locks, but none of its threads.
                    mp_context=get_context("spawn"),
                    initializer=_open,
                    initargs=(self._generation.folder, os.getpid()),
                )
            )
        return self._pools[-1]


def _results(futures: Sequence[Future[list[_Out | MinutebookError]]]) -> Iterator[_Out | MinutebookError]:
    for future in futures:
        with _all_alive():
            results = future.result()
        yield from results


@contextmanager
def _all_alive() -> Iterator[None]:
    """Say it where a process is no more.

    Raises:
        NothingDoneError: one was ended from outside.
    """
    try:
        yield
    except BrokenProcessPool as error:
        raise NothingDoneError(
            "a process that answers was ended from outside, perhaps for want of memory; "
            "try again with fewer threads"
        ) from error


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes begin that do not hear of Ctrl-C, which a terminal sends to all of them.

    A process inherits what its parent's thread has blocked, and `_open` comes too late: until then it loads
    modules for seconds. This process hears of it when they have begun, as none can do so by halves.
    """
    resource_tracker.ensure_running()  # its beginning would end the block
    heard: list[int] = []
    handler = signal.getsignal(signal.SIGINT) if current_thread() is main_thread() else None
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if handler is not None:  # another thread may take the signal, and the handler runs in this one
        signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _done(
    generation: Generation, work: Work[_In, _Out], things: Sequence[_In | MinutebookError]
) -> list[_Out | MinutebookError]:
    results: list[_Out | MinutebookError] = []
    for one in things:
        if isinstance(one, MinutebookError):
            results.append(one)
            continue
        try:
            results.append(work(generation, one))
        except MinutebookError as error:
            results.append(error.with_traceback(None))  # it would keep alive whatever was at hand
    return results


def _done_there(
    work: Work[_In, _Out], things: Sequence[_In | MinutebookError]
) -> list[_Out | MinutebookError]:
    return _done(_opened[0], work, things)


def _open(folder: Path, parent: int) -> None:
    """Prepare a process: Ctrl-C is its parent's business, and its end is the parent's, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_watch, args=(parent,), daemon=True).start()
    _opened.append(Generation(folder))


def _watch(parent: int) -> None:
    with suppress(OSError):
        while os.getppid() == parent:
            sleep(ORPHANED)
    os._exit(1)
