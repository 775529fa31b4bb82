from collections.abc import Iterator

import pytest

from corpus.errors import UsageError
from corpus.records import Kind, Section
from index import listing
from index.embedding import HashEmbedder
from index.generation import Generation
from index.listing import LISTED, list_results
from index.records import Filters, Listing, Sort
from index.search import search
from tests.factories import make_document, make_generation

NOTICE = "The meeting may be filmed for broadcast; whoever speaks at it about the bridge agrees to that."
DAYS = ("2024-03-01", None, "2026-01-15", "2025-06-30", "2024-03-01", None)


class CountingEmbedder(HashEmbedder):
    def __init__(self) -> None:
        self.queries = 0

    def embed_queries(self, texts):
        self.queries += 1
        return super().embed_queries(texts)


DOCUMENTS = (
    *(
        make_document(
            f"bridge{number}",
            f"The bridge number {number} was closed because its piers had rusted, said engineer {number}.",
            title=f"Bridge {number}",
            meeting_date=day,
        )
        for number, day in enumerate(DAYS)
    ),
    make_document(
        "ferry", "The ferry was refused.", title="The ferry", committee="Cabinet", kind=Kind.REPORT
    ),
    make_document(
        "elsewhere",
        "Another bridge was opened for the fair.",
        title="Opening",
        council="Wellow Parish Council",
        committee="",
        meeting_date="2026-02-01",
    ),
    make_document("notice1", NOTICE, title="Filming", meeting_date="2023-01-01"),
    make_document("notice2", NOTICE, title="Filming", meeting_date="2023-02-01", item_number="4"),
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory) -> Iterator[Generation]:
    generation = make_generation(tmp_path_factory.mktemp("listing"), DOCUMENTS)
    yield generation
    generation.close()


def listed(generation: Generation, query: str = "bridge", **options) -> Listing:
    return list_results(generation, HashEmbedder(), query, **options)


def ids(found: Listing) -> list[str]:
    return [result.hit.document_id for result in found.results]


def test_a_list_has_what_a_search_finds_in_its_order(generation):
    found = listed(generation)
    assert ids(found) == [hit.document_id for hit in search(generation, HashEmbedder(), "bridge", k=100).hits]
    assert found.total == len(found.results) == 8
    assert (found.page, found.pages, found.more, found.sort) == (1, 1, False, Sort.RELEVANCE)
    assert found.interpreted == "passages about “bridge”"
    assert found.generation == generation.name


def test_results_are_verbatim_and_say_where_they_stand(generation):
    for result in listed(generation).results:
        document = generation.table.document(result.hit.document_id)
        assert document is not None
        assert result.hit.text == document.text[result.hit.start : result.hit.end]
        assert (result.header.id, result.header.title, result.header.kind) == (
            document.id,
            document.title,
            document.kind,
        )
        assert result.link.startswith(f"{document.url}#:~:text=")


@pytest.mark.parametrize(
    ("sort", "days"),
    [
        (
            Sort.NEWEST,
            ["2026-02-01", "2026-01-15", "2025-06-30", "2024-03-01", "2024-03-01", "2023-01-01", None, None],
        ),
        (
            Sort.OLDEST,
            ["2023-01-01", "2024-03-01", "2024-03-01", "2025-06-30", "2026-01-15", "2026-02-01", None, None],
        ),
    ],
)
def test_a_list_by_date_holds_the_same_with_undated_ones_last(generation, sort, days):
    found, by_relevance = listed(generation, sort=sort), ids(listed(generation))
    assert [result.header.meeting_date for result in found.results] == days
    assert sorted(ids(found)) == sorted(by_relevance)
    for day in ("2024-03-01", None):
        same_day = [one.header.id for one in found.results if one.header.meeting_date == day]
        assert same_day == [id for id in by_relevance if id in same_day], "then by relevance"


def test_pages_follow_one_another_without_gap_or_repetition(generation):
    whole = listed(generation, sort=Sort.NEWEST)
    pages = [listed(generation, sort=Sort.NEWEST, page=page, per_page=3) for page in (1, 2, 3)]
    assert [len(page.results) for page in pages] == [3, 3, 2]
    assert [id for page in pages for id in ids(page)] == ids(whole)
    assert [result.hit.rank for page in pages for result in page.results] == list(range(1, 9))
    assert {(page.pages, page.total) for page in pages} == {(3, 8)}


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (3, 3), (4, 3), (10**9, 3)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(generation, asked, given):
    found = listed(generation, page=asked, per_page=3)
    assert found.page == given
    assert found.results


def test_nothing_is_one_empty_page(generation):
    found = listed(generation, "zeppelin")
    assert (found.total, found.page, found.pages, found.results, found.more) == (0, 1, 1, (), False)
    assert all(facet.values == () for facet in found.facets)


