from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from corpus.errors import FetchError, RefusedError, SettingsError, UnreadableError
from corpus.records import Source, SourceState, Watch
from corpus.site_record import SiteRecord
from ingest.sites.records import Software
from tests.ingest.sites.scripted import (
    BASE,
    HELD,
    OK,
    ROADS,
    TODAY,
    ScriptedSite,
    Visits,
    broken,
    item,
    meeting,
    paper,
)

BLOCKED, FAILING = SourceState.BLOCKED, SourceState.FAILING


def publish(site: ScriptedSite, count: int) -> None:
    """Publish so many meetings, a day apart: "0" is the newest."""
    site.publish(*(meeting(str(n), HELD - timedelta(days=n), item(f"{n}1")) for n in range(count)))


def fail(site: ScriptedSite, *keys: str, error: type[Exception] = FetchError, **named: bool) -> None:
    for key in keys:
        site.errors[f"meeting {key}"] = error(f"{BASE}meeting/{key}: answers so", **named)


def look(visits: Visits, day: date = TODAY, **options: Any):
    """Look at the site, and return the report with the meetings that were asked for."""
    visits.site.take_asked()
    looked = visits(day, **{"decisions": False, "since": date(2025, 12, 1), **options})
    return looked, [what.split()[1] for what in visits.site.take_asked() if what.startswith("meeting")]


class TestStates:
    def test_a_look_that_went_well_is_ok_and_good(self, visits, site):
        publish(site, 2)
        looked, asked = look(visits)
        assert (looked.state, looked.reason, looked.new, asked) == (OK, "", 2, ["0", "1"])
        assert visits.stored == Source(
            "ashmere", BASE, OK, "", "2026-03-02T02:30:00+00:00", "2026-03-02T02:30:00+00:00"
        )
        assert looked.seconds >= 0

    @pytest.mark.parametrize(
        ("error", "state", "counts"),
        [
            (RefusedError("https://ashmere.example/: answers 403"), BLOCKED, (1, 0)),
            (
                RefusedError("https://ashmere.example/: robots.txt forbids it", by_robots=True),
                BLOCKED,
                (1, 0),
            ),
            (FetchError("https://ashmere.example/: answers 500"), FAILING, (0, 1)),
            (UnreadableError("a web page in place of the answer"), FAILING, (0, 1)),
        ],
    )
    def test_a_site_that_cannot_be_listed_says_why_and_keeps_its_last_good_look(
        self, visits, site, error, state, counts
    ):
        publish(site, 1)
        look(visits)
        site.errors["committees"] = error
        looked, asked = look(visits, TODAY + timedelta(days=1))
        assert (looked.state, (looked.blocked, looked.failed), asked) == (state, counts, [])
        assert looked.reason == str(error)
        assert visits.stored == Source(
            "ashmere", BASE, state, str(error), "2026-03-03T02:30:00+00:00", "2026-03-02T02:30:00+00:00"
        )
        assert set(visits.texts) == {"item/01"}
        assert len(visits.said) == 1

    def test_a_meeting_that_fails_is_told_and_the_source_is_ok(self, visits, site):
        publish(site, 4)
        fail(site, "0", "2")
        looked, asked = look(visits)
        assert (looked.state, looked.reason, looked.failed, looked.new) == (OK, "", 2, 2)
        assert asked == ["0", "1", "2", "3"]
        assert visits.said[0] == f"ashmere: {BASE}meeting/0: answers so"

    def test_three_failures_in_a_row_and_the_site_is_left_alone(self, visits, site):
        publish(site, 6)
        fail(site, "1", "2", "3")
        looked, asked = look(visits)
        assert (looked.state, looked.failed, looked.new) == (FAILING, 3, 1)
        assert asked == ["0", "1", "2", "3"]
        assert looked.reason == f"{BASE}meeting/3: answers so"

    def test_a_refusal_ends_the_visit_at_once(self, visits, site):
        publish(site, 4)
        fail(site, "1", error=RefusedError)
        looked, asked = look(visits)
        assert (looked.state, looked.blocked, looked.failed, asked) == (BLOCKED, 1, 0, ["0", "1"])

    def test_single_meetings_that_robots_forbid_are_passed_over(self, visits, site):
        publish(site, 6)
        fail(site, "0", "1", "2", "3", error=RefusedError, by_robots=True)
        looked, asked = look(visits)
        assert (looked.state, looked.blocked, looked.new) == (OK, 4, 2)
        assert asked == ["0", "1", "2", "3", "4", "5"]

    def test_robots_between_two_failures_do_not_break_their_row(self, visits, site):
        publish(site, 6)
        fail(site, "0", "2", "4")
        fail(site, "1", "3", error=RefusedError, by_robots=True)
        looked, asked = look(visits)
        assert (looked.state, asked) == (FAILING, ["0", "1", "2", "3", "4"])

    @pytest.mark.parametrize(
        ("error", "named", "state"),
        [
            (FetchError, {}, FAILING),
            (UnreadableError, {}, FAILING),
            (RefusedError, {"by_robots": True}, BLOCKED),
        ],
    )
    def test_when_every_meeting_fails_so_does_the_source(self, visits, site, error, named, state):
        publish(site, 2)
        fail(site, "0", "1", error=error, **named)
        looked, _ = look(visits)
        assert (looked.state, looked.failed + looked.blocked) == (state, 2)

    def test_it_is_well_again_when_it_answers_again(self, visits, site):
        publish(site, 3)
        fail(site, "0", "1", "2")
        look(visits)
        site.errors.clear()
        looked, asked = look(visits, TODAY + timedelta(days=1))
        assert (looked.state, looked.new, asked) == (OK, 3, ["0", "1", "2"])
        assert (visits.source.reason, visits.source.last_good) == ("", "2026-03-03T02:30:00+00:00")

    def test_a_night_without_anything_due_is_ok(self, visits, site):
        publish(site, 2)
        look(visits)
        looked, asked = look(visits, TODAY + timedelta(days=1))
        assert (looked.state, looked.new, looked.unchanged, asked) == (OK, 0, 0, [])

    def test_what_was_not_foreseen_is_reported_and_not_raised(self, visits, site):
        publish(site, 2)
        site.errors["meeting 1"] = ZeroDivisionError("division by zero")
        looked, _ = look(visits)
        assert (looked.state, looked.failed) == (FAILING, 1)
        assert looked.reason == "cannot be read (ZeroDivisionError: division by zero): please report this"
        assert visits.said == [f"ashmere: {looked.reason}"]
        assert set(visits.texts) == {"item/01"}

    def test_a_committee_that_is_not_there_is_said_with_those_that_are(self, visits, site):
        looked, _ = look(visits, committees=("Harbour",))
        assert looked.state is FAILING
        assert "'Harbour'" in looked.reason
        assert ROADS.title in looked.reason


