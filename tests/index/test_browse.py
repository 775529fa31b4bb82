from collections.abc import Iterable
from typing import Any

import pytest

from corpus.records import Kind, Status
from index.browse import MOST_WITH_TITLE, Kinship, Shelves, newest_first
from index.records import Header

PARKS, ROADS = "Parks Committee", "Roads Committee"


def make_header(id: str, **fields: Any) -> Header:
    defaults: dict[str, Any] = {
        "source": "ashmere",
        "kind": Kind.MINUTES,
        "title": id,
        "url": f"https://minutes.ashmere.example/{id}",
        "council": "Ashmere",
        "committee": PARKS,
        "meeting_date": "2026-01-15",
        "item_number": "",
        "status": Status.FINAL,
    }
    return Header(id=id, **(defaults | fields))


def ids(headers: Iterable[Header]) -> list[str]:
    return [header.id for header in headers]


def test_councils_and_committees_stand_by_name_with_what_there_is_of_them():
    shelves = Shelves(
        [
            make_header("w1", council="Wellow", committee="Cabinet"),
            make_header("a1"),
            make_header("a2"),
            make_header("a3", meeting_date="2024-03-01"),
            make_header("a4", meeting_date=None),
            make_header("a5", committee="allotments"),
            make_header("a6", committee=""),
            make_header("n1", council="", committee="", meeting_date=None),
        ]
    )
    ashmere, wellow, nameless = shelves.councils()
    assert [one.council for one in (ashmere, wellow, nameless)] == ["Ashmere", "Wellow", ""]
    assert [one.committee for one in ashmere.committees] == ["allotments", PARKS, ""]
    parks = ashmere.committees[1]
    assert (parks.council, parks.meetings, parks.documents) == ("Ashmere", 2, 4)
    assert (parks.first, parks.last) == ("2024-03-01", "2026-01-15")
    assert (ashmere.meetings, ashmere.documents, ashmere.first, ashmere.last) == (
        4,
        6,
        "2024-03-01",
        "2026-01-15",
    )
    assert (nameless.meetings, nameless.documents, nameless.first, nameless.last) == (0, 1, None, None)
    assert shelves.council("Wellow") == wellow
    assert shelves.council("ashmere") is None


def test_meetings_of_a_committee_come_newest_first_by_year_and_undated_ones_last():
    days = ["2025-11-02", "2026-01-15", None, "2026-02-19", "2025-12-01"]
    shelves = Shelves(make_header(str(number), meeting_date=day) for number, day in enumerate(days))
    shelf = shelves.committee("Ashmere", PARKS)
    assert shelf is not None
    assert [(year.year, [meeting.date for meeting in year.meetings]) for year in shelf.years] == [
        ("2026", ["2026-02-19", "2026-01-15"]),
        ("2025", ["2025-12-01", "2025-11-02"]),
        ("", [None]),
    ]
    assert shelf.committee.meetings == 4
    assert shelves.committee("Ashmere", "") is None
    assert shelves.committee("", PARKS) is None


def test_a_meeting_of_one_document_leads_straight_to_it():
    shelves = Shelves(
        [
            make_header("alone", status=Status.DRAFT),
            make_header("first", meeting_date="2025-01-01"),
            make_header("second", meeting_date="2025-01-01"),
            make_header("third", meeting_date="2024-01-01"),
            make_header("fourth", meeting_date="2024-01-01", status=Status.DRAFT),
        ]
    )
    shelf = shelves.committee("Ashmere", PARKS)
    assert shelf is not None
    newest, middle, oldest = (year.meetings[0] for year in shelf.years)
    assert newest.only == shelves.header("alone")
    assert (middle.only, middle.documents) == (oldest.only, oldest.documents) == (None, 2)
    assert [one.draft for one in (newest, middle, oldest)] == [True, False, True]


def test_items_stand_by_number_as_people_count_and_before_what_has_none():
    numbers = ["10", "2", "2a", "", "1", "54/2026", "54/2025", "B1", "002b", "9" * 5_000]
    shelves = Shelves(make_header(f"n{number[:9]}", item_number=number) for number in numbers)
    shelf = shelves.meeting("Ashmere", PARKS, "2026-01-15")
    assert shelf is not None
    assert [header.item_number[:9] for header in shelf.documents] == [
        "1", "2", "2a", "002b", "10", "54/2025", "54/2026", "9" * 9, "B1", "",
    ]  # fmt: skip


def test_what_has_no_number_stands_by_kind_and_title():
    shelves = Shelves(
        [
            make_header("b", title="Appendix 10", kind=Kind.REPORT),
            make_header("a", title="Appendix 2", kind=Kind.REPORT),
            make_header("c", title="Printed minutes", kind=Kind.MINUTES),
            make_header("d", title="Appendix 2", kind=Kind.REPORT),
        ]
    )
    shelf = shelves.meeting("Ashmere", PARKS, "2026-01-15")
    assert shelf is not None
    assert ids(shelf.documents) == ["c", "a", "d", "b"]


def test_a_meeting_knows_the_meetings_next_to_it():
    days = ["2026-01-15", "2026-02-19", None, "2026-03-19"]
    shelves = Shelves(make_header(str(number), meeting_date=day) for number, day in enumerate(days))
    found = [shelves.meeting("Ashmere", PARKS, day) for day in days]
    assert [(shelf.earlier, shelf.later) for shelf in found if shelf] == [
        (None, "2026-02-19"),
        ("2026-01-15", "2026-03-19"),
        (None, None),
        ("2026-02-19", None),
    ]
    assert shelves.meeting("Ashmere", PARKS, "2026-01-16") is None
    assert shelves.meeting("Nowhere", PARKS, None) is None


def test_items_with_the_same_title_at_other_meetings_are_a_history():
    shelves = Shelves(
        [
            make_header("now", title="7. The mill bridge", item_number="7"),
            make_header("same day", title="The mill bridge", item_number="8"),
            make_header("before", title="The Mill Bridge", item_number="3", meeting_date="2025-01-15"),
            make_header("elsewhere", title="The mill bridge", item_number="12", committee=ROADS),
            make_header("undated", title="The mill bridge", item_number="2", meeting_date=None),
            make_header("no item", title="The mill bridge", meeting_date="2025-02-02"),
            make_header("other council", title="The mill bridge", item_number="7", council="Wellow"),
        ]
    )
    history = shelves.same_title("now")
    assert ids(history.documents) == ["elsewhere", "before", "undated"]
    assert history.kinship is Kinship.TITLE
    assert ids(shelves.same_title("before").documents) == ["now", "same day", "elsewhere", "undated"]
    for alone in ("no item", "other council", "no such document"):
        assert shelves.same_title(alone).documents == ()


@pytest.mark.parametrize(
    ("meetings", "found"), [(MOST_WITH_TITLE, MOST_WITH_TITLE), (MOST_WITH_TITLE + 1, 0)]
)
def test_a_title_of_very_many_meetings_is_routine(meetings, found):
    days = [f"{2000 + number}-05-05" for number in range(meetings + 1)]
    shelves = Shelves(
        make_header(day, title="Planning applications", item_number="5", meeting_date=day) for day in days
    )
    assert len(shelves.same_title(days[0]).documents) == found


def test_documents_come_newest_first_and_those_of_a_meeting_in_their_order():
    headers = [
        make_header("b", item_number="2"),
        make_header("undated", meeting_date=None),
        make_header("new", meeting_date="2026-02-01"),
        make_header("a", item_number="1"),
    ]
    assert ids(newest_first(headers)) == ["new", "a", "b", "undated"]
