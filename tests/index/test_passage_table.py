import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from corpus.errors import GenerationError
from corpus.records import Document, Kind, Page, Section, Status
from index.browse import Extent
from index.lexical import Scope
from index.passage_table import PassageTable, PassageTableWriter, date_number
from index.passages import Passage
from tests.factories import make_document

TEXT = "The pond was dredged. THE POND, was dredged! The kiosk was let."
POND = make_document(
    "ashmere/pond",
    TEXT,
    kind=Kind.DECISION,
    status=Status.FINAL,
    item_number="7",
    sections=(Section("minutes", 0, 21),),
    pages=(Page(3, 0, len(TEXT)),),
    meeting_date="2026-01-15",
)
BRIDGE = make_document(
    "brack/bridge",
    "The pond was dredged.",
    source="brack",
    council="Brackwater Town Council",
    committee="",
    meeting_date="2026-02-28",
)
UNDATED = make_document("ashmere/undated", "Nothing was said.", meeting_date=None, council="")
EMPTY = make_document("ashmere/empty", "")


def write(path: Path, *documents: tuple[Document, list[Passage]]) -> list[int]:
    with closing(PassageTableWriter(path)) as writer:
        firsts = [writer.add(document, passages) for document, passages in documents]
        assert writer.documents == len(documents)
        assert writer.passages == sum(len(passages) for _, passages in documents)
        return firsts


def passage(start: int, end: int, section: str = "", heading: str = "Ashmere") -> Passage:
    return Passage(section, start, end, heading)


@pytest.fixture
def table(tmp_path) -> Iterator[PassageTable]:
    firsts = write(
        tmp_path / "passages.sqlite3",
        (POND, [passage(0, 21, "minutes"), passage(22, 44), passage(45, 63)]),
        (EMPTY, []),
        (BRIDGE, [passage(0, 21, heading="Brackwater")]),
        (UNDATED, [passage(0, 17)]),
    )
    assert firsts == [0, 3, 3, 4]
    with closing(PassageTable(tmp_path / "passages.sqlite3")) as table:
        yield table


def test_documents_are_known_by_id_and_address_in_the_order_of_their_numbers(table):
    assert table.addresses() == [(one.id, one.url) for one in (POND, EMPTY, BRIDGE, UNDATED)]


def test_headers_say_what_the_documents_say(table):
    headers = list(table.headers())
    assert [header.id for header in headers] == [one.id for one in (POND, EMPTY, BRIDGE, UNDATED)]
    for header, document in zip(headers, (POND, EMPTY, BRIDGE, UNDATED), strict=True):
        assert asdict(header) == {name: getattr(document, name) for name in asdict(header)}
    assert (headers[0].kind, headers[0].status) == (Kind.DECISION, Status.FINAL)


def test_passages_come_back_as_slices_of_whole_documents(table):
    first, second, other = table.passages([0, 1, 3])
    assert (first.document, other.document) == (POND, BRIDGE)
    assert (first.section, first.heading, other.heading) == ("minutes", "Ashmere", "Brackwater")
    assert [one.text for one in (first, second)] == ["The pond was dredged.", "THE POND, was dredged!"]
    for one in (first, second, other):
        assert one.text == one.document.text[one.start : one.end]
    assert [one.id for one in (first, other)] == ["ashmere/pond:0-21", "brack/bridge:0-21"]


@pytest.mark.parametrize("rows", [[], [4, 0, 2], [1, 1], range(5)])
def test_passages_come_in_the_order_that_was_asked_for(table, rows):
    assert [one.row for one in table.passages(rows)] == list(rows)


def test_passages_with_the_same_words_can_be_told(table):
    pond, again, kiosk, elsewhere, _ = (one.words for one in table.passages(range(5)))
    assert pond == again == elsewhere, "case and marks are no words"
    assert kiosk != pond


def test_counts_and_owners(table):
    assert (table.count, table.documents) == (5, 4)
    assert table.document_of.tolist() == [0, 0, 0, 2, 3]


@pytest.mark.parametrize(
    ("scope", "extent"),
    [
        (Scope(), Extent(4, "2026-01-15", "2026-02-28")),
        (Scope(last_date=20260131), Extent(2, "2026-01-15", "2026-01-15")),
        (Scope(councils=("",)), Extent(1, None, None)),
        (Scope(kinds=("report",)), Extent(0, None, None)),
    ],
)
def test_the_extent_of_a_scope_counts_documents_with_and_without_passages(table, scope, extent):
    assert table.extent(scope) == extent


