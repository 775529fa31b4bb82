"""What stands around the page: the guards before it, and the routes beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from starlette.applications import Starlette

from ui.web.access.askers import BehindProxies
from ui.web.access.basic import ByPassword
from ui.web.access.bodies import SmallBodiesOnly
from ui.web.access.buckets import Buckets
from ui.web.access.closed import Closed
from ui.web.access.doorkeeper import Doorkeeper
from ui.web.access.entrance import Entrance
from ui.web.access.hosts import KnownHosts, is_loopback
from ui.web.access.origins import OwnPagesOnly
from ui.web.access.rate_limit import RateLimit
from ui.web.access.sessions import Sessions
from ui.web.access.sign_in import ByCookie, ByHeader, SignedInOnly
from ui.web.api.routes import add_api
from ui.web.backend import Backend
from ui.web.downloads import add_downloads
from ui.web.feed import add_feed
from ui.web.feedback import add_feedback
from ui.web.settings import WebSettings


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Services:
    """What the page is served with, besides a library.

    `settings` say who may use it and how often, and `host` where it listens. `secret` signs the sessions of
    those who sign in by password. `feedback` is the file that keeps what readers say; without one nobody can.
    `is_warm` tells whether the model is loaded.
    """

    settings: WebSettings = field(default_factory=WebSettings)
    host: str = "127.0.0.1"
    secret: bytes = field(default=b"", repr=False)
    feedback: Path | None = None
    is_warm: Callable[[], bool] = _always
    doorkeeper: Doorkeeper | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        if self.settings.users:
            object.__setattr__(self, "doorkeeper", Doorkeeper(self.settings.users))

    @property
    def sessions(self) -> Sessions:
        """What makes and reads the sessions of those who sign in by password."""
        return Sessions(self.secret, self.settings.users, self.settings.session_days)


def add_guards(app: Starlette, services: Services) -> None:
    """Put before all routes of `app` what decides who may use them; the last one added is met first."""
    settings = services.settings
    app.add_middleware(Closed)
    app.add_middleware(SmallBodiesOnly)
    if services.doorkeeper:
        app.add_middleware(SignedInOnly, way=ByCookie(services.sessions))
        app.add_middleware(ByPassword, doorkeeper=services.doorkeeper)
    elif settings.trusted_header:
        app.add_middleware(SignedInOnly, way=ByHeader(settings.trusted_header))
    if settings.requests_per_minute:
        buckets = Buckets(settings.requests_per_minute / 60, settings.requests_at_once)
        app.add_middleware(RateLimit, buckets=buckets)
    app.add_middleware(OwnPagesOnly)
    if settings.allowed_hosts or is_loopback(services.host):
        app.add_middleware(KnownHosts, names=settings.allowed_hosts)
    app.add_middleware(BehindProxies, proxies=settings.trusted_proxies, header=settings.trusted_header)


def add_routes(app: FastAPI, backend: Backend, services: Services) -> None:
    """Put the services' own routes into `app`; the page itself is mounted behind them."""
    if services.doorkeeper:
        Entrance(services.doorkeeper, services.sessions).add_to(app)
    add_downloads(app, backend)
    add_api(app, backend, is_warm=services.is_warm, signs_in=bool(services.settings.users))
    add_feed(app, backend)
    if services.feedback is not None:
        add_feedback(app, services.feedback)
