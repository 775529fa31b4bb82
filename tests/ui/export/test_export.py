"""The data itself, out of the published generation."""

import json
import subprocess

import pytest

import index
from corpus.records import Kind, Page, Section, Status
from corpus.store import Corpus
from corpus.versions import erase
from index.search import NOTHING_WITHIN
from index.settings import ModelSettings
from tests.factories import build, make_document, put_documents
from tests.marks import slow
from tests.ui.batch.asking import read_csv, read_table
from tests.ui.commanding import COMMAND, SECONDS, Minutebook
from ui.tables.cells import restored

LONG = "The surveyor spoke of culvert number{n} at some length, and of the water in it.\n\n"
DOCUMENTS = [
    make_document(
        "a/1",
        "".join(LONG.format(n=n) for n in range(40)),
        sections=(Section("minutes", 0, 100),),
        pages=(Page(1, 0, 500),),
        status=Status.DRAFT,
        item_number="7",
    ),
    make_document("b/2", "=1+1;\tThe pump was replaced.", council="Brackford Town Council",
                  meeting_date="2024-06-01", kind=Kind.DECISION),
    make_document("c/3", "The sluice was painted.", council="Brackford Town Council", meeting_date=None),
]  # fmt: skip
GONE = make_document("gone/9", "The zeppelin was withdrawn.")
TEXTS = {document.id: document.text for document in DOCUMENTS}


@pytest.fixture(scope="module")
def minutebook(tmp_path_factory) -> Minutebook:
    minutebook = Minutebook(tmp_path_factory.mktemp("export") / "data")
    with Corpus(minutebook.data / "corpus.sqlite3") as corpus:
        put_documents(corpus, [*DOCUMENTS, GONE])
        for _ in range(3):
            put_documents(corpus, DOCUMENTS, complete=True)
        assert corpus.counts().withdrawn == 1
        build(corpus, minutebook.data)
        # Known, but not published yet.
        put_documents(corpus, [make_document("new/1", "The zeppelin is new.")])
    return minutebook


def export(minutebook: Minutebook, *arguments: str) -> str:
    done = minutebook("export", *arguments)
    assert done.code == 0, done.err
    return done.err


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_documents_are_those_that_are_published(tmp_path, minutebook, ending):
    output = tmp_path / f"a.{ending}"
    assert export(minutebook, "documents", "-o", str(output)) == f"{output}: 3 rows\n"
    rows = read_table(output)
    assert {row["document_id"]: restored(row["text"]) for row in rows} == TEXTS
    if ending != "csv":
        assert rows[0]["sections"] == [{"label": "minutes", "start": 0, "end": 100}]
        assert rows[0]["pages"] == [{"number": 1, "start": 0, "end": 500}]
        assert rows[2]["meeting_date"] is None
    assert [row["status"] for row in rows] == ["draft", "unknown", "unknown"]
    assert rows[0]["content_hash"] == DOCUMENTS[0].content_hash
    assert rows[0]["item_number"] == "7"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_passages_are_slices_of_their_documents(tmp_path, minutebook, ending):
    output = tmp_path / f"a.{ending}"
    export(minutebook, "passages", "-o", str(output))
    rows = read_table(output)
    assert len(rows) > 3
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        assert restored(row["text"]) == TEXTS[row["document_id"]][start:end]
        assert row["passage_id"] == f"{row['document_id']}:{start}-{end}"
        assert row["generation"] == "000001"
        assert row["link"].startswith(f"https://minutes.ashmere.example/{row['document_id']}#")
    held = "".join(restored(row["text"]) for row in rows if row["document_id"] == "a/1")
    assert "".join(held.split()) == "".join(TEXTS["a/1"].split())


FILTERS = [
    (("--council", "brackford"), {"b/2", "c/3"}),
    (("--committee", "roads"), set(TEXTS)),
    (("--kind", "decision"), {"b/2"}),
    (("--from", "2025"), {"a/1"}),
    (("--to", "2025"), {"b/2"}),
    (("--from", "2024", "--to", "2024-05", "--council", "brackford"), set()),
]


@pytest.mark.parametrize("what", ["documents", "passages"])
@pytest.mark.parametrize(("filters", "wanted"), FILTERS, ids=[" ".join(filters) for filters, _ in FILTERS])
def test_filters(tmp_path, minutebook, what, filters, wanted):
    output = tmp_path / "a.parquet"
    export(minutebook, what, "-o", str(output), *filters)
    assert {row["document_id"] for row in read_table(output)} == wanted


def test_what_a_search_lists(tmp_path, minutebook):
    output = tmp_path / "a.jsonl"
    said = export(minutebook, "search", "culvert", "-o", str(output), "--council", "ashmere")
    assert "Searched: passages about “culvert”" in said
    rows = read_table(output)
    with index.open(minutebook.data, model=ModelSettings(name="hash")) as reader:
        hits = reader.search("culvert council:ashmere", k=100).hits
    assert rows
    assert [row["passage_id"] for row in rows] == [hit.passage_id for hit in hits]
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert row["text"] == TEXTS[row["document_id"]][row["start"] : row["end"]]
        assert (row["status"], row["item_number"]) == ("draft", "7")


def test_newest_first(tmp_path, minutebook):
    output = tmp_path / "a.jsonl"
    export(minutebook, "search", "the pump OR culvert", "-o", str(output), "--sort", "oldest")
    days = [row["meeting_date"] for row in read_table(output)]
    assert days == sorted(days)
    assert len(set(days)) == 2


