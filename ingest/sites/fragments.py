"""One way to write a part of an item: what Word and the site leave behind is gone, the words stay in order.

The same words reach us inside a page and escaped inside an answer, with other wrappers and other line ends.
Both end as the same markup: blocks, lists, tables and emphasis, without attributes that nobody reads.
"""

import re
from dataclasses import dataclass, field
from html import escape
from typing import TypeGuard

from bs4.element import NavigableString, Tag

from ingest.html_content import classes, drop_unseen, is_inline
from ingest.privacy import drop_personal
from ingest.soup import parse_markup

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
_REAL_TAG = re.compile(r"</?[a-z]", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;/?[a-z]", re.IGNORECASE)


def fragment(markup: str) -> Tag | None:
    """Return a piece of a page, without what is unseen; None when it is blank.

    Raises UnreadableError for absurdly many tags, or deep ones.
    """
    if not _REAL_TAG.search(markup) and _ESCAPED_TAG.search(markup):
        markup = _unescape_once(markup)
    if not markup.strip():
        return None
    soup = parse_markup(f"<html><body>{markup}</body></html>")
    drop_unseen(soup)
    return soup.body


def written(tag: Tag) -> str:
    """Return the markup of what `tag` holds, "" when there are no words; `tag` loses its personal lines."""
    drop_personal(tag)
    return _Writer().write(tag)


def _unescape_once(markup: str) -> str:
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        markup = markup.replace(escaped, plain)
    return markup


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
