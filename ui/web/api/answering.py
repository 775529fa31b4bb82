"""From a library and what programs ask to what they get: records ready for JSON, with their tags."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from corpus.errors import GenerationError, MinutebookError, UsageError
from corpus.records import Document
from index import records
from index.answering.silence import with_unread
from index.provenance import Provenance
from index.query import in_plain_words, parse_query
from ui.web.api.asking import Ask, Limited, Search
from ui.web.api.problems import Wrong
from ui.web.api.tags import tag_of
from ui.web.backend import Backend
from ui.web.markup.escape import web_address

#: A publication in the middle of a request begins it anew.
_TRIES = 3
#: A list has one core: the other one is for those who ask a question on the page.
_THREADS = 1

_T = TypeVar("_T")
_L = TypeVar("_L", bound=Limited)


class UnaskableError(UsageError):
    """Questions that cannot be asked; `wrong` says which and why."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(wrong[0].detail)
        self.wrong = tuple(wrong)


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered: `record` is ready for JSON; `tag` stays the same as long as it does."""

    record: Any
    tag: str


def search(backend: Backend, sent: Search | Sequence[Search]) -> Told:
    """Return what is found for a search, or for each of a list.

    Raises:
        UnaskableError: nothing can be searched for so.
        GenerationError: there is nothing to search.
    """

    def find(asked: Sequence[Search], warnings: tuple[str, ...], generation: str) -> list[dict[str, Any]]:
        if len(asked) == 1:
            (one,) = asked
            found = [backend.search(one.query, filters=one.filters, k=one.k)]
        else:
            most = max(one.k for one in asked)
            found = _all(backend.search_many([one.asked for one in asked], k=most, threads=_THREADS))
        return [_found(*both, warnings, generation) for both in zip(asked, found, strict=True)]

    return _told(backend, sent, find)


def ask(backend: Backend, sent: Ask | Sequence[Ask]) -> Told:
    """Return what the minutes say to a question, or to each of a list.

    Raises:
        UnaskableError: nothing can be asked so.
        GenerationError: there is nothing to ask.
    """

    def answer(asked: Sequence[Ask], warnings: tuple[str, ...], _: str) -> list[dict[str, Any]]:
        if len(asked) == 1:
            (one,) = asked
            given = [backend.ask(one.question, filters=one.filters, k=one.k)]
        else:
            most = max(one.k for one in asked)
            given = _all(backend.ask_many([one.asked for one in asked], k=most, threads=_THREADS))
        return [_answer(*both, warnings) for both in zip(asked, given, strict=True)]

    return _told(backend, sent, answer)


def document(backend: Backend, ids: Iterable[str], is_known: Callable[[str], bool]) -> Told | None:
    """Return the first document that one of `ids` names, None where none does.

    Its record is None where the program has it already: `is_known` tells that by the tag.

    Raises:
        GenerationError: nothing is indexed.
    """

    def read(provenance: Provenance) -> Told | None:
        for one in ids:
            found = backend.document(one)
            if found is not None:
                tag = tag_of(provenance, "document", found.id)
                return Told(None if is_known(tag) else _document(found, provenance.generation), tag)
        return None

    return _in_one_generation(backend, read)


def status(backend: Backend) -> dict[str, Any]:
    """Return what can be asked, and how well its sources could be looked at.

    Raises:
        GenerationError: nothing is indexed.
    """
    return _in_one_generation(backend, lambda provenance: _status(backend, provenance))


def _told(
    backend: Backend,
    sent: _L | Sequence[_L],
    answers: Callable[[Sequence[_L], tuple[str, ...], str], list[dict[str, Any]]],
) -> Told:
    asked: Sequence[_L] = [sent] if isinstance(sent, Limited) else sent
    _check(asked, alone=isinstance(sent, Limited))

    def tell(provenance: Provenance) -> Told:
        warnings = backend.warnings()
        given = answers(asked, warnings, provenance.generation)
        stated = [[type(one).__name__, one.model_dump()] for one in asked]
        tag = tag_of(provenance, stated, warnings, isinstance(sent, Limited), weak=True)
        return Told(given[0] if isinstance(sent, Limited) else given, tag)

    return _in_one_generation(backend, tell)


def _in_one_generation(backend: Backend, work: Callable[[Provenance], _T]) -> _T:
    """Return what `work` does while one generation answers from its beginning to its end."""
    for _ in range(_TRIES):
        provenance = backend.provenance
        done = work(provenance)
        if backend.generation == provenance.generation:
            return done
    raise GenerationError("the minutes are being indexed anew; ask again")


def _check(asked: Sequence[Limited], *, alone: bool) -> None:
    wrong = []
    for number, one in enumerate(asked):
        field, words = one.words
        try:
            parse_query(words, one.filters)
        except UsageError as error:
            wrong.append(Wrong(f"/{field}" if alone else f"/{number}/{field}", str(error)))
    if wrong:
        raise UnaskableError(wrong)


def _all(given: Iterable[_T | MinutebookError]) -> list[_T]:
    found = []
    for one in given:
        if isinstance(one, MinutebookError):
            raise one
        found.append(one)
    return found


def _found(asked: Search, found: records.Found, warnings: tuple[str, ...], generation: str) -> dict[str, Any]:
    hits = found.hits[: asked.k]
    also = found.also_in or {}
    return {
        "query": asked.query,
        "hits": [_public(hit.as_dict()) for hit in hits],
        "also_in": [
            {"passage_id": hit.passage_id, "title": title, "url": web_address(url)}
            for hit in hits
            for title, url in also.get(hit.passage_id, ())
        ],
        "interpreted": found.interpreted,
        "notes": list(found.notes),
        "warnings": list(warnings),
        "generation": generation,
    }


def _answer(asked: Ask, answer: records.Answer, warnings: tuple[str, ...]) -> dict[str, Any]:
    given = with_unread(answer, warnings).as_dict()
    return given | {
        "quotes": [_public(quote) for quote in given["quotes"]],
        "hits": [_public(hit.as_dict()) for hit in answer.hits[: asked.k]],
        "interpreted": in_plain_words(parse_query(asked.question, asked.filters)),
        "warnings": list(warnings),
    }


def _public(placed: dict[str, Any]) -> dict[str, Any]:
    """Return a hit or a quote, without addresses that are none of a web page: files here, or worse."""
    return placed | {name: web_address(placed[name]) for name in ("url", "link") if name in placed}


def _document(found: Document, generation: str) -> dict[str, Any]:
    # The name of its source may be a path of the server.
    told = {name: value for name, value in asdict(found).items() if name != "source"}
    return told | {
        "url": web_address(found.url),
        "content_hash": found.content_hash,
        "generation": generation,
    }


def _status(backend: Backend, provenance: Provenance) -> dict[str, Any]:
    holdings = backend.holdings()
    councils = [asdict(council) for council in holdings.councils]
    for council in councils:
        council["committees"] = [
            {name: value for name, value in one.items() if name != "council"} for one in council["committees"]
        ]
    return {
        "built_at": holdings.built_at,
        **asdict(holdings.extent),
        "kinds": list(holdings.kinds),
        "councils": councils,
        "sources": [asdict(source) for source in backend.sources()],
        "warnings": list(backend.warnings()),
        "provenance": provenance.as_dict(),
    }
