"""Results on stdout, everything else on stderr."""

import json
import os
import sys
from typing import Any


def show(text: str) -> None:
    """Print a result."""
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
