"""What stands around the page: the guards before it, and the routes beside it."""

from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI

from ui.web.backend import Backend
from ui.web.settings import WebSettings


@dataclass(frozen=True, slots=True)
class Services:
    """What the page is served with, besides a library.

    `settings` say who may use it and how often, and `host` where it listens. `secret` signs sessions.
    `feedback` is the file that keeps what readers say; without one there is nowhere to say it.
    """

    settings: WebSettings = field(default_factory=WebSettings)
    host: str = "127.0.0.1"
    secret: bytes = field(default=b"", repr=False)
    feedback: Path | None = None


def add_guards(app: FastAPI, services: Services) -> None:
    """Put before all routes of `app` what decides who may use them."""


def add_routes(app: FastAPI, backend: Backend, services: Services) -> None:
    """Put the services' own routes into `app`; the page itself is mounted behind them."""
