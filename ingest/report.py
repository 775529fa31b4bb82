"""What a look at a source comes to, and what is said on the way."""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.records import SourceState


@dataclass(frozen=True, slots=True)
class Remark:
    """One line about one file or line: `failed` when it could not be read, otherwise how it was read."""

    where: str
    reason: str
    failed: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at one source, in numbers of documents.

    `blocked` counts what the site did not want to be fetched, `requests` all that was asked of it.
    """

    source: str
    state: SourceState
    reason: str = ""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    withdrawn: int = 0
    failed: int = 0
    blocked: int = 0
    skipped: int = 0
    requests: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears of a look while it goes on: `remark` of each remark, `done` of each document looked at."""

    remark: Callable[[Remark], None]
    done: Callable[[str], None]
