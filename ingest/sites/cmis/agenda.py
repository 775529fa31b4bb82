"""The agenda on a meeting's page: items with a number, a title and a summary.

How the items are marked up differs between the sites: rows of a grid, or blocks of a list, whose parts are
told by the heading of their column or by their class.
"""

import re
from dataclasses import dataclass
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag

from ingest.html_content import classes, tidy
from ingest.sites.cmis.page import name_in, outermost

_SECTION = re.compile(r"agenda(?:\s+items?)?\s*:?", re.IGNORECASE)
_SECTION_NAME = re.compile(r"AgendaItems", re.IGNORECASE)
_HEADINGS = ("h2", "h3", "h4", "h5")
#: So far below its heading the agenda begins.
_SIBLINGS = 5
#: Where a whole text stands in place of a title, so much of its beginning is the title.
_TITLE_STRINGS, _TITLE_CHARACTERS = 100, 200
#: The frame of a page may have a heading or two of the same words.
_MOST_HEADINGS = 20
_ROWS = "tr.rgRow, tr.rgAltRow, tr.CMIS_Grid_RowStyle, tr.CMIS_Grid_AlternatingRowStyle"
_BLOCKS = "li.AgendaItem, div.AgendaItem, tr.AgendaItem"
#: The heading of a column or the class of a part, and what stands there.
_PARTS = {
    "number": re.compile(r"^(?:no\.?|#|number|order|item\s+(?:no\.?|number))$|Number", re.IGNORECASE),
    "summary": re.compile(r"summary|description|details|purpose", re.IGNORECASE),
    "title": re.compile(r"title|subject|^(?:agenda\s+)?item$", re.IGNORECASE),
}
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})?[a-z]?|[ivx]{1,5}|[a-z])"
_NUMBER_ALONE = re.compile(rf"^(?:item\s+)?\(?({_NUMBER})[.):]*$", re.IGNORECASE)
#: Before a title a letter can be the initial of a name.
_NUMBER_BEFORE = re.compile(r"^(?:item\s+)?(\d{1,3}(?:\.\d{1,2})?[a-z]?)[.):]+\s+(?=\S)", re.IGNORECASE)
#: Every item has a page of its own under a key that lasts.
_OWN_PAGE = re.compile(r"/ctl/ViewCMIS_DecisionDetails/.*?\bId/(?P<key>[0-9a-f-]{36})(?:/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the page shows it; `key` is the site's own, "" when it shows none.

    `whole` is all of its markup, `summary` the part that holds its text.
    """

    whole: Tag
    number: str
    title: str
    key: str = ""
    summary: Tag | None = None


def agenda_rows(soup: BeautifulSoup) -> tuple[Row, ...]:
    """Return the items of the agenda in their order, () where the page has none."""
    section = _section(soup)
    if section is None:
        return ()
    found = section.select(_ROWS) or section.select(_BLOCKS)
    # The documents of an item can stand in a grid of their own, inside the item's row.
    heads: dict[int, list[str]] = {}
    rows = (_row(tag, heads) for tag in outermost(found))
    return tuple(row for row in rows if row.title)


def _section(soup: BeautifulSoup) -> Tag | None:
    """The part that holds the agenda; who was there stands beside it in grids of the same kind."""
    headings = (tag for tag in soup.find_all(["legend", *_HEADINGS]) if _SECTION.fullmatch(name_in(tag)))
    for heading in islice(headings, _MOST_HEADINGS):
        if (part := _headed(heading)) is not None:
            return part
    return next((tag for tag in soup.find_all(True) if _is_section(tag)), None)


def _headed(heading: Tag) -> Tag | None:
    """What a heading is the heading of, None when no items stand there."""
    below = [heading.parent] if heading.name == "legend" else heading.find_next_siblings(limit=_SIBLINGS)
    for part in below:
        if part is None or part.name in _HEADINGS:
            break
        if part.select_one(f"{_ROWS}, {_BLOCKS}"):
            return part if part.find(["legend", *_HEADINGS]) in (None, heading) else None
    return None


def _is_section(tag: Tag) -> bool:
    names = (str(tag.get("id") or ""), *classes(tag))
    return any(_SECTION_NAME.search(name) for name in names) and tag.name not in {"a", "input"}


def _row(tag: Tag, heads: dict[int, list[str]]) -> Row:
    parts = _cells(tag, _heads(tag, heads)) if tag.name == "tr" else _blocks(tag)
    link, key = _own_page(tag)
    number = _number(parts.get("number"))
    title = _title(parts.get("title"), link)
    if match := _NUMBER_BEFORE.match(title):
        number = number or match[1]
        title = title[match.end() :]
    return Row(tag, number, title, key, parts.get("summary"))


def _title(part: Tag | None, link: Tag | None) -> str:
    """The words of `part`: those of the link to the item's own page, or all but the documents in it."""
    linked = link is not None and (part is None or any(tag is part for tag in link.parents))
    if link is not None and linked and (words := name_in(link)):
        return words
    if part is None:
        return ""
    if part.select_one(".DocumentList") is None and (words := name_in(part)):
        return words
    strings = (
        s for s in islice(part.strings, _TITLE_STRINGS) if s.find_parent(class_="DocumentList") is None
    )
    return tidy(" ".join(strings))[:_TITLE_CHARACTERS].rstrip()


def _heads(row: Tag, known: dict[int, list[str]]) -> list[str]:
    """The headings of the columns that a row stands in; those of each table are looked for once."""
    table = row.find_parent("table")
    if table is None:
        return []
    if id(table) not in known:
        known[id(table)] = [name_in(head) for head in table.select("tr th.rgHeader, thead th")]
    return known[id(table)]


def _cells(tag: Tag, heads: list[str]) -> dict[str, Tag]:
    """The parts of a grid's row, by the headings of its columns or, without such, by their places."""
    cells = tag.find_all("td", recursive=False)
    parts: dict[str, Tag] = {}
    for head, cell in zip(heads, cells, strict=False):
        name = next((name for name, words in _PARTS.items() if words.search(head)), "")
        parts.setdefault(name, cell)
    if "title" in parts:
        return parts
    first = name_in(cells[0]) if cells else ""
    if len(cells) > 1 and (not first or _NUMBER_ALONE.match(first)):
        parts["number"] = cells.pop(0)
    return parts | dict(zip(("title", "summary"), cells, strict=False))


def _blocks(tag: Tag) -> dict[str, Tag]:
    """The parts of a block, by their classes."""
    parts: dict[str, Tag] = {}
    for inner in tag.find_all(True):
        for name, words in _PARTS.items():
            if "TitleLink" not in classes(inner) and any(words.search(own) for own in classes(inner)):
                parts.setdefault(name, inner)
    return parts


def _own_page(tag: Tag) -> tuple[Tag | None, str]:
    for link in tag.find_all("a", href=True):
        if match := _OWN_PAGE.search(str(link["href"])):
            return link, match["key"].lower()
    return None, ""


def _number(part: Tag | None) -> str:
    match = _NUMBER_ALONE.match(name_in(part)) if part else None
    return match[1] if match else ""
