"""A row of the input made into a question, or into the reason why it is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import UsageError
from index.many import Asked
from index.passage_table import PassageTable
from index.query import parse_query, read_date
from index.records import Filters
from index.search import resolve_filters
from ui.tables.table import Row

QUESTION = "question"
FILTERS = ("council", "committee", "from", "to", "kind")


@dataclass(frozen=True, slots=True)
class Question:
    """A row to ask; `error` says why it cannot be asked."""

    asked: Asked
    error: str = ""


def columns_read(columns: Sequence[str], carry: Sequence[str], name: str) -> dict[str, str]:
    """Return in which column of the input the question stands, and each filter that there is.

    Names are met in any case; the very name goes before. What is in `carry` is no filter.

    Raises:
        UsageError: there is no question, or no column to carry.
    """
    for column in carry:
        if column not in columns:
            raise UsageError(f"{name} has no column {column!r} to carry; it has: {_listed(columns)}")
        if column.strip().casefold() == QUESTION:
            raise UsageError(f"the column {column!r} holds the questions; --carry is for filters")
    found: dict[str, str] = {}
    for wanted in (QUESTION, *FILTERS):
        called = [column for column in columns if column.strip().casefold() == wanted and column not in carry]
        if called:
            found[wanted] = wanted if wanted in called else called[0]
    if QUESTION not in found:
        raise UsageError(f"{name} has no column {QUESTION!r}; it has: {_listed(columns)}")
    return found


def question_of(row: Row, read: Mapping[str, str], table: PassageTable) -> Question:
    """Return what a row asks; `table` knows which councils, committees and kinds there are."""
    try:
        cells = {name: _text(name, row.get(column)) for name, column in read.items()}
        filters = _filters(cells)
        parsed = parse_query(cells[QUESTION], filters)
        if notes := resolve_filters(table, parsed.filters)[1]:
            raise UsageError("; ".join(notes))
    except UsageError as error:
        # Every row is asked, so that answers and rows keep step; this one gives an error there, too.
        return Question(Asked(""), str(error))
    return Question(Asked(cells[QUESTION], filters))


def _filters(cells: Mapping[str, str]) -> Filters:
    days = {}
    for name, last in (("from", False), ("to", True)):
        written = cells.get(name, "")
        days[name] = read_date(written, last=last) if written else ""
        if days[name] is None:
            raise UsageError(f"{name}: {written!r} is not a date; write 2019, 2019-05 or 2019-05-31")
    return Filters(
        council=cells.get("council", ""),
        committee=cells.get("committee", ""),
        date_from=days["from"] or "",
        date_to=days["to"] or "",
        kind=cells.get("kind", ""),
    )


def _text(name: str, value: Any) -> str:  # noqa: ANN401
    """Return a cell as text; a year may be a number."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UsageError(f"{name}: {str(value)[:40]!r} is no text")
    return str(value).strip()


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(repr(column[:40]) for column in columns[:8])
    return f"{shown} and {len(columns) - 8} more" if len(columns) > 8 else shown
