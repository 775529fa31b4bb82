import pytest

from ingest.sites.moderngov.wording import (
    asked_day,
    clean,
    day,
    label_of,
    printed_number,
    speaks_of_drafts,
    speaks_of_minutes,
    status,
)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Leader&#39;s report", "Leader's report"),
        ("Leader&amp;#39;s  report\r\n", "Leader's report"),
        ("Parks &amp;amp; rivers", "Parks & rivers"),
        ("Weavers&rsquo; Row", "Weavers' Row"),
        ("AT&T &amp; others", "AT&T & others"),
        ("\n      ", ""),
        ("Roads " * 100_000, ("Roads " * 167)[:1000]),
    ],
)
def test_titles_are_unescaped_as_often_as_needed(words: str, title: str) -> None:
    assert clean(words) == title


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("54.", "54"),
        (" 4a ", "4a"),
        ("(i)", "(i)"),
        ("", ""),
        ("0", ""),
        ("0.", ""),
        ("\n ", ""),
        ("10.", "10"),
    ],
)
def test_numbers_lose_their_full_stop(words: str, number: str) -> None:
    assert printed_number(words) == number


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Minutes:", "minutes"),
        ("Cofnodion:", "minutes"),
        ("Penderfyniad:", "decision"),
        ("Reasons for the decision:", "reasons for decision"),
        ("Additional&nbsp;documents:", "supporting documents"),
        ("Recorded Vote", "recorded vote"),
        ("Pleidlais a gofnodwyd", "recorded vote"),
        ("Wards Affected:", "wards affected"),
    ],
)
def test_labels_have_one_name_and_unknown_ones_their_own(words: str, label: str) -> None:
    assert label_of(words) == label


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("15/01/2026", "2026-01-15"),
        ("2026-01-15", "2026-01-15"),
        ("15 Jan 2026 7:30 pm", "2026-01-15"),
        ("Roads Committee - Thursday 15 January 2026 7:30 pm, CANCELLED", "2026-01-15"),
        ("Pwyllgor Ffyrdd - Dydd Iau, 15fed Ionawr, 2026 10.00 y.b.", "2026-01-15"),
        ("3 May 2044", "2044-05-03"),
        ("19/10/2015 - Policy Committee", "2015-10-19"),
        ("32/01/2026", None),
        ("Agenda", None),
    ],
)
def test_days(words: str, iso: str | None) -> None:
    assert day(words) == iso


def test_days_are_asked_for_as_the_site_writes_them() -> None:
    assert asked_day("2026-01-05") == "05/01/2026"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Confirmed", ""),
        ("Scheduled", ""),
        ("Confirmed; Special Meeting", "Special Meeting"),
        ("Cancelled; Special Meeting", "Cancelled"),
        ("CANCELLED", "Cancelled"),
        ("WEDI'I GANSLO", "Cancelled"),
        ("Postponed", "Postponed"),
        ("", ""),
    ],
)
def test_only_what_is_unusual_about_a_meeting_is_said(words: str, state: str) -> None:
    assert status(words) == state


@pytest.mark.parametrize(
    ("heading", "minutes", "draft"),
    [
        ("Agenda", False, False),
        ("Agenda and minutes", True, False),
        ("Agenda and draft minutes", True, True),
        ("Agenda a chofnodion drafft", True, True),
        ("Cofnodion", True, False),
        ("Draft agenda", False, False),
    ],
)
def test_headings_say_what_is_published(heading: str, minutes: bool, draft: bool) -> None:
    assert speaks_of_minutes(heading) is minutes
    assert speaks_of_drafts(heading) is draft
