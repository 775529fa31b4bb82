"""The command as it is, in a world that a test has made: its day, its name service, its patience.

    python -m tests.sites.launch ingest http://ashmere.moderngov.co.uk:40123/

MADE_TIME is the time that the command takes for now, MADE_HOSTS a JSON object of host names and the
addresses they lead to, MADE_PATIENCE the keywords of `Patience` as JSON. Into the file MADE_PEAK it writes
how much memory it had at most, in bytes: what the system counts of a child that a large process has forked
begins with the size of that process.
"""

import atexit
import json
import os
import re
import socket
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from ui import clock
from ui.command import main


def keep_time(time: str) -> None:
    now = datetime.fromisoformat(time)
    clock.now = lambda: now


def lead_to(hosts: dict[str, str]) -> None:
    """Let names lead to addresses of this machine; twisted takes its name service from here when imported."""
    find, look_up = socket.getaddrinfo, socket.gethostbyname
    socket.getaddrinfo = lambda host, *rest, **named: find(hosts.get(host, host), *rest, **named)
    socket.gethostbyname = lambda host: look_up(hosts.get(host, host))


def be_patient(patience: dict[str, Any]) -> None:
    from ingest.sites import crawl
    from ingest.sites.manners import Patience

    crawl.Patience = partial(Patience, **patience)  # type: ignore[assignment,misc]


def tell_peak(path: str) -> None:
    (peak,) = re.findall(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    Path(path).write_text(str(1_024 * int(peak)))


if __name__ == "__main__":
    if path := os.environ.get("MADE_PEAK"):
        atexit.register(tell_peak, path)
    if time := os.environ.get("MADE_TIME"):
        keep_time(time)
    if hosts := os.environ.get("MADE_HOSTS"):
        lead_to(json.loads(hosts))
    if patience := os.environ.get("MADE_PATIENCE"):
        be_patient({**json.loads(patience), "waits": tuple(json.loads(patience).get("waits", ()))})
    main()
