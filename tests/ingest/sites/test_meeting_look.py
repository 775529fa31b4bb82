"""Looks at meetings that are due: their items and files."""

from datetime import timedelta

import pytest

from corpus.errors import ForeignError
from corpus.records import Kind, Status
from corpus.store import Corpus
from tests.ingest.sites.scripted import (
    AGAIN,
    BASE,
    CABINET,
    HELD,
    OK,
    ROADS,
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


class TestItems:
    def test_every_item_with_words_is_a_document_of_the_meeting(self, visits, site):
        site.publish(
            meeting("1", HELD, item("11"), item("12", "", ""), item("13", "", withheld=True), draft=True)
        )
        looked, asked = look_asking(visits, TODAY, council="Ashmere Borough Council")
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
        first, asked = look_asking(visits, TODAY, attachments="reports")
        assert (first.new, asked) == (3, ["meeting 1", "whole 12", url("5")])
        revision = visits.corpus.revision
        second, asked = look_asking(visits, AGAIN, attachments="reports")
        assert asked == ["meeting 1"]
        assert (second.new, second.changed, second.unchanged, second.missing) == (0, 0, 3, 0)
        assert visits.corpus.revision == revision

    def test_draft_minutes_become_final(self, visits, site):
        site.publish(meeting("1", HELD, item("11"), draft=True))
        look_asking(visits, TODAY)
        site.publish(meeting("1", HELD, item("11")))
        looked, _ = look_asking(visits, AGAIN)
        assert (looked.changed, visits.document("item/11").status) == (1, Status.FINAL)
        assert len(list(visits.corpus.versions("ashmere/item/11"))) == 2

    def test_a_meeting_moves_with_its_items(self, visits, site):
        site.publish(meeting("1", HELD, item("11")))
        look_asking(visits, TODAY)
        moved = HELD + timedelta(days=2)
        site.publish(meeting("1", moved, item("11")))
        look_asking(visits, AGAIN)
        assert visits.document("item/11").meeting_date == moved.isoformat()
        assert visits.meeting("1").date == moved.isoformat()

    def test_an_item_that_is_cut_is_read_in_full_when_it_shows_something_new(self, visits, site):
        site.publish(meeting("1", HELD, item("11", "The first", cut=True), item("12", "The other", cut=True)))
        site.wholes = {"11": item("11", "The first words in full."), "12": item("12", "The other in full.")}
        look_asking(visits, TODAY)
        site.publish(
            meeting(
                "1", HELD, item("11", "The first as corrected", cut=True), item("12", "The other", cut=True)
            )
        )
        site.wholes["11"] = item("11", "The first words as corrected.")
        looked, asked = look_asking(visits, AGAIN)
        assert asked == ["meeting 1", "whole 11"]
        assert (looked.changed, looked.unchanged) == (1, 1)
        assert visits.texts["item/11"] == "The first words as corrected."

    def test_an_item_that_cannot_be_had_in_full_is_not_stored_and_does_not_stop_the_meeting(
        self, visits, site
    ):
        site.publish(meeting("1", HELD, item("11", "Only the beginning", cut=True), item("12")))
        site.errors["whole 11"] = broken("item/11")
        looked, _ = look_asking(visits, TODAY)
        assert (looked.state, looked.new, looked.failed) == (OK, 1, 1)
        assert set(visits.texts) == {"item/12"}
        assert visits.said == [f"ashmere: {BASE}item/11: answers 500"]

    def test_items_of_one_matter_are_remembered(self, visits, site):
        site.publish(meeting("1", HELD, item("11", issue="7")))
        look_asking(visits, TODAY)
        rows = visits.corpus.connection.execute("SELECT document_id, issue FROM issues").fetchall()
        assert [tuple(row) for row in rows] == [("ashmere/item/11", "ashmere/issue/7")]

    def test_an_item_that_is_gone_is_withdrawn_at_the_third_miss_and_looked_for_every_night_until_then(
        self, visits, site
    ):
        site.publish(meeting("1", HELD, item("11"), item("12")))
        look_asking(visits, TODAY)
        site.publish(meeting("1", HELD, item("11")))
        nights = [look_asking(visits, AGAIN + timedelta(days=n)) for n in range(3)]
        assert [asked for _, asked in nights] == [["meeting 1"]] * 3
        assert [(looked.missing, looked.withdrawn) for looked, _ in nights] == [(1, 0), (1, 0), (1, 1)]
        assert set(visits.texts) == {"item/11"}
        assert len(list(visits.corpus.versions("ashmere/item/12"))) == 1

    def test_everything_reads_all_again_though_it_shows_the_same(self, visits, site):
        site.publish(meeting("1", HELD, item("11", "Cut", cut=True), papers=(paper("5"),)))
        site.wholes["11"] = item("11", "In full.")
        site.files[url("5")] = b"The report."
        look_asking(visits, TODAY, attachments="all")
        looked, asked = look_asking(visits, TODAY, attachments="all", everything=True)
        assert asked == ["meeting 1", "whole 11", url("5")]
        assert (looked.new, looked.changed, looked.unchanged) == (0, 0, 2)


class TestFiles:
    def test_a_file_is_a_document_with_its_bytes(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"The report in full."
        look_asking(visits, TODAY, attachments="reports")
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
        look_asking(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", version="11 KB"),))))
        site.files[url("5")] = b"The report as replaced."
        looked, asked = look_asking(visits, AGAIN, attachments="reports")
        assert (asked, looked.changed) == (["meeting 1", url("5")], 1)

    def test_a_new_address_of_the_same_file_is_no_change(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", address=f"{BASE}session-1/5.txt"),))))
        site.files[f"{BASE}session-1/5.txt"] = b"The report."
        look_asking(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", address=f"{BASE}session-2/5.txt"),))))
        looked, asked = look_asking(visits, AGAIN, attachments="reports")
        assert (asked, looked.unchanged) == (["meeting 1"], 2)
        assert visits.watch("meeting/1").last_change is None

    def test_a_failing_file_is_tried_again_on_its_own_schedule_ever_more_rarely(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),)), item("12")))
        site.errors[url("5")] = broken("documents/5.txt")
        looked, _ = look_asking(visits, TODAY, attachments="reports")
        assert (looked.state, looked.new, looked.failed) == (OK, 2, 1)
        tried = [
            number
            for number in range(1, 40)
            if url("5") in look_asking(visits, TODAY + timedelta(days=number), attachments="reports")[1]
        ]
        assert tried == [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 27, 33]
        site.errors.clear()
        site.files[url("5")] = b"The report."
        days = (TODAY + timedelta(days=40 + number) for number in range(8))
        assert sum(look_asking(visits, day, attachments="reports")[0].new for day in days) == 1

    def test_a_file_that_cannot_be_read_is_said_once_and_not_fetched_every_night(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"   "
        looked, _ = look_asking(visits, TODAY, attachments="reports")
        assert (looked.failed, visits.said) == (1, [f"ashmere: File 5 ({url('5')}): empty: nothing to read"])
        for number in range(1, 20):
            looked, asked = look_asking(visits, TODAY + timedelta(days=number), attachments="reports")
            assert url("5") not in asked
            assert looked.failed == 0

    def test_a_file_of_contact_lines_only_is_not_stored(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"Contact: Ada Quill, Tel: 01632 960123, Email: ada.quill@ashmere.example"
        looked, _ = look_asking(visits, TODAY, attachments="reports")
        assert set(visits.texts) == {"item/11"}
        assert looked.failed == 1

    def test_an_error_in_place_of_a_file_harms_nothing_that_is_stored(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", version="9 KB"),))))
        site.files[url("5")] = b"The report."
        look_asking(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, item("11", papers=(paper("5", version="11 KB"),))))
        site.errors[url("5")] = broken("documents/5.txt")
        looked, _ = look_asking(visits, AGAIN, attachments="reports")
        assert (looked.failed, looked.missing, visits.texts["paper/5"]) == (1, 0, "The report.")

    def test_a_file_attached_to_two_meetings_stays_with_the_first_that_was_read(self, visits, site):
        shared = paper("5")
        site.publish(
            meeting("1", HELD, item("11", papers=(shared,))),
            meeting("2", HELD + timedelta(days=1), item("21", papers=(shared,))),
        )
        site.files[url("5")] = b"The report."
        _, asked = look_asking(visits, TODAY, attachments="reports")
        assert asked.count(url("5")) == 1
        assert visits.watch("paper/5").meeting == "ashmere/meeting/2"
        looked, asked = look_asking(visits, AGAIN, attachments="reports")
        assert asked == ["meeting 2", "meeting 1"]
        assert (looked.changed, looked.missing) == (0, 0)
        assert visits.document("paper/5").meeting_date == (HELD + timedelta(days=1)).isoformat()

    def test_a_file_that_its_first_meeting_has_lost_goes_over_to_the_other(self, visits, site):
        shared = paper("5")
        site.publish(meeting("1", HELD, item("11", papers=(shared,))), meeting("2", HELD, item("21")))
        site.files[url("5")] = b"The report."
        look_asking(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, item("11")), meeting("2", HELD, item("21", papers=(shared,))))
        for number in range(40):
            look_asking(visits, AGAIN + timedelta(days=number), attachments="reports")
        assert visits.texts["paper/5"] == "The report."
        assert visits.watch("paper/5").meeting == "ashmere/meeting/2"

    def test_files_on_other_hosts_are_left_out_and_said_once_a_visit(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"), paper("6")))))
        for key in ("5", "6"):
            site.errors[url(key)] = ForeignError(f"{url(key)}: is on elsewhere.example")
        looked, _ = look_asking(visits, TODAY, attachments="reports")
        assert (looked.state, looked.failed, looked.blocked, len(visits.said)) == (OK, 0, 0, 1)
        assert "files on ashmere.example are left out" in visits.said[0]
        _, asked = look_asking(visits, AGAIN, attachments="reports")
        assert asked == ["meeting 1"]

    def test_files_that_are_no_longer_wanted_leave_after_three_looks(self, visits, site):
        site.publish(meeting("1", HELD, item("11", papers=(paper("5"),))))
        site.files[url("5")] = b"The report."
        look_asking(visits, TODAY, attachments="reports")
        for number in range(3):
            look_asking(visits, AGAIN + timedelta(days=number), attachments="minutes")
        assert set(visits.texts) == {"item/11"}
        look_asking(visits, AGAIN + timedelta(days=4), attachments="reports", everything=True)
        assert set(visits.texts) == {"item/11", "paper/5"}


class TestInterrupted:
    """A visit that is cut off at any question leaves nothing out for good."""

    def test_every_moment(self, tmp_path):

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
            look_asking(whole, TODAY, attachments="reports")
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
                    look_asking(visits, TODAY, attachments="reports")
                visits.site.errors.clear()
                look_asking(visits, TODAY, attachments="reports")
                assert visits.texts == wanted


def test_committees_are_named_on_their_documents(visits, site):
    site.publish(meeting("1", HELD, item("11")), meeting("2", HELD, item("21"), committee=ROADS))
    look_asking(visits, TODAY)
    assert visits.document("item/11").committee == CABINET.title
    assert visits.document("item/21").committee == ROADS.title
