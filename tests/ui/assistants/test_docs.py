"""What docs/assistants.md says is there."""

import json
import re
from pathlib import Path

from ui import mcp_command
from ui.assistants.arguments import MOST_BESIDE, MOST_HITS
from ui.assistants.formats import Quoted
from ui.assistants.over_http import PATH
from ui.assistants.tools import MOST_CHARACTERS, TOOLS
from ui.web.feed_entries import ENTRIES

DOCS = (Path(__file__).parents[3] / "docs" / "assistants.md").read_text(encoding="utf-8")


def test_the_tools_that_are_shown_are_all_there_are_with_what_they_take():
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", DOCS, re.MULTILINE)
    filters = set(re.findall(r"`(\w+)`", DOCS.partition("Filters are")[2].partition(".")[0]))
    assert {name for name, _ in rows} == {tool.name for tool in TOOLS}
    for tool in TOOLS:
        said = dict(rows)[tool.name]
        taken = set(re.findall(r"`(\w+)`", said)) | (filters if "filters" in said else set())
        assert taken == set(tool.takes.model_fields)


def test_the_numbers_and_addresses_that_are_said_are_those_that_hold():
    for told in (
        f"`k` up to {MOST_BESIDE}",
        f"`k` up to {MOST_HITS}",
        f"At most {MOST_CHARACTERS:,} characters".replace("At", "at"),
        f"http://{mcp_command.HOST}:{mcp_command.PORT}{PATH}",
        f"The {ENTRIES} newest passages",
    ):
        assert told in DOCS
    assert {"draft", "link", "points_to"} <= set(Quoted.model_fields)


def test_the_settings_that_are_shown_can_be_taken_over():
    shown = DOCS.partition("mostly looks so:\n\n")[2].partition("\n\n")[0]
    server = json.loads(shown)["mcpServers"]["minutebook"]
    assert server["command"].endswith("/bin/minutebook")
    assert server["args"][0] == "mcp"
