"""One request through Scrapy's downloader, and what came of it in plain words."""

from collections.abc import Iterator
from time import monotonic

from OpenSSL.SSL import Error as TlsError
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure

from ingest.sites.answer import Answer, Trouble
from ingest.sites.certificates import trouble_with_certificate
from ingest.sites.hosts import printable
from ingest.sites.unpacking import ACCEPTED, too_large, unpacked


class Handler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, which keeps the pace strictly.

    The downloader counts a slot's pace from the moment a request is handed over, but it reaches the server
    later than that, and how much later varies. So the pace counts from the end of the answer: then no two
    requests reach the server closer together, and a server that is slow has its rest.
    And Twisted would send a request again at once, unasked, when a kept connection breaks; here it does not.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._running = crawler
        self._pool.retryAutomatically = False

    async def download_request(self, request: Request) -> Response:
        """Return the answer to `request`."""
        try:
            return await super().download_request(request)
        finally:
            self._running.engine.downloader.slots[request.meta["download_slot"]].lastseen = monotonic()


class ScrapySend:
    """Sends through the downloader of a running crawl: a `Send` of `ingest.sites.fetching`."""

    def __init__(self, crawler: Crawler, timeout: float) -> None:
        self._engine = crawler.engine
        self._timeout = timeout

    async def __call__(self, address: str, *, slot: str, agent: str, most: int) -> Answer | Trouble:
        """Return the answer, of at most so many bytes."""
        request = Request(
            address,
            headers={"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": ACCEPTED},
            meta={"download_slot": slot, "download_timeout": self._timeout, "download_maxsize": most},
        )
        try:
            response = await self._engine.download_async(request)
        except Exception as error:  # whatever a hostile server makes a parser trip over
            return await self._trouble(address, error, most)
        return _answer(response, most)

    def slow(self, slot: str, seconds: float) -> None:
        """Let at least so many seconds pass between two requests in `slot`."""
        downloader = self._engine.downloader
        # The downloader forgets a slot that has been idle for a minute, and makes it anew from these.
        downloader.per_slot_settings[slot] = {"concurrency": 1, "delay": seconds, "jitter": 0.0}
        if slot in downloader.slots:
            downloader.slots[slot].delay = seconds

    async def _trouble(self, address: str, error: Exception, most: int) -> Trouble:
        match error:
            case DownloadTimeoutError():
                return Trouble(f"gives no whole answer within {self._timeout:g} s", passing=True)
            case DownloadConnectionRefusedError():
                return Trouble("refuses the connection", passing=True)
            case CannotResolveHostError():
                return Trouble("no such host can be found", passing=True)
            case ResponseDataLossError():
                return Trouble("breaks the connection off in the middle of an answer", passing=True)
            case DownloadCancelledError():
                return too_large(most)
        causes = list(_causes(error))
        if any(isinstance(cause, TlsError | VerificationError) for cause in causes):
            return Trouble(await trouble_with_certificate(address, self._timeout))
        if any(isinstance(cause, ConnectionClosed) for cause in causes):
            return Trouble("closes the connection without an answer", passing=True)
        if any(isinstance(cause, ConnectError) for cause in causes):
            return Trouble("cannot be reached", passing=True)
        return Trouble(
            f"gives no answer that can be used ({printable(str(causes[-1])) or type(error).__name__})"
        )


def _answer(response: Response, most: int) -> Answer | Trouble:
    def header(name: str) -> str | None:
        value = response.headers.get(name)
        return None if value is None else value.decode("utf-8", errors="replace")

    body = unpacked(response.body, header("Content-Encoding") or "", most)
    if isinstance(body, Trouble):
        return body
    return Answer(
        response.status,
        body,
        (header("Content-Type") or "").partition(";")[0].strip().lower(),
        header("Location"),
        header("Retry-After"),
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and all that lies behind it; Twisted has the reasons of a failed answer in a list."""
    yield error
    for reason in getattr(error, "reasons", ()):
        if isinstance(reason, Failure) and isinstance(reason.value, BaseException):
            yield from _causes(reason.value)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
