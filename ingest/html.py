"""Web pages, saved or fetched, from any site; ModernGov's are known by their parts."""

import re
from dataclasses import asdict

from bs4 import BeautifulSoup

from corpus.errors import UnreadableError
from corpus.records import Kind, Section
from ingest.decoding import decode
from ingest.html_content import drop_chrome, drop_unseen, main_part, saved_from
from ingest.html_facts import Facts, page_facts
from ingest.html_pieces import pieces_of
from ingest.outline import compose, sections_of
from ingest.parsed import Parsed
from ingest.privacy import drop_personal
from ingest.soup import declared_charset, parse_markup

_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)


def parse_html(data: bytes) -> Parsed:
    """Return the words of a web page, with what it says about itself.

    Raises UnreadableError for a page without text, and for one with absurdly many tags or deep ones.
    """
    text, note = decode(data, declared=declared_charset(data))
    if not _TAG.search(text):
        raise UnreadableError("no HTML: there is not a single tag in it; give it the ending .txt")
    try:
        soup = parse_markup(text)
    except UnreadableError as error:
        remedy = "open the page in a browser and save its text, or print it to PDF"
        raise UnreadableError(f"{error}: {remedy}") from None
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
