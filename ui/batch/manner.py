"""What a batch is given, and how it is run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ui.tables.formats import Format

#: Answers that are kept on the disk together.
BATCH_SIZE = 64

#: Called with how many rows are done, of how many.
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Input:
    """Where the questions are, and in which format; `stream` is read where the path is `STREAM`."""

    path: Path
    format: Format
    stream: BinaryIO | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How a batch is run, which changes nothing in what it gives. `command` is the line that was typed."""

    command: str
    report: Report
    say: Callable[[str], None]
    batch_size: int = BATCH_SIZE
    threads: int | None = None
