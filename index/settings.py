"""What a person may set about models, search and answers; every value has a default that works."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

DEFAULT_MODEL = "all-MiniLM-L6-v2"


class ModelSettings(BaseModel):
    """The embedding model: a sentence-transformers name or folder, or "hash" (no meaning, no torch)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = DEFAULT_MODEL
    query_prompt: str = ""
    passage_prompt: str = ""


class RerankSettings(BaseModel):
    """The cross-encoder that looks at the first `candidates` hits again; none where `name` is empty.

    `weight` is what its scores (logarithms of odds) are worth beside those of the search, which are the same.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    candidates: int = Field(default=20, ge=1, le=60)
    weight: float = Field(default=1.0, gt=0, le=10)


#: Of the chance from which on there is an answer, the share from which on there may be one.
MAYBE_SHARE = 0.6


class AnswerSettings(BaseModel):
    """When the minutes are taken to say something, and how much of it is quoted.

    A chance of at least `threshold` is an answer. One of at least `maybe` may be one, and is quoted as such;
    left out, it is `MAYBE_SHARE` of `threshold`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float = Field(default=0.5, ge=0, le=1)
    maybe: float = Field(default=MAYBE_SHARE * 0.5, ge=0, le=1)
    max_quotes: int = Field(default=6, ge=1, le=20)

    @model_validator(mode="before")
    @classmethod
    def _follow_threshold(cls, given: object) -> object:
        if not isinstance(given, dict) or "threshold" not in given or "maybe" in given:
            return given
        try:
            return given | {"maybe": min(1.0, max(0.0, MAYBE_SHARE * float(given["threshold"])))}
        except (TypeError, ValueError):
            return given  # which is told of `threshold`

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.maybe > self.threshold:
            raise ValueError(f"maybe is {self.maybe:g}, above threshold, which is {self.threshold:g}")
        return self
