"""When something of a site is looked at again: often while it is fresh, ever more rarely once it rests.

Minutes appear weeks after a meeting, are approved at the next one and corrected now and then for a year.
A thing that has rested for so many days is looked at again after a quarter of them: every night in its
first week, weekly after a month, every three months in the end. The more often it changes, the sooner it is
looked at.
"""

from datetime import date, timedelta

from corpus.records import Watch

#: A thing at rest for n days is looked at again after n / RESTING days.
RESTING = 4
MOST_DAYS = 91
#: Lists are short and name what is new: they are never left for longer.
MOST_DAYS_OF_LISTS = 7


def next_look(watch: Watch | None, happened: date, *, most: int = MOST_DAYS) -> date | None:
    """Return the day of the next look, None for at once.

    Args:
        watch: what is known of earlier looks.
        happened: the day of the meeting, which may lie ahead.
        most: the longest time between two looks, in days.
    """
    if watch is None or watch.last_look is None:
        return None
    looked = date.fromisoformat(watch.last_look[:10])
    changed = date.fromisoformat(watch.last_change[:10]) if watch.last_change else happened
    resting = (looked - max(happened, changed)).days
    return looked + timedelta(days=min(max(resting // RESTING, 1), most))


def is_due(watch: Watch | None, happened: date, today: date, *, most: int = MOST_DAYS) -> bool:
    """Tell whether something is to be looked at on the day `today`."""
    when = next_look(watch, happened, most=most)
    return when is None or when <= today
