from dataclasses import replace

import pytest

from index.records import Facet, FacetValue, Filters, Sort
from tests.ui.web.fake import BANDSTAND, COUNCIL, REASON, FakeBackend
from tests.ui.web.reading_pages import Reader
from ui.web.handlers import search
from ui.web.handlers.records import Results
from ui.web.markup.results import narrowed, results
from ui.web.state import State, View, read_address


def found(words: str = "a", **changes) -> Results:
    record = search(FakeBackend(), State(View.SEARCH, words, **changes))
    assert isinstance(record, Results)
    return record


def links(page: str) -> dict[str, State]:
    """Return what each link within the page opens, by its words."""
    opened: dict[str, State] = {}
    for part in page.split("<a ")[1:]:
        tag, _, rest = part.partition(">")
        href = tag.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
        words = Reader(f"<span>{rest.partition('</a>')[0]}</span>").words
        opened.setdefault(words, read_address(href.partition("#")[0].partition("?")[2]))
    return opened


def test_each_result_is_shown_with_where_it_stands_and_opens_on_its_words():
    record = found("survey")
    page = results(record, root="")
    words = Reader(page).words
    assert REASON in words
    assert "Ashmere Borough Council, Parks and Open Spaces Committee, 15 January 2026" in words
    first = record.listing.results[0].hit
    opened = links(page)["7. The bandstand in Wellow Park"]
    assert (opened.document, opened.start, opened.end) == (BANDSTAND.id, first.start, first.end)


def test_the_query_is_said_in_plain_words():
    words = Reader(results(found('"duck pond" -dredger'), root="")).words
    assert "Searched for passages about “duck pond”, with the words “duck pond” in this order" in words
    assert "without “dredger”" in words


def test_the_order_can_be_changed_and_the_one_that_holds_is_marked():
    page = results(found(sort=Sort.NEWEST, page=2), root="")
    opened = links(page)
    assert opened["oldest"] == State(View.SEARCH, "a", sort=Sort.OLDEST)
    assert opened["most relevant"] == State(View.SEARCH, "a")
    assert page.count('aria-current="true">newest<') == 1


def test_pages_lead_on_and_back():
    record = found()
    assert record.listing.pages == 2
    first, second = results(record, root=""), results(found(page=2), root="")
    assert "Page 1 of 2" in first
    assert links(first)["Next →"] == replace(record.state, page=2)
    assert "← Previous" not in links(first)
    assert links(second)["← Previous"].page == 1
    assert "Next →" not in links(second)
    assert "mb-pages" not in results(found("survey"), root="")


def test_a_facet_narrows_from_the_first_page_on_and_lets_go_again():
    page = results(found(page=2), root="")
    narrow = links(page)[COUNCIL]
    assert narrow == State(View.SEARCH, "a", filters=Filters(council=COUNCIL))
    narrowed_page = results(found(filters=narrow.filters), root="")
    assert links(narrowed_page)[f"{COUNCIL} ✕ (chosen; show all again)"] == State(View.SEARCH, "a")


def test_facets_have_counts():
    words = Reader(results(found("bandstand"), root="")).words
    assert "2026 2 passages" in words
    assert "1 without one" in words


@pytest.mark.parametrize(
    ("name", "value", "filters"),
    [
        ("council", "A", Filters(council="A", committee="C")),
        ("committee", "", Filters()),
        ("kind", "report", Filters(committee="C", kind="report")),
        ("year", "2025", Filters(committee="C", date_from="2025-01-01", date_to="2025-12-31")),
    ],
)
def test_a_facet_sets_its_own_filter_only(name, value, filters):
    assert narrowed(Filters(committee="C"), name, value) == filters
    assert narrowed(filters, name, "") == (Filters() if name == "committee" else Filters(committee="C"))


def test_many_values_are_folded_away_but_never_a_chosen_one():
    record = found()
    values = tuple(FacetValue(f"{year}", 1, chosen=year == 2010) for year in range(2026, 2000, -1))
    listing = replace(record.listing, facets=(Facet("year", values),))
    page = results(replace(record, listing=listing), root="")
    shown, _, folded = page.partition('class="mb-facets"')[2].partition("<details>")
    assert ">2010<" in shown
    assert "9 more" in folded
    assert ">2001</a>" in folded


def test_a_list_that_ends_before_all_is_listed_says_so():
    record = found()
    page = results(replace(record, listing=replace(record.listing, more=True)), root="")
    assert "8 passages found" in page
    assert "These are the best of them" in page
    assert "These are the best" not in results(record, root="")


def test_nothing_found_is_said_with_what_was_searched():
    page = results(found("zebra"), root="")
    assert "No passage found" in page
    assert '<details class="mb-searched" open>' in page
    assert "<ol" not in page
    assert "results.csv" not in page


def test_the_list_is_taken_away_as_it_is_sorted_and_filtered():
    state = State(View.SEARCH, "pond", filters=Filters(council=COUNCIL), sort=Sort.NEWEST)
    page = results(replace(found("pond"), state=state), root="/minutes")
    href = page.partition('href="/minutes/results.csv')[2].partition('"')[0].replace("&amp;", "&")
    assert read_address(href) == state
