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
    """How a level is marked; its count begins anew after an item of a level below `restart`.

    `style` is the paragraph style that stands for it; a `legal` level prints 1.2 where others print I.b.
    """

    format: str
    text: str
    start: int
    restart: int
    style: str
    legal: bool


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
        found = {str(one.get(f"{W}abstractNumId")): one for one in root.findall(f"{W}abstractNum")}
        styled = {name: id_ for id_, one in found.items() if (name := value(one, "styleLink"))}
        same = {id_: styled.get(value(one, "numStyleLink"), id_) for id_, one in found.items()}
        definitions = {id_: dict(_levels(one)) for id_, one in found.items()}
        return cls(
            definitions, {str(num.get(f"{W}numId")): _num(num, same) for num in root.findall(f"{W}num")}
        )

    def mark(self, list_id: str, named_level: str, style: str) -> str:
        """Return the mark of the next item of a list, "" if it has none.

        Its level (0 is the outermost) is the named one, without a name that of paragraphs in its `style`.
        """
        levels = self._levels(list_id)
        styled = (number for number, level in levels.items() if style and level.style == style)
        level = _integer(named_level, next(styled, 0))
        if level not in levels:
            return ""
        found = self.lists[list_id]
        self._count(found, list_id, level, levels)
        return self._printed(found.definition, levels, level)

    def _levels(self, list_id: str) -> dict[int, _Level]:
        found = self.lists.get(list_id)
        return {} if found is None else {**self.definitions.get(found.definition, {}), **found.levels}

    def _count(self, found: _Num, list_id: str, level: int, levels: Mapping[int, _Level]) -> None:
        counts = self._counts.setdefault(found.definition, {})
        anew = level in found.starts and (list_id, level) not in self._seen
        if anew or level not in counts:
            counts[level] = found.starts.get(level, levels[level].start)
        else:
            counts[level] += 1
        self._seen.add((list_id, level))
        for deeper in [other for other in counts if other > level]:
            if deeper not in levels or level < levels[deeper].restart:
                del counts[deeper]

    def _printed(self, definition: str, levels: Mapping[int, _Level], level: int) -> str:
        if levels[level].format == "bullet":
            return BULLET
        counts = self._counts[definition]
        legal = levels[level].legal

        def number(place: re.Match[str]) -> str:
            other = levels.get(int(place[1]) - 1)
            if other is None:
                return ""
            return _numeral(counts.get(int(place[1]) - 1, other.start), "decimal" if legal else other.format)

        return _PLACE.sub(number, levels[level].text).strip()


def _numeral(number: int, form: str) -> str:
    if form == "none":
        return ""
    return f"{number:02}" if form == "decimalZero" else numeral(number, _STYLES.get(form, "1"))


def _num(element: "_Element", same: Mapping[str, str]) -> _Num:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in element.findall(f"{W}lvlOverride"):
        start = override.find(f"{W}startOverride")
        if start is not None:
            starts[_integer(override.get(f"{W}ilvl"), 0)] = _integer(start.get(f"{W}val"), 1)
        levels.update(_levels(override))
    definition = value(element, "abstractNumId")
    return _Num(same.get(definition, definition), starts, levels)


def _levels(element: "_Element") -> Iterator[tuple[int, _Level]]:
    for level in element.findall(f"{W}lvl"):
        number = _integer(level.get(f"{W}ilvl"), 0)
        yield (
            number,
            _Level(
                format=value(level, "numFmt") or "decimal",
                text=value(level, "lvlText"),
                start=_integer(value(level, "start"), 1),
                restart=_integer(value(level, "lvlRestart"), number),
                style=value(level, "pStyle"),
                legal=level.find(f"{W}isLgl") is not None,
            ),
        )


def value(element: "_Element", name: str) -> str:
    """Return the `w:val` of the child `name`, "" if there is none."""
    child = element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val") or "")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else default
