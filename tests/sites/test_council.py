from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest

from tests.sites import long_texts
from tests.sites.council import (
    CABINET_ID,
    CANCELLED,
    CLOSED_ITEM,
    EXEMPT,
    LAST_DAY,
    MOVED,
    PANEL_ID,
    PRINTED,
    REPLACED_PAPER,
    REPRINTED,
    SALTINGS,
    TOWN_HALL,
    WITHDRAWN,
    council,
)
from tests.sites.markup import cut, word_html, words
from tests.sites.papers import contents, printed
from tests.sites.publishing import Dropped, Item, Meeting, Paper

COUNCIL = council()


def meeting(id: int, day: date) -> Meeting:
    found = COUNCIL.on(day).meeting(id)
    assert found is not None
    return found


def item(id: int, day: date) -> Item:
    found = COUNCIL.on(day).found_item(id)
    assert found is not None
    return found[1]


def paper(id: int, day: date) -> Paper:
    return next(paper for paper in COUNCIL.on(day).papers() if paper.id == id)


def test_two_years_of_forty_meetings():
    assert len(COUNCIL.meetings) == 40
    assert all(4 <= len(meeting.items) <= 7 for meeting in COUNCIL.meetings)
    assert (LAST_DAY - COUNCIL.meetings[0].day).days > 700
    held = {meeting.committee.id for meeting in COUNCIL.meetings}
    assert PANEL_ID not in held
    assert any(committee.expired for committee in COUNCIL.committees)


def test_every_number_is_given_once():
    items = [item.id for meeting in COUNCIL.meetings for item in meeting.items]
    papers = [paper.id for meeting in COUNCIL.meetings for item in meeting.items for paper in item.papers]
    papers += [paper.id for ruling in COUNCIL.rulings for paper in ruling.papers]
    for numbers in (items, papers, [meeting.id for meeting in COUNCIL.meetings]):
        assert len(numbers) == len(set(numbers))
    assert not {meeting.id for meeting in COUNCIL.meetings} & {
        meeting.agenda_id for meeting in COUNCIL.meetings
    }


def test_it_is_the_same_each_time():
    council.cache_clear()
    assert council() == COUNCIL


def test_nothing_of_it_can_be_changed():
    with pytest.raises(FrozenInstanceError):
        COUNCIL.meetings[0].day = LAST_DAY  # type: ignore[misc]


def test_what_is_published_of_a_meeting_grows_day_by_day():
    held = meeting(MOVED - 1, LAST_DAY).day
    stages = []
    for days in (-91, -90, -8, -7, 1, 2, 11, 12):
        shown = COUNCIL.on(held + timedelta(days)).meeting(MOVED - 1)
        stages.append(
            shown and (shown.status, bool(shown.items), shown.has_decisions, shown.has_minutes, shown.draft)
        )
    assert stages == [
        None,
        ("Scheduled", False, False, False, False),
        ("Scheduled", False, False, False, False),
        ("Confirmed", True, False, False, False),
        ("Confirmed", True, False, False, False),
        ("Confirmed", True, True, False, False),
        ("Confirmed", True, True, False, False),
        ("Confirmed", True, True, True, True),
    ]


def test_minutes_are_final_after_the_next_meeting_of_the_committee():
    following = meeting(MOVED, LAST_DAY).day
    assert meeting(MOVED - 1, following).draft
    assert not meeting(MOVED - 1, following + timedelta(1)).draft


def test_a_draft_can_say_something_else_than_the_final_minutes():
    differing = [
        (before, after)
        for whole in COUNCIL.meetings
        if whole.committee.id == CABINET_ID and whole.day < date(2026, 1, 1)
        for before, after in zip(
            meeting(whole.id, whole.day + timedelta(12)).items, meeting(whole.id, LAST_DAY).items, strict=True
        )
        if before.minutes != after.minutes
    ]
    assert differing
    assert all("subject to approval" in before.minutes for before, _ in differing)


def test_a_meeting_is_moved_under_the_same_number_and_its_agenda_stays_out():
    assert meeting(MOVED, date(2026, 2, 5)).day == date(2026, 2, 11)
    moved = meeting(MOVED, date(2026, 2, 6))
    assert moved.day == date(2026, 2, 25)
    assert moved.items
    assert moved.modified == date(2026, 2, 6)


