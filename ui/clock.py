"""The one clock of the commands, so that a test can let weeks pass."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)
