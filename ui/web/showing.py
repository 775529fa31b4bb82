"""From an address to what is shown: handlers make a record of it, markup makes HTML of that."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs

from corpus.errors import MinutebookError
from index.browse import Holdings
from ui.web.backend import Backend
from ui.web.handlers import ask, browse, follow_up, search
from ui.web.handlers.records import (
    Answered,
    CommitteeShown,
    CouncilShown,
    DocumentShown,
    MeetingShown,
    Missing,
    Reading,
    Refused,
    Results,
    ShelvesShown,
)
from ui.web.markup import browse as shelf_markup
from ui.web.markup.answer import answered, reading
from ui.web.markup.document import document
from ui.web.markup.home import home
from ui.web.markup.notices import missing, problem, refused
from ui.web.markup.results import results
from ui.web.site import Site
from ui.web.state import LONGEST_ADDRESS, State, View, read_address

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML for the middle of a page, the name of the page, and the HTTP status it is sent with."""

    html: str
    title: str
    status: int = 200


def state_of(query: str) -> State:
    """Return the state that the query of an address opens; `after` in it is the question before this one."""
    state = read_address(query)
    previous = parse_qs(query.removeprefix("?")[:LONGEST_ADDRESS]).get("after")
    if previous and state.text:
        before = read_address({"q": previous[0]})
        return follow_up(replace(state, text=before.text), state.text)
    return state


def holdings_of(backend: Backend) -> Holdings | None:
    """Return all that there is, None where it cannot be read: whatever is asked then says why."""
    try:
        return backend.holdings()
    except MinutebookError:
        return None


def steps(backend: Backend, state: State, site: Site) -> Iterator[str]:
    """Yield the middle of the question page as it comes to be, each time the whole of it."""
    try:
        yield from _steps(backend, state, site)
    except Exception:
        # Whoever waits must be told; whoever runs the server finds the reason in its log.
        _log.exception("%s cannot be shown", state.view)
        yield problem("Something went wrong here, and it was written down. Please try again later.")


def _steps(backend: Backend, state: State, site: Site) -> Iterator[str]:
    if not state.text:
        yield _welcome(backend, state, site)
    elif state.view is View.SEARCH:
        found = search(backend, state)
        yield results(found, root=site.root) if isinstance(found, Results) else refused(found)
    else:
        for step in ask(backend, state):
            match step:
                case Reading():
                    yield reading(step)
                case Answered():
                    yield answered(step, root=site.root, whole=False)
                    yield answered(step, root=site.root, judged=site.judged)
                case Refused():
                    yield refused(step)


def shelf(backend: Backend, state: State, site: Site) -> Shown:
    """Return what stands where browsing is."""
    root = site.root
    record = browse(backend, state)
    match record:
        case ShelvesShown():
            return Shown(shelf_markup.shelves(record, root=root), "What is there")
        case CouncilShown():
            return Shown(shelf_markup.council(record, root=root), record.council.council)
        case CommitteeShown():
            return Shown(shelf_markup.committee(record, root=root), record.shelf.committee.committee)
        case MeetingShown():
            meeting = record.shelf.meeting
            return Shown(
                shelf_markup.meeting(record, root=root), f"{meeting.committee}, {meeting.date or ''}"
            )
        case DocumentShown():
            return Shown(document(record, root=root), record.document.title)
        case Missing():
            return Shown(missing(record, root=root), "Not here", 404)
        case Refused():
            return Shown(refused(record), "Not now", 200 if record.hint else 503)


def _welcome(backend: Backend, state: State, site: Site) -> str:
    try:
        return home(state, backend.holdings(), backend.warnings(), site.examples(), root=site.root)
    except MinutebookError as error:
        return problem(str(error))
