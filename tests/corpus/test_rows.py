import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Document, Kind, Page, Section, Status
from corpus.rows import COLUMNS, from_row, insert, to_row
from tests.factories import make_document

#: Whatever UTF-8 can hold, which is all that SQLite stores.
WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


@st.composite
def documents(draw) -> Document:
    text = draw(WORDS)
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    return make_document(
        id=draw(WORDS),
        text=text,
        source=draw(WORDS),
        title=draw(WORDS),
        url=draw(WORDS),
        kind=draw(st.sampled_from(Kind)),
        council=draw(WORDS),
        committee=draw(WORDS),
        meeting_date=draw(st.none() | st.dates().map(str)),
        item_number=draw(WORDS),
        status=draw(st.sampled_from(Status)),
        sections=(Section(draw(WORDS), *bounds[:2]), Section(draw(WORDS), *bounds[2:])),
        pages=(Page(1, *bounds[:2]), Page(draw(st.integers(2, 900)), *bounds[2:])),
        fetched_at=draw(WORDS),
    )


@pytest.fixture(scope="module")
def table():
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    db.execute(f"CREATE TABLE documents ({COLUMNS}) STRICT")
    yield db
    db.close()


@given(document=documents())
def test_a_document_comes_back_from_the_database_as_it_was(table, document):
    table.execute("DELETE FROM documents")
    table.execute(insert("documents", to_row(document)), to_row(document))
    (row,) = table.execute("SELECT * FROM documents")
    assert from_row(row, document_id=document.id, source=document.source) == document


def test_kinds_come_back_as_kinds_and_not_as_words():
    document = from_row(to_row(make_document(kind=Kind.AGENDA)), document_id="a", source="b")
    assert (type(document.kind), type(document.status)) == (Kind, Status)
