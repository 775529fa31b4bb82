"""The guards and the services on a real server, around a stand-in of the page: Gradio is slow to start.

`tests/ui/web/test_private_page.py` has the real page behind them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Request

from tests.ui.web.fake import FakeBackend
from ui.web.access.sign_in import reader_of
from ui.web.backend import Backend
from ui.web.server import SafeHeaders, UnderPath
from ui.web.services import Services, add_guards, add_routes
from ui.web.settings import WebSettings

SECRET = b"0123456789abcdef0123456789abcdef"
#: As a browser sends it when a person goes to an address.
PERSON = {"Accept": "text/html,application/xhtml+xml"}
#: Of "correct horse"; cheap to check.
HASH = "$argon2id$v=19$m=8,t=1,p=1$vW8ohe1NPa8RPm7vgGddSA$Iua7p05YjiJAPL1+ScLdL64sW3CaLY3+2GSbenMP3qM"
PASSWORD = "correct horse"


@dataclass
class Around:
    """A running server; `client` asks it and follows no redirect."""

    url: str
    client: httpx.Client

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(path, **options)

    def post(self, path: str, form: dict[str, str] | None = None, **options: Any) -> httpx.Response:
        return self.client.post(path, data=form or {}, **options)

    def sign_in(self, name: str = "fenn", password: str = PASSWORD, **options: Any) -> httpx.Response:
        onward = options.pop("onward", "/")
        return self.post("/sign-in", {"name": name, "password": password, "onward": onward}, **options)


@contextmanager
def around(
    backend: Backend | None = None,
    *,
    root: str = "",
    host: str = "127.0.0.1",
    feedback: Path | None = None,
    is_warm: Callable[[], bool] = lambda: True,
    **settings: Any,
) -> Iterator[Around]:
    """Serve the services with `settings` of [web] on a free port until the block ends."""
    services = Services(WebSettings(**settings), host, SECRET, feedback, is_warm)
    server = uvicorn.Server(
        uvicorn.Config(_app(backend or FakeBackend(), services, root), port=0, log_level="warning",
                       proxy_headers=False, ws="none", lifespan="off")
    )  # fmt: skip
    thread = Thread(target=server.run)
    thread.start()
    try:
        deadline = monotonic() + 20
        while not server.started:
            assert thread.is_alive()
            assert monotonic() < deadline
            sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=url, timeout=60) as client:
            yield Around(url, client)
    finally:
        server.should_exit = True
        thread.join(20)


def _app(backend: Backend, services: Services, root: str) -> FastAPI:
    app = FastAPI(openapi_url=None)
    add_guards(app, services)
    app.add_middleware(SafeHeaders)
    if root:
        app.add_middleware(UnderPath, path=root)
    add_routes(app, backend, services)

    @app.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "OPTIONS"])
    async def page(path: str, request: Request) -> dict[str, Any]:
        """Tell what comes through the guards."""
        return {
            "sent": len(await request.body()),
            "path": path,
            "reader": reader_of(request.scope),
            "client": request.scope["client"][0],
            "scheme": request.url.scheme,
            "headers": dict(request.headers),
        }

    return app
