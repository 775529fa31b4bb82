from datetime import date
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.records import Source
from corpus.store import Corpus
from ingest.report import Listener, Looked
from ingest.sites.directory import Council, Family, councils
from ui.settings import Settings, SourceSettings
from ui.sites import Narrowed, SiteTarget
from ui.sources import LOOSE, SAMPLE, Sources, Target, look_at


@pytest.fixture
def corpus(tmp_path):
    with Corpus(tmp_path / "data/corpus.sqlite3") as corpus:
        yield corpus


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "minutes/2026").mkdir(parents=True)
    for name in ("a.txt", "2026/b.txt"):
        (tmp_path / "minutes" / name).write_text(f"The words of {name}.")
    return tmp_path / "minutes"


def sources(corpus: Corpus, *configured: SourceSettings) -> Sources:
    return Sources(corpus, Settings(sources=configured), corpus.path.parent)


def look(corpus: Corpus, target: Target | SiteTarget) -> Looked:
    assert isinstance(target, Target)
    return look_at(corpus, target, Listener(lambda _: None, lambda _: None))


def ids(corpus: Corpus) -> list[str]:
    return [document.id for document in corpus.documents()]


def test_a_folder_is_a_source_of_its_own_name(corpus, folder):
    target = sources(corpus).resolve(str(folder))
    assert isinstance(target, Target)
    assert (target.source.name, target.source.location, target.files) == (str(folder), str(folder), None)
    look(corpus, target)
    assert ids(corpus) == [f"{folder}/2026/b.txt", f"{folder}/a.txt"]
    assert [source.name for source in corpus.sources()] == [str(folder)]


