"""The text of a state, ready to be searched for."""

from dataclasses import replace

from index.query import MAX_CHARACTERS, take_out_filters
from ui.web.handlers.records import Refused
from ui.web.state import State


def settled(state: State) -> State:
    """Return `state` with the filters that are typed into its text among its filters.

    There they can be seen and changed, and what is chosen beside the text is not overruled by it.
    """
    text, filters = take_out_filters(state.text.strip(), state.filters)
    return replace(state, text=text, filters=filters)


def refusal(state: State, wanting: str) -> Refused | None:
    """Return why the text of a settled state cannot be searched for, None where it can.

    `wanting` is what is said where it is empty.
    """
    if not state.text:
        return Refused(state, wanting, hint=True)
    if len(state.text) > MAX_CHARACTERS:
        return Refused(
            state,
            f"The question has {len(state.text):,} characters, and at most {MAX_CHARACTERS:,} can be asked "
            "at once. Please shorten it.",
            hint=True,
        )
    return None
