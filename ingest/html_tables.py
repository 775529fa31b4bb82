"""Tables in web pages: data becomes a line per row, layout is only a way to place text."""

from bs4.element import Tag

from ingest.html_content import flat
from ingest.rows import CELL_CHARACTERS, CELL_PARAGRAPHS, as_line

_TEXT_TAGS = ["h1", "h2", "h3", "h4", "h5", "h6", "table", "pre"]


def is_data(table: Tag) -> bool:
    """Return whether `table` holds short cells that belong together row by row."""
    if table.get("role") in {"presentation", "none"} or table.find(_TEXT_TAGS) is not None:
        return False
    rows = [_cells(row) for row in table.find_all("tr")]
    if max((len(row) for row in rows), default=0) < 2:
        return False
    if not all(_is_short(cell) for row in rows for cell in row):
        return False
    # Words that stray from the cells would be lost.
    named = (
        flat(cell) for cell in (*table.find_all("caption", limit=1), *(cell for row in rows for cell in row))
    )
    return len("".join(named).replace(" ", "")) == len(flat(table).replace(" ", ""))


def data_rows(table: Tag) -> list[str]:
    """Return the rows of a data table, a line each, with " | " between the cells."""
    lines = (as_line([flat(cell) for cell in _cells(row)]) for row in table.find_all("tr"))
    return [line for line in lines if line]


def caption(table: Tag) -> str:
    """Return the caption of `table`, "" if it has none."""
    found = table.find("caption")
    return flat(found) if found is not None else ""


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"])


def _is_short(cell: Tag) -> bool:
    if len(flat(cell)) > CELL_CHARACTERS:
        return False
    return sum(bool(flat(part)) for part in cell.find_all(["p", "li"])) <= CELL_PARAGRAPHS
