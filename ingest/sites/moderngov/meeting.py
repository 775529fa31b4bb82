"""The page of a meeting: what is published of it, and its items row by row."""

import re
from collections.abc import Iterator

from bs4.element import Tag

from corpus.errors import AbsentError, UnreadableError
from ingest.html_content import classes, drop_unseen, flat
from ingest.sites.moderngov.addresses import item_url, number_of, page_of
from ingest.sites.moderngov.page_parts import read_flow
from ingest.sites.moderngov.papers import linked_paper, named_key, printed_paper, shown_sizes, unique_papers
from ingest.sites.moderngov.parts import in_order
from ingest.sites.moderngov.soups import Shown, shown
from ingest.sites.moderngov.withholding import has_sign, is_marked, is_restricted
from ingest.sites.moderngov.wording import (
    MINUTES,
    clean,
    day,
    printed_number,
    speaks_of_drafts,
    speaks_of_minutes,
    status,
)
from ingest.sites.records import Item, ListedMeeting, Paper, PaperKind, Proceedings

_ANCHOR = re.compile(r"AI(\d{1,12})", re.ASCII)
_TITLE = "mgAiTitleTxt"
_NUMBER_CELL = "mgItemNumberCell"
#: What follows the hour, or the year, in the line that names the meeting: ", CANCELLED".
_STATE = re.compile(r"(?:\d|[ap]\.?m\.?|noon)\s*,\s*(?P<state>[^\d,]+)$", re.IGNORECASE)


def read_meeting(data: bytes, base: str, listed: ListedMeeting) -> Proceedings:
    """Return the meeting on a page `ieListDocuments.aspx`.

    Raises:
        AbsentError: the page is about another meeting.
        UnreadableError: it is no page of a meeting.
    """
    what = f"meeting {listed.key}"
    page = shown(data, what)
    named = page.part.find(lambda tag: "mgSubTitleTxt" in classes(tag)) or page.part.find("h2")
    held = None if named is None else day(clean(flat(named))) or _published_day(page)
    if named is None or held is None:
        raise UnreadableError(f"{what}: no page of a meeting: it does not say when that is held")
    _check_key(page.part, listed, what)
    sizes = shown_sizes(page.part)
    printed, drafted = _printed(page.part, base, sizes)
    drop_unseen(page.soup)
    files = _named_files(page.part)
    items = tuple(_items(page.part, base, sizes, what))
    draft = drafted or speaks_of_drafts(page.heading)
    read = {paper.key for item in items for paper in item.papers}
    minuted = any(part.label == MINUTES for item in items for part in item.parts)
    if draft and minuted:
        # The items hold the same words, and the draft's number serves the final minutes later.
        printed = tuple(paper for paper in printed if paper.kind is not PaperKind.MINUTES)
    has_printed = any(paper.kind is PaperKind.MINUTES for paper in printed)
    state = _STATE.search(clean(flat(named)))
    return Proceedings(
        key=listed.key,
        committee=listed.committee.title,
        date=held,
        url=listed.url,
        status=status(state["state"].capitalize()) if state else "",
        draft=draft,
        minutes_published=minuted or has_printed or speaks_of_minutes(page.heading),
        items=items,
        papers=printed,
        withheld_papers=tuple(file for file in files if file not in read),
    )


def _check_key(part: Tag, listed: ListedMeeting, what: str) -> None:
    """Some sites answer with another meeting; the link to the attendance names the one that is shown."""
    for link in part.find_all("a", href=True):
        href = str(link["href"])
        if page_of(href) == "mgmeetingattendance.aspx":
            if number_of(href, "id") != listed.key.removeprefix("ce"):
                raise AbsentError(f"{what}: the site shows another meeting in its place")
            return


def _published_day(page: Shown) -> str | None:
    for meta in page.soup.find_all("meta"):
        if str(meta.get("name") or "").casefold() == "dc.date":
            return day(str(meta.get("content") or ""))
    return None


