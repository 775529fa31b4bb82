"""Web pages, saved or fetched, from any site; ModernGov's are known by their parts."""

import re
from dataclasses import asdict

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.errors import UnreadableError
from corpus.records import Kind, Section
from ingest.decoding import decode
from ingest.html_content import drop_chrome, drop_unseen, main_part, saved_from
from ingest.html_facts import Facts, page_facts
from ingest.html_pieces import pieces_of
from ingest.outline import compose, sections_of
from ingest.parsed import Parsed
from ingest.privacy import drop_personal
from ingest.tag_count import check_tag_count

#: Pages of councils nest their tags less than 100 deep.
MAX_DEPTH = 500
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{1,30})", re.IGNORECASE)
_CHARSET_BYTES = 4096
_PROLOG = re.compile(r"<\?xml(?:[^<>]*>)?", re.IGNORECASE)
_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)


def parse_html(data: bytes) -> Parsed:
    """Return the words of a web page, with what it says about itself.

    Raises UnreadableError for a page without text, and for one with absurdly many tags or deep ones.
    """
    text, note = decode(data, declared=_declared(data))
    if not _TAG.search(text):
        raise UnreadableError("no HTML: there is not a single tag in it; give it the ending .txt")
    check_tag_count(text)
    # The parser takes a page with an XML prolog for XML and warns.
    soup = BeautifulSoup(_PROLOG.sub(" ", text), "lxml")
    depth = _depth(soup)
    if depth > MAX_DEPTH:
        raise UnreadableError(
            f"tags nested {depth:,} deep, where {MAX_DEPTH} is the most that is read: "
            "open the page in a browser and save its text, or print it to PDF"
        )
    return _parsed(soup, (note,) if note else ())


def _parsed(soup: BeautifulSoup, notes: tuple[str, ...]) -> Parsed:
    address = saved_from(soup)
    drop_unseen(soup)
    part = main_part(soup)
    facts = page_facts(soup, part, address)
    notes += drop_chrome(part)
    drop_personal(part)
    words, blocks = compose(pieces_of(part))
    if not words:
        raise UnreadableError(
            "no text in the page: its words may come from a script; print it to PDF from a browser"
        )
    sections = sections_of(words, blocks, title=facts.title)
    fields = asdict(facts) | {"kind": _kind(facts, sections)}
    return Parsed(text=words, sections=sections, notes=notes, **fields)


def _kind(facts: Facts, sections: tuple[Section, ...]) -> Kind:
    """An item's page is what it holds: minutes, a decision, or so far only the agenda."""
    if facts.kind is not Kind.MINUTES or not facts.item_number:
        return facts.kind
    roles = {section.role for section in sections}
    if roles & {"minutes", "resolved"}:
        return Kind.MINUTES
    return Kind.DECISION if "decision" in roles else Kind.AGENDA


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[:_CHARSET_BYTES])
    return match[1].decode("ascii") if match else ""


def _depth(soup: BeautifulSoup) -> int:
    """Return how deep the tags nest, without recursion."""
    deepest, level = 0, [soup.contents]
    while level:
        level = [node.contents for nodes in level for node in nodes if isinstance(node, Tag)]
        deepest += bool(level)
    return deepest
