import asyncio
from collections.abc import Mapping

import pytest

from corpus.errors import AbsentError, FetchError, RefusedError, UnreadableError
from ingest.sites.cmis.site import CmisSite
from ingest.sites.finding import find_site, open_site
from ingest.sites.moderngov.pages import PagesSite
from ingest.sites.moderngov.web_service import WebServiceSite
from ingest.sites.records import Software
from ingest.sites.site import PAGE_BYTES, Fetched
from tests.ingest.sites.cmis.pages import page as cmis_page
from tests.ingest.sites.moderngov.making import page as moderngov_page

BASE = "https://democracy.ashmere.example/"
SERVICE = "mgWebService.asmx/GetCommittees"
LIST = "mgListCommittees.aspx?bcr=1"
STRUCTURE = "mgCommitteeStructure.aspx"

COMMITTEES = (
    b'<?xml version="1.0"?><committees><committeescount> 1</committeescount><committee>'
    b"<committeeid>711</committeeid><committeetitle>Roads Committee</committeetitle>"
    b"<committeedeleted>False</committeedeleted><committeeexpired>False</committeeexpired>"
    b"</committee></committees>"
)
LISTED = moderngov_page(
    "Committee structure",
    "",
    '<ul><li><a href="mgCommitteeDetails.aspx?ID=711">Roads Committee</a></li></ul>',
)
OWN_PAGE = '<html><body><h1>Ashmere</h1><a href="/news">News</a><a href="{}">Meetings</a></body></html>'
OTHER = b"<html><body><h1>Ashmere Gazette</h1></body></html>"


