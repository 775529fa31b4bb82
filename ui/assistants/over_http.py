"""The tools over HTTP (MCP's "streamable HTTP"), for assistants that run elsewhere or share one server."""

from collections.abc import Callable

from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.routing import Route

from ui.assistants.desk import Desk
from ui.assistants.server import make_server
from ui.library import Library
from ui.web.access.bodies import MOST_BYTES
from ui.web.access.secret import secret_of
from ui.web.server import SafeHeaders, run
from ui.web.services import Services, add_guards

PATH = "/mcp"


def serve_http(library: Library, host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Answer until interrupted; `ready` is called with the address once it listens.

    Raises:
        SettingsError: the secret that signs sessions can be neither read nor made.
        UsageError: nothing can listen at `host` and `port`.
    """
    settings = library.settings.web
    services = Services(settings, host, secret_of(library.data, settings))
    with Desk(library) as desk:
        run(lambda: http_app(desk, services), host, port, ready=lambda address: ready(f"{address}{PATH}"))


def http_app(desk: Desk, services: Services) -> Starlette:
    """Return the web application of the tools, behind the guards of the page."""
    # No call needs what an earlier one has left behind, so that no sessions are kept. Which hosts and origins
    # are known is up to the guards, which know of proxies, too.
    manager = StreamableHTTPSessionManager(
        make_server(desk),
        json_response=True,
        stateless=True,
        max_request_body_size=MOST_BYTES,
        security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    # By GET, an assistant would wait for messages that nobody sends.
    route = Route(PATH, StreamableHTTPASGIApp(manager), methods=["POST"])
    app = Starlette(routes=[route], lifespan=lambda _: manager.run())
    add_guards(app, services)
    app.add_middleware(SafeHeaders)
    return app
