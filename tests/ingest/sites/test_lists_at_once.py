"""One list of all committees in place of one for each, and lists that fail."""

from datetime import timedelta

import pytest

from corpus.errors import FetchError, RefusedError, UnreadableError
from ingest.sites.lists import DAYS_AHEAD, DAYS_BETWEEN_FULL_LISTS, RECENT_DAYS
from ingest.sites.records import ListedCommittee, ListedMeeting
from tests.ingest.sites.list_reading import SINCE, Reading, keys
from tests.ingest.sites.scripted import BASE, ROADS, TODAY, ScriptedSite, broken, meeting


@pytest.fixture
def read(corpus) -> Reading:
    return Reading(corpus)


@pytest.fixture
def site(read) -> ScriptedSite:
    return read.site


class TestAllAtOnce:
    @pytest.fixture
    def site(self, site) -> ScriptedSite:
        site.lists_all = True
        return site

    def test_a_list_of_all_that_was_found_to_be_complete_is_read_in_place_of_the_others(self, read, site):
        read()
        assert read.asked == ["committees", "list 1", "list 2", "list all"]
        site.publish(meeting("4", TODAY - timedelta(days=3), committee=ROADS))
        listing = read(TODAY + timedelta(days=1))
        assert (read.asked, keys(listing)) == (["committees", "list all"], {"1", "2", "4"})
        assert (listing.vanished, listing.unread) == (set(), set())

    def test_one_that_lacks_a_meeting_is_not_used(self, read, site):
        site.in_all = lambda one: one.key != "2"
        read()
        site.in_all = lambda _: True
        read(TODAY + timedelta(days=7))
        assert read.asked == ["committees", "list 1", "list 2"]

    def test_one_that_gives_another_day_is_not_used(self, read, site):
        whole = site._listed

        async def shifted(since, until):
            site._ask("list all")
            return tuple(
                ListedMeeting(one.key, one.committee, "2026-02-02", one.url) for one in whole(since, until)
            )

        site.all_meetings = shifted
        read()
        read(TODAY + timedelta(days=7))
        assert "list all" not in read.asked

    @pytest.mark.parametrize("error", [broken("list/all"), UnreadableError("the answer is no list")])
    def test_one_that_fails_is_not_used_and_no_failure(self, read, site, error):
        site.errors["list all"] = error
        assert keys(read()) == {"1", "2", "3"}
        assert read.remarks == []

    def test_where_no_meeting_is_known_nothing_says_that_it_is_complete(self, read, site):
        site.held.clear()
        read()
        read(TODAY + timedelta(days=7))
        assert "list all" not in read.asked

    def test_when_a_list_has_failed_it_is_not_tried_yet(self, read, site):
        site.errors["list 1"] = broken("list/1")
        read()
        assert "list all" not in read.asked
        site.errors.clear()
        read(TODAY + timedelta(days=1))
        assert read.asked[-1] == "list all"

    def test_when_it_is_withdrawn_the_lists_of_each_are_read_and_it_is_tried_again_with_full_lists(
        self, read, site
    ):
        read()
        site.lists_all = False
        assert keys(read(TODAY + timedelta(days=7))) == {"1", "2"}
        site.lists_all = True
        read(TODAY + timedelta(days=8))
        assert "list all" not in read.asked
        read(TODAY + timedelta(days=DAYS_BETWEEN_FULL_LISTS))
        assert read.asked[-1] == "list all"
        read(TODAY + timedelta(days=DAYS_BETWEEN_FULL_LISTS + 1))
        assert read.asked == ["committees", "list all"]

    def test_it_is_read_from_the_beginning_when_it_is_time(self, read, site):
        read()
        read(TODAY + timedelta(days=1))
        assert site.windows[0][0] == (TODAY + timedelta(days=1 - RECENT_DAYS)).isoformat()
        full = TODAY + timedelta(days=DAYS_BETWEEN_FULL_LISTS)
        assert keys(read(full)) == {"1", "2", "3"}
        assert site.windows == [(SINCE.isoformat(), (full + timedelta(days=DAYS_AHEAD)).isoformat())]
        read(full + timedelta(days=1))
        assert site.windows[0][0] != SINCE.isoformat()

    def test_an_unwanted_committee_is_left_out_of_it(self, read, site):
        read(committees=("Cabinet",))
        assert keys(read(TODAY + timedelta(days=1), committees=("Cabinet",))) == {"1"}


class TestFailures:
    def test_three_lists_in_a_row_that_fail_end_the_visit(self, read, site):
        site.committee_list = [ListedCommittee(str(n), f"Panel {n}") for n in range(6)]
        for key in "234":
            site.errors[f"list {key}"] = broken(f"list/{key}")
        with pytest.raises(FetchError, match="list/4"):
            read()
        assert "list 5" not in read.asked
        assert len(read.remarks) == 2  # the third is told by whoever catches it

    def test_lists_that_fail_here_and_there_do_not(self, read, site):
        site.committee_list = [ListedCommittee(str(n), f"Panel {n}") for n in range(6)]
        for key in "0134":
            site.errors[f"list {key}"] = broken(f"list/{key}")
        read()
        assert len(read.remarks) == 4

    def test_when_all_fail_it_is_the_site_that_does(self, read, site):
        for key in "12":
            site.errors[f"list {key}"] = RefusedError(f"{BASE}list/{key}: answers 403")
        with pytest.raises(RefusedError):
            read()

    def test_a_visit_with_failures_is_no_full_one(self, read, site):
        site.errors["list 2"] = broken("list/2")
        read()
        site.errors.clear()
        read(TODAY + timedelta(days=1))
        assert [first for first, _ in site.windows[:2]] == [SINCE.isoformat()] * 2

    def test_committees_that_cannot_be_listed_are_raised(self, read, site):
        site.errors["committees"] = broken("committees")
        with pytest.raises(FetchError, match="committees"):
            read()
