"""A page as CMIS sends it: what tells it from others, and whether all of it has come."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from corpus.errors import UnreadableError
from ingest.decoding import decode
from ingest.html_content import flat
from ingest.soup import parse_markup

#: Names of the modules that only CMIS has.
_MODULES = re.compile(
    rb"MeetingCalendarPublic|ViewMeetingPublic|ViewCMIS_|ModCMIS|CMIS_ModuleWrapper|CmisDocumentList|"
    rb"PE_People_PersonBlock"
)
#: Pages without such a module are known by the system below, DotNetNuke, together with the product's name.
_SYSTEM = re.compile(rb"DotNetNuke|\bdnn[_$]", re.IGNORECASE)
_PRODUCT = re.compile(rb"committee management information system|[\"'/]cmis\d?(?:public)?/", re.IGNORECASE)
_END = re.compile(rb"</html\s*>", re.IGNORECASE)
#: The parser takes a page with an XML prolog for XML and warns.
#: So far from its end a page closes.
_END_BYTES = 4096
#: What names something (a label, a day, a committee) has no more parts and characters than these.
_NAME_NODES = 100
_NAME_CHARACTERS = 1000


def is_cmis(body: bytes) -> bool:
    """Return whether the page `body` is one that CMIS has made."""
    if _MODULES.search(body):
        return True
    return _SYSTEM.search(body) is not None and _PRODUCT.search(body) is not None


def parse_page(body: bytes, address: str) -> BeautifulSoup:
    """Return the page at `address` as a tree.

    Raises:
        UnreadableError: it is no page of CMIS, or it breaks off before its end.
    """
    if not is_cmis(body):
        raise UnreadableError(f"{address}: not a CMIS page; open it in a browser to see what the site sends")
    return parse_any_page(body, address)


def parse_any_page(body: bytes, address: str) -> BeautifulSoup:
    """Return a page of the site at `address` as a tree, one of the council's own or one that CMIS fills.

    Raises:
        UnreadableError: it breaks off before its end, is no text, or has absurdly many tags or deep ones.
    """
    if not _END.search(body[-_END_BYTES:]):
        # A month that breaks off would look like one in which fewer committees meet.
        raise UnreadableError(f"{address}: the page breaks off before its end; look again later")
    try:
        text, _ = decode(body)
        return parse_markup(text)
    except UnreadableError as error:
        raise UnreadableError(f"{address}: {error}") from None


def name_in(tag: Tag) -> str:
    """Return the words of `tag` on one line, "" for too many of them to name anything.

    Tags stand inside each other, so what is asked of each must not read all that is in it.
    """
    nodes = list(islice(tag.descendants, _NAME_NODES + 1))
    length = sum(len(node) for node in nodes if isinstance(node, NavigableString))
    return flat(tag) if len(nodes) <= _NAME_NODES and length <= _NAME_CHARACTERS else ""


def outermost(tags: Iterable[Tag]) -> Iterator[Tag]:
    """Yield those of `tags`, which are in the order of the page, that do not stand inside another."""
    inside: set[int] = set()
    for tag in tags:
        if id(tag) not in inside:
            inside = {id(inner) for inner in tag.find_all(True)}
            yield tag
