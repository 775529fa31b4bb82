"""The real command: within the test's own process, or in one of its own where that is the matter."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ui.command import main

#: The console script's own module: what it starts is what is tested.
COMMAND = (sys.executable, "-c", "from ui.command import main; main()")
SECONDS = 120


@dataclass(frozen=True, slots=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


@dataclass
class Minutebook:
    """The command over one data directory; the hash embedder unless a test needs meaning.

    A call runs within this process, as a fresh one costs seconds of imports. `apart` and `start` begin a
    process, where signals, locks, exits or imports are the matter.
    """

    data: Path
    model: str = "hash"
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "minutebook.toml").write_text(f'[model]\nname = "{self.model}"\n')

    def __call__(self, *arguments: str) -> Result:
        return run_here(arguments, self._environment())

    def apart(self, *arguments: str) -> Result:
        """Run the command in a process of its own."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Result(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a process, to be talked to, interrupted or killed."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "MINUTEBOOK_DATA": str(self.data),
            "HF_HUB_OFFLINE": "1",
            **self.environment,
        }


def run_here(arguments: Sequence[str], environment: Mapping[str, str]) -> Result:
    """Run the command within this process, with other variables of the environment."""
    out, err = io.BytesIO(), io.BytesIO()
    with (
        patch.dict(os.environ, environment),
        patch.object(sys, "argv", ["minutebook", *arguments]),
        redirect_stdout(io.TextIOWrapper(out, write_through=True)),
        redirect_stderr(io.TextIOWrapper(err, write_through=True)),
    ):
        code = exit_code(main)
        return Result(code, out.getvalue().decode(), err.getvalue().decode())


def exit_code(command: Callable[[], None]) -> int:
    """Run `command`, and return the code with which it would have ended its process."""
    try:
        command()
    except SystemExit as end:
        return int(end.code or 0)
    raise AssertionError("the command did not end")
