"""The minutes as they stand on the shelf: councils, their committees, meetings by date, items by number.

Everything here is worked out from the headers of the documents of one generation. A document without a
council or a committee stands under "", one without a date under a meeting whose date is None: nothing is
out of reach.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

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


class Shelves:
    """The documents of one generation in their order; threads may share it."""

    def __init__(self, headers: Iterable[Header]) -> None:
        self._headers = tuple(headers)

    def header(self, document_id: str) -> Header | None:
        """Return the header of a document, None where there is no such document."""
        raise NotImplementedError

    def councils(self) -> tuple[CouncilSummary, ...]:
        """Return all councils by name, the one without a name last."""
        raise NotImplementedError

    def council(self, council: str) -> CouncilSummary | None:
        """Return one council, None where there is no such council."""
        raise NotImplementedError

    def committee(self, council: str, committee: str) -> CommitteeShelf | None:
        """Return a committee with its meetings, None where there is no such committee."""
        raise NotImplementedError

    def meeting(self, council: str, committee: str, date: str | None) -> MeetingShelf | None:
        """Return a meeting with its documents, None where there is no such meeting."""
        raise NotImplementedError

    def same_title(self, document_id: str) -> History:
        """Return the items of other meetings that have the same title as this one."""
        raise NotImplementedError
