import json
from datetime import UTC, datetime
from typing import Any

import pytest

from corpus.records import Committee, Meeting, Source, SourceState, Watch
from corpus.site_record import SiteRecord
from corpus.store import Corpus
from ingest.report import Looked
from tests.factories import build, make_document, put_documents
from ui.library import Library
from ui.settings import Settings
from ui.state import state_of, state_text
from ui.updates import Update, keep_update


@pytest.fixture
def library(tmp_path) -> Library:
    return Library(tmp_path, Settings())


def fill(library: Library, *ids: str) -> None:
    with library.corpus() as corpus:
        put_documents(corpus, [make_document(id) for id in ids])


def publish(library: Library) -> None:
    with library.corpus() as corpus:
        build(corpus, library.data)


def test_an_empty_library_is_left_alone(library):
    state = state_of(library)
    assert (state.revision, state.generation, state.behind) == (0, None, 0)
    assert list(library.data.iterdir()) == []
    assert "none yet; run: minutebook ingest FOLDER" in state_text(state)


def test_what_is_stored_but_not_indexed_is_said(library):
    fill(library, "a", "b")
    assert "none yet; run: minutebook index" in state_text(state_of(library))
    publish(library)
    assert state_of(library).behind == 0
    assert "changes behind" not in state_text(state_of(library))
    fill(library, "c")
    assert state_of(library).behind == 1
    assert "generation 000001: 2 documents" in state_text(state_of(library))
    assert "1 change behind, run: minutebook index" in state_text(state_of(library))


def test_a_broken_generation_is_said_and_the_rest_is_shown(library):
    fill(library, "a")
    publish(library)
    (library.data / "generations/000001/manifest.json").write_text("broken")
    text = state_text(state_of(library))
    assert "damaged" in text
    assert "Documents  1 in 1 versions" in text


def test_the_state_is_ready_for_json(library):
    fill(library, "a")
    publish(library)
    state = json.loads(json.dumps(state_of(library).as_dict()))
    assert state["counts"]["documents"] == 1
    assert state["manifest"]["passages"] > 0
    assert (state["generation"], state["behind"], state["trouble"]) == ("000001", 0, "")
    assert [source["name"] for source in state["sources"]] == ["ashmere"]


def test_names_of_sources_cannot_steer_the_terminal(library):
    with Corpus(library.record) as corpus:
        put_documents(corpus, [], source="\x1b[2Jevil")
    assert "\x1b" not in state_text(state_of(library))


class TestSites:
    """A site that was read in March 2026, looked at on a day in that month."""

    @pytest.fixture(autouse=True)
    def clock(self, monkeypatch):
        self.day = datetime(2026, 3, 3, tzinfo=UTC)
        monkeypatch.setattr("ui.clock.now", lambda: self.day)

    def fill(self, library: Library, state: SourceState = SourceState.OK, reason: str = "") -> None:
        with library.corpus() as corpus:
            record, then = SiteRecord(corpus, "ashmere"), "2026-03-02T02:30:00+00:00"
            corpus.put_source(Source("ashmere", "https://ashmere.example/", state, reason, then, then))
            corpus.put_source(Source("minutes", "/srv/minutes", SourceState.OK, "", then, then))
            days: dict[str, Any] = {"listed_from": "2025-12-02", "listed_to": "2026-03-02"}
            record.put_committees([Committee("ashmere", "1", "Cabinet", **days)])
            for key in "123":
                meeting = Meeting(f"ashmere/meeting/{key}", "ashmere", "", "Cabinet", "2026-01-05")
                record.put_meeting(meeting)
            record.put_watch(Watch(meeting.id, "ashmere", shown="x", last_look=then))
            record.put(
                make_document("ashmere/item/1"), input_hash="h", raw=b"x", media_type="x", meeting=meeting.id
            )

    def test_each_source_has_its_state_and_each_committee_the_months_that_are_covered(self, library):
        self.fill(library)
        lines = state_text(state_of(library)).splitlines()
        start = lines.index("Sources")
        assert lines[start + 1 : start + 4] == [
            "  ashmere  ok  (last looked at 2026-03-02T02:30:00+00:00)",
            "    Cabinet: 2025-12 to 2026-03, 3 meetings, 1 with minutes, 2 not read yet",
            "  minutes  ok  (last looked at 2026-03-02T02:30:00+00:00)",
        ]

    def test_a_site_that_no_update_looks_at_is_stale_and_a_folder_is_not(self, library):
        self.fill(library)
        self.day = datetime(2026, 3, 6, tzinfo=UTC)
        state = state_of(library)
        assert [source.state for source in state.sources] == [SourceState.STALE, SourceState.OK]
        assert "ashmere  stale: no update has looked at it since  (last looked at" in state_text(state)

    def test_why_a_site_is_blocked_is_said(self, library):
        self.fill(library, SourceState.BLOCKED, "https://ashmere.example/: answers 403")
        assert "ashmere  blocked: https://ashmere.example/: answers 403  (last" in state_text(
            state_of(library)
        )

    def test_the_last_update_is_shown(self, library):
        self.fill(library)
        sources = (
            Looked("ashmere", SourceState.OK, new=1_000, changed=3),
            Looked("tarnwick", SourceState.BLOCKED, "answers 403"),
        )
        for day, trouble in ((1, ""), (2, "the disk is full")):
            keep_update(
                library.data, Update(f"2026-03-0{day}T02:30:00+00:00", 1_310.4, sources, trouble=trouble)
            )
        assert state_text(state_of(library)).splitlines()[-1] == (
            "Update     2026-03-02T02:30:00+00:00, 1,310 s: 1 of 2 sources ok, 1,000 new, 3 changed; "
            "index: the disk is full"
        )

    def test_all_of_it_is_ready_for_json(self, library):
        self.fill(library)
        keep_update(library.data, Update("2026-03-02T02:30:00+00:00", 1.0, (Looked("a", SourceState.OK),)))
        state = json.loads(json.dumps(state_of(library).as_dict()))
        assert state["sources"][0]["last_good"] == "2026-03-02T02:30:00+00:00"
        assert state["coverage"][0] == {
            "source": "ashmere",
            "committee": "Cabinet",
            "first": "2025-12-02",
            "last": "2026-03-02",
            "meetings": 3,
            "unread": 2,
            "minuted": 1,
        }
        assert state["update"]["sources"][0]["state"] == "ok"
