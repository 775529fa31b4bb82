"""The columns that Minutebook itself writes, whatever the format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Type(Enum):
    """What stands in a column; None may stand in any."""

    TEXT = auto()
    INTEGER = auto()
    NUMBER = auto()
    TRUTH = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column; in one of type LIST stands a list of records with the fields `of`."""

    name: str
    type: Type = Type.TEXT
    of: tuple["Column", ...] = ()


def texts(*names: str) -> tuple[Column, ...]:
    """Return columns of text."""
    return tuple(Column(name) for name in names)


def integers(*names: str) -> tuple[Column, ...]:
    """Return columns of whole numbers."""
    return tuple(Column(name, Type.INTEGER) for name in names)


def with_prefix(prefix: str, columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return `columns` with `prefix` before each name."""
    return tuple(Column(f"{prefix}{column.name}", column.type, column.of) for column in columns)


def carried_names(given: Sequence[str], own: Iterable[Column]) -> dict[str, str]:
    """Return how each column of an input is called in the output.

    Its name stays, unless one of `own` has it: then "input_" stands before it, as often as it takes.
    """
    taken = {column.name for column in own} | set(given)
    names: dict[str, str] = {}
    owned = {column.name for column in own}
    for name in given:
        called = name
        while called in owned or (called != name and called in taken):
            called = f"input_{called}"
        taken.add(called)
        names[name] = called
    return names


def only(columns: Iterable[Column], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of `columns`, in their order, None where there is none."""
    return {column.name: values.get(column.name) for column in columns}