def test_however_it_is_reached_a_folder_has_one_name(corpus, folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    names = {
        sources(corpus).resolve(named).source.name for named in ("minutes", "minutes/", "./minutes/2026/..")
    }
    assert names == {str(folder)}


def test_a_configured_source_is_known_by_its_name_and_by_its_place(corpus, folder):
    configured = SourceSettings(name="ashmere", location="../minutes", council="Ashmere", committee="Roads")
    for named in ("ashmere", str(folder)):
        target = sources(corpus, configured).resolve(named)
        assert isinstance(target, Target)
        assert (target.source.name, target.source.location) == ("ashmere", str(folder))
        assert (target.defaults.council, target.defaults.committee) == ("Ashmere", "Roads")
    look(corpus, target)
    assert ids(corpus) == ["ashmere/2026/b.txt", "ashmere/a.txt"]


def test_a_file_belongs_to_the_nearest_folder_that_is_a_source(corpus, folder):
    look(corpus, sources(corpus).resolve(str(folder)))
    target = sources(corpus).resolve(str(folder / "2026/b.txt"))
    assert isinstance(target, Target)
    assert (target.source.name, target.files) == (str(folder), (folder / "2026/b.txt",))
    assert look(corpus, target).unchanged == 1
    assert len(ids(corpus)) == 2


def test_a_file_of_no_source_is_loose_and_is_looked_at_again(corpus, folder):
    target = sources(corpus).resolve(str(folder / "a.txt"))
    assert target.source.name == LOOSE
    assert look(corpus, target).new == 1
    assert ids(corpus) == [str(folder / "a.txt")]
    (again,) = sources(corpus).every()
    assert look(corpus, again).unchanged == 1
    (folder / "a.txt").unlink()
    assert [look(corpus, again).withdrawn for _ in range(3)] == [0, 0, 1]


def test_a_loose_file_is_taken_over_by_its_folder(corpus, folder):
    look(corpus, sources(corpus).resolve(str(folder / "a.txt")))
    looked = look(corpus, sources(corpus).resolve(str(folder)))
    assert (looked.new, looked.unchanged) == (1, 1)
    assert len(ids(corpus)) == 2
    (folder / "a.txt").unlink()
    target = sources(corpus).resolve(str(folder))
    assert [look(corpus, target).withdrawn for _ in range(3)] == [0, 0, 1]


def test_an_import_is_a_source(corpus, folder):
    path = folder / "all.jsonl"
    path.write_text('{"url": "https://ashmere.example/1", "title": "One", "text": "Words."}')
    target = sources(corpus).resolve(str(path))
    assert target.source.name == str(path)
    look(corpus, target)
    path.write_text('{"url": "https://ashmere.example/2", "title": "Two", "text": "Words."}')
    assert look(corpus, target).missing == 1


@pytest.mark.parametrize(
    "named", ["nothing", "/nothing/there", "ftp://democracy.ashmere.example", "https://", "x" * 5_000]
)
def test_what_is_nothing_is_said(corpus, named):
    with pytest.raises(UsageError, match=named):
        sources(corpus).resolve(named)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_name_that_cannot_be_stored_is_said(corpus, tmp_path, kind):
    path = Path(f"{tmp_path}/caf\udce9.txt")
    path.mkdir() if kind == "folder" else path.write_text("Words.")
    with pytest.raises(UsageError, match="rename it"):
        sources(corpus).resolve(str(path))


def test_every_source_is_one_that_is_configured_or_was_ingested(corpus, folder):
    configured = SourceSettings(name="ashmere", location=str(folder))
    look(corpus, sources(corpus).resolve(SAMPLE.name))
    names = [target.source.name for target in sources(corpus, configured).every()]
    assert names == ["ashmere", SAMPLE.name]


def test_the_sample_is_one_page_and_names_where_it_comes_from(corpus):
    look(corpus, sources(corpus).resolve(SAMPLE.name))
    (page,) = corpus.documents()
    assert (page.council, page.committee, page.meeting_date) == ("Haringey Council", "Cabinet", None)
    assert {"minutes", "resolved", "reasons for decision", "alternative options considered"} <= {
        section.role for section in page.sections
    }
    assert "Haringey Council" in (Path(SAMPLE.location) / "ATTRIBUTION").read_text()


class TestSites:
    ASHMERE = Council(
        "ashmere", "Ashmere Borough Council", Family.MODERNGOV, "https://democracy.ashmere.example/"
    )

    @pytest.fixture(autouse=True)
    def directory(self, monkeypatch):
        """A directory with one council, in place of the real one."""
        known = {"ashmere": self.ASHMERE, "ashmere borough council": self.ASHMERE}
        monkeypatch.setattr("ui.sources.find_council", lambda named: known.get(named.casefold()))
        monkeypatch.setattr(
            "ui.sources.council_at", lambda base: self.ASHMERE if base == self.ASHMERE.base else None
        )

    @staticmethod
    def site(corpus: Corpus, named: str, *configured: SourceSettings, **narrowed: object) -> SiteTarget:
        target = sources(corpus, *configured).resolve(named, Narrowed(**narrowed))  # type: ignore[arg-type]
        assert isinstance(target, SiteTarget)
        return target

    @pytest.mark.parametrize(
        "named", ["ashmere", "Ashmere Borough Council", "https://democracy.ashmere.example/"]
    )
    def test_a_council_is_known_by_its_key_its_name_and_its_address(self, corpus, named):
        target = self.site(corpus, named)
        assert (target.source.name, target.source.location) == ("ashmere", self.ASHMERE.base)
        assert target.new == {
            "name": "ashmere",
            "location": self.ASHMERE.base,
            "council": "Ashmere Borough Council",
        }

    def test_an_address_of_no_known_council_names_itself(self, corpus):
        target = self.site(
            corpus, "https://democracy.tarnwick.gov.uk/moderngov/mgWhatsNew.aspx", since=date(2020, 1, 1)
        )
        assert target.new == {
            "name": "tarnwick",
            "location": "https://democracy.tarnwick.gov.uk/moderngov/mgWhatsNew.aspx",
            "since": date(2020, 1, 1),
        }
        assert target.options.since == date(2020, 1, 1)

    @pytest.mark.parametrize(
        "named", ["mine", "ashmere", "https://democracy.ashmere.example/ieListMeetings.aspx?CId=7"]
    )
    def test_a_configured_site_is_meant_by_its_name_its_council_and_any_of_its_addresses(self, corpus, named):
        mine = SourceSettings(name="mine", location=self.ASHMERE.base, committees=("Cabinet",))
        target = self.site(corpus, named, mine)
        assert (target.source.name, target.options.committees, target.new) == ("mine", ("Cabinet",), None)

    def test_of_two_configured_sites_the_nearest_is_meant(self, corpus):
        whole = SourceSettings(name="whole", location=self.ASHMERE.base)
        part = SourceSettings(name="part", location=f"{self.ASHMERE.base}parish/")
        for configured in ((whole, part), (part, whole)):
            assert self.site(corpus, f"{self.ASHMERE.base}parish/x.aspx", *configured).source.name == "part"
            assert self.site(corpus, f"{self.ASHMERE.base}x.aspx", *configured).source.name == "whole"

    def test_a_name_that_is_taken_is_numbered(self, corpus, folder):
        taken = SourceSettings(name="ashmere", location=str(folder))
        assert self.site(corpus, self.ASHMERE.base, taken).source.name == "ashmere-example"
        other = SourceSettings(name="ashmere-example", location=str(folder))
        assert self.site(corpus, self.ASHMERE.base, taken, other).source.name == "ashmere-example-2"

    def test_what_the_record_holds_of_another_site_under_that_name_is_left_to_it(self, corpus):
        corpus.put_source(Source("ashmere", "https://ashmere.elsewhere.example/"))
        assert self.site(corpus, self.ASHMERE.base).source.name == "ashmere-example"

    def test_what_the_record_holds_of_the_same_site_is_taken_up_again(self, corpus):
        known = Source("ashmere", f"{self.ASHMERE.base}ieDocHome.aspx", last_look="2026-03-01T00:00:00+00:00")
        corpus.put_source(known)
        target = self.site(corpus, self.ASHMERE.base)
        assert (target.source.name, target.source.last_look) == ("ashmere", known.last_look)
        assert target.new is not None

    def test_two_new_sites_of_one_name_are_two_and_one_that_is_named_twice_is_one(self, corpus):
        known = sources(corpus)
        named = (
            "https://democracy.tarnwick.gov.uk/",
            "https://tarnwick.moderngov.co.uk/",
            "https://democracy.tarnwick.gov.uk/x",
        )
        found = [known.resolve(each) for each in named]
        assert [target.source.name for target in found] == ["tarnwick", "tarnwick-2", "tarnwick"]
        assert all(isinstance(target, SiteTarget) and target.new for target in found)

    def test_a_folder_goes_before_a_council_of_the_same_name(self, corpus, tmp_path, monkeypatch):
        (tmp_path / "ashmere").mkdir()
        monkeypatch.chdir(tmp_path)
        assert isinstance(sources(corpus).resolve("ashmere"), Target)

    def test_every_configured_site_is_looked_at_and_no_other(self, corpus):
        corpus.put_source(Source("removed", "https://removed.example/"))
        mine = SourceSettings(name="mine", location=self.ASHMERE.base)
        (target,) = sources(corpus, mine).every()
        assert isinstance(target, SiteTarget)
        assert (target.source.name, target.options.since, target.options.everything) == ("mine", None, False)


def test_councils_that_are_near_are_named(corpus):
    some = councils()[0]
    with pytest.raises(UsageError, match=rf"did you mean .*{some.key}"):
        sources(corpus).resolve(f"{some.key}x")
