"""The web application: the page, what stands around it, and a sign of life."""

import errno
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import UsageError
from ui.web.backend import Backend
from ui.web.policies import PAGE_POLICY
from ui.web.services import Services, add_guards, add_routes
from ui.web.site import Site
from ui.web.style import ICON

#: How long an answer that is being made may hold up the end.
SECONDS_TO_CLOSE = 5


class SafeHeaders:
    """Adds to every response the headers that keep other sites out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the headers it lacks."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        await self.app(scope, receive, send_safely)


class UnderPath:
    """Takes requests that a proxy passes on, whether or not it has cut its own path off."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as one below the path of the proxy."""
        await self.app({**scope, "root_path": self.path}, receive, send)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A page holds a connection for as long as it is open, and stopping must not wait for readers to go.
        for connection in list(self.server_state.connections):
            connection.transport.close()
        await super().shutdown(sockets=sockets)


def create_app(
    backend: Backend,
    examples: Callable[[], Sequence[str]],
    root_path: str = "",
    *,
    services: Services | None = None,
) -> FastAPI:
    """Return the whole web application; `root_path` is the path under which a proxy serves it.

    `examples` gives questions that the minutes which are there now answer.
    """
    # Gradio reads this when it is imported, and would otherwise report each start.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.web.layout import build_page
    from ui.web.pages import add_pages
    from ui.web.theme import page_theme

    root = root_path.rstrip("/")
    # FastAPI's own pages about the interface load scripts from elsewhere.
    app = FastAPI(title="Minutebook", docs_url=None, redoc_url=None, openapi_url=None)
    around = services or Services()
    add_guards(app, around)
    app.add_middleware(SafeHeaders)
    if root:
        app.add_middleware(UnderPath, path=root)

    add_routes(app, backend, around)
    site = Site(root, examples, judged=around.feedback is not None, signed_in=bool(around.settings.users))
    add_pages(app, backend, site)
    gr.mount_gradio_app(
        app,
        build_page(backend, site),
        path="/",
        root_path=root or None,
        footer_links=[],
        run_history=False,
        favicon_path=str(ICON),
        show_error=False,
        ssr_mode=False,
        theme=page_theme(),
    )
    return app


def serve(
    backend: Backend,
    examples: Callable[[], Sequence[str]],
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    ready: Callable[[str], None],
    root_path: str = "",
    services: Services | None = None,
) -> None:
    """Run the web page until it is interrupted; `ready` is called with its address once it listens."""
    run(lambda: create_app(backend, examples, root_path, services=services), host, port, ready=ready)


def run(make_app: Callable[[], ASGIApp], host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Run a web application until it is interrupted; it is made once its port is known to be free."""
    with listen(host, port) as listener:
        name, bound = listener.getsockname()[:2]
        address = (
            f"http://[{name}]:{bound}" if listener.family is socket.AF_INET6 else f"http://{name}:{bound}"
        )
        config = uvicorn.Config(
            make_app(),
            proxy_headers=False,  # whose word is taken is decided by the guards
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=SECONDS_TO_CLOSE,
        )
        with suppress(KeyboardInterrupt):
            _Server(config, lambda: ready(address)).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to `host` and `port`; port 0 is any that is free."""
    if not 0 <= port <= 65_535:
        raise UsageError(f"there is no port {port}; choose one from 1 to 65535 with --port")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"port {port} on {host} is already in use; choose another with --port"
            ) from error
        raise UsageError(f"cannot listen on {host}:{port} ({error}); check --host and --port") from error
