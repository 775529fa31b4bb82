from datetime import UTC, datetime

import pytest

from ingest.sites.manners import Patience
from ingest.sites.retrying import TooLongError, wait

NOW = datetime(2026, 1, 15, 19, 30, tzinfo=UTC)
PATIENCE = Patience()


def test_there_are_three_tries_with_growing_waits():
    assert [wait(PATIENCE, failures, None, NOW) for failures in (1, 2, 3)] == [5, 20, None]


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120),
        (" 300 ", 300),
        ("2", 5),  # never sooner than it would be anyway
        ("0", 5),
        ("Thu, 15 Jan 2026 19:31:00 GMT", 60),
        ("Thu, 15 Jan 2026 19:31:00 -0000", 60),
        ("Thu, 15 Jan 2026 20:31:00 +0100", 60),
        ("Thu, 15 Jan 2026 18:00:00 GMT", 5),
        ("soon", 5),
        ("-7", 5),
        ("1.5", 5),
        ("٣٠", 5),
        ("", 5),
        ("Thu, 99 Jan 2026 19:31:00 GMT", 5),
    ],
)
def test_a_site_may_ask_for_a_longer_wait(asked, seconds):
    assert wait(PATIENCE, 1, asked, NOW) == seconds


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("301", "2026-01-15 19:35 UTC"),
        ("86400", "2026-01-16 19:30 UTC"),
        ("Sat, 17 Jan 2026 08:00:00 GMT", "2026-01-17 08:00 UTC"),
    ],
)
@pytest.mark.parametrize("failures", [1, 3])
def test_one_that_is_too_long_says_until_when(asked, until, failures):
    with pytest.raises(TooLongError, match=f"before {until}$"):
        wait(PATIENCE, failures, asked, NOW)


def test_an_absurd_wait_is_still_a_date():
    with pytest.raises(TooLongError, match="before 2057-"):
        wait(PATIENCE, 1, "999999999", NOW)


def test_no_waits_means_one_try():
    assert wait(Patience(waits=()), 1, None, NOW) is None
