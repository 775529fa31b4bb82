"""Real servers on loopback, and crawls of them, each in a process of its own: a reactor runs only once."""

import json
import os
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

#: Reads a crawl as JSON from stdin, prints what every fetch of every visit came to.
SCRIPT = """
import json, sys, time
from ingest.sites.crawl import Manners, Patience, crawl

wanted = json.load(sys.stdin)
began = time.monotonic()
visits, results = [], {}

def visiting(name, spec):
    async def visit(fetch):
        results[name] = result = {"fetched": [], "requests": 0, "seconds": 0}
        for address in spec["fetch"]:
            try:
                got = await fetch(address, most=spec.get("most", 10_000_000))
                result["fetched"].append([got.url, len(got.body), got.media_type])
            except Exception as error:
                result["fetched"].append([type(error).__name__, str(error)])
        result["requests"] = fetch.requests
        result["seconds"] = time.monotonic() - began
        if "fail" in spec:
            raise RuntimeError(spec["fail"])
    hosts = frozenset(spec.get("hosts", ()))
    manners = Manners(spec["base"], hosts, spec.get("pace", 0), spec.get("contact", ""))
    return manners, visit

for name, spec in wanted["visits"].items():
    visits.append(visiting(name, spec))
patience = Patience(wanted["timeout"], tuple(wanted["waits"]))
raised = None
try:
    crawl(visits, patience=patience)
except BaseException as error:
    raised = repr(error)
print(json.dumps({"visits": results, "raised": raised}))
"""


@dataclass(frozen=True)
class Reply:
    """A whole answer. `headers` come beside the length."""

    body: bytes = b"hello"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Seen:
    """One request that a server has got."""

    time: float
    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """What a server answers, and what it was asked; paths that it does not know are 404."""

    base: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    most_at_once: int = 0
    at_once: int = 0
    notes: dict[str, Any] = field(default_factory=dict)

    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]

    def gaps(self) -> list[float]:
        return gaps(self)


def gaps(*servers: Server) -> list[float]:
    """Return the seconds between the requests that these servers have got, taken together."""
    times = sorted(seen.time for server in servers for seen in server.seen)
    return [later - earlier for earlier, later in pairwise(times)]


@contextmanager
def serving(host: str, answers: dict[str, Any], *, certificate: Path | None = None) -> Iterator[Server]:
    """Run a server; an answer is a Reply, a list of them for one request after another, or a function."""
    server = Server(answers=answers)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            with lock:
                server.seen.append(Seen(time.monotonic(), self.path, dict(self.headers)))
                server.at_once += 1
                server.most_at_once = max(server.most_at_once, server.at_once)
                answer = server.answers.get(self.path, Reply(b"no", 404))
                if isinstance(answer, list):
                    answer = answer.pop(0) if len(answer) > 1 else answer[0]
            try:
                if isinstance(answer, Reply):
                    reply(self, answer)
                else:
                    answer(self, server)
            except OSError:
                self.close_connection = True
            finally:
                with lock:
                    server.at_once -= 1

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    http = Quiet((host, 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # Not at accept: a client that hangs up in the handshake must not stop the server.
        http.socket = context.wrap_socket(http.socket, server_side=True, do_handshake_on_connect=False)
    server.base = f"{'https' if certificate else 'http'}://{host}:{http.server_port}/"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join(5)


def reply(handler: BaseHTTPRequestHandler, answer: Reply) -> None:
    """Send a whole answer."""
    handler.send_response(answer.status)
    for name, value in {"Content-Type": answer.media_type, **answer.headers}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(answer.body)))
    handler.end_headers()
    handler.wfile.write(answer.body)


def crawled(
    visits: dict[str, dict[str, Any]],
    *,
    timeout: float = 10,
    waits: tuple[float, ...] = (0, 0),
    environment: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Run a crawl to its end, and return what came of it; nothing may stand on its stderr."""
    wanted = json.dumps({"visits": visits, "timeout": timeout, "waits": waits})
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        input=wanted,
        capture_output=True,
        text=True,
        timeout=90,
        env={**os.environ, **(environment or {})},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@contextmanager
def crawling(
    visits: dict[str, dict[str, Any]], *, timeout: float, waits: tuple[float, ...]
) -> Iterator[subprocess.Popen]:
    """Start a crawl and let it run; it is killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps({"visits": visits, "timeout": timeout, "waits": waits}))
        process.stdin.close()
        process.stdin = None
        yield process
    finally:
        process.kill()
        process.communicate()


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so, not longer than so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it has not come to pass"
        time.sleep(0.02)
