from datetime import UTC, date, datetime

import pytest

from corpus.errors import FetchError, RefusedError, UnreadableError
from corpus.records import Source, Status
from corpus.site_record import SiteRecord
from corpus.versions import Outcome
from ingest.report import Listener, Remark
from ingest.sites.documents import Setting
from ingest.sites.visit import SiteOptions, Visit
from tests.ingest.sites.scripted import BASE, meeting

HELD = date(2026, 1, 5)
IT = "ashmere/meeting/1"


class Days:
    """Visits on one day after another, each with what the record holds."""

    def __init__(self, corpus) -> None:
        self.record = SiteRecord(corpus, "ashmere")
        self.remarks: list[Remark] = []
        self.done: list[str] = []

    def __call__(self, day: int, **options: object) -> Visit:
        return Visit(
            Source("ashmere", BASE),
            self.record,
            SiteOptions(**options),  # type: ignore[arg-type]
            datetime(2026, 3, day, 2, 30, 59, 123_456, tzinfo=UTC),
            Listener(self.remarks.append, self.done.append),
            self.record.watches(),
        )


@pytest.fixture
def days(corpus) -> Days:
    return Days(corpus)


def test_the_time_of_a_visit_is_one_and_in_whole_seconds(days):
    visit = days(2)
    assert (visit.today, visit.time) == (date(2026, 3, 2), "2026-03-02T02:30:59+00:00")


def test_the_first_look_is_no_change(days):
    days(2).looked(IT, "a", meeting="m", address="x")
    watch = days(3).watches[IT]
    assert (watch.shown, watch.meeting, watch.address) == ("a", "m", "x")
    assert (watch.last_look, watch.last_change) == ("2026-03-02T02:30:59+00:00", None)


def test_a_look_that_sees_the_same_is_none_and_one_that_sees_other_things_is_one(days):
    for day, shown in ((2, "a"), (3, "a"), (4, "b"), (5, "b")):
        days(day).looked(IT, shown)
    watch = days(6).watches[IT]
    assert (watch.last_look, watch.last_change) == ("2026-03-05T02:30:59+00:00", "2026-03-04T02:30:59+00:00")


def test_what_is_remembered_is_known_within_the_visit_and_on_disk(days):
    visit = days(2)
    assert visit.due(IT, HELD)
    visit.looked(IT, "a")
    assert not visit.due(IT, HELD)
    assert (visit.shows(IT, "a"), visit.shows(IT, "b"), visit.shows("ashmere/other", "")) == (
        True,
        False,
        False,
    )
    assert days.record.watches() == visit.watches


def test_everything_is_due_when_it_is_said_so(days):
    days(2).looked(IT, "a")
    assert days(2, everything=True).due(IT, HELD)
    assert not days(2).due(IT, HELD)


def test_what_fails_forgets_what_it_showed_and_knows_since_when(days):
    days(2).looked(IT, "a")
    for day in (3, 4, 9):
        days(day).failed_at(IT)
    watch = days(9).watches[IT]
    assert (watch.shown, watch.last_look[:10], watch.last_change[:10]) == ("", "2026-03-09", "2026-03-03")
    assert days(10).due(IT, HELD)


def test_what_fails_again_later_begins_anew(days):
    days(2).failed_at(IT)
    days(3).looked(IT, "a")
    days(20).failed_at(IT)
    assert days(20).watches[IT].last_change[:10] == "2026-03-20"


def test_soon_is_the_next_night(days):
    visit = days(2)
    visit.looked(IT, "a")
    assert not days(3).due(IT, HELD)
    visit.soon(IT)
    assert days(3).due(IT, HELD)
    visit.soon("ashmere/unknown")
    assert list(visit.watches) == [IT]


def test_documents_are_counted_and_told(days):
    visit = days(2)
    for outcome in (Outcome.NEW, Outcome.NEW, Outcome.CHANGED):
        visit.count(outcome, "ashmere/item/1")
    assert visit.outcomes == {Outcome.NEW: 2, Outcome.CHANGED: 1, Outcome.UNCHANGED: 0}
    assert days.done == ["ashmere/item/1"] * 3


def test_what_the_site_refuses_is_blocked_and_all_other_trouble_has_failed(days):
    visit = days(2)
    visit.trouble(RefusedError("https://ashmere.example/1: answers 403"), "the list")
    visit.trouble(FetchError("https://ashmere.example/2: answers 500"), "the list")
    visit.trouble(UnreadableError("no list of meetings"), "the list")
    assert (visit.blocked, visit.failed) == (1, 2)
    assert days.remarks == [
        Remark("ashmere", "https://ashmere.example/1: answers 403"),
        Remark("ashmere", "https://ashmere.example/2: answers 500"),
        Remark("ashmere", "the list: no list of meetings"),
    ]


def test_what_leads_away_is_said_once_a_host_and_no_failure(days):
    visit = days(2)
    for path in ("a.pdf", "b.pdf"):
        visit.leads_away(f"https://files.example/{path}")
    visit.leads_away("https://other.example/a.pdf")
    assert [(remark.failed, remark.reason.split()[2]) for remark in days.remarks] == [
        (False, "files.example"),
        (False, "other.example"),
    ]
    assert "minutebook ingest ashmere --all" in days.remarks[0].reason
    assert (visit.failed, visit.blocked) == (0, 0)


@pytest.mark.parametrize(
    ("draft", "published", "status"),
    [
        (True, True, Status.DRAFT),
        (False, True, Status.FINAL),
        (False, False, Status.UNKNOWN),
        (True, False, Status.DRAFT),
    ],
)
def test_documents_of_a_meeting_share_its_setting(days, draft, published, status):
    proceedings = meeting("1", HELD, draft=draft, minutes_published=published)
    visit = days(2, council="Ashmere Borough Council")
    assert visit.setting(proceedings) == Setting(
        "ashmere", "Ashmere Borough Council", "Cabinet", "2026-01-05", status, visit.time
    )


def test_a_meeting_without_a_day_has_none(days):
    assert days(2).setting(meeting("1", "")).date is None
