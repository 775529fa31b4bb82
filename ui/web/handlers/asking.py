"""A question and its answer, step by step."""

from collections.abc import Iterator

from ui.web.backend import Backend
from ui.web.handlers.records import Answered, AskStep, Refused
from ui.web.state import State


def ask(backend: Backend, state: State) -> Iterator[AskStep]:
    """Yield what is to be shown while `state.text` is answered: where it is read, then the answer, whole.

    A question that cannot be answered yields `Refused`, and nothing after it.
    """
    raise NotImplementedError


def answer(backend: Backend, state: State) -> Answered | Refused:
    """Return the last step of `ask`."""
    raise NotImplementedError


def follow_up(state: State, typed: str) -> State:
    """Return the state in which `typed` is asked after `state`, with its filters.

    Where it leans on the question before, its text is completed with the words of that one; a reader who
    meant it by itself asks `replace(state, text=state.typed, typed="")`.
    """
    raise NotImplementedError
