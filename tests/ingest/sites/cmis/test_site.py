"""A visit to the fake CMIS, over real HTTP."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import date
from http.client import HTTPException
from typing import TypeVar
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from corpus.errors import AbsentError, FetchError, RefusedError, UnreadableError
from ingest.pdf import parse_pdf
from ingest.sites.cmis import CmisSite, is_cmis
from ingest.sites.records import ListedCommittee, ListedDecision, ListedMeeting, Proceedings, Software
from ingest.sites.site import PAGE_BYTES, Fetched, Site
from tests.sites.cmis import Cmis, Failure
from tests.sites.cmis_council import meetings

YEAR = ("2026-01-01", "2026-06-30")
T = TypeVar("T")
CABINET = ListedCommittee("5", "Cabinet")


async def fetch(address: str, *, most: int = PAGE_BYTES) -> Fetched:
    """Fetch without any manners."""
    return await asyncio.to_thread(_fetch, address, most)


def _fetch(address: str, most: int) -> Fetched:
    try:
        with urlopen(address, timeout=5) as answer:
            return Fetched(answer.url, answer.read(most), answer.headers.get_content_type())
    except HTTPError as error:
        with error:
            kind = {403: RefusedError, 404: AbsentError}.get(error.code, FetchError)
        raise kind(f"{address}: {error.code}") from None
    except (OSError, HTTPException) as error:
        raise FetchError(f"{address}: {error}") from error


def visit(cmis: Cmis, ask: Callable[[CmisSite], Coroutine[None, None, T]]) -> T:
    return asyncio.run(ask(CmisSite(cmis.base, fetch)))


def listed(cmis: Cmis, since: str = YEAR[0], until: str = YEAR[1]) -> dict[str, ListedMeeting]:
    found = visit(cmis, lambda site: site.all_meetings(since, until))
    return {meeting.key: meeting for meeting in found}


def meeting(cmis: Cmis, key: str, known: dict[str, ListedMeeting] | None = None) -> Proceedings:
    one = (known or listed(cmis))[key]
    return visit(cmis, lambda site: site.meeting(one))


def test_the_site_is_what_every_site_is():
    with Cmis() as cmis:
        site: Site = CmisSite(cmis.base, fetch)
        assert site.software is Software.CMIS
        assert is_cmis(_fetch(cmis.base, PAGE_BYTES).body)


def test_all_meetings_of_half_a_year_take_one_request_a_month():
    with Cmis() as cmis:
        found = listed(cmis)
        assert len(cmis.requests) == 2 + 6
    published = [one for one in meetings() if one.key != "3108"]
    assert [(one.key, one.committee.title, one.date) for one in found.values()] == [
        (one.key, one.committee.title, one.day.isoformat()) for one in published
    ]


def test_only_the_days_that_were_asked_for_count():
    with Cmis() as cmis:
        assert [*listed(cmis, "2026-02-19", "2026-03-11")] == ["3104", "3105", "3106"]


def test_a_month_without_meetings_is_empty():
    with Cmis() as cmis:
        assert listed(cmis, "2026-08-01", "2026-08-31") == {}


def test_the_meetings_of_all_committees_come_out_of_the_same_months():
    async def each(site: CmisSite) -> list[tuple[ListedMeeting, ...]]:
        asked = [site.meetings(ListedCommittee(key, ""), *YEAR) for key in ("5", "11", "2", "14", "99")]
        return await asyncio.gather(*asked)

    with Cmis() as cmis:
        found = visit(cmis, each)
        assert len({request.path for request in cmis.requests}) == len(cmis.requests) == 2 + 6
    assert [len(one) for one in found] == [4, 3, 2, 2, 0]
    assert {one.committee for one in found[0]} == {CABINET}


def test_the_committees_are_those_that_are_linked_or_meet():
    everybody = {"Cabinet", "Council", "Licensing Sub-Committee B", "Planning & Highways Committee"}

    async def titles(site: CmisSite) -> set[str]:
        return {committee.title for committee in await site.committees()}

    async def titles_after_looking(site: CmisSite) -> set[str]:
        await site.all_meetings("2026-05-01", "2026-05-31")
        return await titles(site)

    with Cmis(today=date(2026, 6, 3)) as cmis:
        assert visit(cmis, titles) == everybody
        cmis.lists_committees = False
        assert visit(cmis, titles) == {"Cabinet"}
        assert visit(cmis, titles_after_looking) == {"Cabinet", "Council", "Planning & Highways Committee"}


@pytest.mark.parametrize("page", ["", "Home.aspx", "calendarofmeetings.aspx", "Committees.aspx"])
def test_the_calendar_is_found_from_any_page(page):
    with Cmis() as cmis:
        site = CmisSite(f"{cmis.base}{page}", fetch)
        assert len(asyncio.run(site.all_meetings("2026-01-01", "2026-01-31"))) == 2


def test_where_the_calendar_tells_no_tab_the_current_list_does():
    with Cmis(today=date(2026, 6, 3), tells_tab=False) as cmis:
        assert len(listed(cmis)) == 11
        assert cmis.requests[2].path.endswith("?ctl=MeetingCalendarListView&mid=412")


def test_where_nothing_tells_the_tab_the_error_says_what_to_give():
    with Cmis(today=date(2026, 8, 3), tells_tab=False) as cmis:
        with pytest.raises(UnreadableError, match="give the address of the page that shows it"):
            listed(cmis)
        assert len(cmis.requests) <= 2 * 5


def test_a_meeting_has_its_items_and_its_documents():
    with Cmis() as cmis:
        found = meeting(cmis, "3101")
    assert (found.committee, found.date, found.status) == ("Cabinet", "2026-01-14", "Occurred")
    assert [(item.number, item.title, item.withheld) for item in found.items] == [
        ("1", "Apologies for Absence", False),
        ("2", "Ferry Lane Depot", False),
        ("3", "Exclusion of the Press and Public", False),
        ("4", "Exempt - Sale of the Old Tannery", True),
    ]
    assert "unsafe" in found.items[1].parts[0].html
    assert "01632" not in repr(found)
    assert "tannery" not in " ".join(paper.key for item in found.items for paper in item.papers)
    assert found.withheld_papers == ("3101-valuation-of-the-tannery",)
    assert "Tansley" not in repr(found)


def test_marked_items_and_restricted_documents_are_withheld():
    with Cmis() as cmis:
        found = meeting(cmis, "3111")
    assert found.items[0].withheld
    assert [paper.key for paper in found.papers] == [
        "3111-agenda-reports-pack",
        "3111-printed-minutes-27-may-2026",
    ]
    assert found.withheld_papers == ("3111-restricted-appendix-personal-circumstances",)


def test_minutes_come_ten_days_after_the_meeting_as_a_pdf():
    with Cmis(today=date(2026, 3, 20)) as cmis:
        assert not meeting(cmis, "3106").minutes_published
        cmis.today = date(2026, 3, 21)
        found = meeting(cmis, "3106")
        assert (found.minutes_published, found.draft) == (True, False)
        body = _fetch(found.papers[-1].address, PAGE_BYTES).body
    assert "fly-tipping cost £18,000 a year" in parse_pdf(body).text


def test_draft_minutes_become_final_under_the_same_key():
    with Cmis(today=date(2026, 5, 12)) as cmis:
        draft = meeting(cmis, "3109")
        cmis.today = date(2026, 5, 13)
        final = meeting(cmis, "3109")
    assert (draft.draft, final.draft) == (True, False)
    assert draft.papers[-1].key == final.papers[-1].key == "3109-printed-minutes-15-april-2026"


def test_a_replaced_document_has_the_same_key_and_another_size():
    with Cmis(today=date(2026, 3, 8)) as cmis:
        before = meeting(cmis, "3103").papers[1]
        cmis.today = date(2026, 3, 9)
        after = meeting(cmis, "3103").papers[1]
        assert b"%PDF" in _fetch(after.address, PAGE_BYTES).body
    assert (before.key, before.title) == (after.key, after.title)
    assert before.version != after.version


def test_documents_have_another_address_each_time_and_the_same_key():
    with Cmis() as cmis:
        known = listed(cmis)
        first, second = (meeting(cmis, "3102", known) for _ in range(2))
        papers = [(one, other) for one, other in zip(first.papers, second.papers, strict=True)]
        for one, other in papers:
            assert one.address != other.address
            assert replace(one, address=other.address) == other
            assert _fetch(one.address, PAGE_BYTES).body == _fetch(other.address, PAGE_BYTES).body
    assert [paper.key for paper in first.items[1].papers] == [
        "3102-officer-report",
        "3102-appendix",
        "3102-appendix-2",
    ]


def test_an_address_of_a_document_does_not_last():
    with Cmis(today=date(2026, 6, 1)) as cmis:
        paper = meeting(cmis, "3101").papers[0]
        cmis.today = date(2026, 6, 4)
        with pytest.raises(AbsentError):
            _fetch(paper.address, PAGE_BYTES)


def test_a_meeting_may_be_cancelled():
    with Cmis(today=date(2026, 2, 15)) as cmis:
        assert meeting(cmis, "3105").status == ""
        cmis.today = date(2026, 2, 16)
        found = meeting(cmis, "3105")
    assert (found.status, found.items, found.papers) == ("Cancelled", (), ())


def test_a_withdrawn_meeting_leaves_the_calendar_and_is_absent():
    with Cmis(today=date(2026, 3, 19)) as cmis:
        known = listed(cmis)
        assert "3108" in known
        cmis.today = date(2026, 3, 20)
        assert "3108" not in listed(cmis)
        with pytest.raises(AbsentError, match="knows no such meeting"):
            meeting(cmis, "3108", known)


def test_nothing_is_cut_and_there_is_no_register():
    with Cmis() as cmis:
        found = meeting(cmis, "3101")
        requests = len(cmis.requests)
        assert visit(cmis, lambda site: site.whole(found.items[1])) == found.items[1]
        assert visit(cmis, lambda site: site.decisions(*YEAR)) == ()
        with pytest.raises(UnreadableError, match="decisions of CMIS sites are not read"):
            visit(cmis, lambda site: site.decision(ListedDecision("1", "A decision", cmis.base)))
        assert len(cmis.requests) == requests


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (Failure.CHALLENGE, RefusedError),
        (Failure.ERROR, FetchError),
        (Failure.DROPPED, FetchError),
        (Failure.TRUNCATED, UnreadableError),
    ],
)
def test_failures_of_the_site_are_errors(failure, error):
    with Cmis() as cmis:
        known = listed(cmis)
        cmis.failure = failure
        with pytest.raises(error):
            listed(cmis)
        with pytest.raises(error):
            meeting(cmis, "3101", known)


def test_a_slow_site_answers_in_the_end():
    with Cmis(slow_seconds=0.2) as cmis:
        known = listed(cmis)
        cmis.failure = Failure.SLOW
        before = len(cmis.requests)
        assert meeting(cmis, "3101", known).key == "3101"
        assert len(cmis.requests) == before + 1


def test_a_month_that_fails_is_asked_for_again():
    async def twice(site: CmisSite) -> int:
        cmis.failure = None
        await site.all_meetings("2026-01-01", "2026-01-31")
        cmis.failure = Failure.TRUNCATED
        with pytest.raises(UnreadableError):
            await site.all_meetings("2026-01-01", "2026-02-28")
        cmis.failure = None
        return len(await site.all_meetings("2026-01-01", "2026-02-28"))

    with Cmis() as cmis:
        assert visit(cmis, twice) == 5


def test_a_menu_that_leads_nowhere_is_no_trouble():
    with Cmis() as cmis:
        cmis.missing = frozenset({"/committees.aspx"})
        assert {one.title for one in visit(cmis, lambda site: site.committees())} == set()
        cmis.missing = frozenset({"/calendarofmeetings.aspx"})
        with pytest.raises(UnreadableError, match="no calendar of meetings found"):
            listed(cmis)


def test_a_site_of_another_kind_has_no_calendar():
    async def answer(address: str, *, most: int = PAGE_BYTES) -> Fetched:
        return Fetched(address, b"<html><body><a href='/News.aspx'>News</a></body></html>", "text/html")

    site = CmisSite("https://www.tarnwick.example/", answer)
    with pytest.raises(UnreadableError, match=r"www\.tarnwick\.example/: no calendar of meetings found"):
        asyncio.run(site.all_meetings(*YEAR))


def test_requests_are_noted_with_their_time():
    with Cmis() as cmis:
        listed(cmis)
        times = [request.at for request in cmis.requests]
        assert times == sorted(times)
        assert cmis.requests[0].path == "/brackenford/"
        assert _fetch(cmis.base.replace("brackenford/", "robots.txt"), PAGE_BYTES).body.startswith(
            b"User-agent"
        )
