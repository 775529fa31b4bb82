"""The marks that Word prints before list items: they stand in no paragraph and are counted here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.numerals import BULLET, numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Num:
    """A list: the definition that it shares with others, and where it starts anew."""

    definition: str
    starts: Mapping[int, int]
    levels: Mapping[int, _Level]


@dataclass(slots=True)
class Numbering:
    """Counts the items of every list of a document, in the order in which they are asked for."""

    definitions: Mapping[str, Mapping[int, _Level]]
    lists: Mapping[str, _Num]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: "_Element | None") -> "Numbering":
        """Read the numbering part of a document; without one, no list has marks."""
        if root is None:
            return cls({}, {})
        definitions = {
            str(found.get(f"{W}abstractNumId")): dict(_levels(found)) for found in root.findall(f"{W}abstractNum")
        }
        return cls(definitions, {str(num.get(f"{W}numId")): _num(num) for num in root.findall(f"{W}num")})

    def mark(self, list_id: str, level: int) -> str:
        """Return the mark of the next item of a list at `level` (0 is the outermost), "" if it has none."""
        found = self.lists.get(list_id)
        if found is None:
            return ""
        levels = {**self.definitions.get(found.definition, {}), **found.levels}
        if level not in levels:
            return ""
        self._count(found, list_id, level, levels)
        return self._printed(found.definition, levels, level)

    def _count(self, found: _Num, list_id: str, level: int, levels: Mapping[int, _Level]) -> None:
        counts = self._counts.setdefault(found.definition, {})
        if level in found.starts and (list_id, level) not in self._seen:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        self._seen.add((list_id, level))
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

    def _printed(self, definition: str, levels: Mapping[int, _Level], level: int) -> str:
        if levels[level].format == "bullet":
            return BULLET
        counts = self._counts[definition]

        def number(place: re.Match[str]) -> str:
            other = levels.get(int(place[1]) - 1)
            return _numeral(counts.get(int(place[1]) - 1, other.start), other.format) if other else ""

        return _PLACE.sub(number, levels[level].text).strip()


def _numeral(number: int, form: str) -> str:
    if form == "none":
        return ""
    return f"{number:02}" if form == "decimalZero" else numeral(number, _STYLES.get(form, "1"))


def _num(element: "_Element") -> _Num:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in element.findall(f"{W}lvlOverride"):
        start = override.find(f"{W}startOverride")
        if start is not None:
            starts[_integer(override.get(f"{W}ilvl"), 0)] = _integer(start.get(f"{W}val"), 1)
        levels.update(_levels(override))
    return _Num(value(element, "abstractNumId"), starts, levels)


def _levels(element: "_Element") -> Iterator[tuple[int, _Level]]:
    for level in element.findall(f"{W}lvl"):
        start = _integer(value(level, "start"), 1)
        form = value(level, "numFmt") or "decimal"
        yield _integer(level.get(f"{W}ilvl"), 0), _Level(form, value(level, "lvlText"), start)


def value(element: "_Element", name: str) -> str:
    """Return the `w:val` of the child `name`, "" if there is none."""
    child = element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val") or "")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else default
