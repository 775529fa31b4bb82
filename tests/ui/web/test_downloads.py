"""Files over a real server: the same address as the page's, the same answer in them."""

import csv
import io
from dataclasses import replace

import pytest
from docx import Document

from index.records import Listing
from tests.factories import TEXT, build, make_document, put_documents
from tests.ui.web.around import HASH, PERSON, around
from tests.ui.web.fake import DECISION, HOSTILE, REASON, FakeBackend
from ui.library import Library
from ui.web.library_backend import LibraryBackend

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
QUESTION = "q=Why+was+the+bandstand+kept%3F"
ANSWERS = ["/answer.txt", "/answer.md", "/answer.docx"]


def words_of(path: str, content: bytes) -> str:
    if path.endswith("docx"):
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    return content.decode()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/answer.txt", "text/plain; charset=utf-8"),
        ("/answer.md", "text/markdown; charset=utf-8"),
        ("/answer.docx", WORD),
    ],
)
def test_an_answer_is_taken_away_with_its_citations(path, kind):
    with around(FakeBackend(unseen=("tarnwick is blocked",))) as site:
        file = site.get(f"{path}?{QUESTION}&council=Ashmere&from=2026")
        assert (file.status_code, file.headers["Content-Type"]) == (200, kind)
        name = f"minutebook-why-was-the-bandstand-kept.{path.rpartition('.')[2]}"
        assert file.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        words = " ".join(words_of(path, file.content).split())
        for part in (
            "Why was the bandstand kept?", " ".join(REASON.split()), " ".join(DECISION.split()),
            "council: Ashmere; from: 1 January 2026", "000007", "tarnwick is blocked", "Sources",
        ):  # fmt: skip
            assert part in words


@pytest.mark.parametrize("path", ANSWERS)
def test_silence_is_taken_away_as_silence(path):
    with around() as site:
        words = words_of(path, site.get(f"{path}?q=What+did+the+leisure+centre+cost").content)
        assert "The minutes do not say" in words
        assert "The pond would be dredged" in words


@pytest.mark.parametrize("path", ANSWERS)
def test_hostile_minutes_are_taken_away_as_words(path):
    with around() as site:
        content = site.get(f"{path}?q=What+did+the+objector+write").content
        words = words_of(path, content)
        assert "This is a draft" in words
        if path.endswith("md"):
            assert "<script>" not in words.replace("\\<", "")
            assert "](javascript" not in words.replace("\\]", "")
        else:
            assert " ".join(HOSTILE.split())[:40] in " ".join(words.split())


def test_a_list_is_taken_away_whole_in_its_order():
    backend = FakeBackend()
    pages = backend.listing("the").pages
    assert pages > 1
    with around(backend) as site:
        file = site.get("/results.csv?q=the&view=search&sort=oldest&page=2")
        assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert file.headers["Content-Disposition"] == 'attachment; filename="minutebook-the.csv"'
        rows = rows_of(file.content)
    assert [row["rank"] for row in rows] == [str(n) for n in range(1, backend.listing("the").total + 1)]
    days = [row["meeting_date"] for row in rows if row["meeting_date"]]
    assert days == sorted(days)
    assert {row["generation"] for row in rows} == {"000007"}


def test_filters_hold_for_a_list():
    with around() as site:
        rows = rows_of(site.get("/results.csv?q=the&kind=report").content)
        assert {row["kind"] for row in rows} == {"report"}
        assert {row["limited_to"] for row in rows} == {"kind: Report"}
        assert rows_of(site.get("/results.csv?q=the&council=Nowhere").content) == []


class Publishing(FakeBackend):
    """Publishes a generation between the first page of a list and the second."""

    listed: int = 0

    def listing(self, query: str, **options) -> Listing:
        self.listed += 1
        return replace(
            super().listing(query, **options), generation="000007" if self.listed == 1 else "000008"
        )


def test_a_list_is_of_one_generation_though_another_is_published_meanwhile():
    with around(Publishing()) as site:
        rows = rows_of(site.get("/results.csv?q=the").content)
    assert {row["generation"] for row in rows} == {"000008"}
    assert [row["rank"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize("path", [*ANSWERS, "/results.csv"])
@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [("", 400, ""), ("?q=", 400, ""), ("?q=broken", 503, "minutebook index"), ("?q=" + "x" * 5_000, 400, "")],
)
def test_where_there_is_nothing_one_line_says_why(path, query, status, reason):
    with around() as site:
        refused = site.get(path + query)
        assert refused.status_code == status
        assert reason in refused.json()["detail"]
        page = site.get(path + query, headers=PERSON)
        assert "There is nothing to take away" in page.text
        assert "Content-Disposition" not in page.headers


@pytest.mark.parametrize("path", [*ANSWERS, "/results.csv"])
def test_files_are_for_those_who_have_signed_in_and_counted(path):
    with around(users={"fenn": HASH}, requests_at_once=4, requests_per_minute=1) as site:
        assert site.get(f"{path}?{QUESTION}").status_code == 401
        site.sign_in()
        assert site.get(f"{path}?{QUESTION}").status_code == 200
        assert site.get(f"{path}?{QUESTION}").headers["Cache-Control"] == "private, no-store"
        assert site.get(f"{path}?{QUESTION}").status_code == 429


def test_out_of_a_real_library_each_quote_is_a_slice_of_its_document(tmp_path):
    (tmp_path / "minutebook.toml").write_text('[model]\nname = "hash"\n[answer]\nthreshold = 0\n')
    library = Library.at(tmp_path)
    documents = [make_document(f"ashmere/{n}", f"Item {n}. {TEXT}", item_number=str(n)) for n in range(3)]
    with library.corpus() as corpus:
        put_documents(corpus, documents)
        build(corpus, tmp_path)
    reader = library.reader()
    with around(LibraryBackend(library, reader)) as site:
        text = site.get("/answer.txt?q=Why+was+the+mill+bridge+closed%3F").text
        listed = rows_of(site.get("/results.csv?q=mill+bridge+piers").content)
    reader.close()
    assert "What the minutes say" in text
    assert "https://minutes.ashmere.example/ashmere/" in text
    assert "#:~:text=" in text
    by_id = {document.id: document for document in documents}
    assert listed
    for row in listed:
        words = by_id[row["document_id"]].text[int(row["start"]) : int(row["end"])]
        assert row["passage"] == " ".join(words.split())
