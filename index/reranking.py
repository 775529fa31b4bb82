"""An optional second look at the first hits, by a model that reads the question and a passage together.

Nothing of that can be done beforehand, so it is slow, and only weighs what the search has put first. No such
model comes with Minutebook.
"""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np

from corpus.errors import SettingsError
from index.arrays import Array
from index.model_folder import fingerprint_of, model_folder
from index.settings import RerankSettings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker(Protocol):
    """Tells how well passages answer a question."""

    @property
    def fingerprint(self) -> str:
        """Equal fingerprints mean equal scores."""

    @property
    def candidates(self) -> int:
        """How many of the first passages are looked at."""

    def gains(self, question: str, passages: Sequence[str]) -> Array:
        """Return what the score of each passage gains, in logarithms of odds; less than 0 is a loss."""


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder with one output, loaded at its first use; threads may share it."""

    def __init__(self, settings: RerankSettings) -> None:
        self._settings = settings
        self._folder = model_folder(settings.name, "rerank.name")
        self._lock = Lock()

    @property
    def candidates(self) -> int:
        """How many of the first passages are looked at."""
        return self._settings.candidates

    @cached_property
    def fingerprint(self) -> str:
        """A digest of every file of the model, and of the settings."""
        return fingerprint_of(self._folder, f"{self._settings.candidates}\n{self._settings.weight}\n")

    def gains(self, question: str, passages: Sequence[str]) -> Array:
        """Return what the score of each passage gains, in logarithms of odds."""
        if not passages:
            return np.zeros(0)
        from torch.nn import Identity

        pairs = [(question, passage) for passage in passages]
        with self._lock:
            scores = self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False)
        return self._settings.weight * np.asarray(scores, dtype=np.float64).reshape(len(pairs))

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            model = CrossEncoder(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise SettingsError(f"rerank.name: {self._folder} holds no model that works: {reason}") from error
        if model.num_labels != 1:
            raise SettingsError(
                f"rerank.name: {self._folder} gives {model.num_labels} scores for a passage; "
                "name a cross-encoder with one"
            )
        return model


def load_reranker(settings: RerankSettings) -> Reranker | None:
    """Return the reranker that `settings` name, None where they name none.

    Raises:
        SettingsError: there is no such model.
    """
    return CrossEncoderReranker(settings) if settings.name else None
