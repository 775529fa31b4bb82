"""Councils, committees, meetings and documents, without a question."""

from ui.web.backend import Backend
from ui.web.handlers.records import Browsed
from ui.web.state import State


def browse(backend: Backend, state: State) -> Browsed:
    """Return what stands where `state` is: at `state.document`, or else at `state.place`."""
    raise NotImplementedError
