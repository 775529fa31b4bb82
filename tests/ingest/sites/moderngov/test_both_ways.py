"""The same council read through its web service and through its pages."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from corpus.errors import AbsentError, FetchError
from ingest.sites.item_text import compose_parts
from ingest.sites.moderngov.addresses import page_of
from ingest.sites.moderngov.pages import PagesSite
from ingest.sites.moderngov.web_service import WebServiceSite
from ingest.sites.records import (
    Item,
    ListedCommittee,
    ListedDecision,
    ListedMeeting,
    PaperKind,
    Proceedings,
)
from ingest.sites.site import PAGE_BYTES, Fetched, Site
from tests.sites.council import (
    CANCELLED,
    CONTACT,
    EXEMPT,
    EXEMPT_PAPER,
    HIDDEN,
    HOME,
    LAST_DAY,
    SALTINGS,
    TOWN_HALL,
    council,
)
from tests.sites.moderngov import ModernGov
from tests.sites.traits import DECOY, WELSH, AllCommittees, Traits

#: Forty meetings are listed on this day; on the last one, one of them is withdrawn.
FULL_DAY = date(2026, 2, 26)
UNTIL = "2026-12-31"
_SECONDS = 20

Read = dict[str, tuple[ListedMeeting, Proceedings]]


async def fetch(address: str, *, most: int = PAGE_BYTES) -> Fetched:
    """Fetch without manners: the council is a fake on this machine."""
    try:
        with urlopen(address, timeout=_SECONDS) as answer:
            if page_of(answer.url) == "mgerror.aspx":
                raise AbsentError(f"{address}: the site says that there is no such page")
            return Fetched(answer.url, answer.read(most), answer.headers.get_content_type())
    except HTTPError as error:
        error.close()
        raise (AbsentError if error.code == 404 else FetchError)(f"{address}: {error.code}") from None


@pytest.fixture(scope="module")
def ashmere() -> Iterator[ModernGov]:
    with ModernGov(council(), today=LAST_DAY) as site:
        yield site


def sites(ashmere: ModernGov, traits: Traits, today: date = LAST_DAY) -> tuple[WebServiceSite, PagesSite]:
    ashmere.traits, ashmere.today = traits, today
    return WebServiceSite(ashmere.base, fetch), PagesSite(ashmere.base, fetch)


async def read(site: Site, committees: tuple[ListedCommittee, ...], since: str) -> Read:
    """Read all meetings of `committees` in full."""
    found = {}
    for committee in committees:
        for listed in await site.meetings(committee, since, UNTIL):
            if not listed.key.startswith("ce"):
                met = await site.meeting(listed)
                items = [await site.whole(item) if item.cut else item for item in met.items]
                found[listed.key] = listed, replace(met, items=tuple(items))
    return found


def both(ashmere: ModernGov, traits: Traits, today: date, since: str) -> tuple[Read, Read]:
    service, pages = sites(ashmere, traits, today)

    async def reading() -> tuple[Read, Read]:
        committees = await service.committees()
        return await read(service, committees, since), await read(pages, committees, since)

    return asyncio.run(reading())


def as_shown(item: Item) -> tuple[object, ...]:
    parts = [(part.label, compose_parts([part], title=item.title)) for part in item.parts]
    papers = [(p.key, p.title, p.kind, p.url, p.item) for p in item.papers]
    return item.key, item.number, item.title, item.url, item.cut, parts, papers


def printed(met: Proceedings) -> set[tuple[str, str, str]]:
    """Return the printed minutes, which the web service names wherever minutes are approved."""
    return {(p.key, p.title, p.url) for p in met.papers if p.kind is PaperKind.MINUTES}


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("traits", "today", "since", "meetings"),
    [
        (Traits(), FULL_DAY, "2024-01-01", 40),
        (
            Traits(http_addresses=True, honours_dates=False, rows=4, chrome=DECOY, printed_everywhere=True),
            LAST_DAY,
            "2025-09-01",
            16,
        ),
        (Traits(session=True, chrome=WELSH), LAST_DAY, "2026-01-01", 10),
    ],
    ids=["obliging", "decoys and printed minutes", "sessions and Welsh"],
)
def test_a_meeting_is_the_same_whichever_way_it_is_read(
    ashmere: ModernGov, traits: Traits, today: date, since: str, meetings: int
) -> None:
    by_service, by_pages = both(ashmere, traits, today, since)
    assert len(by_service) == meetings
    assert by_service.keys() == by_pages.keys()
    for key, (listed, met) in by_service.items():
        listed_too, shown = by_pages[key]
        assert listed == listed_too
        assert (met.key, met.committee, met.date, met.url, met.status, met.draft, met.minutes_published) == (
            shown.key,
            shown.committee,
            shown.date,
            shown.url,
            shown.status,
            shown.draft,
            shown.minutes_published,
        )
        withheld = {item.key for item in met.items if item.withheld}
        assert [as_shown(item) for item in shown.items if item.key not in withheld] == [
            as_shown(item) for item in met.items if not item.withheld
        ]
        # A page shows the title of a restricted item, or nothing of it; never its words.
        assert not any(item.parts or item.papers for item in shown.items if item.key in withheld)
        assert set(shown.withheld_papers) <= set(met.withheld_papers)
        assert printed(shown) <= printed(met)
        assert not traits.printed_everywhere or printed(shown) == printed(met)


@pytest.mark.timeout(120)
def test_what_is_long_restricted_or_cancelled_is_told_as_such(ashmere: ModernGov) -> None:
    by_service, by_pages = both(ashmere, Traits(), LAST_DAY, "2024-10-01")
    for found in (by_service, by_pages):
        items = {item.key: item for _, met in found.values() for item in met.items}
        for key in (TOWN_HALL, SALTINGS):
            words, _ = compose_parts(items[str(key)].parts, title="")
            assert len(words.split()) > 850
            assert "view the full" not in words
        html = "".join(part.html for item in items.values() for part in item.parts)
        assert not [word for word in (CONTACT, EXEMPT, HOME) if word in html]
        assert any(str(EXEMPT_PAPER) in met.withheld_papers for _, met in found.values())
        assert found[str(CANCELLED)][1].status == "Cancelled"
        assert not found[str(CANCELLED)][1].withheld
        assert found[str(HIDDEN)][1].items == ()
    assert by_service[str(HIDDEN)][1].withheld


@pytest.mark.parametrize("former", [True, False])
def test_committees_are_the_same_as_far_as_the_pages_list_them(ashmere: ModernGov, former: bool) -> None:
    service, pages = sites(ashmere, Traits(former_committees=former))

    async def reading() -> tuple[tuple[ListedCommittee, ...], tuple[ListedCommittee, ...]]:
        return await service.committees(), await pages.committees()

    listed, shown = asyncio.run(reading())
    # Pages list them by category.
    assert {one for one in listed if former or not one.expired} == set(shown)
    assert any(one.expired for one in listed)


@pytest.mark.parametrize(
    ("how", "expected"),
    [(AllCommittees.SUPPORTED, True), (AllCommittees.ERROR, False), (AllCommittees.PARTIAL, True)],
)
def test_all_meetings_come_in_one_answer_where_the_site_knows_how(
    ashmere: ModernGov, how: AllCommittees, expected: bool
) -> None:
    service, pages = sites(ashmere, Traits(all_committees=how))
    found = asyncio.run(service.all_meetings("2026-01-01", UNTIL))
    assert (found is not None) is expected
    assert found is None or all("2026-01-01" <= one.date <= UNTIL for one in found)
    assert asyncio.run(pages.all_meetings("2026-01-01", UNTIL)) is None
    assert asyncio.run(service.all_meetings("1990-01-01", "1990-12-31")) is None


def test_a_meeting_that_was_withdrawn_is_absent_either_way(ashmere: ModernGov) -> None:
    committee = ListedCommittee("103", "Overview and Scrutiny Committee")
    listed = ListedMeeting("99999", committee, "2026-01-20", f"{ashmere.base}ieListDocuments.aspx?MId=99999")
    for site in sites(ashmere, Traits()):
        with pytest.raises(AbsentError):
            asyncio.run(site.meeting(listed))


def test_both_read_the_register_through_its_pages(ashmere: ModernGov) -> None:
    service, pages = sites(ashmere, Traits())

    async def reading(site: Site) -> tuple[tuple[ListedDecision, ...], list[object]]:
        listed = await site.decisions("2024-04-01", UNTIL)
        return listed, [await site.decision(one) for one in listed]

    listed, decisions = asyncio.run(reading(service))
    assert (listed, decisions) == asyncio.run(reading(pages))
    assert len(listed) == 13
    assert not [word for word in (CONTACT, EXEMPT) if word in repr(decisions)]
    assert asyncio.run(sites(ashmere, Traits(session=True))[1].decisions("2025-04-01", "2025-04-30"))
