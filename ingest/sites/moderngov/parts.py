"""The parts of an item in the order of the record, whatever order a page shows them in."""

from collections.abc import Iterable

from ingest.sites.moderngov.wording import DECISION, MINUTES, RECORDED_VOTE
from ingest.sites.records import Part

_FIRST = {"": 0, DECISION: 1, MINUTES: 2, RECORDED_VOTE: 4}
_OTHERS = 3


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return `parts` with those of one label put together, and none without words."""
    merged: dict[str, str] = {}
    for part in parts:
        if part.html:
            merged[part.label] = merged.get(part.label, "") + part.html
    ordered = sorted(merged, key=lambda label: _FIRST.get(label, _OTHERS))
    return tuple(Part(label, merged[label]) for label in ordered)
