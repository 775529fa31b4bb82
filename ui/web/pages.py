"""The addresses of the page itself: the question page round Gradio's, and the shelves without any script."""

from contextlib import nullcontext
from secrets import token_urlsafe
from threading import BoundedSemaphore

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount
from starlette.types import Message, Scope

from ui.web.access.sign_in import reader_of
from ui.web.backend import Backend
from ui.web.layout import AT_ONCE
from ui.web.markup.first_page import as_it_is_ready, first_page
from ui.web.markup.frame import Frame, page
from ui.web.policies import SHELF_POLICY, question_policy
from ui.web.showing import holdings_of, shelf, state_of, steps
from ui.web.site import Site
from ui.web.state import State, View

#: Without it browsers would not tell where a form comes from, and forms from nowhere are refused.
_TELL_OURSELVES = {"Referrer-Policy": "same-origin"}


def add_pages(app: FastAPI, backend: Backend, site: Site) -> None:
    """Put the page into `app`, before Gradio is mounted there as the last of its routes."""
    # Questions that come by address wait in a line as those do that come through Gradio.
    at_once = BoundedSemaphore(AT_ONCE)

    @app.get("/")
    async def main(request: Request) -> Response:
        state = state_of(request.url.query)
        frame = await run_in_threadpool(_frame, backend, site, state, reader_of(request.scope))
        if state.view is View.BROWSE:
            return await run_in_threadpool(_shelf_page, backend, frame, site)
        gradio = app.routes[-1]
        assert isinstance(gradio, Mount)
        nonce = token_urlsafe(16)
        parts = first_page(await gradio_page(gradio, request.scope), frame, state.text, nonce=nonce)

        def answer() -> str:
            with at_once if state.text else nullcontext():
                *_, last = steps(backend, state, site)
            return last

        return StreamingResponse(
            as_it_is_ready(parts, answer, asked=bool(state.text)),
            media_type="text/html",
            headers={"Content-Security-Policy": question_policy(nonce), **_TELL_OURSELVES},
        )


def _frame(backend: Backend, site: Site, state: State, reader: str) -> Frame:
    return Frame(state, holdings_of(backend), site.root, reader, may_leave=site.signed_in)


def _shelf_page(backend: Backend, frame: Frame, site: Site) -> Response:
    shown = shelf(backend, frame.state, site)
    headers = {"Content-Security-Policy": SHELF_POLICY, **_TELL_OURSELVES}
    return HTMLResponse(page(frame, shown.title, shown.html), shown.status, headers)


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
