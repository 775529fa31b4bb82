import gzip
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.records import Kind, Source, SourceState
from corpus.store import Corpus
from ingest import files
from ingest.documents import Defaults
from ingest.files import Place, look_at_files, look_at_folder
from ingest.parsed import Parsed
from ingest.reading import parse
from ingest.report import Listener, Looked, Remark

#: Too long to be taken for a title.
TEXT = (
    "The bridge was closed, and stays closed until the county has found the money to renew the whole of its "
    "rusted deck and both piers."
)


@dataclass
class Desk:
    """A record, a folder of minutes, and what was said while looking at it."""

    corpus: Corpus
    folder: Path
    remarks: list[Remark] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    @property
    def source(self) -> Source:
        known = {source.name: source for source in self.corpus.sources()}
        return known.get("ashmere", Source("ashmere", str(self.folder)))

    @property
    def listener(self) -> Listener:
        self.remarks.clear()
        return Listener(self.remarks.append, self.done.append)

    def write(self, name: str, text: str = TEXT) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def look(self, defaults: Defaults | None = None) -> Looked:
        return look_at_folder(
            self.corpus, self.source, self.folder, defaults=defaults or Defaults(), listener=self.listener
        )

    def look_at(self, *paths: Path, complete: bool = False) -> Looked:
        places = [Place(path, f"ashmere/{path.relative_to(self.folder).as_posix()}") for path in paths]
        return look_at_files(
            self.corpus,
            self.source,
            places,
            defaults=Defaults(),
            listener=self.listener,
            complete=complete,
        )

    def ids(self) -> list[str]:
        return [document.id for document in self.corpus.documents()]


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    folder = tmp_path / "minutes"
    folder.mkdir()
    with Corpus(tmp_path / "corpus.sqlite3") as corpus:
        yield Desk(corpus, folder)


def counts(looked: Looked) -> dict[str, int]:
    names = ("new", "changed", "unchanged", "missing", "withdrawn", "failed", "skipped")
    return {name: getattr(looked, name) for name in names if getattr(looked, name)}


def test_a_folder_becomes_documents_named_by_their_paths(desk):
    desk.write("2026/january.txt")
    desk.write("a b.md", "# The pond\n\nIt was dredged.")
    desk.write("photo.png")
    assert counts(desk.look(Defaults("Ashmere", "Roads", Kind.REPORT))) == {"new": 2, "skipped": 1}
    first, second = desk.corpus.documents()
    assert (first.id, first.title, first.text) == ("ashmere/2026/january.txt", "january", TEXT)
    assert (first.council, first.committee, first.kind) == ("Ashmere", "Roads", Kind.REPORT)
    assert first.url == (desk.folder / "2026/january.txt").as_uri()
    assert (second.title, second.url) == ("The pond", (desk.folder / "a b.md").as_uri())
    assert desk.corpus.raw("ashmere/a b.md") == b"# The pond\n\nIt was dredged."
    assert [Path(where).name for where in desk.done] == ["january.txt", "a b.md"]


def test_the_same_again_changes_nothing_and_is_not_read(desk, monkeypatch):
    desk.write("a.txt")
    desk.look()
    revision = desk.corpus.revision

    def never(data: bytes, name: str) -> Parsed:
        raise AssertionError(name)

    monkeypatch.setattr(files, "parse", never)
    assert counts(desk.look()) == {"unchanged": 1}
    assert desk.corpus.revision == revision


def test_a_changed_file_makes_a_new_version_and_the_old_one_stays(desk):
    desk.write("a.txt", "Closed until May.")
    desk.look()
    desk.write("a.txt", "Closed until June.")
    assert counts(desk.look()) == {"changed": 1}
    assert [one.text for one in desk.corpus.versions("ashmere/a.txt")] == [
        "Closed until May.",
        "Closed until June.",
    ]


def test_other_defaults_of_the_source_change_its_documents(desk):
    desk.write("a.txt")
    desk.look(Defaults(council="Ashmere"))
    assert counts(desk.look(Defaults(council="Ashmere Borough"))) == {"changed": 1}


