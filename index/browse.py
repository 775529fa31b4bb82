"""The minutes as they stand on the shelf: councils, their committees, meetings by date, items by number.

Everything here is worked out from the headers of the documents of one generation. A document without a
council or a committee stands under "", one without a date under a meeting whose date is None: nothing is
out of reach.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from corpus.records import Kind
from index.matters import matter_of
from index.records import Header


@dataclass(frozen=True, slots=True)
class CommitteeSummary:
    """A committee and what there is of it: its meetings that have a day, from `first` to `last` (ISO)."""

    council: str
    committee: str
    meetings: int
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class CouncilSummary:
    """A council and its committees by name, the one without a name last."""

    council: str
    committees: tuple[CommitteeSummary, ...]
    meetings: int
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """A day on which a committee met (None: the day is not known) and how many documents there are of it.

    `draft` tells whether some of them are drafts. `only` is the one document of a meeting that has no other:
    often minutes are one file, and a reader goes straight to it.
    """

    council: str
    committee: str
    date: str | None
    documents: int
    draft: bool
    only: Header | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """The meetings of a year ("2026"; "" for those without a day), newest first."""

    year: str
    meetings: tuple[MeetingSummary, ...]


@dataclass(frozen=True, slots=True)
class CommitteeShelf:
    """A committee with its meetings, newest year first, those without a day last."""

    committee: CommitteeSummary
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class MeetingShelf:
    """A meeting with its documents: the items by number as printed (2 before 10), then what has none.

    `earlier` and `later` are the days of the meetings next to it, None where there is none.
    """

    meeting: MeetingSummary
    documents: tuple[Header, ...]
    earlier: str | None = None
    later: str | None = None


class Kinship(StrEnum):
    """How documents of other meetings are known to be about the same matter."""

    ISSUE = "issue"  # the council's site says so
    TITLE = "title"  # items of the same council have the same title, which is no routine one


@dataclass(frozen=True, slots=True)
class History:
    """Documents about the same matter as one that is not among them, newest first, undated ones last."""

    documents: tuple[Header, ...] = ()
    kinship: Kinship = Kinship.ISSUE


@dataclass(frozen=True, slots=True)
class Extent:
    """How much lies within some filters: documents, and from which day to which (ISO) their meetings were."""

    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that a generation holds: what can be chosen in filters, and where browsing begins.

    `built_at` is ISO 8601 in UTC; `kinds` are those that occur.
    """

    generation: str
    built_at: str
    extent: Extent
    councils: tuple[CouncilSummary, ...]
    kinds: tuple[str, ...]


#: A title that so many other meetings of a council have names no matter ("Planning applications").
MOST_WITH_TITLE = 24
_DIGITS = re.compile(r"(\d+)")
_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}

_Place = tuple[str, str]


