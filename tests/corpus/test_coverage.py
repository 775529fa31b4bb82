from datetime import date
from typing import Any

import pytest

from corpus.coverage import Coverage, coverage_of
from corpus.records import Committee, Meeting, Watch
from corpus.site_record import SiteRecord
from tests.factories import make_document


@pytest.fixture
def record(corpus) -> SiteRecord:
    return SiteRecord(corpus, "ashmere")


def listed(record: SiteRecord, title: str = "Cabinet", key: str = "1", source: str = "ashmere", **days: str):
    known: dict[str, Any] = {"listed_from": "2026-01-01", "listed_to": "2026-03-01", **days}
    record.put_committees([Committee(source, key, title, **known)])


def held(
    record: SiteRecord, key: str, day: str = "2026-02-01", committee: str = "Cabinet", source: str = "ashmere"
):
    meeting = f"{source}/meeting/{key}"
    record.put_meeting(Meeting(meeting, source, "", committee, day))
    return meeting


def looked(record: SiteRecord, meeting: str) -> None:
    record.put_watch(Watch(meeting, meeting.split("/")[0], shown="x", last_look="2026-03-01T00:00:00+00:00"))


def put(record: SiteRecord, document_id: str, meeting: str, kind: str = "minutes") -> None:
    record.put(
        make_document(document_id, f"Words of {document_id}.", kind=kind),
        input_hash="h",
        raw=b"x",
        media_type="text/html",
        meeting=meeting,
    )


def test_nothing_is_covered_of_an_empty_record(corpus):
    assert coverage_of(corpus) == ()


def test_meetings_are_listed_then_read_and_have_minutes_or_not(corpus, record):
    listed(record)
    meetings = [held(record, key) for key in "1234"]
    for meeting in meetings[:3]:
        looked(record, meeting)
    put(record, "ashmere/item/1", meetings[0])
    put(record, "ashmere/item/2", meetings[0])
    put(record, "ashmere/item/3", meetings[1], kind="agenda")
    assert coverage_of(corpus) == (
        Coverage("ashmere", "Cabinet", "2026-01-01", "2026-03-01", meetings=4, unread=1, minuted=1),
    )


def test_meetings_outside_of_the_listed_days_are_not_counted(corpus, record):
    listed(record)
    for key, day in enumerate(("2025-12-31", "2026-01-01", "2026-03-01", "2026-03-02")):
        held(record, str(key), day)
    (one,) = coverage_of(corpus)
    assert one.meetings == 2


def test_minutes_that_were_withdrawn_are_none(corpus, record):
    listed(record)
    put(record, "ashmere/item/1", held(record, "1"))
    record.withdraw("ashmere/item/1")
    (one,) = coverage_of(corpus)
    assert one.minuted == 0


def test_committees_without_meetings_or_without_a_list_are_left_out(corpus, record):
    listed(record, "Empty Panel", "1")
    record.put_committees([Committee("ashmere", "2", "Unlisted Panel")])
    held(record, "1", committee="Unlisted Panel")
    assert coverage_of(corpus) == ()


def test_each_source_and_committee_has_its_own_by_source_and_title(corpus, record):
    other = SiteRecord(corpus, "tarnwick")
    listed(other, source="tarnwick")
    held(other, "1", source="tarnwick")
    for key, title in (("1", "Roads"), ("2", "Audit")):
        listed(record, title, key)
        held(record, key, committee=title)
    assert [(one.source, one.committee, one.meetings) for one in coverage_of(corpus)] == [
        ("ashmere", "Audit", 1),
        ("ashmere", "Roads", 1),
        ("tarnwick", "Cabinet", 1),
    ]


def test_days_are_those_that_were_listed(corpus, record):
    listed(record, listed_from="2019-05-01", listed_to=date(2026, 3, 9).isoformat())
    held(record, "1", "2020-01-01")
    (one,) = coverage_of(corpus)
    assert (one.first, one.last) == ("2019-05-01", "2026-03-09")
