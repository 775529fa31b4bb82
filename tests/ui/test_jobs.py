import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from corpus.errors import NothingDoneError, UsageError
from corpus.records import Source, SourceState
from index.settings import ModelSettings
from ingest.documents import Defaults
from ingest.report import Looked
from ui.jobs import Ingested, ingest, merged, update
from ui.library import Library
from ui.settings import Settings, SourceSettings, load_settings
from ui.sites import EVERYTHING, Narrowed, SiteTarget, site_target
from ui.sources import Target
from ui.updates import last_update

FOLDER = Source("ashmere", "/minutes")
OTHER = Source("wellow", "/other")
A, B = Path("/minutes/a.txt"), Path("/minutes/b.txt")


def target(source: Source, *files: Path) -> Target:
    return Target(source, Defaults(), files or None)


def test_files_of_one_source_are_looked_at_together():
    assert merged([target(FOLDER, A), target(OTHER, A), target(FOLDER, B, A)]) == (
        target(FOLDER, A, B),
        target(OTHER, A),
    )


def test_who_names_a_source_and_a_file_of_it_means_all_of_it():
    assert merged([target(FOLDER, A), target(FOLDER)]) == (target(FOLDER),)
    assert merged([target(FOLDER), target(FOLDER, A)]) == (target(FOLDER),)


def site(name: str = "tarnwick", narrowed: Narrowed = EVERYTHING) -> SiteTarget:
    settings = SourceSettings(name=name, location=f"https://{name}.example/")
    return site_target(settings, Settings().sites, None, narrowed, is_new=False)


def test_a_site_that_is_named_twice_is_looked_at_once():
    assert merged([site(), target(FOLDER), site()]) == (site(), target(FOLDER))


class TestIngested:
    OK, BLOCKED = Looked("a", SourceState.OK), Looked("b", SourceState.BLOCKED, blocked=1)

    def test_one_of_two_that_is_blocked_is_a_failure_and_not_all(self):
        done = Ingested((self.OK, self.BLOCKED))
        assert (done.failed, done.blind) == (True, False)

    def test_all_that_is_blocked_is_nothing_done(self):
        assert Ingested((self.BLOCKED,)).blind

    def test_a_name_that_means_nothing_is_a_failure(self):
        assert (Ingested((self.OK,)).failed, Ingested((self.OK,), 1).failed) == (False, True)


@pytest.fixture
def told() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def console(told) -> Console:
    return Console(file=told, width=200)


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "minutes").mkdir()
    (tmp_path / "minutes/a.txt").write_text("RESOLVED: That the mill bridge be closed.")
    return tmp_path / "minutes"


@pytest.fixture
def sites(monkeypatch) -> dict[str, Looked]:
    """Sites with what a look at each comes to, in place of the network."""
    sites: dict[str, Looked] = {}

    def look(corpus, targets, listener, *, now, found, looked):
        for one in targets:
            comes = sites[one.source.name]
            corpus.put_source(one.source)
            if comes.state is SourceState.OK:
                found(one, f"{one.source.location}base/")
            looked(comes)

    monkeypatch.setattr("ui.jobs.look_at_sites", look)
    return sites


def library(data: Path, *sources: SourceSettings, model: str = "hash") -> Library:
    (data / "data").mkdir(exist_ok=True)
    return Library(data / "data", Settings(sources=sources, model=ModelSettings(name=model)))


