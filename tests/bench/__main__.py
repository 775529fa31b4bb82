"""Measures: `python -m tests.bench DATA`.

DATA is a file of minutes in the import format, or a folder. In a folder, the smallest file of minutes is
taken, with FULL=1 in the environment the largest for the questions; questions beside them, which the web page
is asked, too, and answers of council sites below `moderngov/`, where there are any.
"""

import json
import os
import platform
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import api, batch, evaluation, minutes, sites, web


def main() -> None:
    """Measure what DATA allows to, and print the figures as JSON."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).exists():
        sys.exit("name a file of minutes in the import format, or a folder with some: make bench DATA=FILE")
    figures: dict[str, object] = {"machine": f"{platform.machine()}, {os.cpu_count()} cores"}
    try:
        _measure(Path(sys.argv[1]), figures)
    finally:  # what an hour has measured is not lost with what comes last
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")


def _measure(data: Path, figures: dict[str, object]) -> None:
    with TemporaryDirectory() as folder:
        libraries = Path(folder)
        if files := [data] if data.is_file() else evaluation.minutes_of(data):
            measured = minutes.measure(files[0], libraries / files[0].name)
            figures["minutes"] = {"file": files[0].name, **measured}
            figures["programs"] = api.measure(libraries / files[0].name)
        sets = [*evaluation.question_sets(data)]
        figures["questions"] = {
            name: evaluation.measure(file, questions, libraries / file.name) for name, file, questions in sets
        }
        asked: list[tuple[Path, Path | None]] = [(file, asks) for _, file, asks in sets if file in files]
        asked = asked or [(file, None) for file in files[:1]]
        if asked:
            file, questions = asked[0]
            figures["web"] = {"minutes": file.name, **web.measure(libraries / file.name, questions)}
        figures["batch"] = {
            name: batch.measure(questions, libraries / file.name) for name, file, questions in sets
        }
    figures["sites"] = sites.measure(data)


if __name__ == "__main__":
    main()
