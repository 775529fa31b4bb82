"""The day of a meeting, found in words; a wrong day is worse than none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

#: Minutes name their day at the head; further down stand the days of other things.
HEAD_CHARACTERS = 1500
#: Within these stands the meeting's own day, if anywhere.
OPENING_CHARACTERS = 400
#: The first elected councils of England and Wales met in this year.
FIRST_YEAR = 1835

_MONTHS = (
    "january jan ionawr", "february feb chwefror", "march mar mawrth", "april apr ebrill", "may mai",
    "june jun mehefin", "july jul gorffennaf", "august aug awst", "september sept sep medi",
    "october oct hydref", "november nov tachwedd", "december dec rhagfyr",
)  # fmt: skip
_WEEKDAYS = (
    "monday mon llun", "tuesday tues tue mawrth", "wednesday wed mercher", "thursday thurs thur thu iau",
    "friday fri gwener", "saturday sat sadwrn", "sunday sun sul",
)  # fmt: skip
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_WEEKDAY_OF = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WEEKDAY = rf"(?:(?:dydd\s+)?\b(?P<weekday>{_any(_WEEKDAY_OF)})\b\.?\s*,?\s*(?:the\s+)?)?"
_MONTH = rf"(?P<month>{_any(_MONTH_OF)})(?![^\W\d_])\.?"
_DAY = r"\b(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|ain|fed|eg|af|ydd|il)|[™°”\"’']{1,3})?"
_YEAR = r"(?P<year>\d{4})(?![\d/])"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}\s*[-,]?\s*(?:(?:day\s+)?of\s+)?{_MONTH}\s*[-,]?\s*{_YEAR}",
        rf"{_WEEKDAY}\b{_MONTH}\s*{_DAY}\s*,?\s+{_YEAR}",
        rf"{_WEEKDAY}(?<![\d%])(?P<year>\d{{4}})(?P<sep>[-/._])(?P<month>\d{{2}})(?P=sep)(?P<day>\d{{2}})(?!\d)",
        rf"{_WEEKDAY}(?<![\d/.])(?P<day>\d{{1,2}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep){_YEAR}",
    )
)

_HELD = re.compile(
    r"\b(?:held|meeting|committee|council|cabinet|panel|board|cynhaliwyd|cyfarfod)\b[^.\n]{0,160}$"
    r"|\bdate(?: of meeting)?\s*:\s*$|\bminutes\b[^.\n]{0,60}$",
    re.IGNORECASE,
)
_AT_AN_HOUR = re.compile(
    r"^\s*,?\s*(?:at|from|-|–)?\s*\d{1,2}(?:[.:]\d{2})?\s*(?:[ap]\.?m\b|noon)", re.IGNORECASE
)
#: Drafts say so, and when they will be approved, before they name their own day.
_DRAFT = re.compile(
    r"\b(?:until|subject to|pending)\s+(?:the\s+)?(?:approv|confirm|ratif|adopt)\w*"
    r"(?:\s+(?:at|by|of)\s+(?:the\s+|a\s+)?(?:next|future|following)?\s*(?:\w+\s+)?(?:meeting|council|committee)"
    r"(?:,?\s+(?:due\s+)?(?:to be held\s+)?on\s[^.()\n]{0,60})?)?",
    re.IGNORECASE,
)
#: What stands before the day of another meeting, or of something that is no meeting.
_OTHER_BEFORE = re.compile(
    r"\b(?:previous|last|next|future|adjourned|reconvened|deferred|postponed|rescheduled|approv\w+|confirm\w*"
    r"|adopt\w+|published|publication|issued|dated|received|deadline)\b[^.\n]{0,120}$"
    r"|\b(?:since|until|before|after|from|by)\s[^.\n]{0,15}$"
    r"|^\s*[(\[]?\d{1,3}[.)\]]\s[^\n]{0,160}$",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER_AFTER = re.compile(
    r"^[^.\n]{0,120}\b(?:approv\w+|agreed|accepted|adopted|confirmed|signed|circulated|correct record"
    r"|true record|accurate record|be noted|taken as read)\b|^\s*[(\[]pages?\b",
    re.IGNORECASE,
)


class _Weight(Enum):
    """How a date stands in its sentence."""

    OTHER = "the day of something else"
    BARE = "nothing says what day this is"
    HELD = "the sentence speaks of a meeting"
    NAMED = "its weekday is named, and right"
    WRONG = "its weekday is named, and wrong"


_CERTAIN = frozenset({_Weight.HELD, _Weight.NAMED})


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    weight: _Weight
    start: int


def find_meeting_date(title: str, text: str, *, today: date | None = None) -> str | None:
    """Return the ISO day of the meeting that `title` and the head of `text` speak of, None when in doubt.

    Only years from 1835 to the one after `today` (the current day if not given) count.
    """
    last_year = (today or date.today()).year + 1
    in_title = list(_dates(_plain(title[:HEAD_CHARACTERS]), last_year))
    in_head = list(_dates(_plain(text[:HEAD_CHARACTERS]), last_year))
    wrong = {found.day for found in in_title + in_head if found.weight is _Weight.WRONG}
    titled = _days(in_title, set(_Weight) - {_Weight.WRONG}) - wrong
    certain = [found for found in in_head if found.weight in _CERTAIN]
    chosen = _choose(titled, certain, doubtful=bool(wrong))
    return chosen.isoformat() if chosen else None


def _choose(titled: set[date], certain: list[_Found], *, doubtful: bool) -> date | None:
    agreed = {found.day for found in certain if found.day in titled}
    if agreed:
        return agreed.pop() if len(agreed) == 1 else None
    if doubtful or len(titled) > 1:
        return None
    named = [found for found in certain if found.weight is _Weight.NAMED]
    if titled and certain:
        # The day in a title can be that of its publication; a weekday that fits proves the other one.
        return _first(named)
    return titled.pop() if titled else _first(named or certain)


def _first(found: list[_Found]) -> date | None:
    """The day that all of them name, or the one at the very head: the next can be the last meeting's."""
    ordered = sorted(found, key=lambda one: one.start)
    days = {one.day for one in ordered if one.start < OPENING_CHARACTERS} or {one.day for one in ordered}
    return days.pop() if len(days) == 1 else None


