"""Doors of Gradio that no page here needs: uploads, what it fetches for others, recordings, its workshop."""

from starlette._utils import get_route_path  # what the router itself goes by
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.access.refusals import refusal

_CLOSED = (
    "/gradio_api/upload", "/gradio_api/proxy=", "/gradio_api/file", "/gradio_api/stream/",
    "/gradio_api/process_recording", "/gradio_api/vibe", "/gradio_api/undo-vibe",
    "/gradio_api/dev/", "/gradio_api/profiling", "/monitoring", "/login", "/logout",
)  # fmt: skip


class Closed:
    """Answers as if there were nothing behind these doors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless it goes to a closed door."""
        if scope["type"] == "http" and get_route_path(scope).startswith(_CLOSED):
            await refusal(scope, 404, "Nothing here", "There is nothing at this address.")(
                scope, receive, send
            )
            return
        await self._app(scope, receive, send)