def test_the_same_words_elsewhere_are_told_and_counted_once(generation):
    found = listed(generation, "filmed for broadcast")
    assert (found.total, ids(found)) == (1, ["notice1"])
    (also,) = found.results[0].also
    assert (also.id, also.item_number) == ("notice2", "4")


def test_facets_count_all_pages_and_alternatives_without_their_own_filter(generation):
    filters = Filters(council="Ashmere", committee="Roads", date_from="2024-01-01", date_to="2024-12-31")
    found = listed(generation, filters=filters, per_page=1)
    assert found.total == 2
    council, committee, year, kind = found.facets
    assert {value.value: (value.count, value.chosen) for value in year.values} == {
        "2026": (1, False),
        "2025": (1, False),
        "2024": (2, True),
        "2023": (1, False),
    }
    assert year.without == 2
    assert [(value.value, value.count, value.chosen) for value in council.values] == [
        ("Ashmere Borough Council", 2, True)
    ], "no other council has such a committee in that year"
    assert [(value.count, value.chosen) for value in committee.values] == [(2, True)]
    assert [(value.value, value.count, value.chosen) for value in kind.values] == [("minutes", 2, False)]


def test_a_year_that_is_clicked_gives_as_many_as_it_said(generation):
    for value in listed(generation).facets[2].values:
        days = Filters(date_from=f"{value.value}-01-01", date_to=f"{value.value}-12-31")
        assert listed(generation, filters=days).total == value.count


def test_filters_that_are_typed_hold_and_are_told(generation):
    found = listed(generation, "bridge council:wellow", filters=Filters(council="Ashmere"))
    assert ids(found) == ["elsewhere"]
    assert found.filters == Filters(council="wellow")
    assert found.interpreted == "passages about “bridge”, council: wellow"
    assert {value.value for value in found.facets[0].values} == {
        "Ashmere Borough Council",
        "Wellow Parish Council",
    }


def test_a_filter_that_matches_nothing_says_so_and_shows_what_there_is(generation):
    found = listed(generation, filters=Filters(committee="Nowhere"))
    assert found.total == 0
    assert "no committee is called 'Nowhere'" in found.notes[0]
    committee = found.facets[1]
    assert [(value.value, value.count, value.chosen) for value in committee.values] == [
        ("Roads and Bridges Committee", 7, False),
        ("Nowhere", 0, True),
    ]
    assert committee.without == 1


def test_the_query_is_embedded_once_whatever_is_counted(generation):
    embedder = CountingEmbedder()
    filters = Filters("Ashmere", "Roads", "2024-01-01", "2024-12-31", "minutes")
    list_results(generation, embedder, "bridge", filters=filters)
    assert embedder.queries == 1


def test_a_query_without_words_is_refused(generation):
    with pytest.raises(UsageError, match="no words"):
        listed(generation, "council:ashmere")


def test_a_document_that_says_the_same_twice_is_not_told_to_be_elsewhere(tmp_path):
    words = "Members of the public were reminded that this meeting was filmed, recorded and broadcast live."
    twice = make_document(
        "twice",
        f"{words}\n\n{words}",
        sections=(Section("one", 0, len(words)), Section("two", len(words), 2 * len(words) + 2)),
    )
    generation = make_generation(tmp_path, [twice])
    try:
        assert generation.table.count == 2
        (result,) = listed(generation, "filmed and broadcast").results
        assert result.also == ()
    finally:
        generation.close()


def test_a_list_ends_where_it_was_said_to_end(generation, monkeypatch):
    monkeypatch.setattr(listing, "LISTED", 3)
    found = listed(generation)
    assert (found.total, found.more) == (3, True)
    assert listed(generation, "ferry").more is False


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Iterator[Generation]:
    """More passages than are listed: some short, some long, and all of one sort have a word in common."""
    rest = " ".join(f"word{n}" for n in range(40))
    generation = make_generation(
        tmp_path_factory.mktemp("large"),
        [
            *(
                make_document(f"short{n}", f"The pier {n} was one of the {n * 7}.", title="")
                for n in range(LISTED + 5)
            ),
            *(
                make_document(f"long{n}", f"The quay {n * 3} {rest} {n * 11}.", title="")
                for n in range(LISTED + 5)
            ),
        ],
    )
    yield generation
    generation.close()


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("pier", True),
        ("zeppelin the was of the", True),  # alike, though the word is nowhere
        ("quay", True),  # there, though hardly alike
        ("pier council:wellow", False),
        ("zeppelin", False),
    ],
)
def test_a_list_says_whether_there_may_be_more(large, query, more):
    assert listed(large, query).more is more
