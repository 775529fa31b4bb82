"""Questions that show what can be asked: about items of the newest meetings that are there, and answered."""

import re
from collections.abc import Iterator
from itertools import islice
from threading import Lock

from corpus.errors import MinutebookError
from corpus.records import NESTED, Document
from index.browse import CommitteeSummary
from index.matters import matter_of
from ui.web.backend import Backend

#: So many are shown, out of at most so many that are asked beforehand: each takes as long as an answer.
SHOWN = 3
ASKED = 8
#: Of one meeting no more than so many documents are opened.
OPENED = 12
#: A longer subject makes no question that anybody would ask.
LONGEST_SUBJECT = 70

_DECIDING = frozenset({"resolved", "decision"})
#: "7. ", "Item 12a: ", "24/00108 - "; but "20 mph zones" begins with no number of an item.
_NUMBER = re.compile(r"(?:item\s+)?\(?[0-9]+(?:[./-][0-9]+)*[a-z]?(?:[.):]\s*|\s+[-–—:]\s*)", re.IGNORECASE)
_PAGES = re.compile(r"\s*\((?:pages?|pp?\.)[^)]*\)\s*$", re.IGNORECASE)
#: Names of files, marks of a text that was not read well, and what is about meetings themselves.
_NO_SUBJECT = re.compile(r"\.\w{2,4}$|[|*#<>]|\b(?:agenda|meetings?|minutes|questions?)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:The|An?)\b")


class Examples:
    """The examples of a library, which are found once for each generation; threads may share it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._lock = Lock()
        self._known: tuple[str, tuple[str, ...]] = ("", ())

    def __call__(self) -> tuple[str, ...]:
        """Return questions that the minutes which are there now answer, none where nothing can be read."""
        try:
            generation = self._backend.generation
            with self._lock:
                if self._known[0] != generation:
                    self._known = (generation, find_examples(self._backend))
                return self._known[1]
        except MinutebookError:
            return ()


def find_examples(backend: Backend) -> tuple[str, ...]:
    """Return up to `SHOWN` questions, of different meetings where there are several.

    Raises:
        MinutebookError: the library cannot be read.
    """
    found = []
    for question, document in islice(_in_turn([*_by_meeting(backend)]), ASKED):
        answer = backend.ask(question, k=1)
        if any(quote.document_id == document for quote in answer.quotes):
            found.append(question)
        if len(found) == SHOWN:
            break
    return tuple(found)


def subject_of(title: str, number: str = "") -> str:
    """Return what an item is about as it can stand in a question, "" where its title does not tell.

    `number` is that of the item, which many sites print before its title.
    """
    bare = " ".join(title.split())
    if number and bare.startswith(f"{number} "):
        bare = bare.removeprefix(number).lstrip()
    beginning = _NUMBER.match(bare)
    subject = _PAGES.sub("", bare[beginning.end() if beginning else 0 :]).strip(" .:-–—")
    if not matter_of(subject, "") or len(subject) > LONGEST_SUBJECT or _NO_SUBJECT.search(bare):
        return ""
    return subject[0].lower() + subject[1:] if _ARTICLE.match(subject) else subject


def _by_meeting(backend: Backend) -> Iterator[Iterator[tuple[str, str]]]:
    """Yield for the newest meeting of each committee, latest first, its questions with their documents."""
    bodies = [body for council in backend.holdings().councils for body in council.committees if body.last]
    for body in sorted(bodies, key=lambda one: one.last or "", reverse=True)[:ASKED]:
        yield _questions(backend, body)


def _questions(backend: Backend, body: CommitteeSummary) -> Iterator[tuple[str, str]]:
    shelf = backend.meeting(body.council, body.committee, body.last)
    for header in (shelf.documents if shelf else ())[:OPENED]:
        document = backend.document(header.id)
        if document is not None:
            for subject, decided in _subjects(document).items():
                yield f"What was {'decided' if decided else 'said'} about {subject}?", document.id


def _subjects(document: Document) -> dict[str, bool]:
    """Return what a document is about, it or the items in it, and whether something was decided of that."""
    found: dict[str, bool] = {}
    if whole := subject_of(document.title, document.item_number):
        found[whole] = any(section.role in _DECIDING for section in document.sections)
    for section in document.sections:
        heading, nested, _ = section.label.rpartition(NESTED)
        if nested and (subject := subject_of(heading.rsplit(NESTED, 1)[-1])):
            found[subject] = found.get(subject, False) or section.role in _DECIDING
    return found


def _in_turn(rows: list[Iterator[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """Yield one of each row, then the next of each; no question twice."""
    seen: set[str] = set()
    while rows:
        left = []
        for row in rows:
            for question in row:
                if question[0] not in seen:
                    seen.add(question[0])
                    left.append(row)
                    yield question
                    break
        rows = left
