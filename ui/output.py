"""Results on stdout, everything else on stderr."""

import json
import os
import sys
from collections.abc import Iterable
from typing import Any

from corpus.errors import UsageError


def show(text: str) -> None:
    """Print a result.

    Raises:
        UsageError: standard output is closed.
    """
    if sys.stdout is None:
        raise UsageError("standard output is closed; there is nowhere to show results")
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the results has seen enough; there is nowhere left to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show_json(value: Any) -> None:  # noqa: ANN401
    """Print a result as JSON."""
    show(json.dumps(value, ensure_ascii=False, indent=2))


def say(line: str) -> None:
    """Print a line that is no result."""
    sys.stderr.write(f"{line}\n")


def say_notes(warnings: Iterable[str]) -> None:
    """Name the sources that may hold more than was searched: not to find is not the same as not to look."""
    from ui.terminal import printable

    for warning in warnings:
        say(printable(f"Note: {warning}").replace("\n", " "))
