"""How the server is."""

from dataclasses import dataclass

from corpus.errors import MinutebookError
from ui.web.backend import Backend


@dataclass(frozen=True, slots=True)
class Health:
    """How the server is, and the HTTP status that says so."""

    status: int
    report: dict[str, str]


def check_health(backend: Backend) -> Health:
    """Return whether questions can be answered, and by which generation."""
    try:
        return Health(200, {"status": "ok", "generation": backend.generation})
    except MinutebookError as error:
        return Health(503, {"status": "failing", "reason": str(error)})