def _days(found: Iterable[_Found], weights: set[_Weight]) -> set[date]:
    return {one.day for one in found if one.weight in weights}


def _plain(text: str) -> str:
    return _DRAFT.sub("", text.replace("*", ""))


def _dates(text: str, last_year: int) -> Iterator[_Found]:
    for form in _FORMS:
        for match in form.finditer(text):
            day = _day(match)
            if day and FIRST_YEAR <= day.year <= last_year:
                yield _Found(day, _weigh(text, match, day), match.start())


def _day(match: re.Match[str]) -> date | None:
    month = match["month"].lower()
    try:
        return date(int(match["year"]), _MONTH_OF.get(month) or int(month), int(match["day"]))
    except ValueError:
        return None


def _weigh(text: str, match: re.Match[str], day: date) -> _Weight:
    before, after = text[max(0, match.start() - 200) : match.start()], text[match.end() : match.end() + 200]
    # Letters that only look alike ("ſunday") match and are none of our weekdays.
    weekday = _WEEKDAY_OF.get((match["weekday"] or "").lower())
    if weekday is not None and weekday != day.weekday():
        return _Weight.WRONG
    if _OTHER_BEFORE.search(before) or _OTHER_AFTER.search(after):
        return _Weight.OTHER
    if weekday is not None:
        return _Weight.NAMED
    if _HELD.search(before) or _AT_AN_HOUR.search(after) or _stands_alone(before, after):
        return _Weight.HELD
    return _Weight.BARE


def _stands_alone(before: str, after: str) -> bool:
    """A day on a line of its own, below the name of the body that met."""
    above = before.rstrip()
    if "\n" not in before[len(above) :] or (after.strip() and after.lstrip(" ")[0] != "\n"):
        return False
    return _HELD.search(above) is not None