def test_a_missing_file_is_withdrawn_after_three_looks(desk):
    desk.write("a.txt")
    gone = desk.write("b.txt", "The pond was dredged.")
    desk.look()
    gone.unlink()
    assert [counts(desk.look()) for _ in range(3)] == [
        {"unchanged": 1, "missing": 1},
        {"unchanged": 1, "missing": 1},
        {"unchanged": 1, "missing": 1, "withdrawn": 1},
    ]
    assert desk.ids() == ["ashmere/a.txt"]
    desk.write("b.txt", "The pond was dredged.")
    assert counts(desk.look()) == {"changed": 1, "unchanged": 1}
    assert desk.ids() == ["ashmere/a.txt", "ashmere/b.txt"]


@pytest.mark.parametrize("vanish", [shutil.rmtree, lambda folder: [one.unlink() for one in folder.iterdir()]])
def test_a_drive_that_is_not_connected_loses_nothing(desk, vanish: Callable[[Path], None]):
    desk.write("a.txt")
    desk.look()
    vanish(desk.folder)
    for _ in range(4):
        looked = desk.look()
        assert counts(looked) == {"failed": 1}
        assert looked.state is SourceState.FAILING
        assert "drive" in desk.remarks[0].reason
    assert desk.ids() == ["ashmere/a.txt"]
    assert desk.source.state is SourceState.FAILING
    assert desk.source.last_good is not None


def test_an_empty_folder_that_never_held_anything_is_no_trouble(desk):
    assert counts(desk.look()) == {}
    assert desk.source.state is SourceState.OK


def test_a_file_that_can_no_longer_be_read_keeps_its_stored_words(desk):
    path = desk.write("a.txt")
    desk.look()
    path.write_bytes(b"\x00\x01\x02" * 100)
    for _ in range(4):
        assert counts(desk.look()) == {"failed": 1}
    assert [one.text for one in desk.corpus.documents()] == [TEXT]


def test_each_unreadable_file_is_one_line_and_the_rest_goes_on(desk):
    desk.write("a.txt", "")
    (desk.folder / "b.txt").write_bytes(bytes(range(256)) * 20)
    desk.write("c.txt")
    (desk.folder / "d.pdf").write_bytes(b"%PDF-1.4 cut")
    (desk.folder / "e.docx").write_bytes(b"PK\x03\x04 cut")
    desk.write("f.doc")
    desk.write("g.html", "<html>" + "<table><tr><td>" * 5_000 + "<script>alert(1)</script>")
    assert counts(desk.look()) == {"new": 1, "failed": 6}
    assert [Path(remark.where).name for remark in desk.remarks] == [
        "a.txt", "b.txt", "d.pdf", "e.docx", "f.doc", "g.html",
    ]  # fmt: skip
    assert all(remark.failed and remark.reason and "\n" not in str(remark) for remark in desk.remarks)
    assert desk.ids() == ["ashmere/c.txt"]


def test_a_file_too_large_to_be_minutes_is_not_even_opened(desk):
    with (desk.folder / "film.pdf").open("wb") as file:
        file.truncate(300_000_000)
    assert counts(desk.look()) == {"failed": 1}
    assert str(desk.remarks[0]).startswith(f"{desk.folder}/film.pdf: too large: 300 MB")


def test_a_reader_that_stumbles_ends_only_its_own_file(desk, monkeypatch):
    desk.write("a.txt")
    desk.write("b.txt")
    real = parse

    def stumbling(data: bytes, name: str) -> Parsed:
        if name == "a.txt":
            raise RecursionError("too deep")
        return real(data, name)

    monkeypatch.setattr(files, "parse", stumbling)
    assert counts(desk.look()) == {"new": 1, "failed": 1}
    assert "RecursionError" in desk.remarks[0].reason


def test_how_a_file_was_read_is_remarked_on_without_counting_as_failed(desk):
    (desk.folder / "a.txt").write_bytes("The café was closed – for good.".encode("cp1252"))
    assert counts(desk.look()) == {"new": 1}
    assert [(remark.reason, remark.failed) for remark in desk.remarks] == [
        ("not UTF-8; read as Windows-1252", False)
    ]


