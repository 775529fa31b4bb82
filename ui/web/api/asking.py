"""What programs send: a question or a search, alone or in a list, with what it is limited to."""

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from index.many import Asked
from index.records import Filters
from ui.web.api.limits import LONGEST_NAME, LONGEST_QUESTION, MOST_HITS, MOST_QUESTIONS

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: str) -> str:
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise PydanticCustomError("day", "this is not a day; write it like 2019-05-31")


Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]
#: How many passages come where nothing is said of it.
_FEW = 10
_COUNT = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_HITS}, {"type": "null"}]}


def _or_few(value: object) -> object:
    return _FEW if value is None else value


Count = Annotated[int, Field(ge=1, le=MOST_HITS), BeforeValidator(_or_few), WithJsonSchema(_COUNT)]
Kind = Literal["minutes", "decision", "report", "agenda", "other"]


class Limited(BaseModel):
    """What a question is limited to; what is null counts as left out."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    council: Name | None = Field(
        default=None, description="Only this council; some words of its name are enough."
    )
    committee: Name | None = Field(
        default=None, description="Only this committee; some words of its name are enough."
    )
    date_from: Day | None = Field(default=None, alias="from", description="Only meetings from this day on.")
    date_to: Day | None = Field(default=None, alias="to", description="Only meetings up to this day.")
    kind: Kind | None = Field(default=None, description="Only documents of this kind.")
    k: Count = Field(default=_FEW, description="How many passages to return.")

    @property
    def filters(self) -> Filters:
        """The same as filters."""
        return Filters(
            council=(self.council or "").strip(),
            committee=(self.committee or "").strip(),
            date_from=self.date_from or "",
            date_to=self.date_to or "",
            kind=self.kind or "",
        )

    @property
    def words(self) -> tuple[str, str]:
        """What is asked, after the name of its field."""
        raise NotImplementedError

    @property
    def asked(self) -> Asked:
        """What is asked, as the library takes it."""
        return Asked(self.words[1], self.filters)


class Search(Limited):
    """A search."""

    query: Words = Field(
        description='Words to look for, or a question. Signs: "in this order", -without, either OR or, '
        "council:, committee:, from:, to:, kind:.",
        examples=["bandstand repair", 'cycle lane "Mill Road" -parking from:2024'],
    )

    @property
    def words(self) -> tuple[str, str]:
        """What is searched for."""
        return "query", self.query


class Ask(Limited):
    """A question."""

    question: Words = Field(
        description="One question in plain words; the signs of a search work, too.",
        examples=["Why was the bandstand kept?"],
    )

    @property
    def words(self) -> tuple[str, str]:
        """What is asked."""
        return "question", self.question


def _one_or_many(value: Any) -> str:  # noqa: ANN401
    return "list" if isinstance(value, list) else "one"


_T = TypeVar("_T", bound=Limited)
#: A question alone, or a list of some.
OneOrMany = Annotated[
    Annotated[_T, Tag("one")]
    | Annotated[list[_T], Field(min_length=1, max_length=MOST_QUESTIONS), Tag("list")],
    Discriminator(_one_or_many),
]
