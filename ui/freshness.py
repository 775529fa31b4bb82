"""How fresh a site is, and what a reader should know of it: "found nothing" and "could not look" differ."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from corpus.records import Source, SourceState
from ui.settings import is_address

#: A site is looked at every night; one that was not for longer than this is stale.
STALE_AFTER = timedelta(days=3)


def fresh_state(source: Source, now: datetime) -> Source:
    """Return a source with the state it has at `now`: a site that was last read too long ago is stale."""
    if source.state is not SourceState.OK or not source.last_good or not is_address(source.location):
        return source
    if now - datetime.fromisoformat(source.last_good) <= STALE_AFTER:
        return source
    return replace(source, state=SourceState.STALE, reason="no update has looked at it since")


def warnings(sources: Iterable[Source], now: datetime) -> tuple[str, ...]:
    """Return a line for each source that could not be looked at, or was not for long, ready to be shown.

    What is missing from such a source has not been found to be missing.
    """
    told = []
    for source in sources:
        seen = fresh_state(source, now)
        if seen.state is not SourceState.OK:
            since = f"last read in full on {seen.last_good[:10]}" if seen.last_good else "never read in full"
            reason = f" ({seen.reason})" if seen.reason else ""
            told.append(f"{seen.name} is {seen.state}{reason}, {since}")
    return tuple(told)
