"""When to come back after a failure."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ingest.sites.manners import Patience

_SECONDS = re.compile(r"[0-9]{1,9}")


class TooLongError(Exception):
    """The site asks for a longer wait than anyone has patience for; the message says until when."""


def wait(patience: Patience, failures: int, asked: str | None, now: datetime) -> float | None:
    """Return how many seconds to wait before the next try, None when there is to be no other.

    Args:
        patience: how long to wait, and how often.
        failures: how many tries have failed, the last one included.
        asked: the Retry-After of the last answer, seconds or a date, None when it had none.
        now: the time, with its zone.

    Raises:
        TooLongError: the site asks for a longer wait than `patience` has.
    """
    seconds = _asked_for(asked, now)
    if seconds > patience.longest:
        until = now.astimezone(UTC) + timedelta(seconds=seconds)
        raise TooLongError(f"asks not to be visited again before {until:%Y-%m-%d %H:%M} UTC")
    if failures > len(patience.waits):
        return None
    return max(patience.waits[failures - 1], seconds)


def _asked_for(asked: str | None, now: datetime) -> float:
    """Return the seconds that a Retry-After asks for, 0 when it makes no sense."""
    asked = (asked or "").strip()
    if _SECONDS.fullmatch(asked):
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except (ValueError, IndexError, TypeError):
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
