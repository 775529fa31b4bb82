"""What programs may ask of the page, in the formats that the command line prints: /ask and /search."""

from collections.abc import Callable
from typing import Any, TypeVar

import gradio as gr

from corpus.errors import MinutebookError
from index.records import Filters
from ui.web.backend import Backend

#: No more passages at once; who needs all of them has the command line.
MOST_HITS = 100

_T = TypeVar("_T")


def offer(backend: Backend, *, concurrency_limit: int, concurrency_id: str) -> None:
    """Add what programs may call to the page that is being laid out."""

    def ask(
        question: str,
        council: str = "",
        committee: str = "",
        date_from: str = "",
        date_to: str = "",
        kind: str = "",
    ) -> dict[str, Any]:
        """Return what the minutes say to a question: an answer with its quotes and the passages found.

        The filters are names of a council and a committee (in whole or by their words), first and last day
        (2026-01-15) of the meeting, and what kind of document: minutes, decision, report, agenda or other.
        """
        filters = Filters(council, committee, date_from, date_to, kind)
        return _told(lambda: backend.ask(question, filters=filters).as_dict())

    def search(
        query: str,
        council: str = "",
        committee: str = "",
        date_from: str = "",
        date_to: str = "",
        kind: str = "",
        k: int = 10,
    ) -> list[dict[str, Any]]:
        """Return the `k` passages (100 at most) that fit a query best; filters as in ask."""
        filters = Filters(council, committee, date_from, date_to, kind)
        most = min(max(k, 1), MOST_HITS)
        return _told(lambda: [hit.as_dict() for hit in backend.search(query, filters=filters, k=most).hits])

    for offered in (ask, search):
        gr.api(offered, concurrency_limit=concurrency_limit, concurrency_id=concurrency_id)


def _told(call: Callable[[], _T]) -> _T:
    """Return what `call` does; a trouble becomes the one line that tells it."""
    try:
        return call()
    except MinutebookError as error:
        raise gr.Error(str(error), print_exception=False) from error
