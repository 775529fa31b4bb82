"""Parts of meetings that are looked at by themselves, and minutes that come again as a paper."""

from datetime import timedelta

import pytest

from corpus.errors import RefusedError
from corpus.records import Kind, Status
from ingest.sites.records import PaperKind, Software
from tests.ingest.sites.scripted import (
    AGAIN,
    HELD,
    OK,
    TODAY,
    ScriptedSite,
    Visits,
    broken,
    item,
    look_asking,
    meeting,
    paper,
    url,
)

MINUTES = " ".join(
    f"The Committee heard witness number {n} about the state of the bridge." for n in range(40)
)


class TestParts:
    """On nights when a meeting is not due, one of its files or long items is looked at."""

    @pytest.fixture
    def three(self, visits, site) -> Visits:
        site.publish(
            meeting("1", HELD, item("11", "Cut", cut=True), item("12", papers=(paper("5"), paper("6"))))
        )
        site.wholes["11"] = item("11", "In full.")
        site.files = {url("5"): b"The fifth report.", url("6"): b"The sixth report."}
        look_asking(visits, TODAY, attachments="reports")
        return visits

    def look(self, visits: Visits, number: int):
        return look_asking(visits, AGAIN + timedelta(days=number), attachments="reports")

    def test_one_a_night_the_longest_overdue_first(self, three):
        asked = [self.look(three, number)[1] for number in range(6)]
        assert asked == [["meeting 1"], ["whole 11"], [url("5")], [url("6")], [], []]

    def test_a_part_that_waits_longer_goes_first(self, three):
        three.record.put_watch(
            three.watch("paper/6").__class__(
                "ashmere/paper/6",
                "ashmere",
                "ashmere/meeting/1",
                url("6"),
                three.watch("paper/6").shown,
                (TODAY - timedelta(days=30)).isoformat(),
            )
        )
        three(AGAIN, decisions=False, attachments="reports")
        assert self.look(three, 1)[1] == [url("6")]

    def test_the_same_part_writes_nothing_and_rests(self, three):
        self.look(three, 0)
        revision = three.corpus.revision
        looked, _ = self.look(three, 1)
        assert (looked.state, looked.new, looked.changed, three.corpus.revision) == (OK, 0, 0, revision)
        assert three.watch("item/11").last_look == f"{AGAIN + timedelta(days=1)}T02:30:00+00:00"
        assert three.watch("item/11").last_change is None

    def test_a_long_item_that_changed_beyond_the_cut_is_stored_the_same_night_and_looked_at_the_next(
        self, three, site
    ):
        self.look(three, 0)
        site.wholes["11"] = item("11", "In full, and corrected.")
        looked, asked = self.look(three, 1)
        assert asked == ["whole 11", "meeting 1", "whole 11"]
        assert (looked.changed, three.texts["item/11"]) == (1, "In full, and corrected.")
        assert three.watch("item/11").last_change == f"{AGAIN + timedelta(days=1)}T02:30:00+00:00"

    def test_a_file_that_was_replaced_without_a_sign_is_stored_the_same_night(self, three, site):
        self.look(three, 0)
        site.files[url("5")] = b"The fifth report, replaced."
        self.look(three, 1)
        looked, asked = self.look(three, 2)
        assert asked == [url("5"), "meeting 1", url("5")]
        assert (looked.changed, three.texts["paper/5"]) == (1, "The fifth report, replaced.")

    def test_a_file_that_is_gone_leads_to_the_meeting_and_after_three_looks_out_of_the_record(
        self, three, site
    ):
        self.look(three, 0)
        del site.files[url("5")]
        site.publish(meeting("1", HELD, item("11", "Cut", cut=True), item("12", papers=(paper("6"),))))
        self.look(three, 1)
        looked, asked = self.look(three, 2)
        assert (looked.state, looked.failed, asked) == (OK, 0, [url("5"), "meeting 1"])
        for number in range(3, 8):
            looked, asked = self.look(three, number)
            assert looked.failed == 0
        assert set(three.texts) == {"item/11", "item/12", "paper/6"}

    def test_a_part_that_fails_is_no_failure_of_its_meeting(self, three, site):
        self.look(three, 0)
        shown = three.watch("meeting/1").shown
        site.errors["whole 11"] = broken("item/11")
        looked, _ = self.look(three, 1)
        assert (looked.failed, three.watch("meeting/1").shown) == (1, shown)
        assert three.watch("item/11").shown == ""
        site.errors.clear()
        _, asked = self.look(three, 2)
        assert asked == ["meeting 1", "whole 11"]
        assert three.watch("item/11").shown != ""

    def test_a_single_file_that_is_closed_does_not_make_the_site_blocked(self, three, site):
        site.publish(meeting("2", HELD - timedelta(days=1), item("21", "Cut", cut=True)))
        site.wholes["21"] = item("21", "In full.")
        self.look(three, 0)
        self.look(three, 1)
        site.errors[url("5")] = RefusedError(f"{url('5')}: answers 403")
        looked, asked = self.look(three, 2)
        assert (looked.state, looked.blocked) == (OK, 1)
        assert asked[0] == url("5")
        assert three.texts["paper/5"] == "The fifth report."

    def test_a_file_of_cmis_has_no_lasting_address_and_is_read_by_way_of_its_meeting(self, visits, site):
        site.software = Software.CMIS
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"The report."
        look_asking(visits, TODAY, attachments="reports")
        assert visits.watch("paper/5").address == ""
        assert self.look(visits, 0)[1] == ["meeting 1"]
        assert self.look(visits, 1)[1] == ["meeting 1", url("5")]
        rest = [self.look(visits, number)[1] for number in range(2, 15)]
        assert rest == [[]] * 13


