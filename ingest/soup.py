"""From the markup of a page to its tree; what costs far more to read than any council's page is refused."""

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.errors import UnreadableError

#: Pages of councils nest their tags less than 100 deep.
MAX_DEPTH = 500
#: The largest real pages have some thousand. So many take two seconds and 120 MB: the tree of a tag costs a
#: thousand times the bytes that it takes.
MOST_TAGS = 200_000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{1,30})", re.IGNORECASE)
_CHARSET_BYTES = 4096
#: The parser takes a page with an XML prolog for XML and warns.
_PROLOG = re.compile(r"<\?xml(?:[^<>]*>)?", re.IGNORECASE)


def declared_charset(data: bytes) -> str:
    """Return the encoding that a page says it has, "" when it does not say."""
    match = _CHARSET.search(data[:_CHARSET_BYTES])
    return match[1].decode("ascii") if match else ""


def parse_markup(markup: str) -> BeautifulSoup:
    """Return the tree of `markup`.

    Raises:
        UnreadableError: it has absurdly many tags, or nests them absurdly deep; the message names no page.
    """
    check_tag_count(markup)
    soup = BeautifulSoup(_PROLOG.sub(" ", markup), "lxml")
    if _is_deep(soup):
        raise UnreadableError(f"tags nested more than {MAX_DEPTH} deep")
    return soup


def check_tag_count(markup: str) -> None:
    """Pass over markup that costs little to read.

    Raises:
        UnreadableError: it has more tags than any page that was written for people.
    """
    # A closing tag counts, too: nothing is quicker than to count brackets.
    count = markup.count("<")
    if count > MOST_TAGS:
        raise UnreadableError(f"{count:,} tags, where {MOST_TAGS:,} is the most that is read")


def _is_deep(soup: BeautifulSoup) -> bool:
    """Tell whether tags nest deeper than any council's do, without recursion."""
    depth, level = 0, [soup.contents]
    while level and depth <= MAX_DEPTH:
        level = [node.contents for nodes in level for node in nodes if isinstance(node, Tag)]
        depth += bool(level)
    return depth > MAX_DEPTH
