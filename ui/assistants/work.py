"""What each tool does: from a library and arguments to what is returned."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.errors import GenerationError, UsageError
from index.lexical import Scope
from index.passage_table import PassageTable
from index.query import take_out_filters
from index.records import Filters
from index.search import find_scope, resolve_filters
from ui.assistants import formats
from ui.assistants.arguments import (
    AskArguments,
    DocumentArguments,
    SearchArguments,
    read_arguments,
    shortened,
)
from ui.assistants.filled import answered, part_of, passage
from ui.assistants.tools import MOST_CHARACTERS
from ui.assistants.words import answer_in_words, document_in_words, search_in_words
from ui.web.library_backend import LibraryBackend

#: A part ends at the end of a line if there is one in so many of its last characters.
_AT_LINE_END = 2_000
#: A publication between a question and what is known of its documents begins it anew.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool returns: `record` for a program, `words` for a model."""

    record: formats.Record
    words: str


def search(backend: LibraryBackend, given: Mapping[str, Any]) -> Told:
    """Find passages.

    Raises:
        UsageError: the query is empty, or an argument is wrong.
        GenerationError: there is nothing to search.
    """
    asked = read_arguments(SearchArguments, given)
    _check(backend, asked.query, asked.filters, find_scope)
    found = backend.search(asked.query, filters=asked.filters, k=asked.k)
    record = formats.Search(
        interpreted=found.interpreted,
        notes=found.notes,
        hits=tuple(map(passage, backend.results(found.hits))),
        warnings=backend.warnings(),
        generation=backend.generation,
    )
    return Told(record, search_in_words(record))


def ask(backend: LibraryBackend, given: Mapping[str, Any]) -> Told:
    """Answer a question in the minutes' own words, or say that they do not say.

    Raises:
        UsageError: the question is empty, or an argument is wrong.
        GenerationError: there is nothing to ask.
    """
    asked = read_arguments(AskArguments, given)
    if not backend.warnings():  # a council whose site cannot be looked at is known by no minutes
        _check(backend, asked.question, asked.filters, resolve_filters)
    for _ in range(_TRIES):
        answer = backend.ask(asked.question, filters=asked.filters, k=asked.k)
        headers = {quote.document_id: backend.header(quote.document_id) for quote in answer.quotes}
        if all(headers.values()):
            break
    else:
        raise GenerationError("the minutes are being indexed anew; ask again")
    record = answered(
        answer,
        frozenset(header.id for header in headers.values() if header and header.draft),
        backend.results(answer.hits),
        backend.warnings(),
    )
    return Told(record, answer_in_words(record))


def get_document(backend: LibraryBackend, given: Mapping[str, Any]) -> Told:
    """Return a document, or the part of it that is asked for, no more than `MOST_CHARACTERS` at once.

    Raises:
        UsageError: there is no such document, or no such part of it.
        GenerationError: nothing is indexed.
    """
    asked = read_arguments(DocumentArguments, given)
    document = backend.document(asked.document_id)
    if document is None:
        raise UsageError(
            f"there is no document {shortened(asked.document_id)}; take document_id from what search or ask "
            "returns now, as documents may be withdrawn"
        )
    length = len(document.text)
    last = length if asked.end is None else min(asked.end, length)
    if asked.start >= last and length:
        raise UsageError(
            f"the document has {length} characters, and there are none from {asked.start} to {last}; choose "
            "a start below the end"
        )
    end = _end_of_part(document.text, asked.start, last)
    chosen = asked.start > 0 or asked.end is not None
    record = part_of(document, asked.start, end, chosen=chosen)
    return Told(record, document_in_words(record))


def _check(
    backend: LibraryBackend,
    text: str,
    filters: Filters,
    resolve: Callable[[PassageTable, Filters], tuple[Scope, tuple[str, ...]]],
) -> None:
    """Refuse filters that `resolve` has a note on: to an assistant, silence would look like an answer.

    Raises:
        UsageError: one does; what there is instead is said.
    """
    _, held = take_out_filters(text, filters)
    with backend.reader.opened() as generation:
        _, notes = resolve(generation.table, held)
    if notes:
        raise UsageError("; ".join(notes))


def _end_of_part(text: str, start: int, last: int) -> int:
    """Return where the part of `text` ends that begins at `start`, at the end of a line where one is near."""
    end = start + MOST_CHARACTERS
    if end >= last:
        return last
    line_end = text.rfind("\n", end - _AT_LINE_END, end)
    return end if line_end < 0 else line_end + 1


#: What each tool does, by its name.
WORK: dict[str, Callable[[LibraryBackend, Mapping[str, Any]], Told]] = {
    "search": search,
    "ask": ask,
    "get_document": get_document,
}
