"""How good search and answers are, over the questions of a folder."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.minutes import COMMAND, run

#: Embedding the largest file of minutes, and once more for the plain recipe, can take an hour.
FULL = bool(os.environ.get("FULL"))


def minutes_of(folder: Path) -> list[Path]:
    """Return the files of minutes in `folder`, the smallest first; each holds what the one before holds."""
    return sorted(folder.glob("minutes*.jsonl*"), key=lambda path: path.stat().st_size)


def question_sets(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield a name, a file of minutes, and one of questions over them.

    `questions_*.jsonl` go with the smallest file of minutes, with FULL=1 with the largest, and
    NAME.questions.jsonl with NAME.minutes.jsonl.gz.
    """
    if files := minutes_of(folder):
        for questions in sorted(folder.glob("questions*.jsonl")):
            yield questions.stem, files[-1 if FULL else 0], questions
    for questions in sorted(folder.glob("*.questions.jsonl")):
        name = questions.name.removesuffix(".questions.jsonl")
        if (minutes := folder / f"{name}.minutes.jsonl.gz").exists():
            yield name, minutes, questions


def measure(minutes: Path, questions: Path, data: Path) -> dict[str, Any]:
    """Return all figures; `data` is where these minutes are indexed, or are going to be."""
    if not data.exists():
        run(data, "ingest", str(minutes))
        run(data, "index")
    done = subprocess.run(
        [*COMMAND, "evaluate", str(questions), "--ablate", "--plain", "--json"],
        env={**os.environ, "MINUTEBOOK_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures = {name: value for name, value in json.loads(done.stdout).items() if name != "each"}
    return {"minutes": minutes.name, **figures}
