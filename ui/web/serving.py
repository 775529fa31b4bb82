"""The web page over a library: its reader behind the page, its sample's questions as examples."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from threading import Thread

from corpus.errors import GenerationError
from corpus.records import Document
from index.reader import Reader
from index.records import Answer, Filters, Found
from ui.library import Library
from ui.sources import SAMPLE
from ui.web.backend import EVERYTHING
from ui.web.server import serve

#: A document whose presence says that the sample is loaded, and what can be asked of it.
SAMPLE_DOCUMENT = f"{SAMPLE.name}/haringey-cabinet-send-scrutiny-review.txt"
SAMPLE_QUESTIONS = (
    "Why was recommendation 12 only partially agreed?",
    "What was AMAZE commissioned to do?",
    "When did Overview and Scrutiny approve the report?",
    "How much will the new leisure centre cost?",
)


@dataclass(frozen=True, slots=True)
class LibraryBackend:
    """A library's published generation, and how well its sources could be looked at."""

    library: Library
    reader: Reader

    @property
    def generation(self) -> str:
        """Name the generation that answers now."""
        return self.reader.generation

    def search(self, query: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Found:
        """Return the `k` passages that fit `query` best."""
        return self.reader.search(query, filters=filters, k=k)

    def ask(self, question: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Answer:
        """Return what the minutes say to `question`."""
        return self.reader.ask(question, filters=filters, k=k)

    def document(self, document_id: str) -> Document | None:
        """Return a whole document, or None where no such document is stored."""
        return self.reader.document(document_id)

    def warnings(self) -> tuple[str, ...]:
        """Return a line for each source that could not be looked at."""
        return self.library.warnings()


def serve_library(
    library: Library, host: str, port: int, *, root_path: str, ready: Callable[[str], None]
) -> None:
    """Serve the page until it is interrupted; a generation that is published meanwhile answers at once."""
    with closing(library.reader()) as reader:
        # The first question finds the model loaded, and the page does not wait for it. To leave a thread
        # behind in the model while the interpreter ends would crash it, so its end is waited for.
        warming = Thread(target=reader.warm_up)

        def listening(address: str) -> None:
            warming.start()
            ready(address)

        try:
            serve(
                LibraryBackend(library, reader),
                lambda: examples_of(reader),
                host,
                port,
                ready=listening,
                root_path=root_path,
            )
        finally:
            if warming.ident is not None:
                warming.join()


def examples_of(reader: Reader) -> tuple[str, ...]:
    """Return questions that show what can be asked of the minutes that are loaded."""
    try:
        return SAMPLE_QUESTIONS if reader.document(SAMPLE_DOCUMENT) else ()
    except GenerationError:
        return ()