class Shelves:
    """The documents of one generation; threads may share it. `headers` come in the order of their numbers."""

    def __init__(self, headers: Iterable[Header]) -> None:
        self._in_order = tuple(headers)
        self._by_id = {header.id: header for header in self._in_order}
        shelves: dict[_Place, dict[str | None, list[Header]]] = {}
        titled: dict[tuple[str, str], list[Header]] = {}
        for header in self._by_id.values():
            days = shelves.setdefault((header.council, header.committee), {})
            days.setdefault(header.meeting_date, []).append(header)
            if header.item_number and (matter := matter_of(header.title, header.item_number)):
                titled.setdefault((header.council, matter), []).append(header)
        self._shelves = shelves
        self._titled = titled
        self._by_source = Counter(header.source for header in self._by_id.values())
        committees: dict[str, list[CommitteeSummary]] = {}
        for council, committee in sorted(shelves, key=lambda place: _names_in_order(*place)):
            summary = _committee_summary(council, committee, shelves[council, committee])
            committees.setdefault(council, []).append(summary)
        self._councils = {name: _council_summary(name, found) for name, found in committees.items()}

    def header(self, document_id: str) -> Header | None:
        """Return the header of a document, None where there is no such document."""
        return self._by_id.get(document_id)

    def numbered(self, number: int) -> Header:
        """Return the header of the document with this number in the generation, which there must be."""
        return self._in_order[number]

    def count_of(self, source: str) -> int:
        """Return the number of documents of a source."""
        return self._by_source[source]

    def councils(self) -> tuple[CouncilSummary, ...]:
        """Return all councils by name, the one without a name last."""
        return tuple(self._councils.values())

    def council(self, council: str) -> CouncilSummary | None:
        """Return one council, None where there is no such council."""
        return self._councils.get(council)

    def committee(self, council: str, committee: str) -> CommitteeShelf | None:
        """Return a committee with its meetings, None where there is no such committee."""
        days = self._shelves.get((council, committee))
        if days is None:
            return None
        ordered = sorted(days, key=lambda day: day or "", reverse=True)
        years = groupby(ordered, key=lambda day: (day or "")[:4])
        return CommitteeShelf(
            _committee_summary(council, committee, days),
            tuple(
                Year(year, tuple(_meeting_summary(days[day], day) for day in of_year))
                for year, of_year in years
            ),
        )

    def meeting(self, council: str, committee: str, date: str | None) -> MeetingShelf | None:
        """Return a meeting with its documents, None where there is no such meeting."""
        days = self._shelves.get((council, committee), {})
        if date not in days:
            return None
        dated = sorted(day for day in days if day)
        place = bisect_left(dated, date) if date else 0
        return MeetingShelf(
            _meeting_summary(days[date], date),
            tuple(sorted(days[date], key=_order)),
            dated[place - 1] if date and place > 0 else None,
            dated[place + 1] if date and place + 1 < len(dated) else None,
        )

    def same_title(self, document_id: str) -> History:
        """Return the items of other meetings that have the same title as this one."""
        header = self._by_id.get(document_id)
        if header is None:
            return History(kinship=Kinship.TITLE)
        key = header.council, matter_of(header.title, header.item_number)
        alike = self._titled.get(key, ()) if header.item_number else ()
        others = [other for other in alike if _meeting_of(other) != _meeting_of(header)]
        meetings = {_meeting_of(other) for other in others}
        return History(newest_first(others) if len(meetings) <= MOST_WITH_TITLE else (), Kinship.TITLE)


def newest_first(headers: Iterable[Header]) -> tuple[Header, ...]:
    """Return documents by the day of their meeting, undated ones last, items of a meeting in their order."""
    in_order = sorted(headers, key=_order)
    return tuple(sorted(in_order, key=lambda header: header.meeting_date or "", reverse=True))


def _committee_summary(
    council: str, committee: str, days: Mapping[str | None, Sequence[Header]]
) -> CommitteeSummary:
    dated = [day for day in days if day]
    return CommitteeSummary(
        council,
        committee,
        meetings=len(dated),
        documents=sum(map(len, days.values())),
        first=min(dated, default=None),
        last=max(dated, default=None),
    )


def _council_summary(council: str, committees: Sequence[CommitteeSummary]) -> CouncilSummary:
    return CouncilSummary(
        council,
        tuple(committees),
        meetings=sum(one.meetings for one in committees),
        documents=sum(one.documents for one in committees),
        first=min((one.first for one in committees if one.first), default=None),
        last=max((one.last for one in committees if one.last), default=None),
    )


def _meeting_summary(documents: Sequence[Header], date: str | None) -> MeetingSummary:
    first = documents[0]
    return MeetingSummary(
        first.council,
        first.committee,
        date,
        len(documents),
        any(header.draft for header in documents),
        first if len(documents) == 1 else None,
    )


def _names_in_order(*names: str) -> tuple[tuple[bool, str, str], ...]:
    """Return a key that sorts names regardless of case, and what has none last."""
    return tuple((not name, name.casefold(), name) for name in names)


def _order(header: Header) -> tuple[object, ...]:
    """Return a key that sorts the documents of a meeting."""
    number, title = _natural(header.item_number), _natural(header.title)
    return not header.item_number, number, _KIND_ORDER[header.kind], title, header.id


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts text as people count: "2" before "10", "54" before "54a"."""
    # Numbers are compared by their length first: Python refuses to read integers of thousands of digits.
    parts = [part.lstrip("0") if part.isdecimal() else part for part in _DIGITS.split(text.casefold())]
    return tuple(
        (0, len(part), part) if place % 2 else (1, 0, part)
        for place, part in enumerate(parts)
        if place % 2 or part
    )


def _meeting_of(header: Header) -> tuple[str, str | None]:
    return header.committee, header.meeting_date
