"""How the server is, for whoever looks after it."""

from dataclasses import dataclass
from datetime import datetime

from corpus.errors import MinutebookError
from ui.web.backend import Backend

_COLD = "the model is still being loaded; the first answers would be slow"


@dataclass(frozen=True, slots=True)
class Health:
    """How the server is, and the HTTP status that says so."""

    status: int
    report: dict[str, str | int | bool]


def check_health(backend: Backend, now: datetime, *, warm: bool = True) -> Health:
    """Return whether questions can be answered, by which generation and of what age, or else why not.

    `warm` tells whether the model is loaded. The age, in seconds, is that of the generation: it grows for as
    long as the nightly job publishes nothing new.
    """
    try:
        holdings = backend.holdings()
    except MinutebookError as error:
        return Health(503, {"status": "failing", "ready": False, "reason": str(error)})
    age = (now - datetime.fromisoformat(holdings.built_at)).total_seconds()
    report: dict[str, str | int | bool] = {
        "status": "ok" if warm else "starting",
        "ready": warm,
        "generation": holdings.generation,
        "built_at": holdings.built_at,
        "age_seconds": max(0, int(age)),
    }
    return Health(200, report) if warm else Health(503, report | {"reason": _COLD})
