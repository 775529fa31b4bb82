"""Feeds, as a feed reader takes them."""

from html.parser import HTMLParser

import feedparser
from lxml import etree

from ui.web.state import State, read_address

ATOM = "{http://www.w3.org/2005/Atom}"
#: What RFC 4287 wants of every feed and entry.
WANTED = ("id", "title", "updated")


def read(content: bytes) -> feedparser.FeedParserDict:
    """Return a feed as a feed reader understands it; fail if it has anything to complain about."""
    feed = feedparser.parse(content, sanitize_html=False)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    root = etree.fromstring(content)
    for part in (root, *root.iter(f"{ATOM}entry")):
        for name in WANTED:
            (found,) = part.findall(f"{ATOM}{name}")
            assert found.text
        assert part.findall(f"{ATOM}link[@rel='alternate']")
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids))
    assert feed.feed.id not in ids
    return feed


class Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.quoted: list[str] = []
        self.all: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._inside = self._inside or tag == "blockquote"
        self.handle_data(" ")

    def handle_endtag(self, tag):
        self._inside = self._inside and tag != "blockquote"
        self.handle_data(" ")

    def handle_data(self, data):
        self.all.append(data)
        if self._inside:
            self.quoted.append(data)


def words(html: str) -> str:
    return " ".join("".join(Words(html).all).split())


def quoted(html: str) -> str:
    return " ".join("".join(Words(html).quoted).split())


def links(part: feedparser.FeedParserDict) -> dict[str, str]:
    return {link.rel: link.href for link in part.links}


def opened(entry: feedparser.FeedParserDict, url: str) -> State:
    """Return what the page shows where an entry leads to."""
    ways = links(entry)
    address = ways.get("related", ways["alternate"])
    assert address.startswith(f"{url}/?")
    assert address.endswith("#quote")
    return read_address(address.removeprefix(f"{url}/").removesuffix("#quote"))


def content_of(content: bytes) -> str:
    """Return the HTML of the first entry as it was sent."""
    return etree.fromstring(content).findtext(f"{ATOM}entry/{ATOM}content") or ""
