"""One request through Scrapy's downloader, and what came of it in plain words."""

from collections.abc import Iterator

from OpenSSL.SSL import Error as TlsError
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure

from ingest.sites.answer import Answer, Trouble
from ingest.sites.certificates import trouble_with_certificate
from ingest.sites.hosts import printable

# A new connection delays the request that opens it, so the next one would come too soon after it.
_MARGIN = 0.03


class Handler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, which sends a request once and no more.

    Twisted sends it again at once, unasked, when a kept connection has broken: past any pace.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False


class ScrapySend:
    """Sends through the downloader of a running crawl: a `Send` of `ingest.sites.fetching`."""

    def __init__(self, crawler: Crawler, timeout: float) -> None:
        self._engine = crawler.engine
        self._timeout = timeout

    async def __call__(self, address: str, *, slot: str, agent: str, most: int) -> Answer | Trouble:
        """Return the answer, of at most so many bytes."""
        request = Request(
            address,
            headers={"User-Agent": agent, "Accept": "*/*"},
            meta={"download_slot": slot, "download_timeout": self._timeout, "download_maxsize": most},
        )
        try:
            response = await self._engine.download_async(request)
        except Exception as error:  # whatever a hostile server makes a parser trip over
            return await self._trouble(address, error, most)
        return _answer(response)

    def slow(self, slot: str, seconds: float) -> None:
        """Let at least so many seconds pass between two requests in `slot`."""
        downloader = self._engine.downloader
        delay = seconds + _MARGIN if seconds else 0.0
        # The downloader forgets a slot that has been idle for a minute, and makes it anew from these.
        downloader.per_slot_settings[slot] = {"concurrency": 1, "delay": delay, "jitter": 0.0}
        if slot in downloader.slots:
            downloader.slots[slot].delay = delay

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
            case DownloadCancelledError() | IgnoreRequest():
                return Trouble(f"is larger than {most / 1_000_000:g} MB")
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


def _answer(response: Response) -> Answer:
    def header(name: str) -> str | None:
        value = response.headers.get(name)
        return None if value is None else value.decode("utf-8", errors="replace")

    return Answer(
        response.status,
        response.body,
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
