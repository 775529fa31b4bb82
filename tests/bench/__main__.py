"""Measures: `python -m tests.bench DATA`.

DATA is a file of minutes in the import format, or a folder. In a folder, the smallest file of minutes is
taken, and answers of council sites below `moderngov/`, where there are any.
"""

import json
import os
import platform
import sys
from pathlib import Path

from tests.bench import minutes, sites


def main() -> None:
    """Measure what DATA allows to, and print the figures as JSON."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).exists():
        sys.exit("name a file of minutes in the import format, or a folder with some: make bench DATA=FILE")
    data = Path(sys.argv[1])
    figures: dict[str, object] = {"machine": f"{platform.machine()}, {os.cpu_count()} cores"}
    files = [data] if data.is_file() else sorted(data.glob("minutes*.jsonl*"), key=lambda f: f.stat().st_size)
    if files:
        figures["minutes"] = {"file": files[0].name, **minutes.measure(files[0])}
    figures["sites"] = sites.measure(data)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
