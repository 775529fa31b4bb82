from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.records import Kind
from index.embedding import HashEmbedder
from index.generation import Generation
from index.query import parse_query
from index.records import Filters, Found
from index.search import NOTHING_WITHIN, find_scope, rank_parsed, resolve_filters, search, sift
from tests.factories import make_document, make_generation

NOTICE = (
    "The meeting may be filmed for broadcast on the council's website, and anyone who speaks at it is "
    "taken to have agreed to that. Members of the public who do not wish to be filmed should sit at the back."
)
DOCUMENTS = (
    make_document(
        "bridge",
        "The mill bridge was closed because both piers had rusted through.",
        council="Ashmere Borough Council",
        committee="Roads and Bridges Committee",
        meeting_date="2026-01-15",
    ),
    make_document(
        "ferry",
        "Recommendation 4: a ferry was refused. The application 24/00108 would cost £1.2m.",
        title="The ferry",
        council="Ashmere Borough Council",
        committee="Cabinet",
        meeting_date="2025-12-31",
        kind=Kind.REPORT,
    ),
    make_document(
        "footbridge",
        "Recommendation 40: a footbridge was promised, for £11.2m. The application was 24/001089.",
        title="The footbridge",
        council="Wellow Parish Council",
        committee="",
        meeting_date=None,
    ),
    make_document("notice1", NOTICE, title="Filming", meeting_date="2024-02-29"),
    make_document("notice2", NOTICE, title="Filming", meeting_date="2025-02-28"),
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory) -> Iterator[Generation]:
    generation = make_generation(tmp_path_factory.mktemp("search"), DOCUMENTS)
    yield generation
    generation.close()


def find(generation: Generation, query: str, filters: Filters | None = None, k: int = 10) -> Found:
    return search(generation, HashEmbedder(), query, filters=filters, k=k)


def ids(found: Found) -> list[str]:
    return [hit.document_id for hit in found.hits]


def test_the_right_passage_comes_first_and_ranks_count_from_one(generation):
    found = find(generation, "why were the rusted piers of the mill bridge closed")
    assert ids(found)[0] == "bridge"
    assert [hit.rank for hit in found.hits] == list(range(1, len(found.hits) + 1))
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_hits_are_verbatim_slices(generation):
    for hit in find(generation, "bridge ferry footbridge recommendation meeting").hits:
        document = generation.table.document(hit.document_id)
        assert document is not None
        assert hit.text == document.text[hit.start : hit.end]
        assert (hit.title, hit.url, hit.committee) == (document.title, document.url, document.committee)


def test_no_more_hits_than_asked_for(generation):
    assert len(find(generation, "bridge ferry recommendation", k=1).hits) == 1


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("recommendation 4", "ferry"),
        ("recommendation 40", "footbridge"),
        ("24/00108", "ferry"),
        ("24/001089", "footbridge"),
        ("what costs £1.2m", "ferry"),
        ("what costs £11.2m", "footbridge"),
    ],
)
def test_references_are_exact(generation, query, first):
    assert ids(find(generation, query))[0] == first


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"mill bridge"', {"bridge"}),
        ('"bridge mill"', set()),
        ("recommendation -ferry", {"footbridge"}),
        ("recommendation -footbridge", {"ferry"}),
        ("piers OR ferry", {"bridge", "ferry"}),
        ("recommendation council:wellow", {"footbridge"}),
        ('bridge committee:"roads and bridges"', {"bridge"}),
        ("recommendation kind:report", {"ferry"}),
        ("recommendation bridge from:2025-12-31 to:2026", {"bridge", "ferry"}),
        ("recommendation bridge from:2026", {"bridge"}),
        ("recommendation bridge to:2025", {"ferry"}),
    ],
)
def test_operators_limit_what_is_found(generation, query, expected):
    assert {id for id in ids(find(generation, query)) if not id.startswith("notice")} == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(council="WELLOW parish council"), {"footbridge"}),
        (Filters(council="ashmere", committee="cabinet"), {"ferry"}),
        (Filters(date_from="2026-01-15", date_to="2026-01-15"), {"bridge"}),
        (Filters(date_from="2026-01-16"), set()),
        (Filters(kind="report"), {"ferry"}),
        (Filters(kind="REPORT", council="wellow"), set()),
    ],
)
def test_filters_limit_what_is_found(generation, filters, expected):
    assert set(ids(find(generation, "mill bridge ferry footbridge recommendation", filters))) == expected


def test_typed_filters_go_before_chosen_ones(generation):
    assert ids(find(generation, "recommendation council:wellow", Filters(council="ashmere"))) == [
        "footbridge"
    ]


@pytest.mark.parametrize(
    ("filters", "note"),
    [
        (Filters(council="Kant"), "no council is called 'Kant'; there are: Ashmere Borough Council, Wellow"),
        (Filters(committee="Kant"), "no committee is called 'Kant'; there are: Cabinet"),
        (Filters(kind="novel"), "no kind is called 'novel'; there are: minutes, decision"),
        (Filters(date_from="soon"), "from: 'soon' is not a date; write 2019-05-31"),
        (Filters(date_to="2026-02-30"), "to: '2026-02-30' is not a date"),
    ],
)
def test_an_unknown_filter_value_is_said_and_finds_nothing(generation, filters, note):
    found = find(generation, "bridge", filters)
    assert found.hits == ()
    assert found.notes[0].startswith(note)


