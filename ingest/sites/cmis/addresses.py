"""The addresses of a CMIS site: where its calendar lives, and what follows from that.

Every view of meetings belongs to one module of one page, and both have numbers that differ between
councils: `{page}/tabid/{tab}/ctl/{view}/mid/{module}/…/Default.aspx`. The numbers stand in the links and in
the names of the controls of the site's own pages, nowhere else.
"""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from ingest.sites.cmis.page import name_in

_CONTROL = re.compile(r"\bdnn[$_]ctr(?P<module>\d+)[$_]MeetingCalendarPublic\w*[$_]")
_VIEW = re.compile(
    r"(?P<tab>/tabid/\d+)/ctl/(?:ViewMeetingPublic|MeetingCalendar\w*)/mid/(?P<module>\d+)(?:/|$)",
    re.IGNORECASE,
)
_TAB = re.compile(r"/tabid/\d+(?=/|$)", re.IGNORECASE)
#: How the system below tells its scripts which page they run on.
_TAB_VARIABLE = re.compile(r"[`\"']sf_tabId[`\"']\s*:\s*[`\"'](?P<tab>\d+)[`\"']")
_MEETING = re.compile(r"/Meeting/(?P<meeting>\d+)/Committee/(?P<committee>\d+)(?:/|$)", re.IGNORECASE)
_COMMITTEE = re.compile(r"/ctl/ViewCMIS_CommitteeDetails/.*?\bid/(?P<committee>\d+)(?:/|$)", re.IGNORECASE)
_CALENDAR_PAGE = re.compile(r"calendar|meetings?\b", re.IGNORECASE)
_COMMITTEES_PAGE = re.compile(r"committees?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Module:
    """The module that shows the meetings: `page` as far as its tab ("https://…/Meetings/tabid/70")."""

    page: str
    number: str

    def month(self, month: str) -> str:
        """Return the address of the calendar of `month` ("2026-06")."""
        return self._view("MeetingCalendarPublicNoJava", f"Date/{month}-01")

    def current(self) -> str:
        """Return the address of the list of the current month's meetings."""
        return list_view(f"{_page(self.page)}.aspx", self.number)

    def meeting(self, meeting: str, committee: str) -> str:
        """Return the address of a meeting, the same whichever link has led to it."""
        return self._view("ViewMeetingPublic", f"Meeting/{meeting}/Committee/{committee}")

    def _view(self, view: str, what: str) -> str:
        return f"{self.page}/ctl/{view}/mid/{self.number}/{what}/Default.aspx"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page and its words."""

    address: str
    words: str


def site_base(address: str) -> str:
    """Return where the CMIS site lives that has a page at `address`: the first folder of the host.

    "https://ashmere.example/cmis5/Meetings/tabid/70/Default.aspx" → "https://ashmere.example/cmis5/"
    """
    parts = urlsplit(address)
    first, *more = [segment for segment in parts.path.split("/") if segment] or [""]
    folder = first and (bool(more) or not first.lower().endswith(".aspx"))
    return urlunsplit((parts.scheme, parts.netloc, f"/{first}/" if folder else "/", "", ""))


def list_view(address: str, module: str) -> str:
    """Return the list of the current month's meetings, a view of the calendar page at `address`."""
    parts = urlsplit(address)
    query = f"ctl=MeetingCalendarListView&mid={module}"
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def links_of(part: Tag, address: str) -> tuple[Link, ...]:
    """Return the links in `part` of the page at `address`, in order.

    Pages that come by https name themselves with http now and then: those links are set right.
    """
    base = urlsplit(address)
    found = []
    for tag in part.find_all("a", href=True):
        try:
            parts = urlsplit(urljoin(address, str(tag["href"]).strip()))
        except ValueError:
            continue
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            continue
        if parts.netloc.lower() == base.netloc.lower():
            parts = parts._replace(scheme=base.scheme)
        found.append(Link(urlunsplit(parts), name_in(tag)))
    return tuple(found)


def module_number(soup: BeautifulSoup) -> str | None:
    """Return the number of the module that a page shows the calendar with, None if it shows none."""
    for tag in soup.find_all(True):
        for attribute in ("name", "id"):
            value = tag.get(attribute)
            if isinstance(value, str) and (match := _CONTROL.search(value)):
                return match["module"]
    return None


def find_module(soup: BeautifulSoup, address: str) -> Module | None:
    """Return the module that shows the meetings, as the page at `address` tells, None if it does not.

    A link to a view of it tells all; otherwise its number stands in the names of controls, and the tab in
    the address of the page, of its form, of a link to the page itself, or in what its scripts are told.
    """
    links = links_of(soup, address)
    for link in links:
        match = _VIEW.search(urlsplit(link.address).path)
        if match and _same_host(link.address, address):
            return Module(_until(link.address, match.end("tab")), match["module"])
    number = module_number(soup)
    if number is None:
        return None
    for candidate in (address, *_forms(soup, address), *(link.address for link in links)):
        match = _TAB.search(urlsplit(candidate).path)
        if match and _page(candidate).lower() == _page(address).lower():
            return Module(_until(candidate, match.end()), number)
    variables = soup.find(id="__dnnVariable")
    match = _TAB_VARIABLE.search(str(variables.get("value")) if variables else "")
    return Module(f"{_page(address)}/tabid/{match['tab']}", number) if match else None


def meeting_keys(address: str) -> tuple[str, str] | None:
    """Return the numbers of the meeting and of its committee in the address of a meeting's page."""
    match = _MEETING.search(urlsplit(address).path)
    return (match["meeting"], match["committee"]) if match else None


def committee_key(address: str) -> str | None:
    """Return the number of a committee in the address of its page."""
    match = _COMMITTEE.search(urlsplit(address).path)
    return match["committee"] if match else None


def calendar_pages(soup: BeautifulSoup, address: str) -> tuple[str, ...]:
    """Return the pages that a menu at `address` leads to and that may hold the calendar, likeliest first."""
    pages = _pages(soup, address, _CALENDAR_PAGE)
    return tuple(sorted(pages, key=lambda page: "calendar" not in page.lower()))


def committee_pages(soup: BeautifulSoup, address: str) -> tuple[str, ...]:
    """Return the pages that a menu at `address` leads to and that may list the committees."""
    return _pages(soup, address, _COMMITTEES_PAGE)


def _pages(soup: BeautifulSoup, address: str, names: re.Pattern[str]) -> tuple[str, ...]:
    """The pages of this site, none of a module's views, whose names are such."""
    found: dict[str, None] = {}
    for link in links_of(soup, address):
        path = urlsplit(link.address).path
        ours = _same_host(link.address, address) and site_base(link.address) == site_base(address)
        name = _page(link.address).rsplit("/", 1)[-1]
        if ours and path.lower().endswith(".aspx") and "/ctl/" not in path.lower() and names.search(name):
            found[urlunsplit(urlsplit(link.address)._replace(query="", fragment=""))] = None
    return tuple(found)


def _forms(soup: BeautifulSoup, address: str) -> tuple[str, ...]:
    try:
        return tuple(urljoin(address, str(form["action"])) for form in soup.find_all("form", action=True))
    except ValueError:
        return ()


def _page(address: str) -> str:
    """A page without its tab and ending: ".../Meetings/tabid/70/Default.aspx" → ".../Meetings"."""
    path = urlsplit(address).path
    match = _TAB.search(path) or re.search(r"\.aspx$|/?$", path, re.IGNORECASE)
    return _until(address, match.start() if match else len(path))


def _until(address: str, end: int) -> str:
    """`address` as far as the character `end` of its path."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, parts.path[:end], "", ""))


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).netloc.lower() == urlsplit(other).netloc.lower()
