from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.records import Source, SourceState
from corpus.site_record import SiteRecord
from index.browse import Kinship
from index.records import Answer, Filters, Found, Sort
from tests.factories import COMMITTEE, COUNCIL, build, make_document, put_documents
from ui import clock
from ui.library import Library
from ui.web.backend import Backend
from ui.web.library_backend import LibraryBackend

SITE = "https://ashmere.example"
SETTINGS = f'[model]\nname = "hash"\n[[sources]]\nname = "ashmere"\nlocation = "{SITE}"\n'

DOCUMENTS = (
    make_document("ashmere/item/1", title="The mill bridge", item_number="4"),
    make_document("ashmere/item/2", title="The mill bridge", item_number="9", meeting_date="2026-02-19"),
    make_document(
        "ashmere/item/3",
        "The bridge at the mill was spoken of again, and nothing was decided of it.",
        title="Closure of a bridge",
        item_number="2",
        committee="Cabinet",
        meeting_date="2026-03-05",
    ),
)


@pytest.fixture
def library(tmp_path, monkeypatch) -> Library:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 2, tzinfo=UTC))
    (tmp_path / "minutebook.toml").write_text(SETTINGS)
    library = Library.at(tmp_path)
    with library.corpus() as corpus:
        put_documents(corpus, DOCUMENTS)
        build(corpus, tmp_path)
    return library


@pytest.fixture
def backend(library) -> Iterator[Backend]:
    with closing(library.reader()) as reader:
        yield LibraryBackend(library, reader)


def test_a_question_is_answered_in_steps_out_of_the_published_generation(backend):
    question = "What was resolved about the mill bridge?"
    found, given = backend.asking(question)
    assert isinstance(found, Found)
    assert isinstance(given, Answer)
    whole = backend.ask(question)
    assert found == backend.search(question)
    assert (given.quotes, given.hits, given.generation) == (whole.quotes, whole.hits, backend.generation)
    assert given.answered


def test_an_answer_that_is_asked_for_within_filters_stays_within_them(backend):
    _, given = backend.asking("What was said of the bridge?", filters=Filters(committee="Cabinet"))
    assert isinstance(given, Answer)
    assert {hit.document_id for hit in given.hits} == {"ashmere/item/3"}


def test_what_nobody_waits_for_any_more_holds_no_generation(backend, library):
    steps = backend.asking("What was resolved about the mill bridge?")
    next(steps)
    with library.corpus() as corpus:
        put_documents(corpus, [make_document("ashmere/item/4")])
        build(corpus, library.data)
    given = next(steps)
    assert isinstance(given, Answer)
    assert (given.generation, backend.generation) == ("000001", "000002")
    steps.close()
    assert backend.header("ashmere/item/4") is not None


def test_lists_and_hits_come_with_what_is_known_of_their_documents(backend):
    listing = backend.listing("bridge", sort=Sort.NEWEST)
    assert [one.header.id for one in listing.results] == ["ashmere/item/3", "ashmere/item/1"]
    assert [[header.id for header in one.also] for one in listing.results] == [[], ["ashmere/item/2"]]
    (result,) = backend.results(backend.search("spoken of again", k=1).hits)
    assert (result.header.item_number, result.header.committee) == ("2", "Cabinet")
    assert result.link.startswith(f"{result.header.url}#:~:text=The%20bridge%20at%20the%20mill")


def test_hits_of_an_earlier_generation_lead_to_what_is_left_of_their_documents(backend, library):
    hits = backend.search("bridge").hits
    with library.corpus() as corpus:
        changed = make_document(
            "ashmere/item/3", "Other words stand here now, and more of them than before stood here."
        )
        put_documents(corpus, [changed], complete=True, keep=["ashmere/item/3"])
        for _ in range(3):
            put_documents(corpus, [changed], complete=True)
        build(corpus, library.data)
    (left,) = backend.results(hits)
    assert (left.header.id, left.link) == ("ashmere/item/3", changed.url)


def test_what_is_there_can_be_looked_through(backend):
    holdings = backend.holdings()
    assert (holdings.generation, holdings.kinds, holdings.extent.documents) == ("000001", ("minutes",), 3)
    assert (holdings.extent.first, holdings.extent.last) == ("2026-01-15", "2026-03-05")
    assert [one.committee for one in holdings.councils[0].committees] == ["Cabinet", COMMITTEE]
    assert backend.council(COUNCIL) == holdings.councils[0]
    committee, meeting = (
        backend.committee(COUNCIL, COMMITTEE),
        backend.meeting(COUNCIL, COMMITTEE, "2026-01-15"),
    )
    assert committee is not None
    assert meeting is not None
    assert committee.committee.meetings == 2
    assert meeting.documents == (backend.header("ashmere/item/1"),)
    document = backend.document("ashmere/item/1")
    assert document is not None
    assert document.text == DOCUMENTS[0].text
    for nothing in (
        backend.council("x"),
        backend.committee(COUNCIL, "x"),
        backend.meeting(COUNCIL, COMMITTEE, None),
        backend.header("x"),
        backend.document("x"),
    ):
        assert nothing is None


