"""A small CMIS on loopback, with a clock and a switch for everything that can go wrong."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha512
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, quote, urlsplit

from tests.sites import cmis_pages as pages
from tests.sites.cmis_council import Committee, Document, Meeting, meetings, pdf

ROOT = "/brackenford"
#: So long a document's address works after the page that showed it.
ADDRESS_LASTS = timedelta(days=2)
_MONTH = re.compile(r"/date/(\d{4})-(\d{2})-\d{2}/")
_MEETING = re.compile(r"/meeting/(\d+)/committee/(\d+)/")
_MODULE = f"/{pages.PAGE}/tabid/{pages.TAB}/ctl/{{view}}/mid/{pages.MODULE}/".lower()


class Failure(StrEnum):
    """What the server does instead of answering."""

    CHALLENGE = "403 with a challenge page"
    ERROR = "500"
    SLOW = "answers after `slow_seconds`"
    DROPPED = "closes the connection"
    TRUNCATED = "half of the page, complete as far as HTTP can tell"


@dataclass(frozen=True, slots=True)
class Request:
    """A request and when it came, in seconds of the monotonic clock."""

    at: float
    path: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class _Answer:
    body: bytes
    status: int = 200
    media_type: str = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Issued:
    meeting: str
    title: str
    place: int
    on: date


class Cmis:
    """The council's site; `base` is its address while the context is open.

    `today` decides what is published. `failure` can be set at any time. `tells_tab` is whether the calendar's
    own page says which tab it is, as some do; otherwise only links to meetings tell. `lists_committees` is
    whether there is a list of them; `missing` are pages, in small letters, that the menu leads to in vain.
    """

    def __init__(
        self,
        published: Iterable[Meeting] | None = None,
        *,
        today: date = date(2026, 7, 1),
        tells_tab: bool = True,
        slow_seconds: float = 20.0,
    ) -> None:
        self.meetings = tuple(published) if published is not None else meetings()
        self.today = today
        self.failure: Failure | None = None
        self.slow_seconds = slow_seconds
        self.lists_committees = True
        self.missing: frozenset[str] = frozenset()
        self.robots = "User-agent: *\nDisallow: /admin/\n"
        self.requests: list[Request] = []
        self._tells_tab = tells_tab
        self._issued: dict[str, _Issued] = {}
        self._lock = Lock()
        self._closing = Event()

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}{ROOT}/"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    def wait(self) -> None:
        """Sit out a slow answer, or as long as the server lives."""
        self._closing.wait(self.slow_seconds)

    def note(self, path: str, user_agent: str) -> None:
        """Write a request down."""
        with self._lock:
            self.requests.append(Request(monotonic(), path, user_agent))

    def answer(self, path: str) -> _Answer:
        """Return what stands at `path`; letters may be large or small, as on the real thing."""
        parts = urlsplit(path)
        place = parts.path.lower()
        query = {key.lower(): values[0] for key, values in parse_qs(parts.query).items()}
        if place == "/robots.txt":
            return _Answer(self.robots.encode(), media_type="text/plain")
        if not place.startswith(f"{ROOT}/"):
            return _not_found()
        place = place.removeprefix(ROOT)
        if place in self.missing:
            return _not_found()
        if place == "/document.ashx":
            return self._document(parts.query)
        for view, show in (
            ("MeetingCalendarPublicNoJava", self._month),
            ("ViewMeetingPublic", self._meeting),
        ):
            if place.startswith(_MODULE.format(view=view.lower())):
                return show(place)
        if place in {f"/{pages.PAGE.lower()}.aspx", f"/{pages.PAGE.lower()}/tabid/{pages.TAB}/default.aspx"}:
            return self._calendar(query)
        plain: dict[str, Callable[[], str]] = {
            "/": lambda: pages.front_page(ROOT),
            "/home.aspx": lambda: pages.front_page(ROOT),
            "/aboutmeetings.aspx": lambda: pages.front_page(ROOT),
            "/committees.aspx": lambda: pages.committees_page(ROOT, self._committees()),
        }
        return _page(plain[place]()) if place in plain else _not_found()

    def _committees(self) -> Iterable[Committee]:
        return dict.fromkeys(one.committee for one in self.meetings) if self.lists_committees else ()

    def _there(self) -> tuple[Meeting, ...]:
        return tuple(meeting for meeting in self.meetings if self.today < meeting.withdrawn)

    def _calendar(self, query: dict[str, str]) -> _Answer:
        if query.get("ctl", "").lower() == "meetingcalendarlistview" and query.get("mid") == pages.MODULE:
            # Whatever date is asked for, the list is the current month's.
            return _page(pages.list_page(ROOT, self._in(self.today.year, self.today.month)))
        return _page(pages.calendar_page(ROOT, tells_tab=self._tells_tab))

    def _month(self, place: str) -> _Answer:
        match = _MONTH.search(place)
        if match is None:
            return _not_found()
        year, month = int(match[1]), int(match[2])
        return _page(pages.month_page(ROOT, year, month, self._in(year, month)))

    def _in(self, year: int, month: int) -> tuple[Meeting, ...]:
        return tuple(one for one in self._there() if (one.day.year, one.day.month) == (year, month))

    def _meeting(self, place: str) -> _Answer:
        match = _MEETING.search(place)
        for meeting in self._there():
            if match and (meeting.key, meeting.committee.key) == match.groups():
                return _page(pages.meeting_page(ROOT, meeting, self.today, self._issue))
        return _page(pages.absent_page(ROOT))

    def _issue(self, meeting: Meeting, document: Document) -> str:
        """A new address for a document, some 700 characters that say nothing."""
        with self._lock:
            digest = sha512(f"{len(self._issued)}".encode()).digest()
            token = "&".join(f"{_base64(digest[i : i + 24])}={_base64(digest[i:])}" for i in range(0, 40, 5))
            namesakes = [one for one in _documents(meeting) if one.title == document.title]
            place = [one for one in namesakes if one.is_out(self.today)].index(document)
            self._issued[token] = _Issued(meeting.key, document.title, place, self.today)
        return f"{ROOT}/Document.ashx?{token}"

    def _document(self, token: str) -> _Answer:
        """The file that has the title now; a withdrawn meeting takes its files along."""
        issued = self._issued.get(token)
        if issued is None or self.today > issued.on + ADDRESS_LASTS:
            return _not_found()
        for meeting in self._there():
            if meeting.key == issued.meeting:
                out = [d for d in _documents(meeting) if d.title == issued.title and d.is_out(self.today)]
                if issued.place < len(out):
                    return _Answer(pdf(out[issued.place]), media_type="application/pdf")
        return _not_found()


def _documents(meeting: Meeting) -> tuple[Document, ...]:
    return (*(document for item in meeting.items for document in item.documents), *meeting.documents)


def _base64(data: bytes) -> str:
    return quote(b64encode(data).decode(), safe="")


def _page(html: str) -> _Answer:
    return _Answer(html.encode())


def _not_found() -> _Answer:
    return _Answer(b"<html><head><title>404 Error Page</title></head><body>Not there.</body></html>", 404)


_CHALLENGE = _Answer(
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    b"<div class='cf-browser-verification'>Enable JavaScript and cookies to continue</div></body></html>",
    403,
)


def _handler(cmis: Cmis) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            cmis.note(self.path, self.headers.get("User-Agent", ""))
            failure = cmis.failure
            if failure is Failure.DROPPED:
                self.close_connection = True
                return
            if failure is Failure.SLOW:
                cmis.wait()
            answer = cmis.answer(self.path)
            if failure is Failure.CHALLENGE:
                answer = _CHALLENGE
            elif failure is Failure.ERROR:
                answer = _Answer(b"<html><body>Server Error in '/' Application.</body></html>", 500)
            elif failure is Failure.TRUNCATED:
                answer = _Answer(answer.body[: len(answer.body) // 2], answer.status, answer.media_type)
            self._send(answer)

        def _send(self, answer: _Answer) -> None:
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.media_type)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
            except (BrokenPipeError, ConnectionResetError):
                # Who has waited long enough is gone.
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            """Say nothing: the requests are kept."""

    return Handler
