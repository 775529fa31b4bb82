"""The library behind the tools, opened and warmed while an assistant is still introducing itself."""

from threading import Lock, Thread
from typing import TYPE_CHECKING

from corpus.errors import MinutebookError
from ui.library import Library
from ui.output import say

if TYPE_CHECKING:
    from index.reader import Reader
    from ui.web.library_backend import LibraryBackend


class Desk:
    """A library that is opened in the background; threads may share it. Close it, or use it in a `with`."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._reader: Reader | None = None
        self._warming = Thread(target=self._warm_up, name="warming up")

    def __enter__(self) -> "Desk":
        self._warming.start()
        return self

    def __exit__(self, *_: object) -> None:
        # To leave a thread behind in the model while the interpreter ends would crash it.
        self._warming.join()
        if self._reader is not None:
            self._reader.close()

    def backend(self) -> "LibraryBackend":
        """Return what answers; the first to ask waits until it is loaded.

        Raises:
            SettingsError: there is no such model.
        """
        from ui.web.library_backend import LibraryBackend

        with self._lock:
            if self._reader is None:
                self._reader = self._library.reader()
            return LibraryBackend(self._library, self._reader)

    def _warm_up(self) -> None:
        try:
            self.backend().reader.warm_up()
        except MinutebookError as error:
            say(str(error))  # and each call says it to the assistant
