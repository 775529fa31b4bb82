from datetime import date, timedelta

import pytest

from corpus.errors import AbsentError, ForeignError, RefusedError
from corpus.records import Kind, SourceState, Status
from ingest.sites.lists import WITHDRAWN
from ingest.sites.records import PaperKind, Software
from tests.ingest.sites.scripted import (
    BASE,
    CABINET,
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

#: Eight weeks before TODAY: whatever rests since then is looked at again after fourteen days.
HELD = TODAY - timedelta(days=56)
AGAIN = TODAY + timedelta(days=14)
MINUTES = " ".join(
    f"The Committee heard witness number {n} about the state of the bridge." for n in range(40)
)


@pytest.fixture
def visits(corpus) -> Visits:
    return Visits(corpus)


@pytest.fixture
def site(visits) -> ScriptedSite:
    return visits.site


def look(visits: Visits, day: date, **options: object):
    """Look at the site, and return the report with what was asked about meetings and files."""
    visits.site.take_asked()
    looked = visits(day, **{"decisions": False, **options})
    lists = ("committees", "list")
    return looked, [what for what in visits.site.take_asked() if not what.startswith(lists)]


def url(key: str) -> str:
    return f"{BASE}documents/{key}.txt"


class TestItems:
    def test_every_item_with_words_is_a_document_of_the_meeting(self, visits, site):
        site.publish(
            meeting("1", HELD, item("11"), item("12", "", ""), item("13", "", withheld=True), draft=True)
        )
        looked, asked = look(visits, TODAY, council="Ashmere Borough Council")
        assert (looked.state, looked.new, asked) == (OK, 1, ["meeting 1"])
        document = visits.document("item/11")
        assert (document.council, document.committee, document.meeting_date) == (
            "Ashmere Borough Council",
            "Cabinet",
            HELD.isoformat(),
        )
        assert (document.kind, document.status, document.text) == (
            Kind.MINUTES,
            Status.DRAFT,
            "The mill bridge was closed.",
        )
        assert [one.id for one in visits.record.documents_of("ashmere/meeting/1")] == ["ashmere/item/11"]

    def test_an_answer_that_is_the_same_asks_and_writes_nothing_more(self, visits, site):
        site.publish(meeting("1", HELD, item("11"), item("12", "Cut", cut=True, papers=(paper("5"),))))
        site.wholes["12"] = item("12", "Cut no more.")
        site.files[url("5")] = b"The report in full."
        first, asked = look(visits, TODAY, attachments="reports")
        assert (first.new, asked) == (3, ["meeting 1", "whole 12", url("5")])
        revision = visits.corpus.revision
        second, asked = look(visits, AGAIN, attachments="reports")
        assert asked == ["meeting 1"]
        assert (second.new, second.changed, second.unchanged, second.missing) == (0, 0, 3, 0)
        assert visits.corpus.revision == revision

    def test_draft_minutes_become_final(self, visits, site):
        site.publish(meeting("1", HELD, item("11"), draft=True))
        look(visits, TODAY)
        site.publish(meeting("1", HELD, item("11")))
        looked, _ = look(visits, AGAIN)
        assert (looked.changed, visits.document("item/11").status) == (1, Status.FINAL)
        assert len(list(visits.corpus.versions("ashmere/item/11"))) == 2

    def test_a_meeting_moves_with_its_items(self, visits, site):
        site.publish(meeting("1", HELD, item("11")))
        look(visits, TODAY)
        moved = HELD + timedelta(days=2)
        site.publish(meeting("1", moved, item("11")))
        look(visits, AGAIN)
        assert visits.document("item/11").meeting_date == moved.isoformat()
        assert visits.meeting("1").date == moved.isoformat()

    def test_an_item_that_is_cut_is_read_in_full_when_it_shows_something_new(self, visits, site):
        site.publish(meeting("1", HELD, item("11", "The first", cut=True), item("12", "The other", cut=True)))
        site.wholes = {"11": item("11", "The first words in full."), "12": item("12", "The other in full.")}
        look(visits, TODAY)
        site.publish(
            meeting(
                "1", HELD, item("11", "The first as corrected", cut=True), item("12", "The other", cut=True)
            )
        )
        site.wholes["11"] = item("11", "The first words as corrected.")
        looked, asked = look(visits, AGAIN)
        assert asked == ["meeting 1", "whole 11"]
        assert (looked.changed, looked.unchanged) == (1, 1)
        assert visits.texts["item/11"] == "The first words as corrected."

    def test_an_item_that_cannot_be_had_in_full_is_not_stored_and_does_not_stop_the_meeting(
        self, visits, site
    ):
        site.publish(meeting("1", HELD, item("11", "Only the beginning", cut=True), item("12")))
        site.errors["whole 11"] = broken("item/11")
        looked, _ = look(visits, TODAY)
        assert (looked.state, looked.new, looked.failed) == (OK, 1, 1)
        assert set(visits.texts) == {"item/12"}
        assert visits.said == [f"ashmere: {BASE}item/11: answers 500"]

    def test_items_of_one_matter_are_remembered(self, visits, site):
        site.publish(meeting("1", HELD, item("11", issue="7")))
        look(visits, TODAY)
        rows = visits.corpus.connection.execute("SELECT document_id, issue FROM issues").fetchall()
        assert [tuple(row) for row in rows] == [("ashmere/item/11", "ashmere/issue/7")]

    def test_an_item_that_is_gone_is_withdrawn_at_the_third_miss_and_looked_for_every_night_until_then(
        self, visits, site
    ):
        site.publish(meeting("1", HELD, item("11"), item("12")))
        look(visits, TODAY)
        site.publish(meeting("1", HELD, item("11")))
        nights = [look(visits, AGAIN + timedelta(days=n)) for n in range(3)]
        assert [asked for _, asked in nights] == [["meeting 1"]] * 3
        assert [(looked.missing, looked.withdrawn) for looked, _ in nights] == [(1, 0), (1, 0), (1, 1)]
        assert set(visits.texts) == {"item/11"}
        assert len(list(visits.corpus.versions("ashmere/item/12"))) == 1

    def test_everything_reads_all_again_though_it_shows_the_same(self, visits, site):
        site.publish(meeting("1", HELD, item("11", "Cut", cut=True), papers=(paper("5"),)))
        site.wholes["11"] = item("11", "In full.")
        site.files[url("5")] = b"The report."
        look(visits, TODAY, attachments="all")
        looked, asked = look(visits, TODAY, attachments="all", everything=True)
        assert asked == ["meeting 1", "whole 11", url("5")]
        assert (looked.new, looked.changed, looked.unchanged) == (0, 0, 2)


class TestFiles:
    def test_a_file_is_a_document_with_its_bytes(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"The report in full."
        look(visits, TODAY, attachments="reports")
        document = visits.document("paper/5")
        assert (document.kind, document.title, document.text) == (
            Kind.REPORT,
            "File 5",
            "The report in full.",
        )
        assert visits.corpus.raw("ashmere/paper/5") == b"The report in full."

    def test_a_file_that_shows_another_version_is_read_again(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", version="9 KB"),))))
        site.files[url("5")] = b"The report."
        look(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", version="11 KB"),))))
        site.files[url("5")] = b"The report as replaced."
        looked, asked = look(visits, AGAIN, attachments="reports")
        assert (asked, looked.changed) == (["meeting 1", url("5")], 1)

    def test_a_new_address_of_the_same_file_is_no_change(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", address=f"{BASE}session-1/5.txt"),))))
        site.files[f"{BASE}session-1/5.txt"] = b"The report."
        look(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", address=f"{BASE}session-2/5.txt"),))))
        looked, asked = look(visits, AGAIN, attachments="reports")
        assert (asked, looked.unchanged) == (["meeting 1"], 2)
        assert visits.watch("meeting/1").last_change is None

    def test_a_failing_file_is_tried_again_on_its_own_schedule_ever_more_rarely(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),)), item("12")))
        site.errors[url("5")] = broken("documents/5.txt")
        looked, _ = look(visits, TODAY, attachments="reports")
        assert (looked.state, looked.new, looked.failed) == (OK, 2, 1)
        tried = [
            number
            for number in range(1, 40)
            if url("5") in look(visits, TODAY + timedelta(days=number), attachments="reports")[1]
        ]
        assert tried == [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 27, 33]
        site.errors.clear()
        site.files[url("5")] = b"The report."
        days = (TODAY + timedelta(days=40 + number) for number in range(8))
        assert sum(look(visits, day, attachments="reports")[0].new for day in days) == 1

    def test_a_file_that_cannot_be_read_is_said_once_and_not_fetched_every_night(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"   "
        looked, _ = look(visits, TODAY, attachments="reports")
        assert (looked.failed, visits.said) == (1, [f"ashmere: File 5 ({url('5')}): empty: nothing to read"])
        for number in range(1, 20):
            looked, asked = look(visits, TODAY + timedelta(days=number), attachments="reports")
            assert url("5") not in asked
            assert looked.failed == 0

    def test_a_file_of_contact_lines_only_is_not_stored(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"Contact: Ada Quill, Tel: 01632 960123, Email: ada.quill@ashmere.example"
        looked, _ = look(visits, TODAY, attachments="reports")
        assert set(visits.texts) == {"item/11"}
        assert looked.failed == 1

    def test_an_error_in_place_of_a_file_harms_nothing_that_is_stored(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", version="9 KB"),))))
        site.files[url("5")] = b"The report."
        look(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", version="11 KB"),))))
        site.errors[url("5")] = broken("documents/5.txt")
        looked, _ = look(visits, AGAIN, attachments="reports")
        assert (looked.failed, looked.missing, visits.texts["paper/5"]) == (1, 0, "The report.")

    def test_a_file_attached_to_two_meetings_stays_with_the_first_that_was_read(self, visits, site):
        shared = paper("5")
        site.publish(
            meeting("1", HELD, item("11", papers=(shared,))),
            meeting("2", HELD + timedelta(days=1), item("21", papers=(shared,))),
        )
        site.files[url("5")] = b"The report."
        _, asked = look(visits, TODAY, attachments="reports")
        assert asked.count(url("5")) == 1
        assert visits.watch("paper/5").meeting == "ashmere/meeting/2"
        looked, asked = look(visits, AGAIN, attachments="reports")
        assert asked == ["meeting 2", "meeting 1"]
        assert (looked.changed, looked.missing) == (0, 0)
        assert visits.document("paper/5").meeting_date == (HELD + timedelta(days=1)).isoformat()

    def test_a_file_that_its_first_meeting_has_lost_goes_over_to_the_other(self, visits, site):
        shared = paper("5")
        site.publish(meeting("1", HELD, item("11", papers=(shared,))), meeting("2", HELD, item("21")))
        site.files[url("5")] = b"The report."
        look(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, item("11")), meeting("2", HELD, item("21", papers=(shared,))))
        for number in range(40):
            look(visits, AGAIN + timedelta(days=number), attachments="reports")
        assert visits.texts["paper/5"] == "The report."
        assert visits.watch("paper/5").meeting == "ashmere/meeting/2"

    def test_files_on_other_hosts_are_left_out_and_said_once_a_visit(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"), paper("6")))))
        for key in ("5", "6"):
            site.errors[url(key)] = ForeignError(f"{url(key)}: is on elsewhere.example")
        looked, _ = look(visits, TODAY, attachments="reports")
        assert (looked.state, looked.failed, looked.blocked, len(visits.said)) == (OK, 0, 0, 1)
        assert "files on ashmere.example are left out" in visits.said[0]
        _, asked = look(visits, AGAIN, attachments="reports")
        assert asked == ["meeting 1"]

    def test_files_that_are_no_longer_wanted_leave_after_three_looks(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"The report."
        look(visits, TODAY, attachments="reports")
        for number in range(3):
            look(visits, AGAIN + timedelta(days=number), attachments="minutes")
        assert set(visits.texts) == {"item/11"}
        look(visits, AGAIN + timedelta(days=4), attachments="reports", everything=True)
        assert set(visits.texts) == {"item/11", "paper/5"}


class TestParts:
    """On nights when a meeting is not due, one of its files or long items is looked at."""

    @pytest.fixture
    def three(self, visits, site) -> Visits:
        site.publish(
            meeting("1", HELD, item("11", "Cut", cut=True), item("12", papers=(paper("5"), paper("6"))))
        )
        site.wholes["11"] = item("11", "In full.")
        site.files = {url("5"): b"The fifth report.", url("6"): b"The sixth report."}
        look(visits, TODAY, attachments="reports")
        return visits

    def look(self, visits: Visits, number: int):
        return look(visits, AGAIN + timedelta(days=number), attachments="reports")

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
        look(visits, TODAY, attachments="reports")
        assert visits.watch("paper/5").address == ""
        assert self.look(visits, 0)[1] == ["meeting 1"]
        assert self.look(visits, 1)[1] == ["meeting 1", url("5")]
        rest = [self.look(visits, number)[1] for number in range(2, 15)]
        assert rest == [[]] * 13


class TestWithheld:
    def test_an_item_that_is_withheld_now_is_erased_in_every_version(self, visits, site):
        site.publish(meeting("1", HELD, item("11", "The first figure."), item("12")))
        look(visits, TODAY)
        site.publish(meeting("1", HELD, item("11", "The second figure."), item("12")))
        look(visits, AGAIN)
        site.publish(meeting("1", HELD, item("11", "", withheld=True), item("12")))
        looked, _ = look(visits, AGAIN + timedelta(days=1))
        assert (looked.withdrawn, set(visits.texts)) == (1, {"item/12"})
        assert [one.text for one in visits.corpus.versions("ashmere/item/11")] == ["", ""]
        assert visits.said == ["ashmere/item/11: withheld by the council now: its words are erased"]
        assert not any(remark.failed for remark in visits.remarks)

    @pytest.mark.parametrize("kind", [PaperKind.REPORT, PaperKind.MINUTES, PaperKind.PACK])
    def test_a_file_that_is_withheld_now_is_erased_whatever_it_is(self, visits, site, kind):
        site.publish(meeting("1", HELD, papers=(paper("5", kind),)))
        site.files[url("5")] = b"The figure."
        look(visits, TODAY, attachments="all")
        (name,) = visits.texts
        site.publish(meeting("1", HELD, withheld_papers=("5",)))
        look(visits, AGAIN, attachments="all")
        assert visits.texts == {}
        assert [one.text for one in visits.corpus.versions(f"ashmere/{name}")] == [""]

    def test_the_number_of_a_withheld_file_costs_no_other_meeting_its_own(self, visits, site):
        site.publish(
            meeting("1", HELD, item("11", papers=(paper("5"),))),
            meeting("2", HELD, item("21"), withheld_papers=("5",)),
        )
        site.files[url("5")] = b"The report."
        for day in (TODAY, AGAIN):
            look(visits, day, attachments="reports")
        assert visits.texts["paper/5"] == "The report."
        assert [one.text for one in visits.corpus.versions("ashmere/paper/5")] == ["The report."]
        assert visits.said == []

    def test_what_is_public_again_is_read_again(self, visits, site):
        public = meeting("1", HELD, item("11", "Cut", cut=True), item("12", papers=(paper("5"),)))
        withheld = meeting("1", HELD, item("11", "", withheld=True), item("12"), withheld_papers=("5",))
        site.wholes["11"] = item("11", "In full.")
        site.files[url("5")] = b"The report."
        for number, published in enumerate((public, withheld, public)):
            site.publish(published)
            look(visits, AGAIN + timedelta(days=number * 20), attachments="reports")
        assert visits.texts == {
            "item/11": "In full.",
            "item/12": "The mill bridge was closed.",
            "paper/5": "The report.",
        }

    def test_a_meeting_that_may_not_be_displayed_loses_its_documents_at_once_and_keeps_their_history(
        self, visits, site
    ):
        site.publish(meeting("1", HELD, item("11"), item("12", papers=(paper("5"),))))
        site.files[url("5")] = b"The report."
        look(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, withheld=True))
        looked, _ = look(visits, AGAIN, attachments="reports")
        assert (looked.withdrawn, visits.texts) == (3, {})
        assert [one.text for one in visits.corpus.versions("ashmere/paper/5")] == ["The report."]
        site.publish(meeting("1", HELD, item("11"), item("12", papers=(paper("5"),))))
        look(visits, AGAIN + timedelta(days=1), attachments="reports")
        assert set(visits.texts) == {"item/11", "item/12", "paper/5"}


class TestAbsent:
    @pytest.fixture
    def two(self, visits, site) -> Visits:
        site.publish(
            meeting("1", HELD, item("11", papers=(paper("5"),)), item("12", "Cut", cut=True)),
            meeting("2", HELD + timedelta(days=1), item("21")),
        )
        site.wholes["12"] = item("12", "In full.")
        site.files[url("5")] = b"The report."
        look(visits, TODAY, attachments="reports")
        return visits

    def test_a_meeting_that_is_gone_is_withdrawn_after_three_nights(self, two, site):
        kept = site.held.pop("1")
        nights = [look(two, AGAIN + timedelta(days=n), attachments="reports") for n in range(4)]
        assert [(one.state, one.missing, one.withdrawn) for one, _ in nights] == [
            (OK, 3, 0),
            (OK, 3, 0),
            (OK, 3, 3),
            (OK, 0, 0),
        ]
        assert [asked.count("meeting 1") for _, asked in nights] == [1, 1, 1, 1]
        assert (two.meeting("1").status, set(two.texts)) == (WITHDRAWN, {"item/21"})
        site.publish(kept)
        look(two, AGAIN + timedelta(days=14), attachments="reports")
        assert set(two.texts) == {"item/11", "item/12", "item/21", "paper/5"}
        assert two.meeting("1").status == ""

    def test_a_meeting_that_is_back_before_the_third_night_has_lost_nothing(self, two, site):
        kept = site.held.pop("1")
        for number in range(2):
            look(two, AGAIN + timedelta(days=number), attachments="reports")
        site.publish(kept)
        looked, _ = look(two, AGAIN + timedelta(days=2), attachments="reports")
        assert (looked.new, looked.changed, looked.withdrawn) == (0, 0, 0)
        assert set(two.texts) == {"item/11", "item/12", "item/21", "paper/5"}
        assert two.meeting("1").status == ""

    def test_it_is_believed_only_while_another_meeting_is_there(self, two, site):
        site.held.clear()
        site.unlisted = {"1", "2"}
        for number in range(5):
            looked, _ = look(two, AGAIN + timedelta(days=number), attachments="reports")
            assert (looked.state, looked.missing) == (SourceState.FAILING, 0)
        assert set(two.texts) == {"item/11", "item/12", "item/21", "paper/5"}

    def test_on_a_night_without_lists_another_known_meeting_is_asked_for(self, visits, site):
        old = date(2024, 3, 4)
        site.publish(meeting("1", old, item("11")), meeting("2", old + timedelta(days=1), item("21")))
        look(visits, TODAY, since=old)
        del site.held["1"]
        for number in range(10):  # until the lists rest, and say nothing of so long ago
            look(visits, TODAY + timedelta(days=82 + number))
        assert (visits.meeting("1").status, set(visits.texts)) == (WITHDRAWN, {"item/21"})

    def test_a_meeting_that_is_listed_and_does_not_answer_is_a_failure(self, two, site):
        site.errors["meeting 1"] = AbsentError(f"{BASE}meeting/1: there is nothing at this address")
        for number in range(4):
            looked, _ = look(two, AGAIN + timedelta(days=number), attachments="reports")
            assert (looked.failed, looked.missing) == (1, 0)
        assert "item/11" in two.texts

    def test_a_meeting_without_documents_is_withdrawn_at_once(self, two, site):
        site.publish(meeting("3", TODAY + timedelta(days=10)))
        look(two, TODAY + timedelta(days=7))
        del site.held["3"]
        look(two, TODAY + timedelta(days=8))
        assert two.meeting("3").status == WITHDRAWN

    def test_a_page_that_cannot_be_read_harms_nothing(self, two, site):
        site.errors["meeting 1"] = broken("meeting/1")
        looked, _ = look(two, AGAIN, attachments="reports")
        assert (looked.state, looked.failed, looked.missing) == (OK, 1, 0)
        assert set(two.texts) == {"item/11", "item/12", "item/21", "paper/5"}


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
        _, asked = look(visits, TODAY)
        assert asked == ["meeting 2", url("9"), "meeting 1"]
        assert set(visits.texts) == {"item/11", "item/21"}

    def test_they_are_dropped_when_their_own_meeting_comes_first(self, visits, site):
        self.publish(site, "1")
        look(visits, TODAY)
        self.publish(site, "2")
        looked, asked = look(visits, TODAY + timedelta(days=7))
        assert (looked.state, looked.new, asked) == (OK, 1, ["meeting 2", url("9")])
        assert set(visits.texts) == {"item/11", "item/21"}

    def test_both_orders_leave_the_same_and_stay_so(self, visits, site):
        self.publish(site, "1", "2")
        look(visits, TODAY)
        revision = visits.corpus.revision
        for number in range(1, 40):
            assert url("9") not in look(visits, TODAY + timedelta(days=number))[1]
        assert visits.corpus.revision == revision

    def test_without_minutes_of_its_own_the_meeting_has_those_of_the_paper(self, visits, site):
        self.publish(site, "2")
        site.publish(meeting("1", self.earlier, item("11", "To receive the annual report.", "")))
        look(visits, TODAY)
        document = visits.document("minutes/9" if "minutes/9" in visits.texts else "paper/9")
        assert (document.meeting_date, document.kind, document.status) == (
            self.earlier.isoformat(),
            Kind.MINUTES,
            Status.UNKNOWN,
        )
        assert document.url == url("9")
        site.publish(meeting("1", self.earlier, item("11", MINUTES)))
        look(visits, AGAIN)
        assert set(visits.texts) == {"item/11", "item/21"}

    def test_other_words_of_that_day_stay(self, visits, site):
        other = " ".join(f"Councillor {n} asked about the ferry and was answered." for n in range(40))
        self.publish(site, "1", "2", words=other)
        look(visits, TODAY)
        assert visits.document("paper/9").meeting_date == self.earlier.isoformat()

    def test_minutes_of_an_unknown_day_are_not_of_the_meeting_that_they_are_a_paper_of(self, visits, site):
        self.publish(site, "1", "2")
        site.files[url("9")] = b"Some remarks on the ferry, by nobody in particular."
        look(visits, TODAY)
        assert visits.document("paper/9").meeting_date is None

    def test_printed_minutes_of_the_meeting_itself_keep_its_day(self, visits, site):
        site.publish(meeting("1", HELD, papers=(paper("9", PaperKind.MINUTES),), minutes_published=True))
        site.files[url("9")] = MINUTES.encode()
        look(visits, TODAY)
        document = visits.document("minutes/9")
        assert (document.meeting_date, document.status) == (HELD.isoformat(), Status.FINAL)


class TestInterrupted:
    """A visit that is cut off at any question leaves nothing out for good."""

    def test_every_moment(self, tmp_path):
        from corpus.store import Corpus

        def published() -> ScriptedSite:
            site = ScriptedSite()
            site.publish(
                meeting("1", HELD, item("11", "Cut", cut=True), item("12", papers=(paper("5"), paper("6")))),
                meeting("2", HELD, item("21", papers=(paper("7"),)), committee=ROADS),
            )
            site.wholes["11"] = item("11", "In full.")
            site.files = {url(key): f"The words of {key}.".encode() for key in "567"}
            return site

        with Corpus(tmp_path / "whole.sqlite3") as corpus:
            whole = Visits(corpus, published())
            look(whole, TODAY, attachments="reports")
            wanted, questions = (
                whole.texts,
                ["meeting 1", "meeting 2", "whole 11", url("5"), url("6"), url("7")],
            )
        assert len(wanted) == 6
        for number, what in enumerate(questions):
            with Corpus(tmp_path / f"{number}.sqlite3") as corpus:
                visits = Visits(corpus, published())
                visits.site.errors[what] = KeyboardInterrupt()  # type: ignore[assignment]
                with pytest.raises(KeyboardInterrupt):
                    look(visits, TODAY, attachments="reports")
                visits.site.errors.clear()
                look(visits, TODAY, attachments="reports")
                assert visits.texts == wanted


def test_committees_are_named_on_their_documents(visits, site):
    site.publish(meeting("1", HELD, item("11")), meeting("2", HELD, item("21"), committee=ROADS))
    look(visits, TODAY)
    assert visits.document("item/11").committee == CABINET.title
    assert visits.document("item/21").committee == ROADS.title
