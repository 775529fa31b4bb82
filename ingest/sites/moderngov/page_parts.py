"""The labelled parts and the files of an item or a decision, in the flow of a page.

A label ("Minutes:") says what the blocks and lists after it are. What comes before the first label is the
agenda's own text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import Tag

from ingest.html_content import classes, flat
from ingest.sites.moderngov.markup import drop_cut, take_votes, write
from ingest.sites.moderngov.papers import linked_paper
from ingest.sites.moderngov.parts import merged
from ingest.sites.moderngov.withholding import is_marked, is_restricted
from ingest.sites.moderngov.wording import RECORDED_VOTE, clean, label_of
from ingest.sites.records import Paper, Part

_LABELS = frozenset({"mgSubItemTitleTxt", "mgSubSubTitleTxt"})
_TEXT = "mgWordPara"
_FILES = "mgBulletList"
#: A label within a line that goes on with a fact ("Publication date: 15/01/2026").
_FACT = "mgLabel"
#: The site's own links and helps, and titles, which are read elsewhere.
_CHROME = frozenset("mgActionList mgLinks mgHelpLine mgFooter mgHeader mgSubTitle mgAiTitleTxt".split())
_KNOWN = [*_LABELS, _TEXT, _FILES, _FACT, *_CHROME]


@dataclass(frozen=True, slots=True)
class Flow:
    """What stands on a page below a title: its parts, its files, and whether a text was cut."""

    parts: tuple[Part, ...]
    papers: tuple[Paper, ...]
    cut: bool


def read_flow(cell: Tag, base: str, item: str, sizes: dict[str, str]) -> Flow:
    """Return what `cell` holds; `item` is the key of the agenda item, `sizes` those of files by link."""
    votes = [Part(RECORDED_VOTE, f"<table>{write(table)}</table>") for table in take_votes(cell)]
    parts: list[Part] = []
    papers: list[Paper] = []
    cut = False
    label = ""
    for block in _blocks(cell):
        names = classes(block)
        if names & _LABELS:
            label = label_of(flat(block))
        elif _FACT in names or (_TEXT not in names and block.find(class_=_FACT) is not None):
            label = _lone_label(block)
        elif files := _files(block):
            papers.extend(_papers(files, base, item, sizes))
        elif _TEXT in names or (label and _FILES not in names):
            cut |= drop_cut(block, item)
            parts.append(Part(label, write(block)))
    return Flow(merged(parts + votes), tuple(papers), cut)


def _blocks(cell: Tag) -> Iterator[Tag]:
    """Yield the outermost labels, texts and lists, and what stands between them, in order."""
    around = _around(cell.find_all(class_=_KNOWN), cell)
    stack = [child for child in reversed(cell.contents) if isinstance(child, Tag)]
    while stack:
        tag = stack.pop()
        names = classes(tag)
        if names & _CHROME:
            continue
        if not names.isdisjoint(_KNOWN) or tag.name == "p" or id(tag) not in around:
            yield tag
        else:
            stack.extend(child for child in reversed(tag.contents) if isinstance(child, Tag))


def _around(known: list[Tag], cell: Tag) -> set[int]:
    """Return what lies around the `known` parts of `cell`; each is visited once, however deep they nest."""
    around = {id(cell)}
    for tag in known:
        parent = tag.parent
        while parent is not None and id(parent) not in around:
            around.add(id(parent))
            parent = parent.parent
    return around


def _lone_label(block: Tag) -> str:
    """Return the label that `block` is, "" when a fact follows it in the same line."""
    words = flat(block)
    return label_of(words) if words.endswith(":") else ""


def _files(block: Tag) -> list[Tag]:
    """Return the entries of a list of files, none when `block` is no list or has no links."""
    if block.name not in {"ul", "ol"} or _TEXT in classes(block):
        return []
    return [entry for entry in block.find_all("li") if entry.find("a", href=True) is not None]


def _papers(entries: list[Tag], base: str, item: str, sizes: dict[str, str]) -> Iterator[Paper]:
    for entry in entries:
        link = entry.find("a", href=True)
        if link is None or is_restricted(entry) or is_restricted(link):
            continue
        href, title = str(link["href"]), clean(flat(link))
        paper = linked_paper(base, href, title=title, version=sizes.get(href, ""), item=item)
        if paper is not None and not is_marked(title):
            yield paper
