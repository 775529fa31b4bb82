"""One way to write a part: what Word and the site leave behind is gone, the words and their order stay.

The same words reach us inside a page and escaped inside an answer, with other wrappers and other line ends.
Both end as the same markup: blocks, lists, tables and emphasis, without attributes that nobody reads.
"""

import re
from dataclasses import dataclass, field
from html import escape
from typing import TypeGuard

from bs4.element import NavigableString, Tag

from ingest.html_content import classes, is_inline
from ingest.sites.moderngov.addresses import number_of, page_of
from ingest.sites.moderngov.wording import RECORDED_VOTE, label_of
from ingest.sites.privacy import drop_personal

#: Emphasis that shows what a line is; other tags within a line say nothing.
_EMPHASIS = frozenset("b strong i em u s strike del sub sup".split())
_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption tr td th".split())
#: They only group the rows of a table.
_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_VOID = frozenset("img col colgroup area base link meta source track wbr".split())
_BREAKS = frozenset({"br", "hr"})
#: A cell without words still moves the ones after it.
_KEPT_EMPTY = frozenset({"td", "th"})
_KEPT_ATTRIBUTES = {"ol": ("type", "start"), "li": ("value", "type"), "table": ("role",)}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*[a-z-]+", re.IGNORECASE)
_WORD_LIST = "MsoListParagraph"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DOTS = ("...", "…")
_WHOLE_TEXT = re.compile(r"view the full\b.*\btext for item", re.IGNORECASE | re.DOTALL)
_VOTES_PAGE = "mglistrecordedvotesshort.aspx"


def write(tag: Tag) -> str:
    """Return the markup of what `tag` holds, "" when there are no words; `tag` loses its personal lines."""
    drop_personal(tag)
    for link in tag.find_all("a"):
        if page_of(str(link.get("href") or "")) == _VOTES_PAGE:
            (link.find_parent("li") or link).decompose()
    return _Writer().write(tag)


def drop_cut(tag: Tag, item: str) -> bool:
    """Remove the links to the whole of a text that the page has cut; return whether there was one."""
    links = [link for link in tag.find_all("a") if _leads_to_whole(link, item)]
    for link in links:
        if before := _string_before(link, tag):
            before.replace_with(_without_dots(before))
        link.decompose()
    return bool(links)


def take_votes(tag: Tag) -> list[Tag]:
    """Take the tables of recorded votes out of `tag`; their caption goes, it is the label of the part."""
    votes = []
    for caption in tag.find_all("caption"):
        table = caption.find_parent("table")
        if table is not None and label_of(caption.get_text()) == RECORDED_VOTE:
            caption.decompose()
            votes.append(table.extract())
    return votes


def _leads_to_whole(link: Tag, item: str) -> bool:
    address = str(link.get("href") or "")
    if page_of(address) != "mgai.aspx":
        return False
    # The link is worded in the language of the site; minutes link to other items, hardly to their own.
    return number_of(address, "id") == item or _WHOLE_TEXT.search(link.get_text()) is not None


def _without_dots(words: str) -> str:
    words = words.rstrip()
    for dots in _DOTS:
        words = words.removesuffix(dots)
    return words.rstrip()


def _string_before(link: Tag, within: Tag) -> NavigableString | None:
    """Return the last string before `link` that is not blank, so long as it stands in `within`."""
    for node in link.previous_elements:
        if node is within:
            return None
        if type(node) is NavigableString and node.strip():
            return node
    return None


@dataclass(slots=True)
class _Writer:
    """What has been written, and how many strings of it have words."""

    out: list[str] = field(default_factory=list)
    worded: int = 0
    #: Whether a block has just begun or ended, so that blanks there mean nothing.
    at_edge: bool = True
    verbatim: int = 0

    def write(self, part: Tag) -> str:
        """Return the markup of the contents of `part`; a stack instead of recursion."""
        stack: list[tuple[Tag | NavigableString, tuple[str, int, int] | None]] = []
        stack.extend((child, None) for child in reversed(part.contents) if _is_node(child))
        while stack:
            node, opened = stack.pop()
            if isinstance(node, NavigableString):
                self._text(node)
            elif opened is not None:
                self._close(*opened)
            elif node.name not in _VOID:
                if name := _written_name(node):
                    stack.append((node, self._open(node, name)))
                stack.extend((child, None) for child in reversed(node.contents) if _is_node(child))
        self._edge()
        return "".join(self.out)

    def _text(self, string: str) -> None:
        if self.verbatim:
            words = string
        else:
            words = _BLANKS.sub(" ", string)
            if self.at_edge:
                words = words.lstrip()
        if words:
            self.out.append(escape(words, quote=False))
            self.worded += bool(words.strip())
            self.at_edge = False

    def _open(self, tag: Tag, name: str) -> tuple[str, int, int]:
        if name in _BLOCKS:
            self._edge()
        opened = (name, len(self.out), self.worded)
        self.out.append(f"<{name}{_attributes(tag, name)}>")
        self.verbatim += name == "pre"
        return opened

    def _close(self, name: str, start: int, worded: int) -> None:
        if name in _BLOCKS:
            self._edge()
        self.verbatim -= name == "pre"
        if name in _BREAKS:
            self.at_edge = True
        elif self.worded > worded or name in _KEPT_EMPTY:
            self.out.append(f"</{name}>")
        else:
            words = " " if name not in _BLOCKS and "".join(self.out[start + 1 :]) else ""
            del self.out[start:]
            self.out.extend(filter(None, [words]))

    def _edge(self) -> None:
        """Drop the blanks before a block begins or ends."""
        while self.out and not self.at_edge and not self.verbatim and not self.out[-1].startswith("<"):
            if words := self.out.pop().rstrip():
                self.out.append(words)
                break
        self.at_edge = True


def _is_node(node: object) -> TypeGuard[Tag | NavigableString]:
    """Comments, declarations and data sections are the subclasses of a plain string."""
    return isinstance(node, Tag) or type(node) is NavigableString


def _written_name(tag: Tag) -> str:
    """Return the name that `tag` is written under, "" when only its contents are."""
    name = tag.name.lower()
    if name in _BREAKS:
        return name
    if is_inline(tag):
        return name if name in _EMPHASIS else ""
    if name in _GROUPS:
        return ""
    if name in _BLOCKS and name != "div":
        return name
    return "div" if _has_line(tag) else ""


def _has_line(tag: Tag) -> bool:
    """Return whether words stand in `tag` itself, not only in the blocks inside it."""
    return any(
        child.get_text().strip()
        if isinstance(child, Tag)
        else type(child) is NavigableString and child.strip()
        for child in tag.contents
        if not isinstance(child, Tag) or is_inline(child)
    )


def _attributes(tag: Tag, name: str) -> str:
    kept = {key: str(tag[key]) for key in _KEPT_ATTRIBUTES.get(name, ()) if tag.get(key)}
    if name in {"ol", "ul", "li"} and (style := _LIST_STYLE.search(str(tag.get("style") or ""))):
        kept["style"] = style[0]
    if name == "p" and any(of.startswith(_WORD_LIST) for of in classes(tag)):
        kept["class"] = _WORD_LIST
    return "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
