import pytest

from ingest.sites.cmis.days import day_in, months_of, whole_day


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("2025-12-15", "2026-01-10", ("2025-12", "2026-01")),
        ("2026-06-02", "2026-06-20", ("2026-06",)),
        ("2026-06-30", "2026-07-01", ("2026-06", "2026-07")),
        ("2026-07-01", "2026-06-30", ()),
    ],
)
def test_months_are_those_that_the_days_lie_in(since, until, months):
    assert months_of(since, until) == months


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("9 Jul 2026 11:00 - Planning Committee", "2026-07-09"),
        ("3 Aug 2026 - 10:00", "2026-08-03"),
        ("29 Sept. 2026", "2026-09-29"),
        (" 31 May 2026", "2026-05-31"),
        ("Monday, 8 June 2026", "2026-06-08"),
        ("Tuesday, 8 June 2026", None),
        ("31 June 2026", None),
        ("8 June", None),
        ("8 Juno 2026", None),
        ("8 Ju 2026", None),
        ("To be confirmed", None),
        ("", None),
    ],
)
def test_a_day_with_its_year(words, day):
    assert whole_day(words) == day


@pytest.mark.parametrize(
    ("month", "words", "day"),
    [
        ("2026-06", "Monday, 8 June", "2026-06-08"),
        ("2026-06", "Monday, 8 June 2026", "2026-06-08"),
        ("2024-02", "Thursday, 29 February", "2024-02-29"),
        ("2026-02", "Sunday, 29 February", None),
        ("2026-06", "Wednesday, 1 July", None),
        ("2025-06", "Monday, 8 June", None),
        ("2026-06", "Monday, 8 June 2025", None),
        ("2026-13", "Monday, 8 June", None),
        ("2026-06", "Meetings", None),
    ],
)
def test_a_day_without_a_year_is_held_against_its_month(month, words, day):
    assert day_in(month, words) == day