def test_nothing_that_is_withdrawn_or_new_is_found(tmp_path, minutebook):
    output = tmp_path / "a.csv"
    assert export(minutebook, "search", "zeppelin", "-o", str(output)).endswith(f"{output}: 0 rows\n")
    assert output.read_bytes().startswith(b'\xef\xbb\xbf"rank"')


@pytest.mark.parametrize(
    ("what", "ending"),
    [
        ("documents", "csv"),
        ("passages", "parquet"),
        *slow(("documents", "jsonl"), ("documents", "parquet"), ("passages", "csv"), ("passages", "jsonl")),
    ],
)
def test_the_same_bytes_another_time_and_into_a_stream(tmp_path, minutebook, what, ending):
    one, other = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    export(minutebook, what, "-o", str(one))
    export(minutebook, what, "-o", str(other))
    stream = subprocess.run(
        [*COMMAND, "export", what, "-o", "-", "--format", ending],
        env=minutebook._environment(), capture_output=True, timeout=SECONDS, check=True,
    ).stdout  # fmt: skip
    assert one.read_bytes() == other.read_bytes() == stream


def test_beside_it_stands_where_it_comes_from(tmp_path, minutebook):
    output = tmp_path / "a.csv"
    export(minutebook, "passages", "-o", str(output), "--council", "brackford")
    account = json.loads((tmp_path / "a.csv.meta.json").read_text())
    assert account["provenance"]["generation"] == "000001"
    assert account["options"]["council"] == "brackford"
    assert account["output"] == {"name": "a.csv", "format": "csv", "rows": 2}
    assert account["run"]["command"].startswith("minutebook export passages -o ")
    assert len(read_csv(output.read_bytes())) == 2


def test_what_is_there_stays_without_force(tmp_path, minutebook):
    output = tmp_path / "a.csv"
    output.write_text("mine")
    done = minutebook("export", "documents", "-o", str(output))
    assert (done.code, output.read_text()) == (2, "mine")
    assert done.err == f"{output} is there already; write elsewhere, or over it with --force\n"
    export(minutebook, "documents", "-o", str(output), "--force")
    assert len(read_csv(output.read_bytes())) == 3


@pytest.mark.parametrize("what", [("documents",), ("passages",), ("search", "pump")], ids=" ".join)
def test_filters_that_together_leave_nothing_give_an_empty_table_and_a_note(tmp_path, minutebook, what):
    output = tmp_path / "a.jsonl"
    said = export(minutebook, *what, "-o", str(output), "--council", "ashmere", "--to", "2019").splitlines()
    assert said[-2:] == [NOTHING_WITHIN, f"{output}: 0 rows"]
    assert output.read_bytes() == b""


def test_an_account_that_is_there_stays_without_force(tmp_path, minutebook):
    account = tmp_path / "a.csv.meta.json"
    account.write_text("mine")
    done = minutebook("export", "documents", "-o", str(tmp_path / "a.csv"))
    assert (done.code, account.read_text()) == (2, "mine")
    assert done.err == f"{account} is there already; write elsewhere, or over it with --force\n"


def test_what_was_erased_is_exported_no_more(tmp_path):
    minutebook = Minutebook(tmp_path / "data")
    with Corpus(minutebook.data / "corpus.sqlite3") as corpus:
        put_documents(corpus, DOCUMENTS)
        build(corpus, minutebook.data)
        erase(corpus, "b/2")
        build(corpus, minutebook.data)
    for what in (("documents",), ("passages",), ("search", "pump OR culvert")):
        output = tmp_path / f"{what[0]}.jsonl"
        export(minutebook, *what, "-o", str(output))
        assert "a/1" in {row["document_id"] for row in read_table(output)}
        assert "pump was replaced" not in output.read_text()


WRONG = [
    (
        ("documents", "-o", "{d}/a.csv", "--council", "Kant"),
        "no council is called 'Kant'; there are: Ashmere",
    ),
    (("search", "pump", "-o", "{d}/a.csv", "--council", "Kant"), "no council is called 'Kant'; there are"),
    (("search", "pump council:Kant", "-o", "{d}/a.csv"), "no council is called 'Kant'; there are: Ash"),
    (("passages", "-o", "{d}/a.csv", "--from", "May"), "--from: 'May' is not a date"),
    (("documents", "-o", "{d}/a.csv", "--from", "2020", "--to", "2019"), "from: 2020-01-01 is after to: "),
    (("search", "pump", "-o", "{d}/a.csv", "--from", "2020", "--to", "2019"), "from: 2020-01-01 is after"),
    (("search", "?!", "-o", "{d}/a.csv"), "there are no words to search for"),
    (("documents", "-o", "-"), "a standard stream has no ending; say --format"),
    (("documents", "-o", "{d}/a.xlsx"), "{d}/a.xlsx: the name must end in .csv, .jsonl or .parquet"),
    (("documents", "-o", "{d}/x/a.csv"), "there is no folder {d}/x; make it first"),
]


@pytest.mark.parametrize(("arguments", "why"), WRONG, ids=[why[:30] for _, why in WRONG])
def test_wrong_use_is_one_line_and_leaves_nothing(tmp_path, minutebook, arguments, why):
    done = minutebook("export", *(argument.format(d=tmp_path) for argument in arguments))
    assert done.code == 2
    assert done.err.startswith(why.format(d=tmp_path))
    assert len(done.lines) == 1
    assert list(tmp_path.iterdir()) == []