def _printed(part: Tag, base: str, sizes: dict[str, str]) -> tuple[tuple[Paper, ...], bool]:
    """Return what is printed of the meeting as a whole, and whether its minutes are drafts."""
    papers: dict[PaperKind, Paper] = {}
    drafted = False
    for link in part.find_all("a", href=True):
        href = str(link["href"])
        paper = printed_paper(base, href, version=sizes.get(href, ""))
        if paper is not None:
            papers.setdefault(paper.kind, paper)
            drafted |= paper.kind is PaperKind.MINUTES and speaks_of_drafts(clean(link.get_text()))
    return tuple(papers.values()), drafted


def _items(part: Tag, base: str, sizes: dict[str, str], what: str) -> Iterator[Item]:
    seen: set[int] = set()
    for mark in part.find_all(_is_mark):
        row = mark.find_parent("tr")
        if row is None:
            raise UnreadableError(f"{what}: the item {_anchored(mark)} stands in no row of a table")
        if id(row) not in seen:
            seen.add(id(row))
            item = _item(row, base, sizes)
            if item.key:
                yield item
            elif item.parts or item.papers:
                raise UnreadableError(f"{what}: item {item.number} {item.title!r} without its key")


def _named_files(part: Tag) -> tuple[str, ...]:
    """Return the keys of all files that the rows of the items name, those in the texts left out.

    In place of a restricted file stands a link to the reasons.
    """
    keys = (
        named_key(str(link["href"]))
        for link in part.find_all("a", href=True)
        if link.find_parent("tr") is not None and link.find_parent(class_="mgWordPara") is None
    )
    return tuple(dict.fromkeys(filter(None, keys)))


def _is_mark(tag: Tag) -> bool:
    """Each row of an item has an anchor with its key, and a cell for its number."""
    return _NUMBER_CELL in classes(tag) or bool(_anchored(tag))


def _anchored(tag: Tag) -> str:
    match = _ANCHOR.fullmatch(str(tag.get("name") or "").strip()) if tag.name == "a" else None
    return match[1] if match else ""


def _item(row: Tag, base: str, sizes: dict[str, str]) -> Item:
    key = next(filter(None, map(_anchored, row.find_all("a"))), "")
    cells = row.find_all(["td", "th"], recursive=False)
    first = next((cell for cell in cells if _NUMBER_CELL in classes(cell)), None)
    number = "" if first is None else printed_number(flat(first))
    cell = next((cell for cell in cells if cell is not first), row)
    heading = cell.find(class_=_TITLE)
    title = "" if heading is None else clean(flat(heading))
    if any(map(is_restricted, filter(None, (row, cell, heading)))):
        return Item(key, number, "", item_url(base, key), withheld=True)
    issue = _issue(cell)
    main = None if heading is None else _main_paper(heading, title, base, key, sizes)
    flow = read_flow(cell, base, key, sizes)
    parts = in_order(flow.parts)
    agenda = parts[0].html if parts and not parts[0].label else ""
    papers = tuple(unique_papers((main, *flow.papers)))
    # A sign may be about the report that a title links to; where nothing else is shown it is about the item.
    is_closed = heading is not None and has_sign(heading) and not parts and not papers
    if is_closed or is_marked(title, agenda):
        return Item(key, number, "", item_url(base, key), withheld=True)
    return Item(
        key,
        number,
        title,
        item_url(base, key),
        parts=parts,
        papers=papers,
        cut=flow.cut,
        issue=issue,
    )


def _main_paper(heading: Tag, title: str, base: str, item: str, sizes: dict[str, str]) -> Paper | None:
    """Return the paper that the title of an item links to."""
    link = heading.find("a", href=True)
    if link is None:
        return None
    href = str(link["href"])
    return linked_paper(base, href, title=title, version=sizes.get(href, ""), item=item)


def _issue(cell: Tag) -> str:
    """Return the key of the matter that the site's own links name; links in the text lead anywhere."""
    for link in cell.find_all("a", href=True):
        href = str(link["href"])
        if page_of(href) == "mgissuehistoryhome.aspx" and link.find_parent(class_="mgWordPara") is None:
            return number_of(href, "iid")
    return ""
