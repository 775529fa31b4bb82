"""Schemathesis: it makes up requests, valid and not, and holds each answer against the description.

It runs as a program: its plugin for pytest would slow every run of all tests down.
"""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

#: All but one: that all that the schema allows is taken. A schema cannot say that a question has words in it.
ALL = ("--checks", "all", "--exclude-checks", "positive_data_acceptance")
#: What holds of an answer whoever gives it: that it is described, in its status, its headers and its body.
DESCRIBED = (
    "--checks",
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance",
)


@dataclass(frozen=True, slots=True)
class Held:
    """What came of it: what was printed, and how many responses had each status."""

    printed: str
    statuses: Counter[int]


def hold_against(description: str | Path, folder: Path, *options: str, examples: int) -> Held:
    """Hold a server against its description, which is at an address or in a file; fail if it is not true."""
    reports = folder / "reports"
    ran = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"), "run", str(description), *options,
            "--phases", "coverage,fuzzing", "--max-examples", str(examples), "--seed", "7",
            "--continue-on-failure", "--request-timeout", "60", "--suppress-health-check", "all",
            "--warnings", "off", "--report", "har", "--report-dir", str(reports),
        ],
        cwd=folder, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-6_000:] + ran.stderr[-2_000:]
    (report,) = reports.iterdir()
    entries = json.loads(report.read_text(encoding="utf-8"))["log"]["entries"]
    return Held(ran.stdout, Counter(entry["response"]["status"] for entry in entries))
