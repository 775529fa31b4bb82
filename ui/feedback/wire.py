"""What was shown, as one field of a form: the page carries it, and sends it back with what its reader says.

    {"generation": …, "answered": …, "quotes": [[document id, start, end, mark], …], "hits": […]}

It comes back from a browser, so anybody can have changed it: nothing of it is believed but its form, and
what is exported from it is looked up in the record first.
"""

import json
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import UsageError
from ui.feedback.records import MOST_PLACES, Place, Shown

_Offset = Annotated[int, Field(ge=0, lt=1_000_000_000)]
_Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_Places = Annotated[
    list[tuple[Annotated[str, Field(min_length=1, max_length=2_000)], _Offset, _Offset, _Mark]],
    Field(max_length=MOST_PLACES),
]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    generation: Annotated[str, Field(max_length=100)]
    answered: bool
    quotes: _Places = []
    hits: _Places = []


def write_shown(shown: Shown) -> str:
    """Return the value of the field."""
    places = {
        name: [[place.document_id, place.start, place.end, place.mark] for place in getattr(shown, name)]
        for name in ("quotes", "hits")
    }
    return json.dumps(
        {"generation": shown.generation, "answered": shown.answered, **places},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read_shown(value: str) -> Shown:
    """Return what the field says.

    Raises:
        UsageError: it was not made by `write_shown`.
    """
    try:
        read = _Wire.model_validate_json(value)
        quotes, hits = (
            tuple(Place(*place) for place in places if place[1] < place[2])
            for places in (read.quotes, read.hits)
        )
    except ValidationError as error:
        raise UsageError("what was shown cannot be read; load the page anew and try again") from error
    return Shown(read.generation, read.answered, quotes, hits)
