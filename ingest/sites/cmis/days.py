"""The days of a CMIS site, as its calendar and its meetings write them."""

import re
from datetime import date

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
#: "Monday, 8 June", "Monday, 8 June 2026", "8 Jul 2026 11:00", "3 Aug 2026 - 10:00".
_DAY = re.compile(
    r"^\s*(?:(?P<weekday>[a-z]+day),?\s+)?(?P<day>\d{1,2})\s+(?P<month>[a-z]{3,9})\.?(?:\s+(?P<year>\d{4}))?\b",
    re.IGNORECASE,
)
#: "2026-06": how a month is written here.
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def months_of(since: str, until: str) -> tuple[str, ...]:
    """Return the months from day `since` to day `until`: ("2025-12", "2026-01")."""
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    start, end = (12 * day.year + day.month - 1 for day in (first, last))
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1))


def whole_day(words: str) -> str | None:
    """Return the ISO day that `words` begin with, None where they name no day with its year."""
    match = _DAY.match(words)
    return _iso(match, int(match["year"])) if match and match["year"] else None


def day_in(month: str, words: str) -> str | None:
    """Return the ISO day of `month` ("2026-06") that `words` begin with, None where that is no day of it.

    A weekday or a year that does not fit says that the calendar is one of another month.
    """
    match = _DAY.match(words)
    if match is None or not _MONTH.fullmatch(month):
        return None
    day = _iso(match, int(match["year"] or month[:4]))
    return day if day and day.startswith(month) else None


def _iso(match: re.Match[str], year: int) -> str | None:
    name = match["month"].lower()
    number = next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)
    try:
        day = date(year, number or 0, int(match["day"]))
    except ValueError:
        return None
    weekday = match["weekday"]
    if weekday and weekday.lower() != _WEEKDAYS[day.weekday()]:
        return None
    return day.isoformat()
