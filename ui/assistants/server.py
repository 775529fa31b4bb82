"""The tools as a server of the Model Context Protocol, whatever it is reached by."""

import logging
from importlib.metadata import version
from typing import Any

from anyio import CapacityLimiter, to_thread
from mcp import MCPError
from mcp.server.lowlevel import Server
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as ToolTold

from corpus.errors import MinutebookError
from ui.assistants.arguments import shortened
from ui.assistants.desk import Desk
from ui.assistants.tools import INSTRUCTIONS, TOOLS, Tool
from ui.terminal import printable

#: Calls answered at once; the rest wait in line instead of slowing each other down.
AT_ONCE = 4
#: Nothing is changed, and nothing is asked of anybody else.
_ONLY_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_BROKEN = "something went wrong in Minutebook, and it was written to its log; try again later"

_log = logging.getLogger(__name__)


def make_server(desk: Desk) -> Server[Any]:
    """Return the server of the tools over what `desk` opens."""
    tools = {tool.name: tool for tool in TOOLS}
    listed = [_told(tool) for tool in TOOLS]
    limiter = CapacityLimiter(AT_ONCE)

    async def list_tools(_: object, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=listed)

    async def call_tool(_: object, called: CallToolRequestParams) -> CallToolResult:
        tool = tools.get(called.name)
        if tool is None:
            raise MCPError(
                INVALID_PARAMS, f"there is no tool {shortened(called.name)}; there are: {', '.join(tools)}"
            )

        def run() -> CallToolResult:
            return _run(tool, desk, called.arguments or {})

        return await to_thread.run_sync(run, limiter=limiter)

    return Server(
        "minutebook",
        title="Minutebook",
        version=version("minutebook"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _told(tool: Tool) -> ToolTold:
    return ToolTold(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.returns.schema_of(),
        annotations=_ONLY_READS,
    )


def _run(tool: Tool, desk: Desk, arguments: dict[str, Any]) -> CallToolResult:
    """Return what a tool returns; what goes wrong is one line to the model, which may try otherwise."""
    try:
        from ui.assistants.work import WORK  # with the whole index behind it

        told = WORK[tool.name](desk.backend(), arguments)
    except MinutebookError as error:
        return _wrong(str(error))
    except Exception:
        _log.exception("%s cannot be answered", tool.name)
        return _wrong(_BROKEN)
    return CallToolResult(
        content=[TextContent(text=told.words)], structured_content=told.record.model_dump(mode="json")
    )


def _wrong(reason: str) -> CallToolResult:
    line = " ".join(printable(reason).split())
    return CallToolResult(content=[TextContent(text=f"Error: {line}.")], is_error=True)
