"""The published generation, held open: readers move on to the next one between two questions.

A question stays in the generation in which it began, and the old one is closed when its last question is
done. To open a large generation takes seconds, so it is opened beside the old one, which goes on answering.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

from corpus.errors import GenerationError, ModelMismatchError
from index.embedding import Embedder
from index.generation import Generation
from index.generations import KEPT, Generations

#: Questions wait so many seconds for a new generation, which opens at once unless it is large, and then are
#: answered out of the one before.
PATIENCE = 1.5
#: A generation can be swept between reading its name and opening it, if two are published meanwhile.
_TRIES = 5


@dataclass(slots=True)
class _Open:
    """An open generation and how many questions are in it."""

    generation: Generation
    users: int = 0
    left: bool = False


@dataclass(slots=True)
class _Opening:
    """A generation that is being opened; `error` is why it could not be."""

    until: float
    done: Event = field(default_factory=Event)
    error: Exception | None = None


class Published:
    """The newest generation in a folder of them, for vectors of one embedder; threads may share it.

    Where `only` names a generation, it stays that one, whatever is published.
    """

    def __init__(
        self,
        generations: Generations,
        embedder: Embedder,
        *,
        patience: float = PATIENCE,
        only: str | None = None,
    ) -> None:
        self._generations = generations
        self._only = only
        self._embedder = embedder
        self._patience = patience
        self._lock = Lock()
        self._open: _Open | None = None
        self._opening: _Opening | None = None
        self._thread: Thread | None = None

    @contextmanager
    def opened(self) -> Iterator[Generation]:
        """Hold the published generation; it stays open and the same as long as the block lasts.

        Raises:
            GenerationError: there is none, it is broken, or it was embedded with another model.
        """
        entered = self._enter()
        try:
            yield entered.generation
        finally:
            with self._lock:
                entered.users -= 1
                _close_if_done(entered)

    def close(self) -> None:
        """Close the generation, as soon as no question is in it any more."""
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            self._leave()

    def _enter(self) -> _Open:
        with self._lock:
            if self._is_newest():
                return self._entered()
            opening = self._opening or self._begin()
        opening.done.wait(max(0.0, opening.until - monotonic()))
        with self._lock:
            if opening.error is not None:
                raise opening.error
            return self._entered()

    def _is_newest(self) -> bool:
        """Tell whether what is open is what is published, or nothing is open that could answer meanwhile."""
        return self._open is None or self._open.generation.name == self._wanted().name

    def _wanted(self) -> Path:
        if self._only is None:
            return self._generations.published()
        folder = self._generations.path(self._only)
        if not self._only.isdigit() or not folder.is_dir():
            raise GenerationError(f"there is no generation {self._only!r} any more; the last {KEPT} are kept")
        return folder

    def _entered(self) -> _Open:
        if self._open is None:
            self._open = _Open(self._newest())
        self._open.users += 1
        return self._open

    def _begin(self) -> _Opening:
        """Begin to open the newest generation beside the one that answers; one at a time."""
        self._opening = _Opening(monotonic() + self._patience)
        self._thread = Thread(target=self._move_on, args=(self._opening,), name="opening a generation")
        self._thread.start()
        return self._opening

    def _move_on(self, opening: _Opening) -> None:
        try:
            generation = self._newest()
            _ = generation.shelves  # so that nobody waits for them
            with self._lock:
                self._leave()
                self._open = _Open(generation)
        except Exception as error:  # it is raised where somebody waits for the generation
            opening.error = error
        finally:
            with self._lock:
                self._opening = None  # after an error, the next question tries again
            opening.done.set()

    def _newest(self) -> Generation:
        for attempt in range(_TRIES):
            folder = self._wanted()
            try:
                generation = Generation(folder)
            except GenerationError:
                if self._only is None and self._generations.current() != folder.name and attempt + 1 < _TRIES:
                    continue
                raise
            self._check_model(generation)
            return generation
        raise GenerationError("generations are published faster than they can be opened; try again")

    def _check_model(self, generation: Generation) -> None:
        manifest = generation.manifest
        if manifest.fingerprint != self._embedder.fingerprint:
            generation.close()
            raise ModelMismatchError(
                f"generation {generation.name} was embedded with {manifest.model}, the settings name "
                f"{self._embedder.name} (or other files or prompts of it); run: minutebook index, or set "
                f"model.name back to {manifest.model!r}"
            )

    def _leave(self) -> None:
        if self._open is not None:
            self._open.left = True
            _close_if_done(self._open)
            self._open = None


def _close_if_done(opened: _Open) -> None:
    if opened.left and opened.users == 0:
        opened.generation.close()
