"""A page as CMIS sends it: what tells it from others, and whether all of it has come."""

import re

from bs4 import BeautifulSoup

from corpus.errors import UnreadableError
from ingest.decoding import decode

#: Names of the modules that only CMIS has.
_MODULES = re.compile(
    rb"MeetingCalendarPublic|ViewMeetingPublic|ViewCMIS_|ModCMIS|CMIS_ModuleWrapper|CmisDocumentList|"
    rb"PE_People_PersonBlock"
)
#: Pages without such a module are known by the system below, DotNetNuke, together with the product's name.
_SYSTEM = re.compile(rb"DotNetNuke|\bdnn[_$]", re.IGNORECASE)
_PRODUCT = re.compile(rb"committee management information system|[\"'/]cmis\d?(?:public)?/", re.IGNORECASE)
_END = re.compile(rb"</html\s*>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)
#: The parser takes a page with an XML prolog for XML and warns.
_PROLOG = re.compile(r"^\s*<\?xml[^<>]*>", re.IGNORECASE)
#: So far from its end a page closes.
_END_BYTES = 4096


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
        UnreadableError: it breaks off before its end, or is no text.
    """
    if not _END.search(body[-_END_BYTES:]):
        # A month that breaks off would look like one in which fewer committees meet.
        raise UnreadableError(f"{address}: the page breaks off before its end; look again later")
    try:
        text, _ = decode(body)
    except UnreadableError as error:
        raise UnreadableError(f"{address}: {error}") from None
    return BeautifulSoup(_PROLOG.sub("", text), "lxml")