def test_documents_are_found_by_their_id(table):
    for document in (POND, EMPTY, BRIDGE, UNDATED):
        assert table.document(document.id) == document
    assert table.document("no/such") is None


def test_values_are_sorted_and_say_nothing_of_the_unknown(table):
    assert table.values("council") == ("Ashmere Borough Council", "Brackwater Town Council")
    assert table.values("committee") == ("Roads and Bridges Committee",)
    assert table.values("kind") == ("decision", "minutes")
    assert table.dates() == ("2026-01-15", "2026-02-28")


@pytest.mark.parametrize(
    ("scope", "rows"),
    [
        (Scope(), [0, 1, 2, 3, 4]),
        (Scope(councils=("Brackwater Town Council",)), [3]),
        (Scope(councils=("Brackwater Town Council", "Ashmere Borough Council")), [0, 1, 2, 3]),
        (Scope(councils=()), []),
        (Scope(committees=("",)), [3]),
        (Scope(kinds=("decision",)), [0, 1, 2]),
        (Scope(first_date=20260115), [0, 1, 2, 3]),
        (Scope(first_date=20260116), [3]),
        (Scope(last_date=20260228), [0, 1, 2, 3]),
        (Scope(last_date=20260227), [0, 1, 2]),
        (Scope(first_date=20260228, last_date=20260115), []),
        (Scope(councils=("Ashmere Borough Council",), kinds=("minutes",)), []),
    ],
)
def test_a_scope_allows_its_values_and_both_days_at_its_ends(table, scope, rows):
    assert table.allowed(scope).nonzero()[0].tolist() == rows


def test_an_empty_table_can_be_opened_and_asked(tmp_path):
    write(tmp_path / "passages.sqlite3")
    with closing(PassageTable(tmp_path / "passages.sqlite3")) as table:
        assert (table.count, table.documents, table.dates()) == (0, 0, None)
        assert (table.values("council"), table.passages([]), table.document("a")) == ((), [], None)
        assert table.allowed(Scope(councils=("Ashmere",))).tolist() == []


def test_threads_may_share_a_table(table):
    with ThreadPoolExecutor(8) as pool:
        texts = pool.map(lambda number: table.passages([number % 5])[0].text, range(400))
        assert list(texts)[:5] == [one.text for one in table.passages(range(5))]


def test_reading_writes_nothing_even_beside_the_file(tmp_path):
    path = tmp_path / "passages.sqlite3"
    write(path, (BRIDGE, [passage(0, 21)]))
    before = path.read_bytes(), path.stat().st_mtime_ns
    with closing(PassageTable(path)) as table:
        table.passages([0])
        assert list(tmp_path.iterdir()) == [path]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_readers_ask_nobody_for_a_lock(tmp_path):
    path = tmp_path / "passages.sqlite3"
    write(path, (BRIDGE, [passage(0, 21)]))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(PassageTable(path)) as table:
            assert table.passages([0])[0].document == BRIDGE


def test_a_name_that_is_an_address_by_itself_is_only_a_name(tmp_path):
    path = tmp_path / "50% of #1?mode=rw" / "passages.sqlite3"
    path.parent.mkdir()
    write(path, (BRIDGE, [passage(0, 21)]))
    with closing(PassageTable(path)) as table:
        assert table.count == 1


@pytest.mark.parametrize("words", [b"", b"These are the minutes. " * 100])
def test_a_damaged_table_is_one_clear_error(tmp_path, words):
    path = tmp_path / "passages.sqlite3"
    path.write_bytes(words)
    with pytest.raises(GenerationError, match="cannot be read") as error:
        PassageTable(path)
    assert str(path) in str(error.value)


def test_a_missing_table_is_one_clear_error_and_is_not_made(tmp_path):
    path = tmp_path / "passages.sqlite3"
    with pytest.raises(GenerationError, match="cannot be opened"):
        PassageTable(path)
    assert not path.exists()


def test_a_table_whose_folder_is_removed_goes_on_answering(table, tmp_path):
    shutil.rmtree(tmp_path)
    assert table.passages([0])[0].document == POND


@pytest.mark.parametrize(("iso", "number"), [("2026-01-15", 20260115), ("1999-12-31", 19991231), (None, 0)])
def test_a_date_is_a_number_that_sorts(iso, number):
    assert date_number(iso) == number
