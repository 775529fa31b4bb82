"""Nights at fake sites: the real command in a process of its own, on a day of the test's choosing."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from unittest.mock import patch

from corpus.records import Document
from corpus.store import Corpus
from tests.ui.commanding import Result, run_here
from ui import clock

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tests.sites.launch")
SECONDS = 120


@dataclass
class Nights:
    """A data directory and the commands that are run over it, without pause between requests.

    `settings` are put into minutebook.toml as they are. `hosts` are names that lead to this machine.
    """

    data: Path
    settings: str = ""
    pace: float = 0.0
    hosts: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 5.0
    waits: tuple[float, ...] = (0.05, 0.1)

    def __post_init__(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        self.set_pace(self.pace)

    def set_pace(self, pace: float) -> None:
        """Write the settings with another pace, in seconds."""
        self.pace = pace
        head = f'[model]\nname = "hash"\n\n[sites]\npace = {self.pace}\ncontact = "clerk@ashmere.example"\n'
        (self.data / "minutebook.toml").write_text(f"{head}\n{self.settings}")

    def __call__(self, day: date, *arguments: str) -> Result:
        """Run the command in the night of `day`."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment(day),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Result(done.returncode, done.stdout, done.stderr)

    def here(self, day: date, *arguments: str) -> Result:
        """Run a command that asks no site within this process: one process has one reactor, once."""
        now = datetime.combine(day, time(2, 30), UTC)
        with patch.object(clock, "now", lambda: now):
            return run_here(arguments, self.environment(day))

    def start(self, day: date, *arguments: str) -> subprocess.Popen[str]:
        """Start the command, to be killed or waited for."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            env=self.environment(day),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def environment(self, day: date) -> dict[str, str]:
        return {
            **os.environ,
            "MINUTEBOOK_DATA": str(self.data),
            "HF_HUB_OFFLINE": "1",
            "MADE_PEAK": str(self.peak),
            "MADE_TIME": f"{day.isoformat()}T02:30:00+00:00",
            "MADE_HOSTS": json.dumps(dict(self.hosts)),
            "MADE_PATIENCE": json.dumps({"timeout": self.timeout, "waits": self.waits, "longest": 5.0}),
        }

    @property
    def peak(self) -> Path:
        """Where a command writes how many bytes of memory it had at most."""
        return self.data / "peak"

    def documents(self) -> dict[str, Document]:
        """Return what is published now, by id."""
        with Corpus(self.data / "corpus.sqlite3") as corpus:
            return {document.id: document for document in corpus.documents()}


def source(name: str, location: str, **keys: object) -> str:
    """Return the table of a source for minutebook.toml; values are written as TOML by their type."""
    lines = [
        f'name = "{name}"',
        f'location = "{location}"',
        *(f"{key} = {_toml(v)}" for key, v in keys.items()),
    ]
    return "[[sources]]\n" + "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value)
