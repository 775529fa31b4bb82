"""The search that the address of a feed asks for, or why there is none.

A page passes over what makes no sense in its address and shows what it searches for instead. Nobody looks at
a feed: one that searched for more than was asked would never be noticed, so its address is read strictly.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from corpus.errors import UsageError
from index.query import read_date
from ui.web.handlers.settled import settled
from ui.web.state import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_TEXT, MOST_PARAMETERS, State, read_address

#: What a feed goes by, and how many characters each may have. What else a page's address holds is no search.
_LONGEST = {
    "q": LONGEST_TEXT,
    "council": LONGEST_NAME,
    "committee": LONGEST_NAME,
    "from": LONGEST_NAME,
    "to": LONGEST_NAME,
    "kind": LONGEST_NAME,
}
#: Of what is wrong, no more is repeated.
_REPEATED = 60


def read_feed_address(query: str) -> State:
    """Return the settled state of the search that `query`, the part behind "?", asks for.

    Raises:
        UsageError: one of its parameters says nothing that can be searched for; the message names it.
    """
    given = _given(query)
    for name, last in (("from", False), ("to", True)):
        words = " ".join(given.get(name, "").split())
        if words and read_date(words, last=last) is None:
            raise UsageError(f"{name}: {words[:_REPEATED]!r} is no day; write 2019, 2019-05 or 2019-05-31")
    state = settled(read_address(given))
    first, last_day = state.filters.date_from, state.filters.date_to
    if first and last_day and first > last_day:
        raise UsageError(f"from: {first} is later than to: {last_day}; no meeting can be between them")
    return state


def _given(query: str) -> Mapping[str, str]:
    pairs = parse_qsl(query, keep_blank_values=True)
    if len(query) > LONGEST_ADDRESS or len(pairs) > MOST_PARAMETERS:
        raise UsageError(
            f"the address has more than {LONGEST_ADDRESS:,} characters or {MOST_PARAMETERS} parameters, and "
            "is not read to its end; shorten it"
        )
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in _LONGEST:
            continue
        if len(value) > _LONGEST[name]:
            raise UsageError(f"{name} has more than {_LONGEST[name]:,} characters; shorten it")
        if given.setdefault(name, value) != value:
            raise UsageError(f"{name} is given more than once; a feed is one search, so leave one of them")
    return given
