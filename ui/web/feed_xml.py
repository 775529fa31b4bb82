"""A feed as Atom (RFC 4287)."""

import re
from datetime import datetime
from importlib.metadata import version

from lxml import etree

from index.records import Sort
from ui.web.feed_entries import Entry, Feed
from ui.web.markup.escape import web_address
from ui.web.markup.feed import MEDIA_TYPE, entry_content, entry_title, feed_address
from ui.web.markup.links import at_document
from ui.web.markup.searched import filters_in_words
from ui.web.state import State, View, write_address

_ATOM = "http://www.w3.org/2005/Atom"
#: No XML 1.0 may hold these, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_as_xml(feed: Feed, base: str) -> bytes:
    """Return `feed` as a file; `base` is the whole address of the page, without the slash at its end."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    state = feed.state
    limits = filters_in_words(state.filters)
    _add(root, "id", feed.id)
    _add(root, "title", f"{state.text}{f' ({limits})' if limits else ''} · Minutebook")
    _add(root, "subtitle", _subtitle(feed))
    _add(root, "updated", _instant(feed.updated))
    _add(root, "generator", "Minutebook", version=version("minutebook"))
    _add(_add(root, "author"), "name", "Minutebook")
    page = State(View.SEARCH, state.text, filters=state.filters, sort=Sort.NEWEST)
    _link(root, "self", feed_address(state, root=base), MEDIA_TYPE)
    _link(root, "alternate", f"{base}/{write_address(page)}", "text/html")
    for entry in feed.entries:
        _add_entry(root, entry, base)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _add_entry(root: etree._Element, entry: Entry, base: str) -> None:
    header, hit = entry.result.header, entry.result.hit
    item = f"{base}/{write_address(at_document(hit.document_id, hit.start, hit.end))}#quote"
    public = web_address(entry.result.link)
    one = _add(root, "entry")
    _add(one, "id", entry.id)
    _add(one, "title", entry_title(entry.result))
    _add(one, "updated", _instant(entry.updated))
    if entry.published:
        _add(one, "published", _instant(entry.published))
    if header.council.strip():
        _add(_add(one, "author"), "name", header.council)
    for term in filter(None, (header.committee, header.kind)):
        _add(one, "category", term=term)
    _link(one, "alternate", public or item, "text/html")
    if public:
        _link(one, "related", item, "text/html")
    _add(one, "content", entry_content(entry.result, item, root=base), type="html")


def _subtitle(feed: Feed) -> str:
    """Return what was searched for, and what to know of it: not to find is not the same as not to look."""
    lines = [f"The newest minutes first. Searched for {feed.interpreted}.", *feed.notes]
    if feed.warnings:
        lines.append("Not all sources could be looked at; what is missing may stand there:")
    return "\n".join((*lines, *feed.warnings))


def _add(parent: etree._Element, name: str, words: str = "", **attributes: str) -> etree._Element:
    clean = {key: _clean(value) for key, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    child.text = _clean(words) or None
    return child


def _link(parent: etree._Element, rel: str, href: str, media_type: str) -> None:
    _add(parent, "link", rel=rel, href=href, type=media_type)


def _clean(words: str) -> str:
    return _FORBIDDEN.sub("\ufffd", words)


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
