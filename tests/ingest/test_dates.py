from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import FIRST_YEAR, HEAD_CHARACTERS, find_meeting_date

TODAY = date(2026, 6, 1)


def day(title: str, text: str = "") -> str | None:
    return find_meeting_date(title, text, today=TODAY)


@pytest.mark.parametrize(
    "written",
    [
        "Thursday 15 January 2026",
        "Thursday, 15th January, 2026",
        "Thursday 15th of January 2026",
        "Thurs. 15 Jan. 2026",
        "THURSDAY THE 15TH DAY OF JANUARY 2026",
        "15 January 2026",
        "15-Jan-2026",
        "15January2026",
        "January 15, 2026",
        "Thursday, January 15th, 2026",
        "2026-01-15",
        "2026/01/15",
        "2026_01_15",
        "15/01/2026",
        "15.1.2026",
        "15-01-2026",
        "Dydd Iau 15 Ionawr 2026",
        "15fed Ionawr 2026",
        "15™ January 2026",
        '15" January 2026',
        "15° January 2026",
        "**15** **January 2026**",
    ],
)
def test_a_day_is_read_in_whatever_form_it_is_written(written):
    assert day(f"Roads Committee {written}") == "2026-01-15"
    assert day("", f"Minutes of the Roads Committee held on {written} in the Town Hall.") == "2026-01-15"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("dydd Mawrth 3 Mawrth 2026", "2026-03-03"),
        ("Tuesday 3 March 2026", "2026-03-03"),
        ("1af Mai 2026", "2026-05-01"),
        ("Sept 1st 2025", "2025-09-01"),
        ("May 4th, 2026", "2026-05-04"),
    ],
)
def test_months_and_weekdays_that_share_a_word_are_told_apart(written, found):
    assert day(f"Cyfarfod {written}") == found


@pytest.mark.parametrize(
    "written",
    [
        "32 January 2026", "31 April 2026", "15 January", "January 2026", "2026", "99/99/2026", "15/13/2026",
        "15 January 20261", "1/15/2026", "12/2025", "24/00108", "15 January 1066", "15 January 2099", "",
    ],
)  # fmt: skip
def test_what_is_no_day_gives_none(written):
    assert day(f"Roads Committee {written}") is None


def test_years_count_from_the_first_elected_councils_to_the_next_year():
    assert day(f"Council 4 May {FIRST_YEAR}") == f"{FIRST_YEAR}-05-04"
    assert day(f"Council 4 May {FIRST_YEAR - 1}") is None
    assert day("Council 4 May 2027") == "2027-05-04"
    assert day("Council 4 May 2028") is None


