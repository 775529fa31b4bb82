from datetime import UTC, datetime, timedelta

import pytest

from corpus.records import Source, SourceState
from ui.freshness import STALE_AFTER, fresh_state, warnings

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def source(
    state: SourceState = SourceState.OK,
    *,
    days: float = 1,
    location: str = "https://ashmere.example/",
    **more,
):
    good = (NOW - timedelta(days=days)).isoformat(timespec="seconds")
    return Source("ashmere", location, state, **{"last_look": good, "last_good": good, **more})


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, SourceState.OK),
        (2.9, SourceState.OK),
        (3, SourceState.OK),
        (3.1, SourceState.STALE),
        (90, SourceState.STALE),
    ],
)
def test_a_site_that_was_not_read_for_more_than_three_days_is_stale(days, state):
    assert fresh_state(source(days=days), NOW).state is state
    assert timedelta(days=3) == STALE_AFTER


def test_it_says_why_and_loses_nothing():
    seen = fresh_state(source(days=5), NOW)
    assert (seen.reason, seen.last_good) == ("no update has looked at it since", source(days=5).last_good)


@pytest.mark.parametrize("location", ["/srv/minutes", "", "files"])
def test_folders_are_never_stale(location):
    old = source(days=400, location=location)
    assert fresh_state(old, NOW) is old


@pytest.mark.parametrize("state", [SourceState.BLOCKED, SourceState.FAILING, SourceState.NEVER])
def test_what_is_worse_than_stale_stays_what_it_is(state):
    bad = source(state, days=400, reason="it says so")
    assert fresh_state(bad, NOW) is bad


def test_a_source_that_was_never_good_is_not_stale():
    never = source(last_good=None)
    assert fresh_state(never, NOW) is never


class TestWarnings:
    def test_what_is_fresh_needs_none(self):
        assert warnings([source(), source(location="/srv/minutes", days=400)], NOW) == ()

    def test_each_that_could_not_be_looked_at_has_a_line_with_the_reason_and_the_last_good_day(self):
        blocked = source(SourceState.BLOCKED, days=7, reason="https://ashmere.example/: answers 403")
        never = source(SourceState.FAILING, reason="nothing answers", last_good=None)
        bare = source(SourceState.NEVER, last_look=None, last_good=None)
        assert warnings([blocked, source(), never, bare, source(days=7)], NOW) == (
            "ashmere is blocked (https://ashmere.example/: answers 403), last read in full on 2026-03-03",
            "ashmere is failing (nothing answers), never read in full",
            "ashmere is never fetched, never read in full",
            "ashmere is stale (no update has looked at it since), last read in full on 2026-03-03",
        )
