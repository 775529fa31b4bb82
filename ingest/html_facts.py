"""What a page says about itself: title, address, meeting, kind."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.records import Kind, Status
from ingest.dates import find_meeting_date
from ingest.html_content import LINK_CHARACTERS, classes, flat, tidy

#: A heading that says nothing: the page's own title says more.
_BARE = re.compile(r"(?:agenda|minutes|meetings?|documents?|decisions?|home|cofnodion)", re.IGNORECASE)
_ITEM_PAGE = re.compile(r"(?:agenda item|eitem (?:ar yr )?agenda)\b", re.IGNORECASE)
_MEETING_LINK = re.compile(
    r"meeting of (?P<committee>.+?),\s*(?P<day>(?:[a-z]+,?\s+)?\d.*?)\s*(?:\(item\s*(?P<item>.+?)\.?\))?\s*$",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(
    r"(?P<committee>.+?)\s+[-–]\s+(?:[A-Z]\w+,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]\w+,?\s+\d{4}"
)
_COUNCIL = re.compile(
    r"(?:[\w'’.&-]+ ){1,8}council|(?:(?:london|royal) borough|city) of [\w ]{3,40}|cyngor [\w ]{3,40}",
    re.IGNORECASE,
)
#: The name that ModernGov shows where a council has set none.
_UNNAMED = "modern council"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself; "" and None where it is silent."""

    title: str = ""
    url: str = ""
    kind: Kind = Kind.MINUTES
    council: str = ""
    committee: str = ""
    meeting_date: str | None = None
    item_number: str = ""
    status: Status = Status.UNKNOWN


def page_facts(soup: BeautifulSoup, part: Tag, saved_from: str) -> Facts:
    """Return what the page says about itself; `part` still has the site's own links."""
    url = next(filter(None, map(_address, (_link(soup), _meta(soup, "og:url"), saved_from))), "")
    shown = tidy(soup.title.get_text()) if soup.title is not None else ""
    council = _council(_meta(soup, "og:site_name"), shown)
    if part.get("id") == "modgov":
        return _moderngov(soup, part, shown, council, url)
    first = part.find("h1")
    heading = flat(first) if first is not None else ""
    named = _meta(soup, "og:title") or _without_site(shown, council or _meta(soup, "og:site_name"))
    title = heading if heading and not _BARE.fullmatch(heading) else named or heading
    return Facts(title=title, url=url, council=council, status=_status(heading or named))


def _moderngov(soup: BeautifulSoup, part: Tag, shown: str, council: str, url: str) -> Facts:
    first = part.find("h1")
    heading = flat(first) if first is not None else ""
    second = part.find(lambda tag: "mgSubTitleTxt" in classes(tag))
    name = flat(second) if second is not None else ""
    if _ITEM_PAGE.match(heading):
        return _item_page(soup, part, name or _item_title(shown), council, url)
    if met := _COMMITTEE.match(name):
        return Facts(
            title=name,
            url=url,
            kind=_kind(heading),
            council=council,
            committee=met["committee"],
            meeting_date=_published_day(soup) or find_meeting_date(name, ""),
            status=_status(heading),
        )
    if re.match(r"decision details", heading, re.IGNORECASE):
        return Facts(title=name or heading, url=url, kind=Kind.DECISION, council=council)
    title = " – ".join(filter(None, (heading, name))) or shown
    return Facts(title=title, url=url, kind=Kind.OTHER, council=council)


def _item_page(soup: BeautifulSoup, part: Tag, title: str, council: str, url: str) -> Facts:
    links = (_MEETING_LINK.match(flat(link)[:LINK_CHARACTERS]) for link in part.find_all("a"))
    met = next(filter(None, links), None)
    worded = find_meeting_date(f"{met['committee']} meeting {met['day']}", "") if met else None
    return Facts(
        title=title,
        url=url,
        council=council,
        committee=met["committee"] if met else "",
        meeting_date=worded or _published_day(soup),
        item_number=(met["item"] or "") if met else "",
    )


def _item_title(shown: str) -> str:
    """The title of an item page's window: "Agenda item - Title - Site"."""
    parts = shown.split(" - ")
    return " - ".join(parts[1:-1]) if len(parts) > 2 else shown


def _kind(heading: str) -> Kind:
    words = heading.casefold()
    for word, kind in (("minutes", Kind.MINUTES), ("decisions", Kind.DECISION), ("agenda", Kind.AGENDA)):
        if word in words:
            return kind
    return Kind.OTHER


def _status(heading: str) -> Status:
    return Status.DRAFT if re.search(r"\bdraft\b.*\bminutes\b", heading, re.IGNORECASE) else Status.UNKNOWN


def _published_day(soup: BeautifulSoup) -> str | None:
    """The day in DC.date, which on pages of a meeting is the day that it met."""
    try:
        return date.fromisoformat(_meta(soup, "DC.date")).isoformat()
    except ValueError:
        return None


def _meta(soup: BeautifulSoup, name: str) -> str:
    for tag in soup.find_all("meta"):
        if name.casefold() in (str(tag.get("name")).casefold(), str(tag.get("property")).casefold()):
            return tidy(str(tag.get("content") or ""))
    return ""


def _link(soup: BeautifulSoup) -> str:
    for tag in soup.find_all("link"):
        if "canonical" in str(tag.get("rel")).casefold():
            return str(tag.get("href") or "")
    return ""


def _address(url: str) -> str:
    """Return `url` if a reader can follow it, otherwise ""."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    usable = parts.scheme in {"http", "https"} and parts.hostname and url.isprintable()
    return url.strip().replace(" ", "%20") if usable else ""


def _council(site: str, shown: str) -> str:
    for name in (site, re.split(r"\s[-–|·]\s", shown)[-1]):
        if _COUNCIL.fullmatch(name) and name.casefold() != _UNNAMED:
            return name
    return ""


def _without_site(shown: str, site: str) -> str:
    return re.sub(rf"\s[-–|·]\s{re.escape(site)}$", "", shown) if site else shown
