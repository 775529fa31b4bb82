import pytest

from index.records import Filters, Sort
from tests.ui.web.fake import BANDSTAND_BEFORE, LETTER, SOURCES, FakeBackend
from ui.web.handlers import search
from ui.web.handlers.records import Refused, Results
from ui.web.state import State, View


def results(text: str = "bandstand", backend: FakeBackend | None = None, **fields) -> Results:
    found = search(backend or FakeBackend(), State(View.SEARCH, text, **fields))
    assert isinstance(found, Results)
    return found


def test_results_come_without_an_answer_and_with_what_was_searched():
    backend = FakeBackend(unseen=("fenlow is blocked",))
    found = results(backend=backend, filters=Filters(council="Ashmere"))
    assert found.listing.total == 4
    assert not backend.asked
    assert found.searched.extent.documents == 7
    assert (found.searched.sources, found.searched.warnings) == (SOURCES, ("fenlow is blocked",))
    assert found.searched.generation == found.listing.generation == "000007"


def test_the_order_and_the_page_are_those_of_the_state():
    first = results("the", sort=Sort.NEWEST)
    second = results("the", sort=Sort.NEWEST, page=2)
    assert (first.listing.pages, second.listing.page) == (2, 2)
    days = [one.header.meeting_date for page in (first, second) for one in page.listing.results]
    assert days == [*sorted((day for day in days if day), reverse=True), None]
    assert [one.hit.rank for one in second.listing.results] == [6, 7, 8]


def test_a_page_beyond_the_last_is_the_last_one_in_the_state_too():
    found = results("the", page=99)
    assert (found.state.page, found.listing.page) == (2, 2)


def test_typed_filters_move_to_the_filters_where_they_can_be_changed():
    found = results("bandstand council:fenlow", filters=Filters(council="Ashmere"))
    assert (found.state.text, found.state.filters) == ("bandstand", Filters(council="fenlow"))
    assert found.searched.filters == Filters(council="fenlow")
    assert [one.header.council for one in found.listing.results] == ["Fenlow Parish Council"]


def test_a_filter_that_matches_nothing_is_an_empty_list_that_says_so():
    found = results(filters=Filters(committee="Nowhere"))
    assert (found.listing.total, found.listing.notes) == (0, ("no committee is called 'Nowhere'",))
    assert found.searched.extent.documents == 0


def test_the_same_words_elsewhere_are_told():
    also = {one.header.id: [header.id for header in one.also] for one in results().listing.results}
    assert also[BANDSTAND_BEFORE.id] == [LETTER.id]


@pytest.mark.parametrize("text", ["", "  ", "council:Ashmere"])
def test_filters_alone_are_met_with_a_hint(text):
    found = search(FakeBackend(), State(View.SEARCH, text))
    assert isinstance(found, Refused)
    assert found.hint
    assert "Write some words" in found.words


@pytest.mark.parametrize(
    ("text", "hint", "words"), [("!?", True, "no words"), ("broken", False, "no index yet")]
)
def test_an_error_becomes_one_sentence_for_a_person(text, hint, words):
    found = search(FakeBackend(), State(View.SEARCH, text))
    assert isinstance(found, Refused)
    assert found.hint is hint
    assert words in found.words
