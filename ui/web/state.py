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

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from index.query import read_date
from index.records import Filters, Sort
from ui.web.backend import EVERYTHING

#: A page beyond this is not asked for; no list is that long.
LAST_PAGE = 9_999
#: Longer names are none, nor are longer addresses; ids may be paths. No text has as many characters as the
#: last one.
LONGEST_NAME = 1_000
LONGEST_ID = 4_096
LONGEST_ADDRESS = 100_000
#: A question that is too long to be asked is still read, so that the reader can be told and shorten it.
LONGEST_TEXT = 20_000
LAST_CHARACTER = 10**9
#: Parameters beyond so many are not read.
MOST_PARAMETERS = 50

_LONGEST = {"q": LONGEST_TEXT, "typed": LONGEST_TEXT, "document": LONGEST_ID}

_T = TypeVar("_T")


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
    given = _parameters(address)

    def words(name: str) -> str:
        return " ".join(given.get(name, "").split())

    text, typed = words("q"), words("typed")
    document = given.get("document", "")
    place = takewhile(lambda part: part is not None, (given.get(name) for name in ("in", "of", "on")))
    return State(
        view=_one_of(View, given.get("view", ""), View.ASK),
        text=text,
        typed=typed if text and typed != text else "",
        filters=Filters(
            council=words("council"),
            committee=words("committee"),
            date_from=read_date(words("from"), last=False) or "",
            date_to=read_date(words("to"), last=True) or "",
            kind=words("kind"),
        ),
        sort=_one_of(Sort, given.get("sort", ""), Sort.RELEVANCE),
        page=max(1, _number(given.get("page", ""), LAST_PAGE)),
        place=_place([part for part in place if part is not None]),
        document=document,
        **(_span(given) if document else {}),
    )


def write_address(state: State) -> str:
    """Return the query of the address that opens `state`, with "?", always in the same order.

    It says only what differs from the default, so that the default is "?". `read_address` gives back every
    state that it gave once.
    """
    return "?" + urlencode(list(_said(state)), errors="replace")


def _said(state: State) -> Iterator[tuple[str, str]]:
    filters = state.filters
    for name, value, default in (
        ("q", state.text, ""),
        ("typed", state.typed, ""),
        ("council", filters.council, ""),
        ("committee", filters.committee, ""),
        ("from", filters.date_from, ""),
        ("to", filters.date_to, ""),
        ("kind", filters.kind, ""),
        ("view", state.view, View.ASK),
        ("sort", state.sort, Sort.RELEVANCE),
        ("page", state.page, 1),
    ):
        if value != default:
            yield name, str(value)
    yield from zip(("in", "of", "on"), state.place, strict=False)
    if state.document:
        yield "document", state.document
        if state.start < state.end:
            yield from (("start", str(state.start)), ("end", str(state.end)))


def _parameters(address: str | Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the parameters as text that can be written again; a name or id that is too long is left out."""
    if isinstance(address, str):
        query = address.removeprefix("?")
        pairs: Iterable[tuple[str, str]] = parse_qsl(query[:LONGEST_ADDRESS], keep_blank_values=True)
    else:
        pairs = address.items() if isinstance(address, Mapping) else address
    given: dict[str, str] = {}
    for name, value in list(pairs)[:MOST_PARAMETERS]:
        # Half a character (a lone surrogate) cannot be sent, and no document has one in its name.
        sound = value.encode("utf-8", "replace").decode()
        if len(sound) <= _LONGEST.get(name, LONGEST_NAME):
            given.setdefault(name, sound)
    return given


def _place(parts: list[str]) -> tuple[str, ...]:
    """Return a place without a day that is none."""
    if len(parts) == 3 and parts[2] and not _is_day(parts[2]):
        parts = parts[:2]
    return tuple(parts)


def _is_day(iso: str) -> bool:
    try:
        return date.fromisoformat(iso).isoformat() == iso
    except ValueError:
        return False


def _span(given: Mapping[str, str]) -> dict[str, int]:
    start, end = (_number(given.get(name, ""), LAST_CHARACTER) for name in ("start", "end"))
    return {"start": start, "end": end} if start < end else {}


def _number(words: str, most: int) -> int:
    """Return a number from 0 to `most`, 0 where there is none."""
    number = int(words) if words.isascii() and words.isdigit() else 0
    return number if number <= most else 0


def _one_of(kind: Callable[[str], _T], words: str, default: _T) -> _T:
    try:
        return kind(words)
    except ValueError:
        return default
