"""Search results without an answer."""

from ui.web.backend import Backend
from ui.web.handlers.records import Refused, Results
from ui.web.state import State


def search(backend: Backend, state: State) -> Results | Refused:
    """Return the page of results that `state` asks for."""
    raise NotImplementedError
