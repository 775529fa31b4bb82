"""minutebook mcp: the tools for assistants, over standard input and output or over HTTP."""

import signal
from typing import Annotated

import typer

from corpus.errors import UsageError
from ui.library import Library
from ui.options import Data
from ui.output import say, show
from ui.settings import data_directory

HOST, PORT = "127.0.0.1", 7861


def mcp(
    data: Data = None,
    http: Annotated[
        bool, typer.Option("--http", help="Over HTTP, in place of standard input and output.")
    ] = False,
    host: Annotated[str | None, typer.Option(help=f"With --http: where to listen ({HOST}).")] = None,
    port: Annotated[int | None, typer.Option(help=f"With --http: the port ({PORT}); 0 is any.")] = None,
) -> None:
    """Answer assistants by the Model Context Protocol (MCP) until they have gone."""
    library = Library.at(data_directory(data))
    if http:
        _serve_http(library, host or HOST, PORT if port is None else port)
        return
    if host is not None or port is not None:
        raise UsageError("--host and --port are for --http; add it, or leave them out")
    from ui.assistants.over_stdio import serve_stdio

    serve_stdio(library)


def _serve_http(library: Library, host: str, port: int) -> None:
    from ui.assistants.over_http import serve_http
    from ui.web.access.hosts import is_loopback

    if not (is_loopback(host) or library.settings.web.needs_sign_in):
        say(f"Note: whoever reaches {host} can ask the minutes; to let people sign in, set web.users")
    # Whoever ends a service sends this, and it ends as by Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    serve_http(
        library,
        host,
        port,
        ready=lambda address: show(f"Minutebook answers assistants at {address} (stop it with Ctrl-C)"),
    )
