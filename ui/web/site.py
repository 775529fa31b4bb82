"""What a page needs to know of the server that sends it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


def _no_examples() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Site:
    """Under which path a proxy serves the pages (`root`, without a slash at its end), and what they offer.

    `examples` gives questions that the minutes which are there now answer. `judged` tells that readers can
    say whether an answer is right, `signed_in` that they sign in here, and so may sign out.
    """

    root: str = ""
    examples: Callable[[], Sequence[str]] = _no_examples
    judged: bool = False
    signed_in: bool = False
