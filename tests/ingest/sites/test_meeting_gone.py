"""Meetings and parts of them that are withheld, or are there no more."""

from datetime import date, timedelta

import pytest

from corpus.errors import AbsentError
from corpus.records import SourceState
from ingest.sites.lists import WITHDRAWN
from ingest.sites.records import PaperKind
from tests.ingest.sites.scripted import (
    AGAIN,
    BASE,
    HELD,
    OK,
    TODAY,
    Visits,
    broken,
    item,
    look_asking,
    meeting,
    paper,
    url,
)


class TestWithheld:
    def test_an_item_that_is_withheld_now_is_erased_in_every_version(self, visits, site):
        site.publish(meeting("1", HELD, item("11", "The first figure."), item("12")))
        look_asking(visits, TODAY)
        site.publish(meeting("1", HELD, item("11", "The second figure."), item("12")))
        look_asking(visits, AGAIN)
        site.publish(meeting("1", HELD, item("11", "", withheld=True), item("12")))
        looked, _ = look_asking(visits, AGAIN + timedelta(days=1))
        assert (looked.withdrawn, set(visits.texts)) == (1, {"item/12"})
        assert [one.text for one in visits.corpus.versions("ashmere/item/11")] == ["", ""]
        assert visits.said == ["ashmere/item/11: withheld by the council now: its words are erased"]
        assert not any(remark.failed for remark in visits.remarks)

    @pytest.mark.parametrize("kind", [PaperKind.REPORT, PaperKind.MINUTES, PaperKind.PACK])
    def test_a_file_that_is_withheld_now_is_erased_whatever_it_is(self, visits, site, kind):
        site.publish(meeting("1", HELD, papers=(paper("5", kind),)))
        site.files[url("5")] = b"The figure."
        look_asking(visits, TODAY, attachments="all")
        (name,) = visits.texts
        site.publish(meeting("1", HELD, withheld_papers=("5",)))
        look_asking(visits, AGAIN, attachments="all")
        assert visits.texts == {}
        assert [one.text for one in visits.corpus.versions(f"ashmere/{name}")] == [""]

    def test_a_file_is_erased_although_a_kill_kept_its_look_from_being_remembered(self, visits, site):
        site.publish(meeting("1", HELD, papers=(paper("5"),)))
        site.files[url("5")] = b"The figure."
        look_asking(visits, TODAY, attachments="all")
        visits.corpus.connection.execute("DELETE FROM watches WHERE id = 'ashmere/paper/5'")
        site.publish(meeting("1", HELD, withheld_papers=("5",)))
        look_asking(visits, AGAIN, attachments="all")
        assert [one.text for one in visits.corpus.versions("ashmere/paper/5")] == [""]

    def test_the_number_of_a_withheld_file_costs_no_other_meeting_its_own(self, visits, site):
        site.publish(
            meeting("1", HELD, item("11", papers=(paper("5"),))),
            meeting("2", HELD, item("21"), withheld_papers=("5",)),
        )
        site.files[url("5")] = b"The report."
        for day in (TODAY, AGAIN):
            look_asking(visits, day, attachments="reports")
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
            look_asking(visits, AGAIN + timedelta(days=number * 20), attachments="reports")
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
        look_asking(visits, TODAY, attachments="reports")
        site.publish(meeting("1", HELD, withheld=True))
        looked, _ = look_asking(visits, AGAIN, attachments="reports")
        assert (looked.withdrawn, visits.texts) == (3, {})
        assert [one.text for one in visits.corpus.versions("ashmere/paper/5")] == ["The report."]
        site.publish(meeting("1", HELD, item("11"), item("12", papers=(paper("5"),))))
        look_asking(visits, AGAIN + timedelta(days=1), attachments="reports")
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
        look_asking(visits, TODAY, attachments="reports")
        return visits

    def test_a_meeting_that_is_gone_is_withdrawn_after_three_nights(self, two, site):
        kept = site.held.pop("1")
        nights = [look_asking(two, AGAIN + timedelta(days=n), attachments="reports") for n in range(4)]
        assert [(one.state, one.missing, one.withdrawn) for one, _ in nights] == [
            (OK, 3, 0),
            (OK, 3, 0),
            (OK, 3, 3),
            (OK, 0, 0),
        ]
        assert [asked.count("meeting 1") for _, asked in nights] == [1, 1, 1, 1]
        assert (two.meeting("1").status, set(two.texts)) == (WITHDRAWN, {"item/21"})
        site.publish(kept)
        look_asking(two, AGAIN + timedelta(days=14), attachments="reports")
        assert set(two.texts) == {"item/11", "item/12", "item/21", "paper/5"}
        assert two.meeting("1").status == ""

    def test_a_meeting_that_is_back_before_the_third_night_has_lost_nothing(self, two, site):
        kept = site.held.pop("1")
        for number in range(2):
            look_asking(two, AGAIN + timedelta(days=number), attachments="reports")
        site.publish(kept)
        looked, _ = look_asking(two, AGAIN + timedelta(days=2), attachments="reports")
        assert (looked.new, looked.changed, looked.withdrawn) == (0, 0, 0)
        assert set(two.texts) == {"item/11", "item/12", "item/21", "paper/5"}
        assert two.meeting("1").status == ""

    def test_it_is_believed_only_while_another_meeting_is_there(self, two, site):
        site.held.clear()
        site.unlisted = {"1", "2"}
        for number in range(5):
            looked, _ = look_asking(two, AGAIN + timedelta(days=number), attachments="reports")
            assert (looked.state, looked.missing) == (SourceState.FAILING, 0)
        assert set(two.texts) == {"item/11", "item/12", "item/21", "paper/5"}

    def test_on_a_night_without_lists_another_known_meeting_is_asked_for(self, visits, site):
        old = date(2024, 3, 4)
        site.publish(meeting("1", old, item("11")), meeting("2", old + timedelta(days=1), item("21")))
        look_asking(visits, TODAY, since=old)
        del site.held["1"]
        for number in range(10):  # until the lists rest, and say nothing of so long ago
            look_asking(visits, TODAY + timedelta(days=82 + number))
        assert (visits.meeting("1").status, set(visits.texts)) == (WITHDRAWN, {"item/21"})

    def test_a_meeting_that_is_listed_and_does_not_answer_is_a_failure(self, two, site):
        site.errors["meeting 1"] = AbsentError(f"{BASE}meeting/1: there is nothing at this address")
        for number in range(4):
            looked, _ = look_asking(two, AGAIN + timedelta(days=number), attachments="reports")
            assert (looked.failed, looked.missing) == (1, 0)
        assert "item/11" in two.texts

    def test_a_meeting_without_documents_is_withdrawn_at_once(self, two, site):
        site.publish(meeting("3", TODAY + timedelta(days=10)))
        look_asking(two, TODAY + timedelta(days=7))
        del site.held["3"]
        look_asking(two, TODAY + timedelta(days=8))
        assert two.meeting("3").status == WITHDRAWN

    def test_a_page_that_cannot_be_read_harms_nothing(self, two, site):
        site.errors["meeting 1"] = broken("meeting/1")
        looked, _ = look_asking(two, AGAIN, attachments="reports")
        assert (looked.state, looked.failed, looked.missing) == (OK, 1, 0)
        assert set(two.texts) == {"item/11", "item/12", "item/21", "paper/5"}
