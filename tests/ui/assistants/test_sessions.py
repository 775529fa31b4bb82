"""Real sessions with the real command, over standard input and output and over HTTP."""

import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import anyio
import httpx
import pytest
from mcp import MCPError
from mcp_types import INVALID_REQUEST, PARSE_ERROR

from tests.factories import make_document
from tests.marks import slow
from tests.ui.assistants.assisting import (
    BRIDGE,
    SECONDS,
    Assistant,
    answering_over_http,
    assistant_over_http,
    assistant_over_stdio,
    publish,
    start_raw,
)
from tests.ui.commanding import Minutebook
from tests.ui.web.around import HASH, PASSWORD

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
AS_JSON = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


@asynccontextmanager
async def assistant_over(way: str, data: Path, mode: str, errors: Path) -> AsyncIterator[Assistant]:
    if way == "stdio":
        with errors.open("w") as file:
            async with assistant_over_stdio(data, file, mode) as assistant:
                yield assistant
        return
    with answering_over_http(Minutebook(data)) as address:
        async with assistant_over_http(address, mode) as assistant:
            yield assistant


@pytest.mark.parametrize(
    ("way", "mode"),
    [
        ("stdio", "auto"),
        ("http", "legacy"),
        *slow(("stdio", "legacy"), ("http", "auto")),
    ],
)
def test_an_assistant_uses_all_tools_and_a_new_generation_answers_the_next_call(tmp_path, way, mode):
    data, errors = tmp_path / "data", tmp_path / "errors"
    publish(data)

    async def session() -> None:
        async with assistant_over(way, data, mode, errors) as assistant:
            assert set(await assistant.tools()) == {"search", "ask", "get_document"}
            found = await assistant.call("search", query="mill bridge piers", k=1)
            (hit,) = found.record["hits"]
            assert hit["text"] == BRIDGE.text[hit["start"] : hit["end"]]
            said = await assistant.call("ask", question="Why was the mill bridge closed?")
            assert said.record["answered"] in (True, False)
            assert said.record["generation"] == "000001"
            read = await assistant.call("get_document", document_id=hit["document_id"])
            assert (read.record["text"], read.record["next_start"]) == (BRIDGE.text, None)
            assert "is missing" in (await assistant.call("ask")).error
            with pytest.raises(MCPError, match="there is no tool 'delete'; there are: search, ask"):
                await assistant.call("delete")
            publish(data, [make_document("ashmere/new", "The zeppelin was moored at Wellow Park.")])
            found = await assistant.call("search", query="zeppelin", k=1)
            assert [hit["document_id"] for hit in found.record["hits"]] == ["ashmere/new"]
            assert found.record["generation"] == "000002"

    anyio.run(session)
    assert not errors.exists() or errors.read_text() == ""


def lines_of(process: subprocess.Popen[bytes]) -> tuple[list[dict[str, object]], str]:
    """Return what the command has written till its end, which is a good one and soon."""
    started = monotonic()
    out, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    assert monotonic() - started < SECONDS / 4
    return [json.loads(line) for line in out.splitlines()], errors.decode()


def test_it_introduces_itself_while_the_model_is_still_loading_and_ends_with_its_input(tmp_path):
    process = start_raw(tmp_path)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(HELLO).encode() + b"\n")
    process.stdin.flush()
    said = json.loads(process.stdout.readline())
    assert said["result"]["serverInfo"]["name"] == "minutebook"
    assert said["result"]["capabilities"]["tools"] is not None
    assert set(said["result"]["capabilities"]) <= {"tools", "experimental"}
    assert lines_of(process) == ([], "")


def test_nothing_heavy_is_loaded_before_it_introduces_itself():
    code = (
        "import sys, ui.command, ui.assistants.over_stdio\n"
        "print([name for name in ('numpy', 'torch', 'tantivy', 'chromadb', 'gradio') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("how", "introduced"), [(signal.SIGTERM, True), *slow((signal.SIGINT, False), (signal.SIGINT, True))]
)
def test_a_signal_ends_it_well_though_its_input_goes_on(tmp_path, how, introduced):
    publish(tmp_path)
    process = start_raw(tmp_path)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(HELLO).encode() + b"\n")
    if introduced:
        process.stdin.write(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}\n')
        process.stdin.write(
            b'{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "search", '
            b'"arguments": {"query": "bridge"}}}\n'
        )
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    if introduced:
        assert json.loads(process.stdout.readline())["result"]["structuredContent"]["hits"]
    process.send_signal(how)
    stdin, process.stdin = process.stdin, None  # it stays open
    try:
        assert lines_of(process) == ([], "")
    finally:
        stdin.close()


