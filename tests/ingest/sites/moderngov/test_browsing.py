import asyncio
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.errors import UnreadableError
from ingest.sites.moderngov.browsing import MOST_PAGES, browse
from ingest.sites.site import PAGE_BYTES, Fetched
from tests.ingest.sites.moderngov.making import BASE, ROADS, page


@dataclass
class Listing:
    """A committee's lists, as the site makes them out of the days of its meetings."""

    days: list[date]
    rows: int = 15
    cap: int = 51
    links: tuple[str, ...] = ("earlier", "later")
    #: Links that stand on the page although they lead nowhere new.
    stuck: bool = False
    asked: list[str] = field(default_factory=list)

    async def __call__(self, address: str, *, most: int = PAGE_BYTES) -> Fetched:
        self.asked.append(address)
        query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        days = sorted(self.days, reverse=True)
        if self.stuck and "Act" in query:
            shown = days[: self.rows]
        elif query.get("Act") == "earlier":
            shown = [day for day in days if f"{day:%Y%m%d}" < query["D"]][: self.rows]
        elif query.get("Act") == "later":
            shown = [day for day in days if f"{day:%Y%m%d}" > query["D"]][-self.rows :]
        elif query["Year"] != "0":
            shown = [day for day in days if day.year == int(query["Year"])][-self.cap :]
        else:
            shown = days[: self.rows]
        return Fetched(address, self._page(days, shown), "text/html")

    def _page(self, days: list[date], shown: list[date]) -> bytes:
        links = ""
        if shown and "earlier" in self.links and (self.stuck or shown[-1] > days[-1]):
            links += f'<a href="ieListMeetings.aspx?Act=earlier&amp;CId=711&amp;D={shown[-1]:%Y%m%d}">E</a>'
        if shown and "later" in self.links and (self.stuck or shown[0] < days[0]):
            links += f'<a href="ieListMeetings.aspx?Act=later&amp;CId=711&amp;D={shown[0]:%Y%m%d}">L</a>'
        rows = "".join(
            f'<li><a href="ieListDocuments.aspx?MId={day:%Y%m%d}">{day.day} {day:%b %Y}</a></li>'
            for day in shown
        )
        years = "".join(
            f'<option value="{year}">{year}</option>' for year in sorted({day.year for day in days})
        )
        return page(
            "Browse meetings",
            "Roads Committee",
            f'<form><select id="YearSelect">{years}</select>{links}<ul>{rows}</ul></form>',
        )


def every(days: int, first: date, last: date) -> list[date]:
    count = (last - first).days // days + 1
    return [first + timedelta(days * i) for i in range(count)]


def found(listing: Listing, since: str, until: str) -> list[str]:
    meetings = asyncio.run(browse(BASE, listing, ROADS, since, until))
    return sorted(meeting.date for meeting in meetings)


def expected(listing: Listing, since: str, until: str) -> list[str]:
    return sorted(day.isoformat() for day in listing.days if since <= day.isoformat() <= until)


MONTHLY = every(30, date(2022, 1, 10), date(2026, 3, 20))
WEEKLY = every(3, date(2025, 1, 2), date(2026, 3, 20))


def test_a_recent_stretch_needs_one_page() -> None:
    listing = Listing(MONTHLY)
    assert found(listing, "2025-12-01", "2026-02-01") == expected(listing, "2025-12-01", "2026-02-01")
    assert len(listing.asked) == 1


def test_the_past_is_reached_page_by_page() -> None:
    listing = Listing(MONTHLY)
    assert found(listing, "2022-01-01", "2026-03-01") == expected(listing, "2022-01-01", "2026-03-01")
    assert len(listing.asked) <= len(MONTHLY) // 15 + 2


def test_rows_later_than_the_first_page_are_read_where_there_are_any() -> None:
    listing = Listing(MONTHLY, stuck=False)
    assert found(listing, "2026-01-01", "2027-01-01") == expected(listing, "2026-01-01", "2027-01-01")


@pytest.mark.parametrize("links", [(), ("later",)])
def test_years_are_read_where_the_links_end_too_soon(links: tuple[str, ...]) -> None:
    listing = Listing(MONTHLY, links=links)
    assert found(listing, "2022-01-01", "2026-03-31") == expected(listing, "2022-01-01", "2026-03-31")


def test_a_year_that_is_cut_off_is_followed_to_its_end() -> None:
    listing = Listing(WEEKLY, links=("later",))
    assert len([day for day in WEEKLY if day.year == 2025]) > listing.cap
    assert found(listing, "2025-01-01", "2026-03-31") == expected(listing, "2025-01-01", "2026-03-31")


@pytest.mark.timeout(20)
def test_a_page_that_repeats_itself_ends_the_walk() -> None:
    listing = Listing(MONTHLY, stuck=True)
    assert found(listing, "2022-01-01", "2027-01-01") == expected(listing, "2022-01-01", "2027-01-01")
    assert len(listing.asked) < 12


def test_a_committee_that_never_met_has_an_empty_list() -> None:
    assert found(Listing([]), "2022-01-01", "2026-01-01") == []


@pytest.mark.timeout(60)
def test_a_list_without_end_is_given_up() -> None:
    endless = Listing(every(1, date(2024, 1, 1), date(2026, 1, 1)), rows=1)
    with pytest.raises(UnreadableError, match="--since"):
        found(endless, "1990-01-01", "2026-01-01")
    assert len(endless.asked) == MOST_PAGES