class TestIngest:
    def test_folders_come_first_and_sites_are_looked_at_together(
        self, tmp_path, folder, console, told, sites
    ):
        configured = [
            SourceSettings(name=name, location=f"https://{name}.example/") for name in ("ashmere", "tarnwick")
        ]
        sites["ashmere"] = Looked("ashmere", SourceState.OK, new=4, requests=9)
        sites["tarnwick"] = Looked("tarnwick", SourceState.BLOCKED, "answers 403", blocked=1)
        done = ingest(library(tmp_path, *configured), ["tarnwick", str(folder), "ashmere"], console)
        assert [one.source for one in done.looked] == [str(folder), "tarnwick", "ashmere"]
        assert "tarnwick: blocked; 1 blocked" in told.getvalue()

    def test_a_new_site_is_put_into_the_settings_with_its_base_and_what_was_said(
        self, tmp_path, console, told, sites
    ):
        sites["ashmere"] = Looked("ashmere", SourceState.OK, new=1)
        narrowed = Narrowed(date(2015, 1, 1), ("Cabinet",))
        made = library(tmp_path)
        ingest(made, ["https://democracy.ashmere.gov.uk/"], console, narrowed)
        (known,) = load_settings(made.data).sources
        assert (known.name, known.location) == ("ashmere", "https://democracy.ashmere.gov.uk/base/")
        assert (known.since, known.committees) == (date(2015, 1, 1), ("Cabinet",))
        assert "minutebook sources remove ashmere" in told.getvalue()

    def test_a_site_that_is_not_there_is_not(self, tmp_path, console, sites):
        sites["ashmere"] = Looked("ashmere", SourceState.FAILING, "nothing answers", failed=1)
        made = library(tmp_path)
        assert ingest(made, ["https://democracy.ashmere.gov.uk/"], console).blind
        assert load_settings(made.data).sources == ()

    def test_what_means_nothing_is_told_and_the_rest_is_done(self, tmp_path, folder, console, told):
        done = ingest(library(tmp_path), ["nowhere", str(folder)], console)
        assert (len(done.looked), done.unknown) == (1, 1)
        assert "nowhere: there is no such file" in told.getvalue()

    def test_nothing_but_what_means_nothing_is_wrong_use(self, tmp_path, console):
        with pytest.raises(UsageError, match=r"(?s)nowhere.*never"):
            ingest(library(tmp_path), ["nowhere", "never"], console)


class TestUpdate:
    NIGHT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)

    @pytest.fixture(autouse=True)
    def clock(self, monkeypatch):
        monkeypatch.setattr("ui.clock.now", lambda: self.NIGHT)

    def test_every_source_is_looked_at_then_indexed_and_the_report_is_kept(
        self, tmp_path, folder, console, sites, monkeypatch
    ):
        made = library(
            tmp_path,
            SourceSettings(name="minutes", location=str(folder)),
            SourceSettings(name="ashmere", location="https://ashmere.example/"),
        )
        sites["ashmere"] = Looked("ashmere", SourceState.BLOCKED, "answers 403", blocked=1, requests=2)
        report = update(made, console)
        assert [(one.source, one.state) for one in report.sources] == [
            ("minutes", SourceState.OK),
            ("ashmere", SourceState.BLOCKED),
        ]
        assert (report.started, report.generation, report.is_new) == (self.NIGHT.isoformat(), "000001", True)
        assert (report.documents, report.trouble, report.failed, report.blind) == (1, "", True, False)
        assert report.passages == report.embedded > 0
        assert last_update(made.data) == report
        # A night with nothing new builds nothing.
        monkeypatch.setattr("ui.clock.now", lambda: self.NIGHT + timedelta(days=1))
        second = update(made, console)
        assert (second.generation, second.is_new, second.embedded) == ("000001", False, 0)
        assert (second.sources[0].unchanged, last_update(made.data)) == (1, second)

    def test_without_anything_to_index_the_report_says_so(self, tmp_path, console, sites):
        sites["ashmere"] = Looked("ashmere", SourceState.FAILING, "answers 500", failed=1)
        made = library(tmp_path, SourceSettings(name="ashmere", location="https://ashmere.example/"))
        report = update(made, console)
        assert (report.generation, report.blind, bool(report.trouble)) == ("", True, True)
        assert last_update(made.data) == report

    def test_a_model_that_is_not_there_does_not_lose_the_report(self, tmp_path, folder, console):
        made = library(
            tmp_path, SourceSettings(name="minutes", location=str(folder)), model="no such/model at all"
        )
        report = update(made, console)
        assert "no such/model at all" in report.trouble
        assert (report.sources[0].new, report.failed) == (1, True)
        assert last_update(made.data) == report

    def test_without_a_source_there_is_nothing_to_do(self, tmp_path, console):
        with pytest.raises(NothingDoneError, match="there are no sources yet"):
            update(library(tmp_path), console)
