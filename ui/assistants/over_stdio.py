"""The tools over standard input and output, as an assistant starts them on the same machine."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from threading import Thread, Timer
from typing import Any, cast

import anyio
from anyio.streams.memory import MemoryObjectSendStream
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp_types import INVALID_REQUEST, PARSE_ERROR, ErrorData, JSONRPCError
from pydantic import ValidationError

from ui.assistants.desk import Desk
from ui.assistants.server import make_server
from ui.library import Library

#: How long what is being loaded or answered may hold up the end.
SECONDS_TO_END = 1.0
#: Bytes that are read at once.
_AT_ONCE = 65_536

_log = logging.getLogger(__name__)


def serve_stdio(library: Library) -> None:
    """Answer until standard input ends, or a signal asks to end."""
    with Desk(library) as desk, suppress(KeyboardInterrupt):
        try:
            anyio.run(_serve, make_server(desk))
        finally:
            _end_soon()


async def _serve(server: Server[Any]) -> None:
    try:
        async with anyio.create_task_group() as group:
            group.start_soon(_end_at_signal, group.cancel_scope)
            lines = cast("anyio.AsyncFile[str]", _lines(sys.stdin.fileno()))
            async with stdio_server(stdin=lines) as (incoming, outgoing):
                put, messages = anyio.create_memory_object_stream[SessionMessage | Exception]()
                group.start_soon(_pass_on, incoming, put, outgoing.send)
                await server.run(messages, outgoing, server.create_initialization_options())
            group.cancel_scope.cancel()
    except* ConnectionError:
        _log.info("the assistant has gone and reads no more")


async def _pass_on(
    incoming: AsyncIterable[SessionMessage | Exception],
    messages: MemoryObjectSendStream[SessionMessage | Exception],
    answer: Callable[[SessionMessage], Awaitable[None]],
) -> None:
    """Pass the messages on; what is none is answered here, as the session would say nothing to it."""
    with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):  # the session has ended
        async with messages:
            async for one in incoming:
                if isinstance(one, Exception):
                    await answer(SessionMessage(_no_message(one)))
                else:
                    await messages.send(one)


def _no_message(error: Exception) -> JSONRPCError:
    """Return what JSON-RPC answers to a line that is no message: nobody can tell which call it was."""
    first = error.errors()[0] if isinstance(error, ValidationError) else None
    if first and first["type"] != "json_invalid":
        told = ErrorData(code=INVALID_REQUEST, message="This is no message of JSON-RPC 2.0.")
    else:
        reason = first["ctx"]["error"] if first else error
        told = ErrorData(code=PARSE_ERROR, message=f"The line is no JSON: {reason}.")
    return JSONRPCError(jsonrpc="2.0", id=None, error=told)


async def _end_at_signal(scope: anyio.CancelScope) -> None:
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async for _ in signals:
            _end_soon()
            scope.cancel()
            return


async def _lines(descriptor: int) -> AsyncIterator[str]:
    """Yield the lines that come in.

    They are read in a thread that nobody waits for: one that waits for input cannot be told to end.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[bytes | None] = asyncio.Queue()

    def read() -> None:
        rest = b""
        with suppress(RuntimeError):  # the loop has ended, and nobody reads any more
            while chunk := os.read(descriptor, _AT_ONCE):
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    loop.call_soon_threadsafe(lines.put_nowait, line)
            for last in (rest, None):
                loop.call_soon_threadsafe(lines.put_nowait, last)

    Thread(target=read, name="standard input", daemon=True).start()
    while (line := await lines.get()) is not None:
        if line.strip():
            yield line.decode("utf-8", "replace")
    _end_soon()


def _end_soon() -> None:
    """See to it that the process ends soon, though the model is being loaded or a question answered.

    Assistants do not wait for that; nothing is written here, so that nothing has to be put in order.
    """
    timer = Timer(SECONDS_TO_END, os._exit, (0,))
    timer.daemon = True
    timer.start()
