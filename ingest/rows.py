"""Rows of a table as lines of text."""

from collections.abc import Sequence

#: A cell longer than this holds text, not data: its table only places words on the page.
CELL_CHARACTERS = 300
#: So does a cell with more paragraphs than this.
CELL_PARAGRAPHS = 3


def as_line(cells: Sequence[str]) -> str:
    """Return a row as one line with " | " between its cells, "" where all of them are empty."""
    if not any(cells):
        return ""
    return " ".join(" | ".join(cells).rstrip(" |").split())