def test_what_is_no_message_is_answered_by_the_protocol_and_the_session_goes_on(tmp_path):
    publish(tmp_path)
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call"}
    process = start_raw(tmp_path)
    assert process.stdin is not None
    assert process.stdout is not None

    def asked(value: str) -> bytes:
        said = json.dumps(call | {"params": {"name": "ask", "arguments": {"question": "VALUE"}}})
        return said.replace('"VALUE"', value).encode()

    for line in (
        json.dumps(HELLO).encode(),
        b'{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        b"no message",
        b"\xff\xfe{",
        b"",
        asked(r'"\ud800"'),
        asked("[" * 5_000 + "]" * 5_000),
        asked("9" * 5_000),
        b"[]",
        b'{"question": "why"}',
        json.dumps(call | {"id": 3, "params": {"name": "search", "arguments": {"query": "bridge"}}}).encode(),
    ):
        process.stdin.write(line + b"\n")
    process.stdin.flush()
    seen: list[dict[str, Any]] = []
    while not seen or seen[-1].get("id") != 3:
        seen.append(json.loads(process.stdout.readline()))
    assert seen[-1]["result"]["structuredContent"]["hits"]
    errors_told = [(one["id"], one["error"]["code"]) for one in seen if "error" in one]
    assert errors_told == [(None, PARSE_ERROR)] * 5 + [(None, INVALID_REQUEST)] * 2
    process.stdin.close()
    process.stdin = None
    rest, errors = lines_of(process)
    assert rest == []
    assert "Traceback" not in errors


@pytest.mark.parametrize("line", [json.dumps(HELLO).encode(), *slow(b"no message")])
def test_an_assistant_that_is_gone_is_no_trouble(tmp_path, line):
    publish(tmp_path)
    process = start_raw(tmp_path)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.close()
    process.stdin.write(line + b"\n")
    process.stdin.flush()
    assert process.stderr is not None
    assert process.wait(SECONDS) == 0
    assert process.stderr.read() == b""
    process.stdin.close()
    process.stderr.close()


@pytest.mark.slow
def test_over_http_it_ends_at_sigterm_too(tmp_path):
    with answering_over_http(Minutebook(tmp_path), how=signal.SIGTERM) as address:
        assert address.startswith("http://127.0.0.1:")
        assert address.endswith("/mcp")


def test_over_http_the_pages_guards_stand_before_it(tmp_path):
    publish(tmp_path)
    with answering_over_http(Minutebook(tmp_path)) as address, httpx.Client(timeout=SECONDS) as client:

        def post(**headers: str) -> httpx.Response:
            return client.post(address, json=HELLO, headers=AS_JSON | headers)

        long = client.post(address, content=b" " * 1_000_001, headers=AS_JSON)

        assert post().json()["result"]["serverInfo"]["name"] == "minutebook"
        rebound = post(Host="evil.example")
        assert rebound.status_code == 421
        assert "web.allowed_hosts" in rebound.json()["detail"]
        assert post(Origin="https://evil.example").status_code == 403
        assert post(**{"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert long.status_code == 413
        for method in ("GET", "DELETE"):  # no session, and nothing that would be sent without being asked
            assert client.request(method, address, headers=AS_JSON).status_code == 405
        assert post().headers["X-Content-Type-Options"] == "nosniff"


def test_over_http_sign_in_and_limits_hold_as_for_the_page(tmp_path):
    minutebook = Minutebook(tmp_path)
    with (tmp_path / "minutebook.toml").open("a") as settings:
        settings.write(f'[web]\nrequests_at_once = 3\nrequests_per_minute = 1\nusers.fenn = "{HASH}"\n')
    with answering_over_http(minutebook) as address, httpx.Client(timeout=SECONDS) as client:
        statuses = [client.post(address, json=HELLO, headers=AS_JSON).status_code]
        for word in ("wrong", PASSWORD, PASSWORD):
            signed = client.post(address, json=HELLO, headers=AS_JSON, auth=("fenn", word))
            statuses.append(signed.status_code)
    assert statuses == [401, 401, 200, 429]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--port", "7000"), "--host and --port are for --http; add it, or leave them out"),
        (("--host", "127.0.0.1"), "--host and --port are for --http"),
        (("--http", "--port", "70000"), "there is no port 70000"),
    ],
)
def test_wrong_use_is_one_clear_line(tmp_path, arguments, line):
    done = Minutebook(tmp_path)("mcp", *arguments)
    assert (done.code, done.out) == (2, "")
    assert line in done.err
    assert len(done.lines) == 1


def test_a_model_that_is_not_there_is_told_to_the_assistant(tmp_path):
    publish(tmp_path / "data")
    (tmp_path / "data" / "minutebook.toml").write_text(f'[model]\nname = "{tmp_path}/none"\n')

    async def session() -> str:
        with (tmp_path / "errors").open("w") as errors:
            async with assistant_over_stdio(tmp_path / "data", errors) as assistant:
                return (await assistant.call("ask", question="why")).error

    error = anyio.run(session)
    assert "model.name: there is no model" in error
    assert "model.name: there is no model" in (tmp_path / "errors").read_text()
    assert len((tmp_path / "errors").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("settings", "noted"), [("", True), *slow(('trusted_header = "X-Remote-User"', False))]
)
def test_who_opens_it_to_a_network_without_sign_in_is_told(tmp_path, settings, noted):
    minutebook = Minutebook(tmp_path)
    with (tmp_path / "minutebook.toml").open("a") as file:
        file.write(f"[web]\n{settings}\n")
    process = minutebook.start("mcp", "--http", "--host", "0.0.0.0", "--port", "0")
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Minutebook answers assistants at http://0.0.0.0:")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    note = "Note: whoever reaches 0.0.0.0 can ask the minutes; to let people sign in, set web.users\n"
    assert errors == (note if noted else "")
