from dataclasses import replace

import pytest

from corpus.records import Kind, Page, Section, Status
from ingest.parsed import Parsed
from ingest.sites.documents import (
    Setting,
    decision_document,
    decision_id,
    issue_id,
    item_document,
    item_id,
    meeting_id,
    paper_document,
    paper_id,
)
from ingest.sites.records import PaperKind, Part
from tests.ingest.sites.scripted import BASE, decision, item, paper

SETTING = Setting(
    "ashmere", "Ashmere Borough Council", "Cabinet", "2026-01-05", Status.DRAFT, "2026-03-02T02:30"
)


def parts(*labels: str) -> tuple[Part, ...]:
    return tuple(Part(label, f"<p>The words of {label or 'the agenda'}.</p>") for label in labels)


class TestIds:
    def test_ids_are_of_the_source_and_never_the_same_for_two_things(self):
        ids = [make("ashmere", "7") for make in (item_id, meeting_id, decision_id, issue_id)]
        ids += [paper_id("ashmere", paper("7", kind)) for kind in PaperKind if kind is not PaperKind.APPENDIX]
        assert len(set(ids)) == len(ids) == 9
        assert all(each.startswith("ashmere/") and each.endswith("/7") for each in ids)

    @pytest.mark.parametrize(
        ("kind", "of_the_meeting", "of_an_item"),
        [
            (PaperKind.MINUTES, "minutes", "paper"),
            (PaperKind.DECISIONS, "decisions", "paper"),
            (PaperKind.FRONTSHEET, "frontsheet", "paper"),
            (PaperKind.PACK, "pack", "paper"),
            (PaperKind.REPORT, "paper", "paper"),
            (PaperKind.APPENDIX, "paper", "paper"),
        ],
    )
    def test_only_files_of_the_meeting_itself_have_their_kind_in_the_id(
        self, kind, of_the_meeting, of_an_item
    ):
        assert paper_id("ashmere", paper("7", kind)) == f"ashmere/{of_the_meeting}/7"
        assert paper_id("ashmere", paper("7", kind, item="11")) == f"ashmere/{of_an_item}/7"


class TestItems:
    @pytest.mark.parametrize(
        ("labels", "kind", "status"),
        [
            (("",), Kind.AGENDA, Status.UNKNOWN),
            (("supporting documents",), Kind.DECISION, Status.UNKNOWN),
            (("decision", "reasons for decision"), Kind.DECISION, Status.UNKNOWN),
            (("", "decision"), Kind.DECISION, Status.UNKNOWN),
            (("minutes",), Kind.MINUTES, Status.DRAFT),
            (("", "decision", "minutes"), Kind.MINUTES, Status.DRAFT),
            (("recorded vote",), Kind.MINUTES, Status.DRAFT),
        ],
    )
    def test_an_item_is_what_its_parts_are_and_minutes_alone_may_be_drafts(self, labels, kind, status):
        document = item_document(replace(item("11"), parts=parts(*labels)), SETTING)
        assert document is not None
        assert (document.kind, document.status) == (kind, status)

    def test_minutes_with_a_resolution_inside_are_minutes(self):
        html = "<p>The Committee heard much.</p><p><b>RESOLVED</b></p><p>That the bridge be closed.</p>"
        document = item_document(replace(item("11"), parts=(Part("minutes", html),)), SETTING)
        assert document is not None
        assert (document.kind, document.sections[-1].role) == (Kind.MINUTES, "resolved")

    def test_all_that_is_known_of_it_stands_in_the_document(self):
        document = item_document(item("11", number="54", title="The mill bridge"), SETTING)
        assert document is not None
        assert (document.id, document.source, document.title, document.url, document.item_number) == (
            "ashmere/item/11",
            "ashmere",
            "The mill bridge",
            f"{BASE}item/11",
            "54",
        )
        assert (document.council, document.committee, document.meeting_date, document.fetched_at) == (
            "Ashmere Borough Council",
            "Cabinet",
            "2026-01-05",
            "2026-03-02T02:30",
        )

    @pytest.mark.parametrize("html", ["", "<p>  </p>", "<p>&nbsp;</p><br>", "<!-- words -->"])
    def test_an_item_without_words_is_no_document(self, html):
        assert item_document(replace(item("11"), parts=(Part("minutes", html),)), SETTING) is None


class TestPapers:
    parsed = Parsed(
        "Its own title",
        "The words.",
        sections=(Section("minutes", 0, 10),),
        pages=(Page(1, 0, 10),),
        council="Somewhere Else",
        committee="Another",
        meeting_date="1999-01-01",
        status=Status.FINAL,
    )

    @pytest.mark.parametrize(
        ("kind", "document_kind", "status"),
        [
            (PaperKind.MINUTES, Kind.MINUTES, Status.DRAFT),
            (PaperKind.DECISIONS, Kind.DECISION, Status.UNKNOWN),
            (PaperKind.REPORT, Kind.REPORT, Status.UNKNOWN),
            (PaperKind.APPENDIX, Kind.REPORT, Status.UNKNOWN),
            (PaperKind.FRONTSHEET, Kind.AGENDA, Status.UNKNOWN),
            (PaperKind.PACK, Kind.AGENDA, Status.UNKNOWN),
        ],
    )
    def test_a_file_is_what_its_place_and_title_make_it(self, kind, document_kind, status):
        document = paper_document(paper("5", kind), self.parsed, SETTING)
        assert (document.kind, document.status) == (document_kind, status)

    def test_what_the_site_says_goes_before_what_the_file_says_itself(self):
        document = paper_document(paper("5", url=f"{BASE}documents/s5"), self.parsed, SETTING)
        assert (document.title, document.council, document.committee, document.meeting_date) == (
            "File 5",
            "Ashmere Borough Council",
            "Cabinet",
            "2026-01-05",
        )
        assert (document.text, document.url) == ("The words.", f"{BASE}documents/s5")
        assert (document.sections, document.pages) == (self.parsed.sections, self.parsed.pages)

    def test_a_file_without_a_title_has_its_own(self):
        assert paper_document(paper("5", title=""), self.parsed, SETTING).title == "Its own title"


class TestDecisions:
    def test_a_decision_is_of_its_maker_and_day(self):
        setting = replace(SETTING, committee="The Leader", date="2026-02-01")
        document = decision_document(decision("5", "2026-02-01"), setting)
        assert document is not None
        assert (document.id, document.kind, document.committee, document.meeting_date, document.status) == (
            "ashmere/decision/5",
            Kind.DECISION,
            "The Leader",
            "2026-02-01",
            Status.UNKNOWN,
        )

    def test_a_decision_without_words_is_no_document(self):
        assert decision_document(decision("5", None, ""), SETTING) is None
