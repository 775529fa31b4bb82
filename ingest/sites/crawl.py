"""Visits to many sources at once, in one process and at the pace of each.

One reactor runs them all, and a reactor runs once in the life of a process: so `crawl` is called once.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from ingest.sites.fetching import Doorbook, SourceFetch
from ingest.sites.manners import Manners, Patience
from ingest.sites.pace import Paces
from ingest.sites.sending import ScrapySend

__all__ = ["Errand", "Manners", "Patience", "SourceFetch", "crawl"]

#: What is done at one source: it fetches, and returns when it is done there.
Errand = Callable[[SourceFetch], Awaitable[None]]

_MOST_AT_ONCE = 64
_HANDLER = "ingest.sites.sending.Handler"
_SETTINGS: dict[str, Any] = {
    "ADDONS": {},
    # Nothing but the downloader: no cookies, no cache, no console, no redirects or tries but our own.
    "DOWNLOAD_HANDLERS_BASE": {"http": _HANDLER, "https": _HANDLER},
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "SPIDER_MIDDLEWARES_BASE": {},
    "EXTENSIONS_BASE": {},
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
    "CONCURRENT_REQUESTS": 0,  # the slots keep the measure
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_WARNSIZE": 0,
    "REACTOR_THREADPOOL_MAXSIZE": 20,  # they look up names
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
    "LOG_VERSIONS": [],
}


def crawl(visits: Sequence[tuple[Manners, Errand]], *, patience: Patience | None = None) -> None:
    """Run all visits, each with a fetch for its own source, and return when all are done.

    A visit that raises does not disturb the others. SIGINT and SIGTERM end all of them at their next wait.

    Args:
        visits: how each source is to be visited, and what is done there.
        patience: how long to wait for a site, and how often to try.

    Raises:
        KeyboardInterrupt: it was told to end.
        BaseException: what the first of the visits that failed has raised.
    """
    if not visits:
        return
    run = _Run(visits, patience or Patience())
    process = AsyncCrawlerProcess(_SETTINGS)
    _hush()
    with _ended_by(run.interrupt):
        crawling = process.crawl(_Visits, run=run)
        process.start(install_signal_handlers=False)
        _close(crawling.get_loop())
    if run.interrupted:
        raise KeyboardInterrupt
    crawling.result()
    if run.failure is not None:
        raise run.failure


class _Run:
    """All visits of one crawl, and what came of them."""

    def __init__(self, visits: Sequence[tuple[Manners, Errand]], patience: Patience) -> None:
        self.interrupted = False
        self.failure: BaseException | None = RuntimeError("the visits have not been made")
        self._visits = visits
        self._patience = patience
        self._gate = asyncio.Semaphore(_MOST_AT_ONCE)
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    async def all(self, crawler: Crawler) -> None:
        """Make the visits."""
        send = ScrapySend(crawler, self._patience.timeout)
        paces, doorbook = Paces(send.slow), Doorbook()
        for manners, _ in self._visits:
            paces.ask_for(manners)
        self._loop = asyncio.get_running_loop()
        for manners, visit in self._visits:
            fetch = SourceFetch(manners, send, paces, doorbook, self._patience)
            self._tasks.append(self._loop.create_task(self._one(visit, fetch)))
        if self.interrupted:  # it came before there was anything to end
            self._end()
        results = await asyncio.gather(*self._tasks, return_exceptions=True)
        self.failure = next((result for result in results if result is not None), None)

    def interrupt(self) -> None:
        """End all visits soon; may be called at any moment, also out of a signal."""
        self.interrupted = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end)

    async def _one(self, visit: Errand, fetch: SourceFetch) -> None:
        async with self._gate:
            await visit(fetch)

    def _end(self) -> None:
        for task in self._tasks:
            task.cancel()


class _Visits(Spider):
    """Scrapy runs spiders; this one fetches nothing itself and is done when the visits are."""

    name = "minutebook"

    def __init__(self, run: _Run) -> None:
        super().__init__()
        self._run = run

    async def start(self) -> AsyncIterator[Any]:
        await self._run.all(self.crawler)
        nothing: tuple[Any, ...] = ()
        for each in nothing:
            yield each


@contextmanager
def _ended_by(interrupt: Callable[[], None]) -> Iterator[None]:
    """Call `interrupt` at the first signal to end; a second one does what it would do anyway."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's business
        return
    former = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in former.items():
            signal.signal(number, handler)

    def end(_number: int, _frame: FrameType | None) -> None:
        restore()
        interrupt()

    for number, handler in former.items():
        if handler is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, end)
    try:
        yield
    finally:
        restore()


def _hush() -> None:
    """Take back what Scrapy does to logging and warnings: what stands on stderr is for people."""
    logging.captureWarnings(False)
    for name in ("scrapy", "twisted"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """Close the reactor's loop, with whatever an interrupt has left waiting in it."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=1))
    asyncio.set_event_loop(None)
    loop.close()
