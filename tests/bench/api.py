"""How long a hundred programs wait for their answers when all of them ask one server at once."""

import os
import subprocess
from pathlib import Path
from statistics import quantiles
from time import monotonic, sleep

import httpx

from tests.bench.minutes import COMMAND, titles_of
from tests.ui.web.api.programs import Asked, ask_at_once

PROGRAMS, SECONDS = 100, 60
#: A server that is not ready by then never is.
PATIENCE = 120


def measure(data: Path) -> dict[str, object]:
    """Return what the programs met at `minutebook web` over a data directory that is indexed already."""
    questions = [f"what was decided about {title}, and why" for title in titles_of(data)]
    server = subprocess.Popen(
        [*COMMAND, "web", "--port", "0"],
        env={**os.environ, "MINUTEBOOK_DATA": str(data), "MINUTEBOOK_WEB__REQUESTS_PER_MINUTE": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        url = server.stdout.readline().removeprefix("Minutebook is at ").partition(" ")[0]
        _wait_for(url)
        asked = ask_at_once(url, questions, programs=PROGRAMS, seconds=SECONDS)
    finally:
        server.terminate()
        server.communicate()
    return figures_of(asked)


def figures_of(asked: Asked) -> dict[str, object]:
    """Return the figures of what came of many requests, half of them questions and half searches."""
    cuts = quantiles(asked.seconds, n=20)
    return {
        "programs": PROGRAMS,
        "seconds": SECONDS,
        "requests": len(asked.seconds),
        "errors": len(asked.wrong),
        "first error": asked.wrong[0] if asked.wrong else None,
        "requests per second": round(len(asked.seconds) / SECONDS, 1),
        "p50 s": round(cuts[9], 2),
        "p95 s": round(cuts[18], 2),
        "longest s": round(max(asked.seconds), 2),
    }


def _wait_for(url: str) -> None:
    deadline = monotonic() + PATIENCE
    while httpx.get(f"{url}/health").status_code != httpx.codes.OK:
        if monotonic() > deadline:
            raise TimeoutError(f"{url} is not ready after {PATIENCE} s")
        sleep(0.2)
