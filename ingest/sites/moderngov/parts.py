"""The parts of an item or a decision: one for each label, none without words."""

from collections.abc import Iterable

from ingest.sites.moderngov.wording import DECISION, MINUTES, RECORDED_VOTE
from ingest.sites.records import Part

_FIRST = {"": 0, DECISION: 1, MINUTES: 2, RECORDED_VOTE: 4}
_OTHERS = 3


def merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return `parts` with those of one label put together, in the order of their first words."""
    found: dict[str, str] = {}
    for part in parts:
        if part.html:
            found[part.label] = found.get(part.label, "") + part.html
    return tuple(Part(label, html) for label, html in found.items())


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts of an item in the order of the record, whatever order a page shows them in."""
    return tuple(sorted(merged(parts), key=lambda part: _FIRST.get(part.label, _OTHERS)))