class TestOrder:
    def test_the_newest_meeting_comes_first(self, visits, site):
        site.publish(meeting("1", "2026-01-05"), meeting("2", "2026-02-05"), meeting("3", "2026-01-20"))
        assert look(visits)[1] == ["2", "3", "1"]

    def test_an_interrupted_backfill_goes_on_where_it_was(self, visits, site):
        publish(site, 5)
        site.errors["meeting 2"] = KeyboardInterrupt()
        with pytest.raises(KeyboardInterrupt):
            look(visits)
        site.errors.clear()
        looked, asked = look(visits)
        assert (asked, looked.new) == (["2", "3", "4"], 3)

    def test_a_meeting_that_failed_is_tried_the_next_night_and_then_ever_more_rarely(self, visits, site):
        publish(site, 2)
        fail(site, "1")
        nights = [n for n in range(30) if "1" in look(visits, TODAY + timedelta(days=n))[1]]
        assert nights == [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 27]

    def test_settled_meetings_are_asked_for_ever_more_rarely(self, visits, site):
        publish(site, 1)
        days = [n for n in range(365) if look(visits, TODAY + timedelta(days=n))[1]]
        assert days == [0, 14, 31, 52, 79, 112, 154, 206, 271, 352]

    def test_a_meeting_that_moved_or_vanished_is_looked_at_at_once(self, visits, site):
        publish(site, 3)
        look(visits)
        site.listed_on["1"] = (HELD + timedelta(days=3)).isoformat()
        site.unlisted = {"2"}
        assert look(visits, TODAY + timedelta(days=7))[1] == ["1", "2"]

    def test_committees_that_are_not_wanted_are_not_looked_at(self, visits, site):
        publish(site, 1)
        site.publish(meeting("9", HELD, committee=ROADS))
        assert look(visits, committees=("roads",))[1] == ["9"]
        assert look(visits)[1] == ["0"]


class TestFirstDay:
    def since(self, visits: Visits) -> str:
        site = visits.record.site()
        assert site is not None
        return site.since

    def test_without_a_word_it_is_ninety_days_back_and_stays_there(self, visits, site):
        site.publish(meeting("1", TODAY - timedelta(days=90)), meeting("2", TODAY - timedelta(days=91)))
        assert look(visits, since=None)[1] == ["1"]
        first = (TODAY - timedelta(days=90)).isoformat()
        assert self.since(visits) == first
        look(visits, TODAY + timedelta(days=40), since=None)
        assert self.since(visits) == first

    def test_it_only_moves_back(self, visits, site):
        site.publish(meeting("1", "2026-02-10"), meeting("2", "2026-01-10"), meeting("3", "2025-01-10"))
        assert look(visits, since=date(2026, 2, 1))[1] == ["1"]
        assert look(visits, since=date(2025, 1, 1))[1] == ["2", "3"]
        look(visits, since=date(2026, 2, 1))
        assert self.since(visits) == "2025-01-01"

    def test_a_backfill_of_one_committee_reads_it_now_and_is_no_wish_for_all(self, visits, site):
        site.publish(meeting("1", "2026-02-10"), meeting("2", "2025-01-10"))
        assert look(visits, since=date(2026, 2, 1))[1] == ["1"]
        assert look(visits, since=date(2025, 1, 1), is_lasting=False)[1] == ["2"]
        assert self.since(visits) == "2026-02-01"


