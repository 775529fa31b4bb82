"""Which software answers at an address, and where its base is."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from corpus.errors import FetchError, RefusedError, UnreadableError
from ingest.decoding import decode
from ingest.sites.cmis.addresses import site_base
from ingest.sites.cmis.page import is_cmis
from ingest.sites.cmis.site import CmisSite
from ingest.sites.moderngov.addresses import base_of as moderngov_base
from ingest.sites.moderngov.pages import PagesSite
from ingest.sites.moderngov.web_service import WebServiceSite
from ingest.sites.records import Software
from ingest.sites.site import Fetch, Fetched, Site
from ingest.soup import declared_charset, parse_markup

_SITES: dict[Software, Callable[[str, Fetch], Site]] = {
    Software.MODERNGOV_SERVICE: WebServiceSite,
    Software.MODERNGOV_PAGES: PagesSite,
    Software.CMIS: CmisSite,
}
#: Pages that every ModernGov site has, and that a council's own pages link to.
_MODERNGOV_PAGES = (
    "mglistcommittees.aspx",
    "iedochome.aspx",
    "mgcalendarmonthview.aspx",
    "mgmemberindex.aspx",
)


def open_site(software: str, base: str, fetch: Fetch) -> Site:
    """Return the site that was found at `base` before, without asking it anything."""
    return _SITES[Software(software)](base, fetch)


async def find_site(address: str, fetch: Fetch) -> tuple[Site, str]:
    """Find out which software answers at any address of a site, and return it with its base address.

    ModernGov's web service goes before its pages: it has all texts in full in one answer a meeting.

    Raises:
        RefusedError: the site lets nobody look.
        FetchError: it does not answer.
        UnreadableError: what answers is no software that is read.
    """
    base = moderngov_base(address)
    errors: list[Exception] = []
    if (site := await _moderngov(base, fetch, errors)) is not None:
        return site, base
    try:
        page = await fetch(address)
    except FetchError as error:
        raise _most_telling([*errors, error]) from error
    if is_cmis(page.body):
        base = site_base(page.url)
        return CmisSite(base, fetch), base
    elsewhere = _linked_base(page)
    if elsewhere not in ("", base) and (site := await _moderngov(elsewhere, fetch, errors)) is not None:
        return site, elsewhere
    if refused := next((error for error in errors if isinstance(error, RefusedError)), None):
        raise refused
    raise UnreadableError(
        f"{address}: neither ModernGov nor CMIS answers here; give the address of its committee pages"
    )


async def _moderngov(base: str, fetch: Fetch, errors: list[Exception]) -> Site | None:
    for kind in (WebServiceSite, PagesSite):
        site: Site = kind(base, fetch)
        try:
            if await site.committees():
                return site
        except (FetchError, UnreadableError) as error:
            errors.append(error)
    return None


def _most_telling(errors: list[Exception]) -> Exception:
    """A refusal says more than an error, and an error more than that something is not there."""
    for kind in (RefusedError, FetchError):
        for error in errors:
            if type(error) is kind:
                return error
    return errors[-1]


def _linked_base(page: Fetched) -> str:
    """Return the base of the ModernGov site that a council's page links to on the same host, "" if none."""
    try:
        soup = parse_markup(decode(page.body, declared=declared_charset(page.body))[0])
    except UnreadableError:
        return ""
    host = urlsplit(page.url).netloc
    for link in soup.find_all("a", href=True):
        try:
            target = urlsplit(urljoin(page.url, str(link["href"])))
        except ValueError:  # no address at all
            continue
        if target.netloc == host and target.path.rpartition("/")[2].casefold() in _MODERNGOV_PAGES:
            return moderngov_base(target.geturl())
    return ""
