from dataclasses import replace

import pytest

from corpus.errors import CorpusError
from corpus.records import Document, Page
from index.browse import Holdings, Kinship
from tests.ui.web.fake import (
    BANDSTAND,
    BANDSTAND_BEFORE,
    CABINET,
    COMMITTEE,
    COUNCIL,
    DREDGER,
    LETTER,
    OBJECTION,
    POND,
    REASON,
    SOURCES,
    FakeBackend,
)
from ui.web.handlers import browse
from ui.web.handlers.records import (
    CommitteeShown,
    CouncilShown,
    DocumentShown,
    MeetingShown,
    Missing,
    Refused,
    ShelvesShown,
)
from ui.web.state import State, View


class BrokenBackend(FakeBackend):
    def document(self, document_id: str) -> Document | None:
        raise CorpusError("The record <corpus.db> cannot be opened")

    def holdings(self) -> Holdings:
        raise CorpusError("The record <corpus.db> cannot be opened")


def at(*place: str) -> object:
    return browse(FakeBackend(), State(View.BROWSE, place=place))


def opened(document: Document, **fields) -> DocumentShown:
    shown = browse(FakeBackend(), State(View.BROWSE, document=document.id, **fields))
    assert isinstance(shown, DocumentShown)
    return shown


def test_browsing_begins_with_sources_and_councils():
    shown = at()
    assert isinstance(shown, ShelvesShown)
    assert shown.sources == SOURCES
    assert [one.council for one in shown.holdings.councils] == [COUNCIL, "Fenlow Parish Council"]


def test_a_council_a_committee_and_a_meeting_are_opened_by_their_names():
    council, committee, meeting = at(COUNCIL), at(COUNCIL, COMMITTEE), at(COUNCIL, COMMITTEE, "2026-01-15")
    assert isinstance(council, CouncilShown)
    assert council.council.documents == 7
    assert isinstance(committee, CommitteeShown)
    assert [one.date for year in committee.shelf.years for one in year.meetings] == [
        "2026-01-15",
        "2025-11-20",
    ]
    assert isinstance(meeting, MeetingShown)
    assert [one.id for one in meeting.shelf.documents] == [BANDSTAND.id, OBJECTION.id, POND.id, DREDGER.id]
    assert meeting.shelf.meeting.draft


def test_what_has_no_committee_and_no_day_can_be_reached():
    committee, meeting = at(COUNCIL, ""), at(COUNCIL, "", "")
    assert isinstance(committee, CommitteeShown)
    assert [one.date for year in committee.shelf.years for one in year.meetings] == [None]
    assert isinstance(meeting, MeetingShown)
    assert [one.id for one in meeting.shelf.documents] == [LETTER.id]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("Nowhere",), "council called “Nowhere”"),
        ((COUNCIL.lower(),), "council called"),
        ((COUNCIL, "Nobody"), f"committee called “Nobody” of {COUNCIL}"),
        (("", "Nobody"), "committee called “Nobody” of a council that is not named"),
        ((COUNCIL, COMMITTEE, "2020-02-02"), "no minutes of such a meeting"),
        ((COUNCIL, COMMITTEE, ""), "no minutes of such a meeting"),
    ],
)
def test_what_is_not_there_is_missed_in_plain_words(place, words):
    shown = at(*place)
    assert isinstance(shown, Missing)
    assert words in shown.words


def test_a_document_is_shown_in_full_with_the_asked_words_marked_and_linked():
    start = BANDSTAND.text.index(REASON)
    shown = opened(BANDSTAND, start=start, end=start + len(REASON))
    assert shown.document == BANDSTAND
    assert shown.document.text[shown.start : shown.end] == REASON
    assert shown.link.startswith(f"{BANDSTAND.url}#:~:text=The%20bandstand%20was%20kept")
    unmarked = opened(BANDSTAND)
    assert (unmarked.start, unmarked.end, unmarked.link) == (0, 0, BANDSTAND.url)


@pytest.mark.parametrize(("start", "end"), [(10**8, 10**9), (5, 10**9)])
def test_offsets_beyond_the_text_mark_no_more_than_there_is(start, end):
    shown = opened(POND, start=start, end=end)
    assert 0 <= shown.start <= shown.end == len(POND.text)


def test_a_document_knows_its_neighbours_and_its_history():
    shown = opened(POND)
    assert shown.before is not None
    assert shown.after is not None
    assert (shown.before.id, shown.after.id) == (OBJECTION.id, DREDGER.id)
    second = opened(OBJECTION)
    assert second.before is not None
    assert second.before.id == BANDSTAND.id
    first, last = opened(BANDSTAND), opened(DREDGER)
    assert (first.before, last.after) == (None, None)
    assert [one.id for one in first.history.documents] == [BANDSTAND_BEFORE.id]
    assert first.history.kinship is Kinship.TITLE
    assert opened(CABINET).history.kinship is Kinship.ISSUE


def test_documents_without_a_day_are_no_meeting():
    backend = FakeBackend(documents=tuple(replace(LETTER, id=number) for number in "123"))
    shown = browse(backend, State(document="2"))
    assert isinstance(shown, DocumentShown)
    assert (shown.before, shown.after, shown.history.documents) == (None, None, ())


def test_a_document_of_pages_is_opened_at_its_first_unless_words_are_marked():
    paged = replace(POND, pages=(Page(1, 0, 20), Page(2, 20, len(POND.text))))
    backend = FakeBackend(documents=(paged,))
    links = [browse(backend, State(document=POND.id, start=start, end=30)) for start in (30, 25)]
    assert [shown.link for shown in links if isinstance(shown, DocumentShown)] == [
        POND.url,
        f"{POND.url}#page=2",
    ]


def test_a_document_is_open_in_any_view():
    assert isinstance(browse(FakeBackend(), State(text="why?", document=POND.id)), DocumentShown)


def test_an_unknown_document_is_missed_in_plain_words():
    shown = browse(FakeBackend(), State(document="<script>"))
    assert isinstance(shown, Missing)
    assert "no such document" in shown.words
    assert "<script>" not in shown.words


@pytest.mark.parametrize("state", [State(document="any"), State(View.BROWSE)])
def test_a_record_that_cannot_be_opened_is_said_so(state):
    assert browse(BrokenBackend(), state) == Refused(state, "The record <corpus.db> cannot be opened")