class TestFinding:
    def test_a_site_that_could_not_be_read_for_a_fortnight_is_looked_into_anew(self, visits, site):
        look(visits)
        site.errors["committees"] = RefusedError(f"{BASE}: answers 403")
        for days, finds in ((1, 1), (14, 1), (15, 2)):
            assert look(visits, TODAY + timedelta(days=days))[0].state is BLOCKED
            assert visits.finds == finds

    def test_what_answers_is_found_out_once(self, visits, site):
        site.software = Software.MODERNGOV_SERVICE
        look(visits)
        look(visits, TODAY + timedelta(days=1))
        known = visits.record.site()
        assert known is not None
        assert (visits.finds, known.software, known.base) == (1, "ModernGov web service", BASE)

    def test_a_new_location_is_looked_into_anew(self, visits, site):
        look(visits)
        visits.source = Source("ashmere", "https://minutes.ashmere.example/")
        look(visits, TODAY + timedelta(days=1))
        look(visits, TODAY + timedelta(days=2))
        known = visits.record.site()
        assert known is not None
        assert (visits.finds, known.base) == (2, "https://minutes.ashmere.example/")

    def test_a_new_location_where_nothing_answers_is_tried_again_and_the_old_one_is_not_asked(
        self, visits, site
    ):
        look(visits)
        visits.source = Source("ashmere", "https://minutes.ashmere.example/")
        visits.trouble_finding = FetchError("https://minutes.ashmere.example/: answers 500")
        site.take_asked()
        for number in (1, 2):
            assert look(visits, TODAY + timedelta(days=number))[0].state is FAILING
        assert (visits.finds, site.asked) == (3, [])

    def test_a_mistyped_address_is_not_remembered(self, visits):
        visits.trouble_finding = UnreadableError("neither ModernGov nor CMIS answers here")
        looked = visits(TODAY, is_kept=False)
        assert (looked.state, visits.stored) == (FAILING, None)
        assert looked.reason == "neither ModernGov nor CMIS answers here"

    def test_one_that_stands_in_the_settings_is(self, visits):
        visits.trouble_finding = RefusedError("https://ashmere.example/: answers 403")
        visits(TODAY)
        assert visits.source.state is BLOCKED
        assert (visits.source.last_good, visits.record.site()) == (None, None)

    def test_the_base_is_told_once_it_is_known_and_a_foreseen_error_in_answer_to_that_is_the_reason(
        self, visits
    ):
        bases: list[str] = []
        visits.found = bases.append
        visits(TODAY)
        assert bases == [BASE]

        def refuse(_: str) -> None:
            raise SettingsError("minutebook.toml cannot be written: it is read-only")

        visits.found = refuse
        looked = visits(TODAY + timedelta(days=1))
        assert (looked.state, looked.reason) == (
            FAILING,
            "minutebook.toml cannot be written: it is read-only",
        )

    def test_a_new_site_that_was_found_is_remembered_though_the_rest_fails(self, visits, site):
        site.errors["committees"] = broken("committees")
        visits(TODAY, is_kept=False)
        assert visits.source.state is FAILING


def test_a_watch_of_every_kind_is_of_its_source_only(corpus):
    """Two sites in one record keep to themselves, though their numbers are the same."""
    ashmere, tarnwick = Visits(corpus), Visits(corpus, source=Source("tarnwick", "https://tarnwick.example/"))
    for visits in (ashmere, tarnwick):
        visits.site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        visits.site.files[paper("5").address] = b"The report."
        looked, asked = look(visits, attachments="reports")
        assert (looked.new, asked) == (2, ["1"])
    assert {one.id for one in corpus.documents()} == {
        "ashmere/item/11", "ashmere/paper/5", "tarnwick/item/11", "tarnwick/paper/5",
    }  # fmt: skip
    record = SiteRecord(corpus, "tarnwick")
    assert {watch.source for watch in record.watches().values()} == {"tarnwick"}


def test_a_large_site_at_rest_is_passed_over_quickly(visits, site):
    """Three thousand meetings with seven parts each must not make a quiet night long."""
    publish(site, 1)
    look(visits, since=date(2000, 1, 1))
    now = datetime.combine(TODAY, datetime.min.time(), UTC).isoformat()
    rows = [
        (f"ashmere/meeting/{n}", "ashmere", "", "Cabinet", (HELD - timedelta(days=n)).isoformat(), "", "")
        for n in range(1, 3_000)
    ]
    watches = [Watch(row[0], "ashmere", "", "", "x", now) for row in rows]
    watches += [Watch(f"{row[0]}/{n}", "ashmere", row[0], "x", "x", now) for row in rows for n in range(7)]
    with visits.corpus.writing():
        db = visits.corpus.connection
        db.executemany("INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        db.executemany(
            "INSERT INTO watches VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(w.id, w.source, w.meeting, w.address, w.shown, w.last_look, w.last_change) for w in watches],
        )
    looked, asked = look(visits, TODAY + timedelta(days=1), since=date(2000, 1, 1))
    assert (asked, looked.state) == ([], OK)
    assert looked.seconds < 10
