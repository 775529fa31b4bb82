import asyncio

import pytest

from corpus.errors import AbsentError, FetchError, UnreadableError
from ingest.sites.moderngov.pages import PagesSite
from ingest.sites.moderngov.service import meetings_asked
from ingest.sites.moderngov.web_service import WebServiceSite
from ingest.sites.records import Item, ListedCommittee, Software
from ingest.sites.site import Site
from tests.ingest.sites.moderngov.making import BASE, LISTED, Told, answered, block, meeting_page, page, row

STRUCTURE = page("Committee structure", "", '<a href="mgCommitteeDetails.aspx?ID=711">Roads Committee</a>')


def test_both_are_sites_of_their_software() -> None:
    sites: list[Site] = [WebServiceSite(BASE, Told({})), PagesSite(BASE, Told({}))]
    assert [site.software for site in sites] == [Software.MODERNGOV_SERVICE, Software.MODERNGOV_PAGES]


def test_any_address_of_the_site_will_do() -> None:
    fetch = Told({f"{BASE}mgWebService.asmx/GetMeeting?lMeetingId=10221": answered()})
    site = WebServiceSite(f"{BASE}(S(abc))/mgWebService.asmx?WSDL", fetch)
    assert asyncio.run(site.meeting(LISTED)).key == "10221"


def test_committees_stand_on_one_of_two_pages() -> None:
    first, second = f"{BASE}mgListCommittees.aspx?bcr=1", f"{BASE}mgCommitteeStructure.aspx"
    fetch = Told({first: AbsentError("no such page"), second: STRUCTURE})
    assert asyncio.run(PagesSite(BASE, fetch).committees()) == (ListedCommittee("711", "Roads Committee"),)
    assert fetch.asked == [first, second]
    fetch = Told({first: STRUCTURE})
    asyncio.run(PagesSite(BASE, fetch).committees())
    assert fetch.asked == [first]


def test_a_site_that_was_found_by_its_committees_is_not_asked_for_them_again() -> None:
    first = f"{BASE}mgListCommittees.aspx?bcr=1"
    fetch = Told({first: STRUCTURE})
    site = PagesSite(BASE, fetch)
    assert asyncio.run(site.committees()) == asyncio.run(site.committees())
    assert fetch.asked == [first]


@pytest.mark.parametrize("answer", [FetchError("500"), b"<html></html>", b"<getmeetings></getmeetings>"])
def test_a_site_that_cannot_list_all_at_once_says_none(answer: bytes | Exception) -> None:
    address = meetings_asked(BASE, "0", "2026-01-01", "2026-02-01")
    site = WebServiceSite(BASE, Told({address: answer}))
    assert asyncio.run(site.all_meetings("2026-01-01", "2026-02-01")) is None


def test_a_failing_committee_list_is_an_error() -> None:
    committee = ListedCommittee("711", "Roads Committee")
    address = meetings_asked(BASE, "711", "2026-01-01", "2026-02-01")
    site = WebServiceSite(BASE, Told({address: b"<html></html>"}))
    with pytest.raises(UnreadableError):
        asyncio.run(site.meetings(committee, "2026-01-01", "2026-02-01"))


def test_the_service_has_every_item_whole() -> None:
    item = Item("7", "1", "Weir", f"{BASE}mgAi.aspx?ID=7")
    fetch = Told({})
    assert asyncio.run(WebServiceSite(BASE, fetch).whole(item)) is item
    assert fetch.asked == []


def test_pages_have_the_rest_of_an_item_on_its_own() -> None:
    more = block('<p>It rained ... <a href="mgAi.aspx?ID=7">view the full minutes text</a></p>', "Minutes:")
    fetch = Told(
        {
            LISTED.url: meeting_page(row("7", "1.", "Weir", more)),
            f"{BASE}mgAi.aspx?ID=7": page(
                "Agenda item", "Weir", block("<p>It rained and rained.</p>", "Minutes:")
            ),
        }
    )
    site = PagesSite(BASE, fetch)
    (item,) = asyncio.run(site.meeting(LISTED)).items
    assert item.cut
    whole = asyncio.run(site.whole(item))
    assert [part.html for part in whole.parts] == ["<p>It rained and rained.</p>"]
    assert not whole.cut