def test_the_current_day_counts_where_none_is_given():
    assert find_meeting_date(f"Council 4 May {date.today().year + 1}", "") is not None
    assert find_meeting_date(f"Council 4 May {date.today().year + 2}", "") is None


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        pytest.param(
            "Roads Committee - 20 January 2026",
            "Minutes of the meeting held on Thursday 15 January 2026 at 7 p.m.",
            "2026-01-15",
            id="a title has the day of its posting, the head the meeting's with its right weekday",
        ),
        pytest.param(
            "Roads Committee - 20 January 2026",
            "Minutes of the meeting held on 15 January 2026.",
            None,
            id="title and head disagree and no weekday proves either",
        ),
        pytest.param(
            "Roads Committee - 15 January 2026",
            "Minutes of the meeting held on 15 January 2026.\n\nThe Committee met on 4 May 2025 before.",
            "2026-01-15",
            id="the head agrees with the title",
        ),
        pytest.param(
            "Roads Committee - 15 January 2026",
            "The grant was paid on 4 May 2025.",
            "2026-01-15",
            id="a day in the head that nobody calls a meeting's",
        ),
        pytest.param(
            "Roads Committee - 15 January 2026",
            "Minutes of the meeting held on Tuesday 15 January 2026.",
            None,
            id="the weekday is wrong",
        ),
        pytest.param(
            "Roads Committee",
            "Minutes of the meeting held on Tuesday 15 January 2026.",
            None,
            id="the weekday is wrong and the title silent",
        ),
        pytest.param(
            "Roads Committee - 20 January 2026",
            "Minutes of the meeting held on Tuesday 15 January 2026.",
            None,
            id="the weekday is wrong and the title has another day",
        ),
        pytest.param(
            "",
            "Roads Committee, Tuesday 15 January 2026. Minutes of the meeting held on 15 January 2026.",
            None,
            id="the weekday is wrong in one of two places",
        ),
        pytest.param(
            "Meetings of 15 January 2026 and 16 January 2026",
            "Meeting held on Thursday 15 January 2026 and meeting held on Friday 16 January 2026.",
            None,
            id="title and head agree on two days",
        ),
        pytest.param(
            "",
            "Meeting held on 4 May 2025, and the meeting held on Thursday 15 January 2026.",
            "2026-01-15",
            id="a day with its weekday goes before one without",
        ),
        pytest.param(
            "Roads Committee, Tuesday 15 January 2026",
            "Minutes of the meeting held on 15 January 2026.",
            None,
            id="the weekday is wrong in the title",
        ),
        pytest.param(
            "Minutes of 15 January 2026 and 4 May 2026",
            "Words.",
            None,
            id="a title of two days",
        ),
        pytest.param(
            "Roads Committee",
            "ROADS COMMITTEE\n\n15 January 2026\n\nPresent: the Chair.",
            "2026-01-15",
            id="alone below the name of the body",
        ),
        pytest.param(
            "",
            "Published for the Roads Committee\n\n15 January 2026\n\nWords.",
            None,
            id="alone below words about something else",
        ),
        pytest.param(
            "",
            "The Clerk's grants\n\n15 January 2026\n\nRoads Committee",
            None,
            id="alone below something else",
        ),
        pytest.param(
            "",
            "ROADS COMMITTEE\n\n15 January 2026 was a wet day.",
            None,
            id="below the name of the body, at the head of a sentence",
        ),
        pytest.param(
            "",
            "Date of meeting: 15 January 2026\nTime: 7 p.m.",
            "2026-01-15",
            id="a labelled day",
        ),
        pytest.param("", "Town Hall, 15 January 2026, 7.30 p.m.", "2026-01-15", id="followed by an hour"),
        pytest.param("", "The bridge was built on 4 May 2025.", None, id="the day of something else"),
        pytest.param(
            "",
            "DRAFT until approved at the next meeting\n\nMinutes of the meeting on Thursday 15 January 2026.",
            "2026-01-15",
            id="a draft that says so first",
        ),
        pytest.param(
            "",
            "Subject to approval at the meeting on 12 February 2026\n\nMeeting on Thursday 15 January 2026.",
            "2026-01-15",
            id="a draft that names the day of its approval first",
        ),
        pytest.param(
            "",
            "Minutes of the meeting held on 15 January 2026.\n\nNext meeting: 12 February 2026.",
            "2026-01-15",
            id="the next meeting's day",
        ),
        pytest.param(
            "",
            "These minutes are subject to confirmation at the meeting on Thursday 12 February 2026.",
            None,
            id="only the day of the next meeting",
        ),
        pytest.param(
            "",
            "Roads Committee, Thursday 15 January 2026.\n\n1. Minutes of the meeting held on 4 December 2025",
            "2026-01-15",
            id="an item names the last meeting's day",
        ),
        pytest.param(
            "",
            "Roads Committee.\n\nThe minutes of the meeting held on 4 December 2025 were approved.",
            None,
            id="only the last meeting's day",
        ),
        pytest.param(
            "",
            "Adjourned from the meeting of 4 December 2025. Meeting held on 15 January 2026.",
            "2026-01-15",
            id="adjourned from another day",
        ),
        pytest.param(
            "",
            "Roads Committee meeting Thursday 15 January 2026 and Friday 16 January 2026",
            None,
            id="a meeting of two days",
        ),
        pytest.param(
            "",
            "Roads Committee held on 15 January 2026.\n\n" + "word " * 100 + "meeting held on 4 May 2025",
            "2026-01-15",
            id="the day at the very head goes before a later one",
        ),
    ],
)
def test_the_meetings_own_day_is_told_from_others(title, text, found):
    assert day(title, text) == found


def test_only_the_head_of_a_text_counts():
    text = "word " * (HEAD_CHARACTERS // 5) + "meeting held on Thursday 15 January 2026"
    assert day("", text) is None
    assert day(text) is None


@given(
    st.lists(
        st.one_of(
            st.text(max_size=8),
            st.sampled_from(
                [
                    "Monday ",
                    "ſunday ",
                    "frıday ",
                    "dydd Iau ",
                    "12 ",
                    "٣ ",
                    "th ",
                    "May ",
                    "ſept ",
                    "2026 ",
                    "held ",
                ]
            ),
        ),
        max_size=30,
    ).map("".join)
)
def test_any_text_gives_an_iso_day_or_none(text):
    for found in (day(text), day("", text), day(text, text)):
        assert found is None or date.fromisoformat(found).isoformat() == found


def test_letters_that_only_look_like_a_weekday_are_none():
    assert day("Meeting on ſunday 15 January 2026") == "2026-01-15"
