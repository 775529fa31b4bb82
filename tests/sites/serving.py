"""A small HTTP server on loopback that keeps a log: quick to start and to stop, and it cannot hang.

A handler turns an `Asked` into an `Answer`; everything about sockets is here.
"""

import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Self

#: How long a connection may stand idle, in seconds.
IDLE_SECONDS = 5.0
_LARGEST_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in. `target` is the path and the query, undecoded."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `body` may be made while it is sent. `delay` are seconds to wait before.

    `dropped` closes the connection without a word.
    """

    status: int = 200
    body: bytes | Iterable[bytes] = b""
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Logged:
    """A request that was answered, `time` when it came in (monotonic seconds); `status` 0 if dropped."""

    time: float
    host: str
    method: str
    path: str
    agent: str
    status: int


class Serving:
    """Serves `handle` in a thread, as a context manager; `host` must be an address of this machine."""

    def __init__(
        self,
        handle: Callable[[Asked], Answer],
        host: str = "127.0.0.1",
        port: int = 0,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._handle = handle
        self._lock = Lock()
        self._log: list[Logged] = []
        self._stopping = Event()
        self._server = _Server((host, port), self._handler())
        self._secure = ssl_context is not None
        if ssl_context is not None:
            # The handshake is left to the thread of the connection, so that none can hold up the others.
            self._server.socket = ssl_context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.host = host
        self.port = int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{'https' if self._secure else 'http'}://{self.host}:{self.port}"

    @property
    def requests(self) -> list[Logged]:
        """All requests so far, in the order in which they came in."""
        with self._lock:
            return sorted(self._log, key=lambda logged: logged.time)

    def forget(self) -> None:
        """Begin a new log."""
        with self._lock:
            self._log.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        serving = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = IDLE_SECONDS

            def do_GET(self) -> None:
                serving._serve(self)

            def do_POST(self) -> None:
                serving._serve(self)

            def do_HEAD(self) -> None:
                serving._serve(self)

            def version_string(self) -> str:
                return "Microsoft-IIS/10.0"

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def _serve(self, connection: BaseHTTPRequestHandler) -> None:
        arrived = monotonic()
        length = min(int(connection.headers.get("Content-Length") or 0), _LARGEST_BODY)
        headers = {name.lower(): value for name, value in connection.headers.items()}
        asked = Asked(connection.command, connection.path, headers, connection.rfile.read(length))
        connection.close_connection = True
        answer = self._handle(asked)
        with self._lock:
            self._log.append(
                Logged(
                    arrived,
                    headers.get("host", ""),
                    asked.method,
                    asked.target,
                    headers.get("user-agent", ""),
                    0 if answer.dropped else answer.status,
                )
            )
        if self._stopping.wait(answer.delay) or answer.dropped:
            return
        self._send(connection, answer, bodiless=asked.method == "HEAD")

    def _send(self, connection: BaseHTTPRequestHandler, answer: Answer, *, bodiless: bool) -> None:
        connection.send_response(answer.status)
        connection.send_header("Content-Type", answer.type)
        connection.send_header("Connection", "close")
        connection.send_header("Cache-Control", "private")
        for name, value in answer.headers.items():
            connection.send_header(name, value)
        pieces = [answer.body] if isinstance(answer.body, bytes) else answer.body
        # A body of unknown length ends with the connection.
        if isinstance(answer.body, bytes) and "Content-Length" not in answer.headers:
            connection.send_header("Content-Length", str(len(answer.body)))
        connection.end_headers()
        for piece in () if bodiless else pieces:
            if self._stopping.is_set():
                return
            connection.wfile.write(piece)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def server_bind(self) -> None:
        # HTTPServer would ask for the name of the host, which takes seconds without a network.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: guests that hang up are part of the play, and tests look at the log."""