@pytest.mark.parametrize(
    ("query", "filters", "documents", "last"),
    [
        ("", Filters(), 3, "2026-03-05"),
        ("", Filters(committee="roads"), 2, "2026-02-19"),
        ("bridge committee:cabinet", Filters(committee="roads"), 1, "2026-03-05"),
        ("", Filters(date_to="2026-01-31"), 1, "2026-01-15"),
        ("", Filters(date_from="2027-01-01"), 0, None),
        ("", Filters(council="Nowhere"), 0, None),
    ],
)
def test_how_much_lies_within_filters(backend, query, filters, documents, last):
    extent = backend.extent(query, filters=filters)
    assert (extent.documents, extent.last) == (documents, last)


def test_the_history_of_an_item_is_what_the_site_says_or_else_what_has_its_title(backend, library):
    by_title = backend.history("ashmere/item/1")
    assert ([one.id for one in by_title.documents], by_title.kinship) == (["ashmere/item/2"], Kinship.TITLE)
    with library.corpus() as corpus:
        put_documents(corpus, [make_document("ashmere/item/new")])  # not published yet
        record = SiteRecord(corpus, "ashmere")
        for number in ("1", "2", "3", "new"):
            record.put_issue(f"ashmere/item/{number}", "ashmere/issue/7")
    history = backend.history("ashmere/item/1")
    assert ([one.id for one in history.documents], history.kinship) == (
        ["ashmere/item/3", "ashmere/item/2"],
        Kinship.ISSUE,
    )
    assert backend.history("no such document").documents == ()


def test_sources_are_those_that_are_looked_at_and_how_they_stand(backend, library):
    with library.corpus() as corpus:
        corpus.put_source(
            Source(
                "ashmere", SITE, SourceState.OK, "", "2026-01-30T02:00:00+00:00", "2026-01-30T02:00:00+00:00"
            )
        )
        corpus.put_source(Source("gone", "https://gone.example", SourceState.FAILING, "answers 500"))
        corpus.put_source(
            Source(
                "/home/clerk/minutes",
                "/home/clerk/minutes",
                SourceState.FAILING,
                "/home/clerk/minutes is not there",
            )
        )
    ashmere, minutes = backend.sources()
    assert (ashmere.name, ashmere.kind, ashmere.documents, ashmere.state) == (
        "ashmere",
        "council site",
        3,
        SourceState.STALE,
    )
    assert ashmere.last_good == "2026-01-30T02:00:00+00:00"
    assert (minutes.name, minutes.kind, minutes.reason) == ("minutes", "folder", "minutes is not there")
    warnings = backend.warnings()
    assert [warning.split()[0] for warning in warnings] == ["ashmere", "minutes"]
    assert "clerk" not in "".join(warnings)


def test_a_source_that_was_never_looked_at_is_told(tmp_path):
    (tmp_path / "minutebook.toml").write_text(SETTINGS)
    library = Library.at(tmp_path)
    with closing(library.reader()) as reader:
        backend = LibraryBackend(library, reader)
        (source,) = backend.sources()
        assert (source.name, source.documents, source.state, source.last_good) == (
            "ashmere",
            0,
            SourceState.NEVER,
            None,
        )
        assert backend.warnings() == ("ashmere is never fetched, never read in full",)


def test_sources_by_files_have_a_kind_of_their_own(backend, library):
    with library.corpus() as corpus:
        corpus.put_source(Source("files", "", SourceState.OK, "", "2026-01-30T02:00:00+00:00"))
    assert {source.name: source.kind for source in backend.sources()}["files"] == "files"


def test_a_generation_without_a_record_beside_it_can_be_looked_through(backend, library):
    for path in library.data.glob("corpus.sqlite3*"):
        path.unlink()
    assert backend.holdings().extent.documents == 3
    assert backend.history("ashmere/item/1").kinship is Kinship.TITLE
    assert [source.state for source in backend.sources()] == [SourceState.NEVER]
    assert not Path(library.record).exists()
