"""The floors that figures may not fall below, as pure rules over what floors.json holds.

    {"data": digest of the minutes and questions, "figures": {name: floor, …},
     "lowered": [{"reason", "figures": {name: [before, after], …}}, …]}

A figure in `CEILINGS` is better when it is lower, and what is pinned for it is a ceiling.
"""

from collections.abc import Mapping
from math import ceil, floor
from typing import Any

CEILINGS = frozenset({"wrongly refused", "median words quoted"})
#: Floors are whole thousandths, rounded to the side on which the measured figure passes.
STEPS = 1_000


class LoweredError(Exception):
    """The floors stay as they are; the message says why, and what would change them."""


def shortfalls(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Return a line for each figure that is worse than what is pinned, or that only one side knows."""
    lines = []
    for name, pinned in floors.items():
        if name not in figures:
            lines.append(f"{name} is pinned at {pinned:g} and is measured no more")
        elif _is_worse(name, figures[name], pinned):
            kind = "ceiling" if name in CEILINGS else "floor"
            lines.append(f"{name} is {figures[name]:g}, its {kind} is {pinned:g}")
    return lines + [
        f"{name} is {figures[name]:g} and has no floor" for name in figures.keys() - floors.keys()
    ]


def pin(
    old: Mapping[str, Any] | None, figures: Mapping[str, float], data: str, reason: str | None = None
) -> dict[str, Any]:
    """Return the floors anew: what was measured, whatever was pinned before.

    Args:
        old: what is pinned now; None when nothing is.
        figures: what was measured.
        data: the digest of what it was measured on.
        reason: why floors may be lowered. It is kept with those that were, and with no others.

    Raises:
        LoweredError: a floor would be lowered, or given up, without a reason.
    """
    before = old["figures"] if old else {}
    after = {name: _rounded(name, figure) for name, figure in figures.items()}
    lowered = {
        name: [pinned, after.get(name)]
        for name, pinned in before.items()
        if name not in after or _is_worse(name, after[name], pinned)
    }
    history = list(old.get("lowered", [])) if old else []
    if lowered:
        if not (reason and reason.strip()):
            what = "; ".join(shortfalls(figures, {name: before[name] for name in lowered}))
            raise LoweredError(f'not pinned: {what}. If that has to be, say why: --lower "reason"')
        history.append({"reason": reason.strip(), "figures": lowered})
    return {"data": data, "figures": after} | ({"lowered": history} if history else {})


def _is_worse(name: str, figure: float, than: float) -> bool:
    return figure > than if name in CEILINGS else figure < than


def _rounded(name: str, figure: float) -> float:
    # Figures have at most four digits themselves; the inner rounding undoes what binary makes of 0.29 * 1000.
    thousands = round(figure * STEPS, 6)
    return (ceil(thousands) if name in CEILINGS else floor(thousands)) / STEPS
