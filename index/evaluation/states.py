"""How many questions are answered, may be answered, or are met with silence."""

from collections import Counter
from collections.abc import Iterable

from index.answering.states import State

_KINDS = {True: "answerable", False: "unanswerable", None: "not known"}


def state_counts(results: Iterable[tuple[State, bool | None]]) -> dict[str, dict[str, int]]:
    """Return the number of questions in each state, for each kind of question that there is.

    Each question is given by its state and by whether the minutes answer it, None where that is not known.
    """
    counts = Counter(results)
    return {
        name: {state.value: counts[state, answerable] for state in State}
        for answerable, name in _KINDS.items()
        if any(counts[state, answerable] for state in State)
    }
