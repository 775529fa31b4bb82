"""What a reader sees of the page, as one record that stands in the address: bookmarked, shared, opened again.

The parameters of an address, in their order:

    q, typed                             the question as it is asked, and as it was typed
    council, committee, from, to, kind   the filters; days as 2026-01-15
    view                                 "search" or "browse"; without it the page is for asking
    sort, page                           of a list: "newest" or "oldest"; from 1
    in, of, on                           where browsing is: council, committee, day of a meeting
    document, start, end                 the document that is open, and the words in it that are marked

An empty "in", "of" or "on" stands for what has no name, or no day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from index.records import Filters, Sort
from ui.web.backend import EVERYTHING

#: A page beyond this is not asked for; no list is that long.
LAST_PAGE = 9_999


class View(StrEnum):
    """What the page is used for."""

    ASK = "ask"
    SEARCH = "search"
    BROWSE = "browse"


@dataclass(frozen=True, slots=True)
class State:
    """All that an address says.

    `text` is the question or the query as it is asked. `typed` is what the reader typed where that leant on
    the question before and was completed with its words ("" otherwise).

    `place` is where browsing is: () for all councils, (council,), (council, committee), or
    (council, committee, day), each as it is named in the minutes; "" stands for those without a name, and for
    meetings whose day is not known. `document` is the id of the one that is open, "" for none; its characters
    from `start` to `end` are marked, nothing where they are equal.
    """

    view: View = View.ASK
    text: str = ""
    typed: str = ""
    filters: Filters = EVERYTHING
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    place: tuple[str, ...] = ()
    document: str = ""
    start: int = 0
    end: int = 0


def read_address(address: str | Mapping[str, str] | Iterable[tuple[str, str]]) -> State:
    """Return what an address says: its query with or without "?", or its parameters.

    What makes no sense, is too long or is unknown is passed over; of a parameter that comes twice the first
    counts. A name of a council, committee or kind that nothing has is kept: the page says that it matches
    nothing.
    """
    raise NotImplementedError


def write_address(state: State) -> str:
    """Return the query of the address that opens `state`, with "?", always in the same order.

    It says only what differs from the default, so that the default is "?". `read_address` gives back every
    state that it gave once.
    """
    raise NotImplementedError
