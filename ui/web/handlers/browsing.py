"""Councils, committees, meetings and documents, without a question."""

from corpus.errors import MinutebookError
from corpus.records import Document
from index.links import link_to
from index.records import Header
from ui.web.backend import Backend
from ui.web.handlers.records import (
    Browsed,
    CommitteeShown,
    CouncilShown,
    DocumentShown,
    MeetingShown,
    Missing,
    Refused,
    ShelvesShown,
)
from ui.web.state import State

_WITHDRAWN = "It may have been withdrawn by the council, or the address may be incomplete."


def browse(backend: Backend, state: State) -> Browsed:
    """Return what stands where `state` is: at `state.document`, or else at `state.place`."""
    try:
        if state.document:
            return _document(backend, state)
        return _place(backend, state)
    except MinutebookError as error:
        return Refused(state, str(error))


def _place(backend: Backend, state: State) -> Browsed:
    match state.place:
        case (council,):
            if found := backend.council(council):
                return CouncilShown(state, found)
            return Missing(state, f"There are no minutes of a council called “{council}” here. {_WITHDRAWN}")
        case (council, committee):
            if shelf := backend.committee(council, committee):
                return CommitteeShown(state, shelf)
            return Missing(
                state,
                f"There are no minutes of a committee called “{committee}” of {_council(council)} here. "
                f"{_WITHDRAWN}",
            )
        case (council, committee, day):
            if meeting := backend.meeting(council, committee, day or None):
                return MeetingShown(state, meeting)
            return Missing(state, f"There are no minutes of such a meeting here. {_WITHDRAWN}")
        case _:
            return ShelvesShown(state, backend.holdings(), backend.sources())


def _council(name: str) -> str:
    return name or "a council that is not named"


def _document(backend: Backend, state: State) -> Browsed:
    document = backend.document(state.document)
    if document is None:
        return Missing(state, f"There is no such document here. {_WITHDRAWN}")
    end = min(state.end, len(document.text))
    start = min(state.start, end)
    before, after = _neighbours(backend, document)
    return DocumentShown(
        state,
        document,
        start,
        end,
        link_to(document, start, end) if start < end else document.url,
        backend.history(document.id),
        before,
        after,
    )


def _neighbours(backend: Backend, document: Document) -> tuple[Header | None, Header | None]:
    """Return what stands before and after a document in its meeting; without a day there is no meeting."""
    if document.meeting_date is None:
        return None, None
    shelf = backend.meeting(document.council, document.committee, document.meeting_date)
    documents = shelf.documents if shelf else ()
    place = next((place for place, header in enumerate(documents) if header.id == document.id), None)
    if place is None:
        return None, None
    return (documents[place - 1] if place > 0 else None), (*documents[place + 1 : place + 2], None)[0]
