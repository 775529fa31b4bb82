"""What a person may set about models, search and answers; every value has a default that works."""

from pydantic import BaseModel, ConfigDict, Field

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


class AnswerSettings(BaseModel):
    """When the minutes are taken to say something, and how much of it is quoted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float = Field(default=0.5, ge=0, le=1)
    max_quotes: int = Field(default=6, ge=1, le=20)
