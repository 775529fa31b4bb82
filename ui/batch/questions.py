"""A row of the input made into a question, or into the reason why it is none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from corpus.errors import UsageError
from index.lexical import Scope
from index.many import Asked
from index.passage_table import PassageTable
from index.query import parse_query, read_date
from index.records import Filters
from index.search import resolve_filters
from ui.options import FORMS_OF_DATES
from ui.tables.cells import as_json
from ui.tables.table import Row

QUESTION = "question"
FILTERS = ("council", "committee", "from", "to", "kind")
#: A day as programs write it that keep days as times.
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(:00(\.0+)?)?(Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class Question:
    """A row to ask; `error` says why it cannot be asked.

    `searched` is what its filters allow, as JSON: the names of councils, committees and kinds that they fit,
    and the first and last day; "" where there are none.
    """

    asked: Asked
    error: str = ""
    searched: str = ""


def columns_read(columns: Sequence[str], carry: Sequence[str], name: str) -> dict[str, str]:
    """Return in which column of the input the question stands, and each filter that there is.

    Names are met in any case. What is in `carry` is only carried.

    Raises:
        UsageError: there is no question, no column to carry, or two columns are called the same but for case.
    """
    for column in carry:
        if column not in columns:
            raise UsageError(f"{name} has no column {column!r} to carry; it has: {_listed(columns)}")
    found: dict[str, str] = {}
    for wanted in (QUESTION, *FILTERS):
        called = [column for column in columns if column.strip().casefold() == wanted and column not in carry]
        if len(called) > 1:
            both = " and ".join(map(repr, called))
            raise UsageError(
                f"{name} has the columns {both}, which mean the same; --carry all but one of them"
            )
        if called:
            found[wanted] = called[0]
    if QUESTION not in found:
        for column in carry:
            if column.strip().casefold() == QUESTION:
                raise UsageError(f"the column {column!r} holds the questions; --carry is for filters")
        raise UsageError(f"{name} has no column {QUESTION!r}; it has: {_listed(columns)}")
    return found


def question_of(row: Row, read: Mapping[str, str], table: PassageTable, broken: str = "") -> Question:
    """Return what a row asks; `table` knows which councils, committees and kinds there are.

    A `broken` row asks nothing, whatever could be read of it.
    """
    try:
        if broken:
            raise UsageError(broken)
        cells = {name: _text(name, row.get(column)) for name, column in read.items()}
        filters = _filters(cells)
        parsed = parse_query(cells[QUESTION], filters)
        scope, notes = resolve_filters(table, parsed.filters)
        if notes:
            raise UsageError("; ".join(notes))
    except UsageError as error:
        # Every row is asked, so that answers and rows keep step; this one gives an error there, too.
        return Question(Asked(""), str(error))
    return Question(Asked(cells[QUESTION], filters), searched=_searched(scope, parsed.filters))


def _searched(scope: Scope, filters: Filters) -> str:
    allowed = {
        "council": scope.councils,
        "committee": scope.committees,
        "kind": scope.kinds,
        "from": filters.date_from,
        "to": filters.date_to,
    }
    limited = {name: values for name, values in allowed.items() if values}
    return as_json(limited) if limited else ""


def _filters(cells: Mapping[str, str]) -> Filters:
    days = {}
    for name, last in (("from", False), ("to", True)):
        written = cells.get(name, "")
        if midnight := _MIDNIGHT.fullmatch(written):
            written = midnight[1]
        days[name] = read_date(written, last=last) if written else ""
        if days[name] is None:
            raise UsageError(f"{name}: {written!r} is not a date; {FORMS_OF_DATES}")
    return Filters(
        council=cells.get("council", ""),
        committee=cells.get("committee", ""),
        date_from=days["from"] or "",
        date_to=days["to"] or "",
        kind=cells.get("kind", ""),
    )


def _text(name: str, value: Any) -> str:  # noqa: ANN401
    """Return a cell as text; a year may be a number."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UsageError(f"{name}: {str(value)[:40]!r} is no text")
    return str(value).strip()


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(repr(column[:40]) for column in columns[:8])
    return f"{shown} and {len(columns) - 8} more" if len(columns) > 8 else shown