class Web:
    """Some addresses with what they answer; there is nothing at all others."""

    def __init__(self, answers: Mapping[str, bytes | Exception]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def __call__(self, address: str, *, most: int = PAGE_BYTES) -> Fetched:
        self.asked.append(address)
        answer = self.answers.get(address, AbsentError(f"{address}: there is nothing at this address"))
        if isinstance(answer, Exception):
            raise answer
        return Fetched(address, answer, "text/html")


def find(web: Web, address: str = BASE):
    return asyncio.run(find_site(address, web))


def refusal(address: str) -> RefusedError:
    return RefusedError(f"{address}: answers 403")


def test_the_web_service_goes_before_the_pages():
    web = Web({BASE + SERVICE: COMMITTEES, BASE + LIST: LISTED})
    site, base = find(web)
    assert (type(site), site.software, base) == (WebServiceSite, Software.MODERNGOV_SERVICE, BASE)
    assert web.asked == [BASE + SERVICE]


@pytest.mark.parametrize(
    "error",
    [
        refusal(BASE + SERVICE),
        FetchError("answers 500"),
        AbsentError("nothing there"),
        UnreadableError("a web page in place of the answer"),
    ],
)
def test_the_pages_are_read_where_the_web_service_does_not_answer(error):
    site, base = find(Web({BASE + SERVICE: error, BASE + LIST: LISTED}))
    assert (type(site), site.software, base) == (PagesSite, Software.MODERNGOV_PAGES, BASE)


@pytest.mark.parametrize(
    "address",
    [
        "https://democracy.ashmere.example/moderngov/",
        "https://democracy.ashmere.example/moderngov/ieListMeetings.aspx?CId=711&Year=0",
        "https://democracy.ashmere.example/moderngov/(S(abcdefghijklmnopqrstuvwx))/mgWhatsNew.aspx",
    ],
)
def test_any_page_of_a_site_leads_to_its_base(address):
    base = f"{BASE}moderngov/"
    assert find(Web({base + SERVICE: COMMITTEES}), address)[1] == base


def test_modern_gov_goes_before_cmis_and_cmis_is_found_from_any_of_its_pages():
    address = "https://tarnwick.example/cmis5/Meetings/tabid/70/Default.aspx"
    site, base = find(Web({address: cmis_page("<h1>Meetings</h1>")}), address)
    assert (type(site), base) == (CmisSite, "https://tarnwick.example/cmis5/")
    both = {BASE: cmis_page("<h1>Meetings</h1>"), BASE + LIST: LISTED}
    assert type(find(Web(both))[0]) is PagesSite


@pytest.mark.parametrize(
    "href", ["/moderngov/mgListCommittees.aspx?bcr=1", "moderngov/IEDOCHOME.aspx?x=1#top"]
)
def test_a_council_s_own_page_leads_to_modern_gov_on_the_same_host(href):
    base = f"{BASE}moderngov/"
    site, found = find(Web({BASE: OWN_PAGE.format(href).encode(), base + SERVICE: COMMITTEES}))
    assert (type(site), found) == (WebServiceSite, base)


@pytest.mark.parametrize(
    "href",
    [
        "https://ashmere.moderngov.example/mgListCommittees.aspx",
        "http://169.254.169.254/mgListCommittees.aspx",
        "//elsewhere.example/ieDocHome.aspx",
        "https://democracy.ashmere.example:8443/ieDocHome.aspx",
        "/moderngov/someOtherPage.aspx",
        "http://[bad/mgListCommittees.aspx",
        "mailto:clerk@ashmere.example",
    ],
)
def test_other_hosts_and_other_pages_are_not_followed(href):
    web = Web({BASE: OWN_PAGE.format(href).encode()})
    with pytest.raises(UnreadableError, match="neither ModernGov nor CMIS"):
        find(web)
    assert all(asked.startswith(BASE) and "someOther" not in asked for asked in web.asked)


def test_what_is_no_address_on_a_page_hides_no_link_behind_it():
    page = '<html><a href="http://[bad">x</a><a href="/moderngov/ieDocHome.aspx">y</a></html>'
    assert (
        find(Web({BASE: page.encode(), f"{BASE}moderngov/{SERVICE}": COMMITTEES}))[1] == f"{BASE}moderngov/"
    )


def test_a_link_to_where_nothing_answered_is_not_tried_twice():
    web = Web({BASE: OWN_PAGE.format("/mgListCommittees.aspx").encode()})
    with pytest.raises(UnreadableError):
        find(web)
    assert web.asked == [BASE + SERVICE, BASE + LIST, BASE + STRUCTURE, BASE]


def test_what_is_neither_is_said_with_the_remedy():
    with pytest.raises(UnreadableError) as told:
        find(Web({BASE: OTHER}))
    assert str(told.value) == (
        f"{BASE}: neither ModernGov nor CMIS answers here; give the address of its committee pages"
    )


def test_a_refusal_tells_more_than_a_page_of_something_else():
    with pytest.raises(RefusedError, match="GetCommittees: answers 403"):
        find(Web({BASE + SERVICE: refusal(BASE + SERVICE), BASE: OTHER}))


@pytest.mark.parametrize(
    ("service", "page", "told"),
    [
        (refusal("service"), FetchError("page: answers 500"), "service: answers 403"),
        (FetchError("service: answers 500"), refusal("page"), "page: answers 403"),
        (FetchError("service: answers 500"), AbsentError("page: nothing"), "service: answers 500"),
        (AbsentError("service: nothing"), FetchError("page: answers 500"), "page: answers 500"),
        (AbsentError("service: nothing"), AbsentError("page: nothing"), "page: nothing"),
    ],
)
def test_a_refusal_tells_more_than_an_error_and_an_error_more_than_nothing(service, page, told):
    with pytest.raises(FetchError) as raised:
        find(Web({BASE + SERVICE: service, BASE: page}))
    assert str(raised.value) == told


@pytest.mark.parametrize(
    ("software", "kind"),
    [
        (Software.MODERNGOV_SERVICE, WebServiceSite),
        (Software.MODERNGOV_PAGES, PagesSite),
        (Software.CMIS, CmisSite),
    ],
)
def test_a_site_that_is_known_is_opened_without_asking_it(software, kind):
    web = Web({})
    site = open_site(str(software), BASE, web)
    assert (type(site), site.software, web.asked) == (kind, software, [])
