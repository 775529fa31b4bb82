"""What the tools return, as records with schemas: the published formats of hits and answers, and a document.

Beside the published fields stand `draft`, what quotes point to, and the `link` of hits, too. Nothing heavy is
imported for them: an assistant wants to know the tools at once.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import GenerateJsonSchema


class _Untitled(GenerateJsonSchema):
    """Schemas whose fields are called by their names only: a model has to read them."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401
        return False


class Record(BaseModel):
    """What a tool returns, or a part of it."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def schema_of(cls) -> dict[str, Any]:
        """Return the JSON schema of such a record."""
        return cls.model_json_schema(schema_generator=_Untitled, mode="serialization")


class _Placed(Record):
    """Where words stand."""

    document_id: str
    url: str = Field(description="The public page of the document.")
    title: str
    council: str
    committee: str
    meeting_date: str | None
    section: str
    start: int
    end: int
    text: str = Field(description="The verbatim words: characters start to end of the document.")
    link: str = Field(description='Opens the public page on these words; "" where there is none.')
    draft: bool = Field(description="The words come from a draft and may change.")


class Quoted(_Placed):
    """Words that answer."""

    points_to: str = Field(description='A place outside the document that they point to ("Appendix 2").')


class Passage(_Placed):
    """A passage that was found."""

    rank: int
    score: float
    passage_id: str


class Search(Record):
    """What a search has found."""

    interpreted: str = Field(description="How the query was understood.")
    notes: tuple[str, ...] = Field(description="What to know of the result.")
    hits: tuple[Passage, ...] = Field(description="The passages, best first; none where nothing fits.")
    warnings: tuple[str, ...] = Field(
        description="Sources that could not be looked at lately: what they hold may be missing."
    )
    generation: str


class Missing(Record):
    """Words of a question that stand nowhere in the minutes."""

    words: str
    nearest: str = Field(description='The nearest spelling that the minutes have; "" for none.')
    apart: bool = Field(description="Each of the words is there, but never together with the others.")


class Mentioned(Record):
    """Where the matter of a question is mentioned; the days are those of the first and last meeting."""

    words: tuple[str, ...]
    meetings: int
    undated: int = Field(description="How many documents without a day mention it, too.")
    first: str | None
    last: str | None
    search: str = Field(description="The query with which `search` finds all of these passages.")


class Silence(Record):
    """Why there is no answer, and what is known instead."""

    reason: str
    missing: tuple[Missing, ...]
    did_you_mean: str | None = Field(description="The question with the nearest spellings.")
    mentioned: Mentioned | None
    unread: tuple[str, ...] = Field(description="Sources that could not be looked at, as in `warnings`.")


class Answered(Record):
    """An answer, or that the minutes do not say."""

    question: str
    answered: bool = Field(description="True: the quotes answer. False: see `state`.")
    state: str = Field(
        description="“answered”; “may answer”: the quotes may answer, which is not certain; “silent”: the "
        "minutes do not say, and `reason` tells why."
    )
    reason: str | None = Field(
        description="Of silence: “nothing within filters”, “not mentioned”, “not stated” or “source not "
        "read”."
    )
    answer: str
    quotes: tuple[Quoted, ...] = Field(description="The words that answer, or may; none where nothing does.")
    silence: Silence | None = Field(description="What is known where the minutes do not say.")
    hits: tuple[Passage, ...] = Field(description="Passages that were looked at, best first; no answer.")
    warnings: tuple[str, ...] = Field(
        description="Sources that could not be looked at lately: what they hold may be missing."
    )
    generation: str
    model: str
    seconds: float


class Labelled(Record):
    """A labelled part of a document; offsets count its characters."""

    label: str
    start: int
    end: int


class DocumentPart(Record):
    """A document, or a part of it."""

    document_id: str
    title: str
    kind: str
    url: str = Field(description="The public page of the document.")
    link: str = Field(description="Opens the public page on this part where one was asked for.")
    council: str
    committee: str
    meeting_date: str | None
    item_number: str
    draft: bool = Field(description="The words may change.")
    sections: tuple[Labelled, ...] = Field(description="The labelled parts that this part touches.")
    length: int = Field(description="How many characters the whole document has.")
    start: int
    end: int
    text: str = Field(description="The verbatim words: characters start to end of the document.")
    next_start: int | None = Field(description="Where the next part begins; null where this is the last.")
