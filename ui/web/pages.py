"""The addresses of the page itself: the question page round Gradio's, and the shelves without any script."""

from collections.abc import Callable, Iterator, Sequence
from secrets import token_urlsafe
from threading import BoundedSemaphore

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount
from starlette.types import Message, Scope

from ui.web.backend import Backend
from ui.web.first_page import FirstPage, first_page
from ui.web.layout import AT_ONCE
from ui.web.markup.answer import looking
from ui.web.markup.frame import Frame, page
from ui.web.policies import SHELF_POLICY, question_policy
from ui.web.showing import holdings_of, shelf, state_of, steps
from ui.web.state import State, View


def add_pages(
    app: FastAPI,
    backend: Backend,
    examples: Callable[[], Sequence[str]],
    *,
    root: str = "",
) -> None:
    """Put the page into `app`, before Gradio is mounted there as the last of its routes."""
    # Questions that come by address wait in a line like those that come through Gradio.
    at_once = BoundedSemaphore(AT_ONCE)

    @app.get("/")
    async def main(request: Request) -> Response:
        state = state_of(request.url.query)
        if state.view is View.BROWSE:
            return await run_in_threadpool(_shelf_page, backend, state, root)
        gradio = app.routes[-1]
        assert isinstance(gradio, Mount)
        theirs = await gradio_page(gradio, request.scope)
        return await run_in_threadpool(_question_page, backend, examples, at_once, state, theirs, root)


def _shelf_page(backend: Backend, state: State, root: str) -> Response:
    shown = shelf(backend, state, root=root)
    frame = Frame(state, holdings_of(backend), root)
    content = f'<div class="mb-browsed">{shown.html}</div>'
    return HTMLResponse(
        page(frame, shown.title, content), shown.status, {"Content-Security-Policy": SHELF_POLICY}
    )


def _question_page(
    backend: Backend,
    examples: Callable[[], Sequence[str]],
    at_once: BoundedSemaphore,
    state: State,
    theirs: str,
    root: str,
) -> Response:
    frame = Frame(state, holdings_of(backend), root)
    nonce = token_urlsafe(16)
    parts = first_page(theirs, frame, state.typed or state.text, nonce=nonce)

    def answer() -> str:
        with at_once:
            *_, last = steps(backend, state, examples(), root=root)
        return last

    return StreamingResponse(
        _in_order(parts, answer, asked=bool(state.text)),
        media_type="text/html",
        headers={"Content-Security-Policy": question_policy(nonce)},
    )


def _in_order(parts: FirstPage, answer: Callable[[], str], *, asked: bool) -> Iterator[str]:
    """Yield the page as it is ready: what stands round the answer does not wait for it."""
    yield parts.opening + (looking() if asked else "")
    yield answer()
    yield parts.closing


async def gradio_page(gradio: Mount, scope: Scope) -> str:
    """Return the page that Gradio itself would send."""
    body = bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        body.extend(message.get("body", b""))

    # What stands in the address is not for Gradio: it has a "page" and a "view" of its own there.
    await gradio.app({**scope, "query_string": b""}, receive, send)
    return body.decode()