def test_a_name_that_is_no_utf8_is_stored_all_the_same(desk):
    path = Path(str(desk.folder).encode().decode() + "/caf\udce9.txt")
    path.write_text(TEXT)
    assert counts(desk.look()) == {"new": 1}
    assert desk.ids() == ["ashmere/caf\ufffd.txt"]


def row(number: int, **changes: object) -> str:
    fields = {"url": f"https://ashmere.example/{number}", "title": f"Item {number}", "text": "Words."}
    return json.dumps(fields | changes)


def test_rows_are_documents_named_by_their_urls(desk):
    rows = "\n".join(row(n, text=f"Words {n}.") for n in range(3))
    (desk.folder / "all.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    assert counts(desk.look()) == {"new": 3}
    assert desk.ids() == [f"https://ashmere.example/{n}" for n in range(3)]
    assert desk.corpus.raw("https://ashmere.example/1") == row(1, text="Words 1.").encode() + b"\n"
    assert counts(desk.look()) == {"unchanged": 3}


def test_a_bad_line_in_the_middle_is_named_and_nothing_counts_as_missing(desk):
    path = desk.write("all.jsonl", "\n".join([row(1), row(2), row(3)]))
    desk.look()
    path.write_text("\n".join([row(1), '{"url": broken', row(4)]))
    for number in range(4):
        assert counts(desk.look()) == {"new" if number == 0 else "unchanged": 1, "failed": 1} | (
            {"unchanged": 1} if number == 0 else {"unchanged": 2}
        )
        assert [remark.where for remark in desk.remarks] == [f"{path}:2"]
    assert len(desk.ids()) == 4


def test_a_row_whose_page_cannot_be_read_keeps_its_document(desk):
    path = desk.write("all.jsonl", row(1, text=None, html="<p>Words.</p>"))
    desk.look()
    path.write_text(row(1, text=None, html="<script>only this</script>"))
    for _ in range(4):
        assert counts(desk.look()) == {"failed": 1}
    assert [one.text for one in desk.corpus.documents()] == ["Words."]


def test_a_url_that_comes_twice_is_named_and_the_first_counts(desk):
    path = desk.write("all.jsonl", "\n".join([row(1, text="First."), row(1, text="Second.")]))
    assert counts(desk.look()) == {"new": 1, "failed": 1}
    assert str(desk.remarks[0]).startswith(f"{path}:2: https://ashmere.example/1 was there before")
    assert [one.text for one in desk.corpus.documents()] == ["First."]


def test_a_cut_off_import_loses_nothing(desk):
    whole = gzip.compress("\n".join(row(n, text="Words. " * 500 + str(n)) for n in range(100)).encode())
    path = desk.folder / "all.jsonl.gz"
    path.write_bytes(whole)
    desk.look()
    path.write_bytes(whole[: len(whole) // 2])
    for _ in range(4):
        assert desk.look().failed == 1
    assert len(desk.ids()) == 100


def test_single_files_do_not_make_the_others_missing(desk):
    first, second = desk.write("a.txt"), desk.write("b.txt", "The pond.")
    desk.look()
    assert counts(desk.look_at(first)) == {"unchanged": 1}
    assert counts(desk.look_at(first, second, complete=True)) == {"unchanged": 2}
    second.unlink()
    assert counts(desk.look_at(first, second, complete=True)) == {"unchanged": 1, "missing": 1}
    assert [(remark.reason, remark.failed) for remark in desk.remarks] == [("no longer there", False)]


def test_a_single_file_whose_folder_is_gone_is_not_missing(desk):
    path = desk.write("sub/a.txt")
    desk.look_at(path)
    shutil.rmtree(path.parent)
    for _ in range(4):
        assert counts(desk.look_at(path, complete=True)) == {"failed": 1}
    assert desk.ids() == ["ashmere/sub/a.txt"]
