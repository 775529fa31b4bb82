from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Document, Section, Status
from index.browse import History
from tests.ui.web import fake
from tests.ui.web.fake import (
    BANDSTAND,
    BANDSTAND_BEFORE,
    CABINET,
    CABINET_NAME,
    COMMITTEE,
    COUNCIL,
    DECISION,
    OBJECTION,
    POND,
    FakeBackend,
)
from tests.ui.web.reading_pages import Reader
from ui.web.handlers.records import DocumentShown
from ui.web.markup.document import document
from ui.web.showing import shelf
from ui.web.site import Site
from ui.web.state import State, View


def shown(*place: str, documents: tuple[Document, ...] = fake.DOCUMENTS, **state) -> str:
    backend = FakeBackend(documents=documents)
    return shelf(backend, State(View.BROWSE, place=place, **state), Site()).html


def opened(one: Document, start: int = 0, end: int = 0) -> str:
    return document(
        DocumentShown(State(View.BROWSE, document=one.id), one, start, end, one.url, History()), root=""
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(st.text() | st.text("<>&\"' \n\xa0ab", min_size=3), st.integers(0, 40), st.integers(0, 40), st.data())
def test_a_document_shows_every_word_once(text, start, end, data):
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    sections = (Section("<b>resolved", *edges[:2]), Section("minutes", *edges[2:]))
    page = Reader(opened(Document("d", "s", "t", text, "", sections=sections), start, end))
    assert squeezed("".join(page.record)) == squeezed(text)
    assert squeezed("".join(page.marks)) == squeezed(text[start : max(start, end)])
    assert "b" not in {tag for tag, _ in page.tags}
    assert page.ids.count("quote") <= 1


def test_browsing_begins_with_councils_committees_and_how_fresh_the_sources_are():
    words = Reader(shown()).words
    assert "8 documents, meetings of 6 June 2024 to 3 February 2026. Indexed 3 February 2026" in words
    assert f"{COUNCIL} 3 meetings, 7 documents" in words
    assert "fenlow council site 1 last read in full on 24 December 2025; now blocked" in words
    assert "No committee named" in words


def test_from_a_committee_to_its_meetings_by_year():
    words = Reader(shown(COUNCIL, COMMITTEE)).words
    assert words.index("2026 15 January 2026") < words.index("2025 20 November 2025")


def test_a_meeting_of_one_document_leads_straight_to_it():
    page = shown(COUNCIL, CABINET_NAME)
    assert "document=ashmere-cabinet" in page
    assert CABINET.title in page


def test_a_meeting_shows_its_items_in_their_order_and_which_are_drafts():
    page = shown(COUNCIL, COMMITTEE, "2026-01-15")
    words = Reader(page).words
    titles = [BANDSTAND.title, OBJECTION.title, POND.title, "11. A dredger for the duck pond"]
    places = [words.index(title) for title in titles]
    assert places == sorted(places)
    assert words.index("Draft", places[1]) < places[2]
    assert "← 20 November 2025" in words


def test_an_item_has_its_way_up_its_history_and_its_neighbours():
    words = Reader(shown(document=BANDSTAND.id)).words
    assert words.startswith(f"Everything {COUNCIL} {COMMITTEE} 15 January 2026")
    assert f"20 November 2025: {BANDSTAND_BEFORE.title}" in words
    assert f"{OBJECTION.title} →" in words


def test_what_is_not_there_is_said_with_a_way_on():
    missing = shelf(FakeBackend(), State(View.BROWSE, document="nowhere"), Site("/minutes"))
    assert missing.status == 404
    assert "There is no such document" in missing.html
    assert 'href="/minutes/?view=browse"' in missing.html


@pytest.mark.parametrize("place", [(), (COUNCIL,), (COUNCIL, COMMITTEE), (COUNCIL, COMMITTEE, "2026-01-15")])
def test_every_shelf_has_one_first_heading(place):
    assert [tag for tag, _ in Reader(shown(*place)).tags].count("h1") == 1


def test_a_range_over_two_sections_is_marked_in_both_and_named_once():
    start, end = BANDSTAND.text.index("Councillor Okoro"), BANDSTAND.text.index(DECISION) + len(DECISION)
    page = opened(BANDSTAND, start, end)
    assert page.count("<mark") == 2
    assert page.count('id="quote"') == 1


def test_blank_lines_beside_the_quote_are_saved():
    page = opened(BANDSTAND)
    assert "Committee\n\nPresent" in page
    assert "\xa0" not in page


def test_the_marked_words_can_be_scrolled_to_in_a_document_without_sections():
    bare = fake.document(
        "ashmere-10", "10. Any other business", [("", "There was none. The meeting closed.")]
    )
    assert '<mark id="quote">There was none.</mark>' in opened(bare, 0, 15)


def test_a_draft_says_that_it_is_one():
    assert "may still change" in opened(OBJECTION)
    assert "may still change" not in opened(BANDSTAND)
    assert "may still change" not in opened(replace(POND, status=Status.UNKNOWN))
