"""Pins the floors at what is reached now: `python -m tests.quality.pin [--lower "reason"]`.

It names the questions that fail. Floors that the software has outgrown are raised. None is lowered without
a reason, which stays in the file.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from index.embedding import load_embedder
from index.settings import ModelSettings
from tests.quality.data import FLOORS, digest
from tests.quality.floors import LoweredError, pin
from tests.quality.measure import evaluated, failing, figures_of


def main() -> None:
    """Measure, and write the floors anew unless one would be lowered without a reason."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.pin", description=__doc__)
    parser.add_argument("--lower", metavar="REASON", help="lower floors, and keep this reason with them")
    reason = parser.parse_args().lower
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else None
    with TemporaryDirectory() as folder:
        evaluation = evaluated(Path(folder), load_embedder(ModelSettings()))
    sys.stderr.write(failing(evaluation) + "\n")
    try:
        floors = pin(old, figures_of(evaluation), digest(), reason)
    except LoweredError as error:
        sys.exit(str(error))
    text = json.dumps(floors, indent=2, ensure_ascii=False) + "\n"
    # Replaced in one step: a run that is cut off leaves the floors whole.
    beside = FLOORS.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, FLOORS)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
