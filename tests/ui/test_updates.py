import json

import pytest

from corpus.records import SourceState
from ingest.report import Looked
from ui.updates import FOLDER, KEPT, Update, has_failed, keep_update, last_update, update_text

ASHMERE = Looked("ashmere", SourceState.OK, new=1_200, changed=3, requests=1_300, seconds=1_301.25)
TARNWICK = Looked(
    "tarnwick", SourceState.BLOCKED, "https://tarnwick.example/: answers 403", blocked=1, requests=2
)


def update(*sources: Looked, started: str = "2026-03-02T02:30:00+00:00", **fields: object) -> Update:
    made = {
        "generation": "000007",
        "is_new": True,
        "documents": 90,
        "passages": 1_000,
        "embedded": 12,
        **fields,
    }
    return Update(started, 1_310.5, sources, **made)  # type: ignore[arg-type]


class TestOutcome:
    @pytest.mark.parametrize(
        ("one", "failed"),
        [
            (Looked("a", SourceState.OK), False),
            (Looked("a", SourceState.OK, "without its register of decisions", missing=2, withdrawn=1), False),
            (Looked("a", SourceState.OK, failed=1), True),
            (Looked("a", SourceState.OK, blocked=1), True),
            (Looked("a", SourceState.FAILING), True),
            (Looked("a", SourceState.BLOCKED), True),
        ],
    )
    def test_a_source_has_failed_when_some_part_of_it_was_not_seen(self, one, failed):
        assert has_failed(one) is failed
        assert update(ASHMERE, one).failed is failed

    def test_without_an_index_it_has_failed(self):
        assert update(ASHMERE, trouble="the disk is full").failed

    def test_it_is_blind_when_no_source_was_seen(self):
        assert [update(*sources).blind for sources in ((ASHMERE, TARNWICK), (TARNWICK,), ())] == [
            False,
            True,
            True,
        ]


class TestKeeping:
    def test_a_report_comes_back_as_it_was(self, tmp_path):
        report = update(ASHMERE, TARNWICK, trouble="Zwölf £")
        assert Update.from_dict(json.loads(json.dumps(report.as_dict()))) == report
        path = keep_update(tmp_path, report)
        assert (path.parent.name, path.name) == (FOLDER, "2026-03-02T023000Z.json")
        assert last_update(tmp_path) == report
        assert "Zwölf" in path.read_text(encoding="utf-8")

    def test_the_newest_sixty_are_kept(self, tmp_path):
        for minute in range(KEPT + 3):
            keep_update(
                tmp_path, update(ASHMERE, started=f"2026-03-02T0{minute // 60}:{minute % 60:02}:00+00:00")
            )
        kept = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
        assert (len(kept), kept[0], kept[-1]) == (KEPT, "2026-03-02T000300Z.json", "2026-03-02T010200Z.json")
        newest = last_update(tmp_path)
        assert newest is not None
        assert newest.started == "2026-03-02T01:02:00+00:00"

    def test_there_is_none_before_the_first(self, tmp_path):
        assert last_update(tmp_path) is None
        (tmp_path / FOLDER).mkdir()
        assert last_update(tmp_path) is None

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b'{"started": "2026',
            b"[]",
            b"7",
            b"null",
            b"\xff\xfe",
            b'{"sources": 7}',
            b'{"sources": [7]}',
            b'{"sources": [{"source": "a", "state": "asleep"}], "started": "x", "seconds": 1}',
            b'{"sources": [], "started": "x", "seconds": 1, "unheard of": 1}',
            b'{"sources": [], "started": "x"}',
        ],
    )
    def test_one_that_cannot_be_read_is_passed_over(self, tmp_path, content):
        report = update(ASHMERE)
        keep_update(tmp_path, report)
        (tmp_path / FOLDER / "2026-03-03T023000Z.json").write_bytes(content)
        assert last_update(tmp_path) == report

    def test_a_folder_in_place_of_a_report_is_passed_over(self, tmp_path):
        report = update(ASHMERE)
        keep_update(tmp_path, report)
        (tmp_path / FOLDER / "2026-03-03T023000Z.json").mkdir()
        assert last_update(tmp_path) == report


class TestText:
    def test_a_line_for_each_source_one_for_all_one_for_the_index(self):
        assert update_text(update(ASHMERE, TARNWICK)).splitlines() == [
            "source    state    requests    new  changed  withdrawn  blocked  failed  seconds",
            "ashmere   ok          1,300  1,200        3          0        0       0  1,301.2",
            "tarnwick  blocked         2      0        0          0        1       0      0.0",
            "all       1 ok        1,302  1,200        3          0        1       0  1,310.5",
            "tarnwick: blocked: https://tarnwick.example/: answers 403",
            "index: generation 000007, 90 documents, 1,000 passages, 12 embedded",
        ]

    def test_one_source_needs_no_sum(self):
        assert len(update_text(update(ASHMERE)).splitlines()) == 3

    def test_an_index_that_had_nothing_to_do_says_so(self):
        text = update_text(update(ASHMERE, is_new=False))
        assert text.endswith("index: generation 000007 is up to date, 1,000 passages")

    def test_an_index_that_was_not_built_says_why(self):
        assert update_text(update(ASHMERE, trouble="the disk is full")).endswith("index: the disk is full")

    def test_a_reason_is_told_of_a_source_that_is_ok_too(self):
        partly = Looked("ashmere", SourceState.OK, "without its register of decisions: answers 500")
        assert "ashmere: ok: without its register" in update_text(update(partly))
