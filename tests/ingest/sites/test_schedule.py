from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corpus.records import Watch
from ingest.sites.schedule import MOST_DAYS, MOST_DAYS_OF_LISTS, is_due, next_look

HELD = date(2025, 6, 2)
DAYS = some.dates(date(1990, 1, 1), date(2080, 1, 1))
SPANS = some.integers(0, 20_000)


def looked(day: date, changed: date | None = None) -> Watch:
    def at(day: date) -> str:
        return datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC).isoformat()

    return Watch(
        "ashmere/meeting/1", "ashmere", last_look=at(day), last_change=at(changed) if changed else None
    )


def rest(days: int, most: int = MOST_DAYS) -> int:
    """The days until the next look at what has rested for `days`."""
    day = HELD + timedelta(days=days)
    when = next_look(looked(day), HELD, most=most)
    assert when is not None
    return (when - day).days


@pytest.mark.parametrize("watch", [None, Watch("ashmere/meeting/1", "ashmere")])
def test_what_was_never_looked_at_is_looked_at_at_once(watch):
    assert next_look(watch, HELD) is None
    assert is_due(watch, date.max, HELD)


@pytest.mark.parametrize(
    ("days", "until_next"),
    [(0, 1), (3, 1), (7, 1), (8, 2), (12, 3), (28, 7), (31, 7), (100, 25), (364, 91), (4_000, 91)],
)
def test_what_rests_is_looked_at_after_a_quarter_of_its_rest(days, until_next):
    assert rest(days) == until_next


def test_a_meeting_that_lies_ahead_is_looked_at_every_night():
    assert next_look(looked(HELD - timedelta(days=14)), HELD) == HELD - timedelta(days=13)


def test_lists_are_never_left_for_more_than_a_week():
    assert rest(1_000, most=MOST_DAYS_OF_LISTS) == 7
    assert rest(9, most=MOST_DAYS_OF_LISTS) == 2


def test_it_is_due_from_its_day_on():
    watch = looked(HELD + timedelta(days=28))
    due = HELD + timedelta(days=35)
    assert [is_due(watch, HELD, due + timedelta(days=days)) for days in (-1, 0, 1)] == [False, True, True]


@given(DAYS, SPANS, SPANS)
def test_the_pause_is_a_day_at_least_and_no_longer_than_the_cap(happened, days, changed):
    day = happened + timedelta(days=days)
    when = next_look(looked(day, min(happened + timedelta(days=changed), day)), happened)
    assert when is not None
    assert 1 <= (when - day).days <= MOST_DAYS


@given(SPANS, SPANS)
def test_the_longer_it_rests_the_longer_it_is_left(one, other):
    assert rest(min(one, other)) <= rest(max(one, other))


@given(SPANS)
def test_a_change_brings_the_next_look_to_the_next_night(days):
    day = HELD + timedelta(days=days)
    assert next_look(looked(day, day), HELD) == day + timedelta(days=1)


def test_a_change_before_the_meeting_counts_from_the_meeting():
    day = HELD + timedelta(days=28)
    assert next_look(looked(day, HELD - timedelta(days=300)), HELD) == day + timedelta(days=7)
