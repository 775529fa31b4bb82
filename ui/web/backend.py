"""What the page asks of the library."""

from typing import Protocol

from corpus.records import Document
from index.records import Answer, Filters, Found

EVERYTHING = Filters()


class Backend(Protocol):
    """Search, answers and documents of one published generation.

    Every method raises `MinutebookError` with a message fit for people, and may be called from many
    threads at once.
    """

    @property
    def generation(self) -> str:
        """Name the generation that answers now."""
        ...

    def search(self, query: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Found:
        """Return the `k` passages that fit `query` best."""
        ...

    def ask(self, question: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Answer:
        """Return what the minutes say to `question`, with the `k` passages that were looked at."""
        ...

    def document(self, document_id: str) -> Document | None:
        """Return a whole document, or None where no such document is stored."""
        ...

    def warnings(self) -> tuple[str, ...]:
        """Return a line for each source that could not be looked at: what it lacks is not known to lack."""
        ...
