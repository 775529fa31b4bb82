"""A line before some work: so much is done at once, in threads, so many wait, and nobody else."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from corpus.errors import MinutebookError

_T = TypeVar("_T")


class CrowdedError(MinutebookError):
    """The line is full."""


class Line:
    """Does `at_once` pieces of work at once, while `waiting` others may wait in the order they came in."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._limiter = CapacityLimiter(at_once)
        self._waiting = waiting

    async def do(self, work: Callable[[], _T]) -> _T:
        """Return what `work` does in a thread, when it is its turn.

        Raises:
            CrowdedError: too many wait already.
        """
        line = self._limiter.statistics()
        if line.borrowed_tokens >= line.total_tokens and line.tasks_waiting >= self._waiting:
            raise CrowdedError
        return await to_thread.run_sync(work, limiter=self._limiter)
