"""What happens when someone asks, opens a document or looks after the server, as HTML."""

from dataclasses import dataclass

from corpus.errors import MinutebookError
from ui.web import markup
from ui.web.backend import Backend

#: Longer than any question; text pasted by mistake is not worth the model's time.
LONGEST_QUESTION = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML page and the HTTP status it is sent with."""

    status: int
    html: str


@dataclass(frozen=True, slots=True)
class Health:
    """How the server is, and the HTTP status that says so."""

    status: int
    report: dict[str, str]


def answer_question(backend: Backend, question: str | None, *, root: str = "") -> str:
    """Return the answer to `question` as HTML, or one line that says why there is none.

    `root` is the path under which a proxy serves the page; links begin with it.
    """
    asked = (question or "").strip()
    if not asked:
        return markup.notice("Write a question first, for example what was decided about something, and why.")
    if len(asked) > LONGEST_QUESTION:
        return markup.notice(
            f"The question has {len(asked):,} characters, and at most {LONGEST_QUESTION:,} can be asked "
            "at once. Please shorten it."
        )
    try:
        answer = backend.ask(asked)
        warnings = backend.warnings()
    except MinutebookError as error:
        return markup.problem(str(error))
    return markup.answer_section(answer, warnings=warnings, root=root)


def open_document(backend: Backend, document_id: str, start: str, end: str, *, root: str = "") -> Page:
    """Return a document as a page with the characters from `start` to `end` marked.

    Offsets come out of an address that anyone can edit: those that make no sense mark nothing.
    """
    try:
        document = backend.document(document_id)
    except MinutebookError as error:
        return Page(503, markup.plain_page("The document cannot be shown", str(error), root=root))
    if document is None:
        return Page(
            404,
            markup.plain_page(
                "There is no such document",
                "It may have been withdrawn by the council, or the address may be incomplete.",
                root=root,
            ),
        )
    return Page(200, markup.document_page(document, _offset(start), _offset(end), root=root))


def check_health(backend: Backend) -> Health:
    """Return whether questions can be answered, and by which generation."""
    try:
        return Health(200, {"status": "ok", "generation": backend.generation})
    except MinutebookError as error:
        return Health(503, {"status": "failing", "reason": str(error)})


def _offset(words: str) -> int:
    # The length is bounded because Python refuses to read integers of thousands of digits.
    return int(words) if words.isascii() and words.isdigit() and len(words) < 12 else 0
