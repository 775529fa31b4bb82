"""What a reader takes away: at /answer.docx?q=… and so on, the rest of the address being that of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request
from starlette.responses import Response

from corpus.errors import MinutebookError, UsageError
from index.records import Result
from ui import clock
from ui.takeaway.markdown import answer_as_markdown
from ui.takeaway.plain import answer_as_text
from ui.takeaway.records import TakenAnswer, TakenList
from ui.takeaway.safe import file_name
from ui.takeaway.table import results_as_csv
from ui.web.access.refusals import refusal
from ui.web.backend import Backend
from ui.web.handlers import answer
from ui.web.handlers.records import Answered
from ui.web.state import State, read_address

#: Files made at once: the rest of the machine is for those who read.
AT_ONCE = 2
#: A publication between two pages of a list begins it anew; nobody publishes so often.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class File:
    """A file to be taken away."""

    name: str
    content: bytes


def add_downloads(app: FastAPI, backend: Backend) -> None:
    """Put the addresses of the files into `app`."""
    limiter = CapacityLimiter(AT_ONCE)

    def offer(path: str, media_type: str, make: Callable[[Backend, State], File]) -> None:
        async def take(request: Request) -> Response:
            state = read_address(request.url.query)
            try:
                file = await to_thread.run_sync(make, backend, state, limiter=limiter)
            except MinutebookError as error:
                status = 400 if isinstance(error, UsageError) else 503
                return refusal(request.scope, status, "There is nothing to take away", f"{error}.")
            headers = {
                "Content-Disposition": f'attachment; filename="{file.name}"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, no-store",
            }
            return Response(file.content, headers=headers, media_type=media_type)

        app.add_api_route(path, take, methods=["GET"], include_in_schema=False)

    for ending, (media_type, write) in FORMATS.items():
        offer(f"/answer.{ending}", media_type, _answer_in(ending, write))
    offer("/results.csv", "text/csv", taken_list)


def _answer_as_docx(taken: TakenAnswer) -> bytes:
    from ui.takeaway.word import answer_as_docx  # python-docx takes a third of a second to load

    return answer_as_docx(taken)


#: The formats of an answer by the endings of their files.
FORMATS: dict[str, tuple[str, Callable[[TakenAnswer], bytes]]] = {
    "txt": ("text/plain; charset=utf-8", answer_as_text),
    "md": ("text/markdown; charset=utf-8", answer_as_markdown),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _answer_as_docx),
}


def _answer_in(ending: str, write: Callable[[TakenAnswer], bytes]) -> Callable[[Backend, State], File]:
    def make(backend: Backend, state: State) -> File:
        taken = taken_answer(backend, state)
        return File(file_name(taken.answer.question, ending), write(taken))

    return make


def taken_answer(backend: Backend, state: State) -> TakenAnswer:
    """Return the answer to the question of an address.

    Raises:
        UsageError: it cannot be asked so.
        GenerationError: nothing can be asked now.
    """
    found = answer(backend, state)
    if not isinstance(found, Answered):
        raise (UsageError if found.hint else MinutebookError)(found.words.rstrip("."))
    return TakenAnswer(
        found.answer,
        found.searched.filters,
        clock.now().date(),
        () if found.answer.quotes else tuple(source.result for source in found.sources),
        found.drafts,
        found.searched.warnings,
    )


def taken_list(backend: Backend, state: State) -> File:
    """Return all the results for the query of an address, on all pages.

    Raises:
        UsageError: it cannot be searched for so.
        GenerationError: nothing can be searched now.
    """
    for _ in range(_TRIES):
        results: list[Result] = []
        first = listing = backend.listing(state.text, filters=state.filters, sort=state.sort)
        results += listing.results
        while listing.page < listing.pages and listing.generation == first.generation:
            listing = backend.listing(
                state.text, filters=state.filters, sort=state.sort, page=listing.page + 1
            )
            results += listing.results
        if listing.generation == first.generation:
            break
    taken = TakenList(state.text, first.filters, clock.now().date(), first.generation, tuple(results))
    return File(file_name(state.text, "csv"), results_as_csv(taken))
