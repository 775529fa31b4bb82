"""The real command in a process of its own, as people run it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    """The command over one data directory; the hash embedder unless a test needs meaning."""

    data: Path
    model: str = "hash"
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "minutebook.toml").write_text(f'[model]\nname = "{self.model}"\n')

    def __call__(self, *arguments: str) -> Result:
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