def test_the_same_words_twice_are_one_hit_that_names_the_other(generation):
    found = find(generation, "may the meeting be filmed for broadcast")
    (hit,) = [hit for hit in found.hits if hit.document_id.startswith("notice")]
    other = "notice2" if hit.document_id == "notice1" else "notice1"
    assert found.also_in is not None
    assert found.also_in[hit.passage_id] == (("Filming", f"https://minutes.ashmere.example/{other}"),)


def test_nothing_relevant_is_an_empty_result(generation):
    found = find(generation, "xylophone quartet")
    assert (found.hits, found.notes) == ((), ())


def test_how_the_query_was_understood_is_said(generation):
    said = find(generation, 'closed "mill bridge" -ferry council:ashmere from:2025').interpreted
    for part in ("closed", "mill bridge", "ferry", "council: ashmere", "from: 2025-01-01"):
        assert part in said


@pytest.mark.parametrize(
    "query", ["", " \n", "-", '""', "council:Ashmere", "from:2019 to:2020", "x" * 100_000]
)
def test_what_cannot_be_searched_is_wrong_use(generation, query):
    with pytest.raises(UsageError) as caught:
        find(generation, query)
    assert "\n" not in str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ['"', "“", "-", "OR", "AND", "(", ")", "*", "~", "^", ":", "council:", "from:2019", "kind:x",
             "bridge", "mill", "recommendation", "4", "£", "\x00", "\ud800", "é", "%", "\\", "'", ";--"]
        ),
        max_size=8,
    ).map(" ".join)
)  # fmt: skip
def test_whatever_is_typed_gives_hits_or_a_clear_line(generation, query):
    with suppress(UsageError):
        assert all(hit.text for hit in find(generation, query).hits)


def test_filters_are_resolved_to_the_values_that_are_there(generation):
    scope, notes = resolve_filters(generation.table, Filters(council="council", date_from="2026-01-15"))
    assert notes == ()
    assert scope.councils == ("Ashmere Borough Council", "Wellow Parish Council")
    assert (scope.first_date, scope.last_date) == (20260115, None)
    assert resolve_filters(generation.table, Filters())[0].unlimited


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(date_from="2026-01-01", date_to="2020-01-01"), "from: 2026-01-01 is after to: 2020-01-01"),
        (Filters(council="Wellow Parish Council", committee="Cabinet"), NOTHING_WITHIN),
        (Filters(date_from="2031-01-01"), NOTHING_WITHIN),
    ],
)
def test_filters_that_leave_nothing_are_told_from_a_silence(generation, filters, told):
    assert find(generation, "bridge", filters).notes == (told,)
    assert find_scope(generation.table, filters)[1] == (told,)
    assert not len(sift(generation, HashEmbedder(), parse_query("bridge", filters)))


def test_an_index_without_passages_finds_nothing(tmp_path):
    empty = make_generation(tmp_path, [make_document("blank", " \n ")])
    assert find(empty, "bridge").hits == ()
    assert find(empty, '"mill bridge"', Filters(date_from="2020-01-01")).hits == ()
    empty.close()


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("why were the rusted piers of the mill bridge closed", Filters()),
        ("bridge ferry footbridge recommendation", Filters()),
        ("bridge ferry footbridge recommendation", Filters(council="Wellow")),
        ("filmed for broadcast", Filters()),
        ("recommendation", Filters(date_from="2025-01-01")),
        ("zeppelin", Filters()),
        ("was closed because its airship zeppelin balloon had", Filters()),  # alike, with few of the words
        ("bridge", Filters(council="Nowhere")),
        ('"mill bridge" -ferry', Filters()),
    ],
)
def test_a_search_that_reads_no_text_finds_the_same_documents(generation, query, filters):
    parsed = parse_query(query, filters)
    ranked = rank_parsed(generation, HashEmbedder(), parsed).ranked
    ids = [
        generation.shelves.numbered(number).id for number in sift(generation, HashEmbedder(), parsed).tolist()
    ]
    assert sorted(ids) == sorted(one.passage.document.id for one in ranked)


def test_a_search_that_reads_no_text_finds_no_more_than_asked_for_and_the_best(generation):
    parsed = parse_query("recommendation 4 of the ferry bridge")
    (number,) = sift(generation, HashEmbedder(), parsed, most=1).tolist()
    assert generation.shelves.numbered(number).id == "ferry"


def test_quoted_words_in_a_question_are_a_wish_and_alone_they_must_stand_there(generation):
    asked = find(generation, 'Why was the mill bridge closed because of "rusted piers"?')
    assert asked.hits[0].document_id == "bridge"
    assert asked.notes == ("nothing holds “rusted piers” word for word",)
    assert find(generation, '"rusted piers"').hits == ()
    held = find(generation, 'Why was the mill bridge "closed because both piers"?')
    assert (held.hits[0].document_id, held.notes) == ("bridge", ())


def test_a_named_year_prefers_its_meetings_and_rules_out_no_other(generation):
    for year, first in (("2024", "notice1"), ("2025", "notice2")):
        hit, *_ = find(generation, f"What was said about filming in {year}?").hits
        assert hit.document_id == first
