"""What programs get: the published formats of hits and answers, with what is to be known beside them.

These models describe the responses in the OpenAPI document; the responses themselves are made by `answering`.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_Reason = Literal["nothing within filters", "not mentioned", "not stated", "source not read"]


class Record(BaseModel):
    """A part of a response."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Placed(Record):
    document_id: str
    url: str = Field(description='The public page of the document; "" where there is none.')
    title: str
    council: str
    committee: str
    meeting_date: str | None = Field(description="The day of the meeting, as 2019-05-31.")
    section: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str = Field(description="The verbatim words: characters `start` to `end` of the document's text.")


class Hit(_Placed):
    """A passage that was found."""

    rank: int = Field(ge=1)
    score: float
    passage_id: str


class Elsewhere(Record):
    """A document that holds the same words as a passage that was found."""

    passage_id: str
    title: str
    url: str


class Quote(_Placed):
    """Words that answer."""

    link: str = Field(description='Opens the public page on these words; "" where there is none.')


class Found(Record):
    """What a search has found."""

    query: str
    hits: list[Hit] = Field(description="The passages, best first; none where nothing fits.")
    also_in: list[Elsewhere] = Field(description="Documents that hold the same words as a passage.")
    interpreted: str = Field(description="How the query was understood.")
    notes: list[str] = Field(description="What to know of the result, such as a filter that nothing meets.")
    warnings: list[str] = Field(description="Sources that could not be looked at: what they hold may lack.")
    generation: str


class Missing(Record):
    """Words of a question that stand nowhere in the minutes."""

    words: str
    nearest: str = Field(description='The nearest spelling that the minutes have; "" for none.')
    apart: bool = Field(description="Each of the words is there, but never together with the others.")


class Mentioned(Record):
    """Where the matter of a question is mentioned."""

    words: list[str] = Field(description="What stands together in one passage.")
    meetings: int = Field(ge=0)
    undated: int = Field(ge=0, description="How many documents without a day mention it, too.")
    first: str | None = Field(description="The day of the first of the meetings.")
    last: str | None = Field(description="The day of the last of the meetings.")
    search: str = Field(description="The query that finds all of these passages.")


class Silence(Record):
    """Why there is no answer, and what is known instead."""

    reason: _Reason
    missing: list[Missing] = Field(description="What stands nowhere, if that is the reason.")
    did_you_mean: str | None = Field(description="The question with the nearest spellings.")
    mentioned: Mentioned | None
    unread: list[str] = Field(description="Sources that could not be looked at, as in `warnings`.")


class Answer(Record):
    """What the minutes say to a question, or that they do not say."""

    question: str
    answered: bool = Field(
        description="True: the quotes answer. False: they may answer, or there are none (see `state`)."
    )
    state: Literal["answered", "may answer", "silent"] = Field(
        description="“may answer”: words are quoted, but it is not certain that they answer."
    )
    reason: _Reason | None = Field(
        description="Why there is no answer; null unless `state` is “silent”. No minutes lie within the "
        "filters; a named thing is not mentioned; what was asked is not stated; there are no minutes within "
        "the filters and a source could not be read."
    )
    answer: str
    quotes: list[Quote] = Field(description="The words that answer, or may; none where nothing does.")
    silence: Silence | None = Field(description="What is known of a silence.")
    hits: list[Hit] = Field(description="Passages that were looked at, best first; no answer by themselves.")
    generation: str
    model: str
    seconds: float = Field(ge=0)
    interpreted: str = Field(description="How the question was understood.")
    warnings: list[str] = Field(description="Sources that could not be looked at: what they hold may lack.")


class Section(Record):
    """A labelled part of a text; offsets count its characters."""

    label: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Page(Record):
    """A printed page of a text; offsets count its characters."""

    number: int
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Document(Record):
    """A whole document: what can be cited on its own."""

    id: str
    kind: Literal["minutes", "decision", "report", "agenda", "other"]
    title: str
    url: str = Field(description='The public page; "" where there is none.')
    council: str
    committee: str
    meeting_date: str | None
    item_number: str
    status: Literal["draft", "final", "unknown"]
    sections: list[Section]
    pages: list[Page]
    text: str
    content_hash: str
    fetched_at: str
    generation: str


class Committee(Record):
    """A committee, and from which day to which there are meetings of it."""

    committee: str
    meetings: int
    documents: int
    first: str | None
    last: str | None


class Council(Record):
    """A council and its committees."""

    council: str
    committees: list[Committee]
    meetings: int
    documents: int
    first: str | None
    last: str | None


class Source(Record):
    """A source of documents, and how well it could be looked at."""

    name: str
    kind: str
    documents: int
    state: str
    reason: str
    last_look: str | None
    last_good: str | None


class Provenance(Record):
    """What answers depend on: where all of it is equal, equal questions have equal answers."""

    generation: str
    built_at: str
    corpus_revision: int
    model: str
    fingerprint: str
    settings: str
    version: str


class Status(Record):
    """What can be asked now."""

    built_at: str = Field(description="When the generation was built.")
    documents: int
    first: str | None = Field(description="The day of the first meeting.")
    last: str | None = Field(description="The day of the last meeting.")
    kinds: list[str]
    councils: list[Council]
    sources: list[Source]
    warnings: list[str] = Field(description="Sources that could not be looked at: what they hold may lack.")
    provenance: Provenance


class Health(Record):
    """How the server is."""

    status: Literal["ok", "starting", "failing"]
    ready: bool
    reason: str = Field(default="", description="Why it is not ready.")
    generation: str = ""
    built_at: str = ""
    age_seconds: int = Field(default=0, ge=0, description="The age of the generation.")


class Wrong(Record):
    """A place in the body of a request, and what is wrong there."""

    pointer: str = Field(description='A JSON pointer, such as "/3/question"; "" for the whole body.')
    detail: str


class Problem(Record):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="One line: what is wrong and what to do about it.")
    errors: list[Wrong] = Field(default=[], description="The places in the request that are meant, if any.")
