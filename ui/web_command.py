"""minutebook web: serve the page; minutebook web hash-password: what the settings hold of a password."""

import os
import sys
import webbrowser
from getpass import getpass
from typing import Annotated

import typer

from corpus.errors import UsageError
from ui.library import Library
from ui.options import Data
from ui.output import say, show
from ui.settings import data_directory

app = typer.Typer(help="Serve the web page until interrupted.", rich_markup_mode=None)

Host = Annotated[str | None, typer.Option(help="The address to listen on.")]
Port = Annotated[int | None, typer.Option(help="The port to listen on; 0 is any that is free.")]
RootPath = Annotated[str | None, typer.Option(help="The path under which a proxy serves the page.")]


@app.callback(invoke_without_command=True)
def web(
    context: typer.Context,
    data: Data = None,
    host: Host = None,
    port: Port = None,
    root_path: RootPath = None,
) -> None:
    """Serve the web page until interrupted."""
    if context.invoked_subcommand is None:
        serve_page(Library.at(data_directory(data)), host, port, root_path)


@app.command("hash-password")
def hash_password() -> None:
    """Print what stands for a password under [web.users]; it is asked for, or read from standard input."""
    from ui.web.access.passwords import hash_password

    show(hash_password(_password()))


def serve_page(
    library: Library,
    host: str | None,
    port: int | None,
    root_path: str | None,
    *,
    opened: bool = False,
) -> None:
    """Serve the page of `library`; what is None is as in the settings. `opened` shows it in a browser.

    Raises:
        UsageError: nothing can listen there, or `root_path` is no path.
    """
    from ui.web.access.hosts import is_loopback
    from ui.web.serving import serve_library
    from ui.web.settings import checked_root_path

    settings = library.settings.web
    at = host or settings.host
    try:
        path = checked_root_path(settings.root_path if root_path is None else root_path)
    except ValueError as error:
        raise UsageError(f"--root-path: {error}") from error
    if not (is_loopback(at) or settings.needs_sign_in):
        say(f"Note: whoever reaches {at} can use the page; to let people sign in, set web.users")
    serve_library(
        library,
        at,
        settings.port if port is None else port,
        root_path=path,
        ready=lambda address: _announce(address, opened=opened),
    )


def _announce(address: str, *, opened: bool) -> None:
    show(f"Minutebook is at {address} (stop it with Ctrl-C)")
    if opened and sys.stdout.isatty() and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        webbrowser.open(address)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Password: ")
    if getpass("The same again: ") != first:
        raise UsageError("the two differ; try again")
    return first
