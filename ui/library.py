"""Everything that one data directory holds, opened when it is asked for."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import index
from corpus.store import Corpus
from index.generations import Generations
from ui import clock
from ui.freshness import warnings
from ui.settings import Settings, is_address, load_settings

if TYPE_CHECKING:
    from index.embedding import Embedder
    from index.reader import Reader


@dataclass(frozen=True, slots=True)
class Library:
    """A data directory and its settings.

    corpus.sqlite3      the record
    embeddings.sqlite3  vectors by model and text
    generations/        the index
    feedback.sqlite3    what readers said of answers
    minutebook.toml     the settings
    """

    data: Path
    settings: Settings

    @classmethod
    def at(cls, data: Path) -> Self:
        """Return the library in the directory `data`, which need not exist yet.

        Raises:
            SettingsError: its settings are wrong.
        """
        return cls(data.absolute(), load_settings(data))

    @property
    def record(self) -> Path:
        """Where the record is."""
        return self.data / "corpus.sqlite3"

    @property
    def embeddings(self) -> Path:
        """Where the cache of vectors is."""
        return self.data / "embeddings.sqlite3"

    @property
    def feedback(self) -> Path:
        """Where feedback is."""
        return self.data / "feedback.sqlite3"

    @property
    def generations(self) -> Generations:
        """The folder of generations."""
        return Generations(self.data / index.GENERATIONS)

    def corpus(self) -> Corpus:
        """Open the record; the caller closes it.

        Raises:
            CorpusError: it cannot be opened.
        """
        return Corpus(self.record)

    def embedder(self) -> "Embedder":
        """Return the configured embedder.

        Raises:
            SettingsError: there is no such model.
        """
        from index.embedding import load_embedder

        return load_embedder(self.settings.model)

    def reader(self, generation: str | None = None) -> "Reader":
        """Return a reader of the published generation, or of the one that is named; the caller closes it."""
        return index.open(
            self.data,
            model=self.settings.model,
            answer=self.settings.answer,
            rerank=self.settings.rerank,
            generation=generation,
        )

    def warnings(self) -> tuple[str, ...]:
        """Return a line for each source that could not be looked at, or was not for long.

        Of sites, only those that updates look at: one that was taken out of the settings is not missed.

        Raises:
            CorpusError: the record cannot be opened.
        """
        if not self.record.exists():
            return ()
        with self.corpus() as corpus:
            configured = {source.name for source in self.settings.sources}
            looked_at = [
                source
                for source in corpus.sources()
                if source.name in configured or not is_address(source.location)
            ]
            return warnings(looked_at, clock.now())
