"""From bytes and fragments to parsed markup, with what no reader sees taken out."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.errors import UnreadableError
from ingest.decoding import decode
from ingest.html import MAX_DEPTH
from ingest.html_content import drop_unseen
from ingest.tag_count import check_tag_count

#: The parser takes a page with an XML prolog for XML and warns.
_PROLOG = re.compile(r"<\?xml(?:[^<>]*>)?", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{1,30})", re.IGNORECASE)
_CHARSET_BYTES = 4096
#: No real page is without either; one that is has been cut off on its way.
_END = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_REAL_TAG = re.compile(r"</?[a-z]", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;/?[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a site: `part` is what ModernGov has put into the council's own frame."""

    soup: BeautifulSoup
    part: Tag

    @property
    def heading(self) -> str:
        """What the page calls itself ("Agenda and draft minutes")."""
        found = self.part.find("h1")
        return found.get_text() if found is not None else ""

    @property
    def content(self) -> Tag:
        """The part without the site's own links, or all of it where the page does not set it apart."""
        return self.part.find(class_="mgContent") or self.part


def shown(data: bytes, what: str) -> Shown:
    """Return the page in `data`; scripts and hidden text are still in it.

    Raises UnreadableError, which names `what`, for anything that is no page of ModernGov.
    """
    try:
        text, _ = decode(data, declared=_declared(data))
        check_tag_count(text)
    except UnreadableError as error:
        raise UnreadableError(f"{what}: {error}") from None
    soup = BeautifulSoup(_PROLOG.sub(" ", text), "lxml")
    part = soup.find(id="modgov")
    if part is None:
        raise UnreadableError(f"{what}: no page of ModernGov, but something else in its place")
    if not _END.search(text):
        raise UnreadableError(f"{what}: the page breaks off before its end")
    if _is_deep(soup):
        raise UnreadableError(f"{what}: tags nested more than {MAX_DEPTH} deep")
    return Shown(soup, part)


def fragment(markup: str) -> Tag | None:
    """Return a piece of a page, without what is unseen; None when it is blank.

    Raises UnreadableError for absurdly many tags, or deep ones.
    """
    if not _REAL_TAG.search(markup) and _ESCAPED_TAG.search(markup):
        markup = _unescape_once(markup)
    if not markup.strip():
        return None
    check_tag_count(markup)
    soup = BeautifulSoup(f"<html><body>{_PROLOG.sub(' ', markup)}</body></html>", "lxml")
    if _is_deep(soup):
        raise UnreadableError(f"tags nested more than {MAX_DEPTH} deep")
    drop_unseen(soup)
    return soup.body


def _unescape_once(markup: str) -> str:
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        markup = markup.replace(escaped, plain)
    return markup


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[:_CHARSET_BYTES])
    return match[1].decode("ascii") if match else ""


def _is_deep(soup: BeautifulSoup) -> bool:
    """Return whether the tags nest deeper than any council's do, without recursion."""
    depth, level = 0, [soup.contents]
    while level and depth <= MAX_DEPTH:
        level = [node.contents for nodes in level for node in nodes if isinstance(node, Tag)]
        depth += bool(level)
    return depth > MAX_DEPTH
