"""The command as it is, in a world that a test has made: its day, its name service, its patience.

    python -m tests.sites.launch ingest http://ashmere.moderngov.co.uk:40123/

MADE_TIME is the time that the command takes for now, MADE_HOSTS a JSON object of host names and the
addresses they lead to, MADE_PATIENCE the keywords of `Patience` as JSON.
"""

import json
import os
import socket
from datetime import datetime
from functools import partial

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


def be_patient(patience: dict[str, float]) -> None:
    from ingest.sites import crawl
    from ingest.sites.manners import Patience

    crawl.Patience = partial(Patience, **patience)  # type: ignore[assignment,misc]


if __name__ == "__main__":
    if time := os.environ.get("MADE_TIME"):
        keep_time(time)
    if hosts := os.environ.get("MADE_HOSTS"):
        lead_to(json.loads(hosts))
    if patience := os.environ.get("MADE_PATIENCE"):
        be_patient({**json.loads(patience), "waits": tuple(json.loads(patience).get("waits", ()))})
    main()
