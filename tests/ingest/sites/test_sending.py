from types import SimpleNamespace
from typing import Any

from ingest.sites.sending import ScrapySend


def test_a_slots_pace_outlives_the_slot():
    """The downloader drops a slot that has been idle for a minute, and makes it anew from its settings."""
    live = SimpleNamespace(delay=1.0)
    downloader = SimpleNamespace(per_slot_settings={}, slots={"moderngov.co.uk": live})
    crawler: Any = SimpleNamespace(engine=SimpleNamespace(downloader=downloader))
    send = ScrapySend(crawler, timeout=60)

    send.slow("moderngov.co.uk", 10)
    send.slow("democracy.ashmere.example", 2)

    assert live.delay == 10
    assert downloader.per_slot_settings == {
        "moderngov.co.uk": {"concurrency": 1, "delay": 10, "jitter": 0.0},
        "democracy.ashmere.example": {"concurrency": 1, "delay": 2, "jitter": 0.0},
    }
