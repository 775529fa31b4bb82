"""Search results without an answer."""

from dataclasses import replace

from corpus.errors import MinutebookError, UsageError
from ui.web.backend import Backend
from ui.web.handlers.records import Refused, Results
from ui.web.handlers.searched import what_was_searched
from ui.web.handlers.settled import refusal, settled
from ui.web.state import State

_WANTING = "Write some words to search for; filters alone find nothing, but all minutes can be browsed."


def search(backend: Backend, state: State) -> Results | Refused:
    """Return the page of results that `state` asks for.

    Filters that are typed into the query stand among those of the state that is given back, and its page is
    the last one where there are not as many.
    """
    state = settled(state)
    if refused := refusal(state, _WANTING):
        return refused
    try:
        listing = backend.listing(state.text, filters=state.filters, sort=state.sort, page=state.page)
        searched = what_was_searched(backend, state, listing.generation)
    except MinutebookError as error:
        return Refused(state, str(error), hint=isinstance(error, UsageError))
    return Results(replace(state, page=listing.page), listing, searched)
