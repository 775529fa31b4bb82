"""A folder of everything that goes wrong: one line each, the rest is ingested, and nothing is lost."""

import gzip
import json
from pathlib import Path

import pytest

from tests.ingest.making_docx import repacked, written
from tests.ingest.making_pdf import body, flowing, with_picture
from tests.ui.commanding import Minutebook, Result

WORDS = "The mill bridge was closed because both of its piers had rusted through."
PDF = flowing(body(WORDS))
DOCX = written(lambda document: document.add_paragraph(WORDS))
HTML = f"<html><body><p>{WORDS}</p></body></html>"


def row(number: int) -> bytes:
    return json.dumps({"url": f"https://ashmere.example/{number}", "title": "Bridge", "text": WORDS}).encode()


#: What is laid out, and what is said of it: the reason, or nothing where it must be read.
BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary data"),
    "latin1.txt": (f"{WORDS} Café – closed.".encode("cp1252"), "not UTF-8; read as Windows-1252"),
    "utf16.txt": (WORDS.encode("utf-16"), "UTF-16"),
    "encrypted.pdf": (flowing(body(WORDS), password="lorry"), "encrypted"),
    "truncated.pdf": (PDF[: len(PDF) // 2], "damaged or cut off"),
    "scanned.pdf": (with_picture(pages=2), "scanned"),
    "broken.docx": (DOCX[: len(DOCX) // 2], "damaged"),
    "lost.docx": (repacked(DOCX, {"word/document.xml": b"<not xml"}), "damaged"),
    "deep.html": (f"<script>x</script>{'<table><tr><td>' * 5_000}{WORDS}".encode(), "nested"),
    "script.html": (b"<html><script>document.write('x')</script></html>", "no text in the page"),
    "rows.jsonl": (b"\n".join([row(1), b'{"url": broken', row(2), row(1)]), "no valid JSON"),
    "cut.jsonl.gz": (gzip.compress(b"\n".join(row(n) for n in range(10, 400)))[:-30], "gzip"),
    "good.pdf": (PDF, ""),
    "good.docx": (DOCX, ""),
    "good.html": (HTML.encode(), ""),
    "good.md": (f"# Bridge\n\n{WORDS}".encode(), ""),
}
READ = {"latin1.txt", "utf16.txt", "good.pdf", "good.docx", "good.html", "good.md"}


@pytest.fixture(scope="module")
def laid(tmp_path_factory) -> tuple[Minutebook, Path, Result]:
    home = tmp_path_factory.mktemp("bad")
    folder = home / "minutes"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    with (folder / "film.pdf").open("wb") as file:
        file.truncate(300_000_000)
    minutebook = Minutebook(home / "data")
    return minutebook, folder, minutebook("ingest", str(folder))


@pytest.mark.parametrize(("name", "reason"), [(name, reason) for name, (_, reason) in BAD.items()])
def test_each_is_one_line_that_names_it_and_why(laid, name, reason):
    _, folder, done = laid
    said = [line for line in done.lines if line.startswith(f"{folder / name}:")]
    if name == "rows.jsonl":
        assert len(said) == 2
        assert said[0].startswith(f"{folder / name}:2: no valid JSON")
        assert said[1].startswith(f"{folder / name}:4: https://ashmere.example/1 was there before")
    else:
        assert len(said) == bool(reason)
        assert all(reason in line for line in said)


def test_the_large_one_is_named_and_not_read(laid):
    _, folder, done = laid
    assert f"{folder}/film.pdf: too large: 300 MB, where 100 MB is the most that is read" in done.err
    assert done.code == 1


def test_everything_else_is_ingested_and_can_be_found(laid):
    minutebook, folder, _ = laid
    assert minutebook("index").code == 0
    hits = minutebook("search", "why was the mill bridge closed", "-k", "50", "--json").json
    assert hits
    assert minutebook("ask", "Why was the mill bridge closed?", "--json").json["answered"]
    state = minutebook("status", "--json").json
    assert state["counts"]["documents"] >= len(READ) + 2
    (source,) = state["sources"]
    assert (source["name"], source["state"]) == (str(folder), "ok")


def test_the_same_again_says_the_same_and_changes_nothing(laid):
    minutebook, folder, first = laid
    before = minutebook("status", "--json").json["revision"]
    again = minutebook("ingest", str(folder))
    assert again.code == 1
    failures = [line for line in first.lines[:-1] if "read as" not in line and "UTF-16" not in line]
    assert again.lines[:-1] == failures
    assert minutebook("status", "--json").json["revision"] == before
