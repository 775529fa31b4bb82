from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.store import Corpus
from ingest.report import Listener, Looked
from ui.settings import Settings, SourceSettings
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


def look(corpus: Corpus, target: Target) -> Looked:
    return look_at(corpus, target, Listener(lambda _: None, lambda _: None))


def ids(corpus: Corpus) -> list[str]:
    return [document.id for document in corpus.documents()]


def test_a_folder_is_a_source_of_its_own_name(corpus, folder):
    target = sources(corpus).resolve(str(folder))
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
        assert (target.source.name, target.source.location) == ("ashmere", str(folder))
        assert (target.defaults.council, target.defaults.committee) == ("Ashmere", "Roads")
    look(corpus, target)
    assert ids(corpus) == ["ashmere/2026/b.txt", "ashmere/a.txt"]


def test_a_file_belongs_to_the_nearest_folder_that_is_a_source(corpus, folder):
    look(corpus, sources(corpus).resolve(str(folder)))
    target = sources(corpus).resolve(str(folder / "2026/b.txt"))
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
