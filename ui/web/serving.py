"""The web page over a library: its reader behind the page, its sample's questions as examples."""

from collections.abc import Callable
from threading import Event, Thread

from corpus.errors import MinutebookError
from ui.library import Library
from ui.sources import SAMPLE
from ui.web.access.secret import secret_of
from ui.web.backend import Backend
from ui.web.examples import Examples
from ui.web.library_backend import LibraryBackend
from ui.web.server import serve
from ui.web.services import Services

#: A document whose presence says that the sample is loaded, and what can be asked of it.
SAMPLE_DOCUMENT = f"{SAMPLE.name}/haringey-cabinet-send-scrutiny-review.txt"
SAMPLE_QUESTIONS = (
    "Why was recommendation 12 only partially agreed?",
    "What was AMAZE commissioned to do?",
    "When did Overview and Scrutiny approve the report?",
    "How much will the new leisure centre cost?",
)


def serve_library(
    library: Library, host: str, port: int, *, root_path: str, ready: Callable[[str], None]
) -> None:
    """Serve the page until it is interrupted; a generation that is published meanwhile answers at once.

    Raises:
        SettingsError: the secret that signs sessions can be neither read nor made.
        UsageError: nothing can listen at `host` and `port`.
    """
    secret = secret_of(library.data, library.settings.web)
    is_warm = Event()
    with library.reader() as reader:
        # The first question finds the model loaded, and the page does not wait for it. To leave a thread
        # behind in the model while the interpreter ends would crash it, so its end is waited for.
        def warm_up() -> None:
            try:
                reader.warm_up()
            finally:
                is_warm.set()

        warming = Thread(target=warm_up)

        def listening(address: str) -> None:
            warming.start()
            ready(address)

        backend = LibraryBackend(library, reader)
        try:
            serve(
                backend,
                examples_of(backend),
                host,
                port,
                ready=listening,
                root_path=root_path,
                services=Services(library.settings.web, host, secret, library.feedback, is_warm.is_set),
            )
        finally:
            if warming.ident is not None:
                warming.join()


def examples_of(backend: Backend) -> Callable[[], tuple[str, ...]]:
    """Return what gives questions that the minutes which are loaded answer; the sample has its own."""
    found = Examples(backend)

    def examples() -> tuple[str, ...]:
        try:
            only = backend.holdings().extent.documents == 1 and backend.document(SAMPLE_DOCUMENT)
        except MinutebookError:
            return ()
        return SAMPLE_QUESTIONS if only else found()

    return examples
