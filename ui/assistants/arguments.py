"""What the tools take: their schemas, and arguments read by them. A wrong one is one line with the remedy."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import UsageError
from index.query import read_date
from index.records import Filters
from ui.web.api.limits import LONGEST_NAME

#: Passages that one call may return.
MOST_HITS = 50
#: Passages beside an answer: its quotes are what counts.
MOST_BESIDE = 20
#: Of what is wrong, no more is repeated.
_REPEATED = 60

_Council = Annotated[
    str, Field(max_length=LONGEST_NAME, description="Only this council; some words of its name are enough.")
]
_Committee = Annotated[
    str, Field(max_length=LONGEST_NAME, description="Only this committee; some words of its name are enough.")
]
_From = Annotated[
    str, Field(description="Only meetings from this day, month or year on: 2019, 2019-05 or 2019-05-31.")
]
_To = Annotated[str, Field(description="Only meetings up to this day, month or year, like date_from.")]
_Kind = Annotated[
    str,
    Field(max_length=LONGEST_NAME, description="Only minutes, decision, report, agenda or other."),
]


class Arguments(BaseModel):
    """What a tool takes, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Limited(Arguments):
    """What a search may be limited to."""

    council: _Council = ""
    committee: _Committee = ""
    date_from: _From = ""
    date_to: _To = ""
    kind: _Kind = ""

    @property
    def filters(self) -> Filters:
        """The same as filters.

        Raises:
            UsageError: a date is none.
        """
        return Filters(
            council=self.council.strip(),
            committee=self.committee.strip(),
            date_from=_day("date_from", self.date_from, last=False),
            date_to=_day("date_to", self.date_to, last=True),
            kind=self.kind.strip(),
        )


class SearchArguments(_Limited):
    """What `search` takes."""

    query: str = Field(
        description='What to look for, in plain words. Signs that may stand in it: "words in this order", '
        "-without, either OR or."
    )
    k: int = Field(default=10, ge=1, le=MOST_HITS, description="How many passages.")


class AskArguments(_Limited):
    """What `ask` takes."""

    question: str = Field(description="One question in plain words, with the names and numbers that matter.")
    k: int = Field(default=5, ge=1, le=MOST_BESIDE, description="How many passages beside the answer.")


class DocumentArguments(Arguments):
    """What `get_document` takes."""

    document_id: str = Field(description="The document_id of a quote or passage.")
    start: int = Field(default=0, ge=0, description="The first character to return, counted from 0.")
    end: int | None = Field(
        default=None, ge=0, description="Where to stop, before this character; without it, at the end."
    )


_T = TypeVar("_T", bound=Arguments)


def read_arguments(kind: type[_T], given: Mapping[str, Any]) -> _T:
    """Return arguments as `kind`; one that is null counts as left out.

    Raises:
        UsageError: one is missing, unknown or out of bounds.
    """
    try:
        return kind.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            raise UsageError(
                f"there is no argument {shortened(name)}; there are: {', '.join(kind.model_fields)}"
            ) from None
        if first["type"] == "missing":
            raise UsageError(f"the argument {name} is missing") from None
        raise UsageError(f"{name}: {first['msg'][:1].lower()}{first['msg'][1:]}") from None


def shortened(value: str) -> str:
    """Return a value as it is repeated to the one who gave it, in one line and not too long."""
    return repr(value if len(value) <= _REPEATED else f"{value[:_REPEATED]}…")


def _day(name: str, value: str, *, last: bool) -> str:
    if not value.strip():
        return ""
    day = read_date(value.strip(), last=last)
    if day is None:
        raise UsageError(f"{name}: {shortened(value)} is not a date; write 2019, 2019-05 or 2019-05-31")
    return day
