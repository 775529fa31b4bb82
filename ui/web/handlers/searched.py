"""What was searched, beside every answer and every list."""

from ui.web.backend import Backend
from ui.web.handlers.records import Searched
from ui.web.state import State


def what_was_searched(backend: Backend, state: State, generation: str) -> Searched:
    """Return what lay within the filters of a settled state, and how well it could be looked at."""
    return Searched(
        extent=backend.extent(filters=state.filters),
        filters=state.filters,
        sources=backend.sources(),
        warnings=backend.warnings(),
        generation=generation,
    )