class TestPreviousMinutes:
    """The minutes of a meeting come again as a paper of the next one."""

    earlier, later = HELD, HELD + timedelta(days=14)
    head = f"CABINET\n\nMinutes of the meeting of the Cabinet held on {earlier.day} January 2026\n\n"

    def publish(self, site: ScriptedSite, *keys: str, words: str = MINUTES) -> None:
        minutes = paper("9", PaperKind.MINUTES, item="21", title="Minutes of the last meeting")
        both = {
            "1": meeting("1", self.earlier, item("11", MINUTES)),
            "2": meeting("2", self.later, item("21", "The minutes were agreed.", papers=(minutes,))),
        }
        site.publish(*(both[key] for key in keys))
        site.files[url("9")] = (self.head + words).encode()

    def test_they_are_dropped_when_their_own_meeting_comes_second(self, visits, site):
        self.publish(site, "1", "2")
        _, asked = look_asking(visits, TODAY)
        assert asked == ["meeting 2", url("9"), "meeting 1"]
        assert set(visits.texts) == {"item/11", "item/21"}

    def test_they_are_dropped_when_their_own_meeting_comes_first(self, visits, site):
        self.publish(site, "1")
        look_asking(visits, TODAY)
        self.publish(site, "2")
        looked, asked = look_asking(visits, TODAY + timedelta(days=7))
        assert (looked.state, looked.new, asked) == (OK, 1, ["meeting 2", url("9")])
        assert set(visits.texts) == {"item/11", "item/21"}

    def test_both_orders_leave_the_same_and_stay_so(self, visits, site):
        self.publish(site, "1", "2")
        look_asking(visits, TODAY)
        revision = visits.corpus.revision
        for number in range(1, 40):
            assert url("9") not in look_asking(visits, TODAY + timedelta(days=number))[1]
        assert visits.corpus.revision == revision

    def test_without_minutes_of_its_own_the_meeting_has_those_of_the_paper(self, visits, site):
        self.publish(site, "2")
        site.publish(meeting("1", self.earlier, item("11", "To receive the annual report.", "")))
        look_asking(visits, TODAY)
        document = visits.document("minutes/9" if "minutes/9" in visits.texts else "paper/9")
        assert (document.meeting_date, document.kind, document.status) == (
            self.earlier.isoformat(),
            Kind.MINUTES,
            Status.UNKNOWN,
        )
        assert document.url == url("9")
        site.publish(meeting("1", self.earlier, item("11", MINUTES)))
        look_asking(visits, AGAIN)
        assert set(visits.texts) == {"item/11", "item/21"}

    def test_other_words_of_that_day_stay(self, visits, site):
        other = " ".join(f"Councillor {n} asked about the ferry and was answered." for n in range(40))
        self.publish(site, "1", "2", words=other)
        look_asking(visits, TODAY)
        assert visits.document("paper/9").meeting_date == self.earlier.isoformat()

    def test_minutes_of_an_unknown_day_are_not_of_the_meeting_that_they_are_a_paper_of(self, visits, site):
        self.publish(site, "1", "2")
        site.files[url("9")] = b"Some remarks on the ferry, by nobody in particular."
        look_asking(visits, TODAY)
        assert visits.document("paper/9").meeting_date is None

    def test_printed_minutes_of_the_meeting_itself_keep_its_day(self, visits, site):
        site.publish(meeting("1", HELD, papers=(paper("9", PaperKind.MINUTES),), minutes_published=True))
        site.files[url("9")] = MINUTES.encode()
        look_asking(visits, TODAY)
        document = visits.document("minutes/9")
        assert (document.meeting_date, document.status) == (HELD.isoformat(), Status.FINAL)
