"""A list of results as CSV, in which no spreadsheet finds anything to carry out."""

import csv
import io
import re

from index.records import Result
from ui.takeaway.outline import limits
from ui.takeaway.records import TakenList
from ui.takeaway.safe import in_one_line, safe_address

_OWN = (
    "rank", "council", "committee", "meeting_date", "kind", "status", "item_number", "title", "section",
    "passage", "address", "document_id", "start", "end",
)  # fmt: skip
_ABOUT = ("query", "limited_to", "made_on", "generation")
#: What makes a formula of a cell, in some languages in full width.
_FORMULA = re.compile("[ \"']*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
#: Where another list separator is set, spreadsheets begin a cell behind each of these, quoted or not.
_CELL_WITHIN = re.compile(f"([;|])(?={_FORMULA.pattern})")


def results_as_csv(taken: TakenList) -> bytes:
    """Return results as a table with a header, UTF-8 with a mark by which spreadsheets know that.

    Each row also says what the list is: question, limits, day, generation. Cells that begin like a formula
    begin with an apostrophe; a passage stands in one line, since a line end could begin a cell, too.
    """
    about = [taken.query, limits(taken.filters), taken.made.isoformat(), taken.generation]
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([*_OWN, *_ABOUT])
    for result in taken.results:
        writer.writerow([*_cells(result), *map(cell, about)])
    return text.getvalue().encode("utf-8-sig")


def cell(words: str) -> str:
    """Return `words` in one line, so that no spreadsheet takes them, or a part of them, for a formula."""
    line = _CELL_WITHIN.sub(r"\1'", in_one_line(words))
    return f"'{line}" if _FORMULA.match(line) else line


def _cells(result: Result) -> list[str | int]:
    hit, header = result.hit, result.header
    return [
        hit.rank, cell(hit.council), cell(hit.committee), cell(hit.meeting_date or ""), cell(header.kind),
        cell(header.status), cell(header.item_number), cell(hit.title), cell(hit.section), cell(hit.text),
        cell(safe_address(result.link) or safe_address(hit.url)), cell(hit.document_id), hit.start, hit.end,
    ]  # fmt: skip