def test_a_meeting_is_withdrawn_and_one_is_cancelled():
    assert meeting(WITHDRAWN, date(2026, 2, 26)).has_minutes
    assert COUNCIL.on(date(2026, 2, 27)).meeting(WITHDRAWN) is None
    assert meeting(CANCELLED, date(2026, 3, 12)).items
    assert meeting(CANCELLED, date(2026, 3, 13)).items == ()
    assert meeting(CANCELLED, date(2026, 3, 13)).status == "Cancelled"


@pytest.mark.parametrize(
    ("id", "slip", "day", "early"),
    [
        (TOWN_HALL, long_texts.TOWN_HALL_SLIP, date(2026, 3, 5), False),
        (SALTINGS, long_texts.SALTINGS_SLIP, date(2026, 3, 3), True),
    ],
)
def test_the_two_long_items_are_put_right_before_and_beyond_the_cut(id, slip, day, early):
    before, after = item(id, day - timedelta(1)).minutes, item(id, day).minutes
    assert 850 <= words(before) <= 1050
    assert (slip[0] in before, slip[1] in after) == (True, True)
    assert (cut(before)[0] != cut(after)[0]) is early


def test_a_paper_is_replaced_under_its_number():
    before, after = paper(REPLACED_PAPER, date(2026, 3, 1)), paper(REPLACED_PAPER, date(2026, 3, 2))
    assert contents(before) != contents(after)
    assert -(-len(contents(before)) // 1024) != -(-len(contents(after)) // 1024)
    assert (before.title, before.file) == (after.title, after.file)
    assert after.published == date(2026, 3, 2)


def test_an_item_is_closed_after_it_was_public():
    assert not item(CLOSED_ITEM, date(2026, 2, 23)).restricted
    assert item(CLOSED_ITEM, date(2026, 2, 23)).minutes
    assert item(CLOSED_ITEM, date(2026, 2, 24)).restricted


def test_what_is_closed_from_the_start_holds_the_marker_and_nothing_else_does():
    for whole in COUNCIL.meetings:
        for one in whole.items:
            marked = EXEMPT in repr((one.title, one.agenda, one.minutes, one.decision))
            closed = one.restricted or not one.displayed or not whole.displayed
            assert marked == closed
            for file in one.papers:
                assert (EXEMPT in repr(file.body)) == file.restricted


def test_printed_minutes_come_back_as_a_paper_of_the_next_meeting():
    assert not any(one.minutes for one in meeting(PRINTED, LAST_DAY).items)
    assert printed(meeting(PRINTED, LAST_DAY)).startswith(b"%PDF")
    again = [file for one in meeting(REPRINTED, LAST_DAY).items for file in one.papers if file.minutes_of]
    assert [(file.title, file.minutes_of) for file in again] == [("Minutes of Previous Meeting", PRINTED)]


def test_files_are_the_same_bytes_each_time():
    one = paper(REPLACED_PAPER, LAST_DAY)
    first = contents(one)
    assert contents(Paper(one.id, one.title, one.file, (*one.body[:-1], one.body[-1]))) == first
    assert first.count(b"/Type /Page\n") >= 2


def test_word_leaves_its_traces_in_the_markup():
    html = word_html(
        "A ~slat~ers£5\n\n1. One\n2. Two\n\n* Outer\n  - Inner\n* Outermost\n\n| a | b |\n| 1 | 2 |\n\n**X**"
    )
    assert '<span class="SpellE">slat</span>ers&pound;5' in " ".join(html.split())
    assert 'class="MsoListParagraphCxSpFirst"' in html
    assert 'class="MsoListParagraphCxSpLast"' in html
    assert html.index("Outer") < html.index('type="a"') < html.index("Inner") < html.index("Outermost")
    assert html.count("<tr>") == 2
    assert ">&nbsp;</span></p>" in html
    assert html.isascii()


def test_a_text_is_cut_at_its_five_hundredth_word_and_no_earlier():
    short = " ".join(f"w{n}" for n in range(500))
    assert cut(short) == (short, False)
    shown, shortened = cut(f"{short}\n\nmore")
    assert (shown, shortened) == (short, True)
    assert words(cut(long_texts.TOWN_HALL)[0]) == 500


def test_an_item_is_dropped_from_an_agenda():
    met = meeting(PRINTED, LAST_DAY)
    dropped = replace(COUNCIL, events=(Dropped(LAST_DAY, PRINTED, met.items[2].id),))
    for day, items in ((LAST_DAY - timedelta(1), met.items), (LAST_DAY, met.items[:2] + met.items[3:])):
        shown = dropped.on(day).meeting(PRINTED)
        assert shown is not None
        assert shown.items == items
