from datetime import timedelta

import pytest

from corpus.errors import UnreadableError
from corpus.records import Committee, Meeting
from ingest.sites.lists import (
    DAYS_AHEAD,
    DAYS_BETWEEN_FULL_LISTS,
    RECENT_DAYS,
    WITHDRAWN,
    as_listed,
    wanted_committees,
)
from ingest.sites.records import ListedCommittee, ListedMeeting, Software
from tests.ingest.sites.list_reading import OLD, RECENT, SINCE, Reading, keys
from tests.ingest.sites.scripted import BASE, CABINET, ROADS, TODAY, ScriptedSite, broken, meeting

UNTIL = (TODAY + timedelta(days=DAYS_AHEAD)).isoformat()


@pytest.fixture
def read(corpus) -> Reading:
    return Reading(corpus)


@pytest.fixture
def site(read) -> ScriptedSite:
    return read.site


class TestFirstVisit:
    def test_every_list_is_read_from_the_first_day_to_two_weeks_ahead(self, read, site):
        listing = read()
        assert site.windows[:2] == [(SINCE.isoformat(), UNTIL)] * 2
        assert keys(listing) == {"1", "2", "3"}
        assert (listing.vanished, listing.moved, listing.unread) == (set(), set(), set())
        assert read.asked == ["committees", "list 1", "list 2", "list all"]

    def test_what_is_listed_is_remembered(self, read, site):
        read(council="Ashmere Borough Council")
        assert read.record.meetings()["ashmere/meeting/2"] == Meeting(
            "ashmere/meeting/2", "ashmere", "Ashmere Borough Council", ROADS.title,
            RECENT.isoformat(), f"{BASE}meeting/2",
        )  # fmt: skip
        assert read.committee("2") == Committee(
            "ashmere", "2", ROADS.title, False, SINCE.isoformat(), TODAY.isoformat()
        )

    def test_meetings_outside_of_what_was_asked_for_are_left_out(self, read, site):
        """Some sites answer with all that they have, whatever the days."""
        site.publish(meeting("4", SINCE - timedelta(days=1)), meeting("5", TODAY + timedelta(days=40)))
        site._listed = lambda since, until: [
            ListedMeeting(one.key, CABINET, one.date, one.url) for one in site.held.values()
        ]
        assert not {"4", "5"} & keys(read())

    def test_meetings_of_another_committee_than_the_list_s_are_left_out(self, read, site):
        async def all_of_them(committee, since, until):
            return tuple(site._listed(since, until))

        site.meetings = all_of_them
        assert set(read(committees=("Cabinet",)).meetings) == {"ashmere/meeting/1"}

    def test_expired_committees_are_listed_once_and_again_when_more_of_the_past_is_wanted(self, read, site):
        site.committee_list = [CABINET, ListedCommittee("2", ROADS.title, expired=True)]
        assert "2" in keys(read())
        full = TODAY + timedelta(days=DAYS_BETWEEN_FULL_LISTS)
        read(full)
        assert "list 2" not in read.asked
        read(full + timedelta(days=1), SINCE - timedelta(days=400))
        assert "list 2" in read.asked

    def test_an_expired_committee_keeps_its_meetings_unvanished(self, read, site):
        site.committee_list = [CABINET, ListedCommittee("2", ROADS.title, expired=True)]
        read()
        assert read(TODAY + timedelta(days=DAYS_BETWEEN_FULL_LISTS)).vanished == set()


class TestLaterVisits:
    def test_lists_that_rest_are_not_read_again_for_a_week_at_most(self, read, site):
        read()
        nights = []
        for number in range(1, 15):
            read(TODAY + timedelta(days=number))
            nights.append([what for what in read.asked if what.startswith("list")])
        assert nights.count(["list 1", "list 2"]) == 2
        assert nights[6] == nights[13] == ["list 1", "list 2"]

    def test_a_list_is_read_every_night_while_meetings_lie_ahead(self, read, site):
        site.publish(meeting("4", TODAY + timedelta(days=9)))
        read()
        for number in range(1, 10):
            read(TODAY + timedelta(days=number))
            assert "list 1" in read.asked

    def test_recent_months_are_read_of_what_was_read_before(self, read, site):
        read()
        read(TODAY + timedelta(days=7))
        recent = (TODAY + timedelta(days=7 - RECENT_DAYS)).isoformat()
        assert {first for first, _ in site.windows} == {recent}
        read(TODAY + timedelta(days=14), RECENT)
        assert {first for first, _ in site.windows} == {RECENT.isoformat()}

    def test_every_four_weeks_the_lists_are_read_from_the_beginning(self, read, site):
        read()
        full = TODAY + timedelta(days=DAYS_BETWEEN_FULL_LISTS)
        read(full - timedelta(days=1))
        assert SINCE.isoformat() not in {first for first, _ in site.windows}
        read(full)
        assert {first for first, _ in site.windows[:2]} == {SINCE.isoformat()}
        read(full + timedelta(days=8))
        assert SINCE.isoformat() not in {first for first, _ in site.windows}

    def test_when_more_of_the_past_is_wanted_all_lists_and_committees_are_read_from_there(self, read, site):
        read()
        earlier = SINCE - timedelta(days=365)
        site.publish(meeting("4", earlier))
        assert "4" in keys(read(TODAY, earlier))
        assert {first for first, _ in site.windows} == {earlier.isoformat()}
        assert read.asked == ["committees", "list 1", "list 2"]
        assert read.committee("1").listed_from == earlier.isoformat()
        read(TODAY, earlier)
        assert read.asked == []

    def test_committees_are_read_once_a_day_and_new_ones_from_the_first_day(self, read, site):
        read()
        new = ListedCommittee("7", "Ferries Panel")
        site.committee_list.append(new)
        site.publish(meeting("4", OLD, committee=new))
        read()
        assert "committees" not in read.asked
        assert keys(read(TODAY + timedelta(days=1))) == {"4"}
        assert read.asked == ["committees", "list 7"]
        assert read.committee("7").listed_from == SINCE.isoformat()

    def test_a_meeting_that_moved_is_told(self, read, site):
        read()
        site.publish(meeting("1", RECENT + timedelta(days=2)))
        listing = read(TODAY + timedelta(days=7))
        assert (listing.moved, listing.vanished) == ({"ashmere/meeting/1"}, set())
        # Until it has been looked at it stands where it was: an interrupt does not lose the move.
        assert read.record.meetings()["ashmere/meeting/1"].date == RECENT.isoformat()

    def test_a_meeting_that_is_listed_no_more_has_vanished(self, read, site):
        read()
        site.unlisted = {"1", "3"}
        listing = read(TODAY + timedelta(days=7))
        assert listing.vanished == {"ashmere/meeting/1"}  # the other is too old for the list
        assert not listing.may_name(read.record.meetings()["ashmere/meeting/1"])
        full = read(TODAY + timedelta(days=DAYS_BETWEEN_FULL_LISTS))
        assert full.vanished == {"ashmere/meeting/1", "ashmere/meeting/3"}

    def test_what_was_found_to_be_gone_vanishes_no_more_and_moves_when_it_returns(self, read, site):
        read()
        known = read.record.meetings()["ashmere/meeting/1"]
        read.record.put_meeting(
            Meeting(known.id, known.source, "", known.committee, known.date, known.url, WITHDRAWN)
        )
        site.unlisted = {"1"}
        listing = read(TODAY + timedelta(days=7))
        assert listing.vanished == set()
        assert not listing.may_name(read.record.meetings()["ashmere/meeting/1"])
        site.unlisted = set()
        assert read(TODAY + timedelta(days=14)).moved == {"ashmere/meeting/1"}

    def test_a_list_that_rests_still_names_its_recent_meetings(self, read, site):
        site.publish(meeting("4", TODAY + timedelta(days=9)))
        read()
        listing = read(TODAY + timedelta(days=1))
        assert listing.unread == {ROADS.title}
        known = read.record.meetings()
        told = {key: listing.may_name(known[f"ashmere/meeting/{key}"]) for key in "1234"}
        assert told == {"1": True, "2": True, "3": False, "4": True}

    def test_a_list_that_fails_has_not_been_read(self, read, site):
        read()
        site.errors["list 1"] = broken("list/1")
        listing = read(TODAY + timedelta(days=7))
        assert (listing.unread, listing.vanished) == ({CABINET.title}, set())
        assert [str(remark) for remark in read.remarks] == [f"ashmere: {BASE}list/1: answers 500"]


class TestCommittees:
    def test_a_committee_that_is_listed_no_more_meets_no_more(self, read, site):
        read()
        site.committee_list = [CABINET]
        read(TODAY + timedelta(days=7))
        assert (read.committee("2").expired, "list 2" in read.asked) == (True, False)
        site.committee_list = [CABINET, ROADS]
        read(TODAY + timedelta(days=14))
        assert (read.committee("2").expired, "list 2" in read.asked) == (False, True)

    def test_a_calendar_names_only_those_that_meet(self, read, site):
        site.software = Software.CMIS
        read()
        site.committee_list = [CABINET]
        read(TODAY + timedelta(days=7))
        assert not read.committee("2").expired

    def test_a_calendar_is_read_before_the_committees_that_come_out_of_it(self, read, site):
        site.software = Software.CMIS
        read()
        assert read.asked[:2] == ["list all", "committees"]
        assert site.windows[0] == (SINCE.isoformat(), UNTIL)
        earlier = SINCE - timedelta(days=365)
        read(TODAY + timedelta(days=7), earlier)
        assert site.windows[0][0] == earlier.isoformat()

    def test_a_renamed_committee_keeps_its_meetings(self, read, site):
        read()
        site.committee_list = [CABINET, ListedCommittee("2", "Highways Committee")]
        site.held = {"1": meeting("1", RECENT)}
        listing = read(TODAY + timedelta(days=7))
        renamed = {
            one.id[-1] for one in read.record.meetings().values() if one.committee == "Highways Committee"
        }
        assert renamed == {"2", "3"}
        assert listing.vanished == {"ashmere/meeting/2"}

    def test_of_two_committees_with_one_title_neither_loses_the_meetings_of_the_other(self, read, site):
        former = ListedCommittee("9", CABINET.title, expired=True)
        site.committee_list = [CABINET, former]
        lists = {"1": ("1",), "9": ("8",)}
        site.publish(meeting("8", RECENT))

        async def of_each(committee, since, until):
            site._ask(f"list {committee.key}")
            return tuple(
                ListedMeeting(key, committee, site.held[key].date, site.held[key].url)
                for key in lists[committee.key]
            )

        site.meetings = of_each
        assert keys(read()) == {"1", "8"}
        for number in (7, DAYS_BETWEEN_FULL_LISTS):
            assert read(TODAY + timedelta(days=number)).vanished == set()
        renamed = ListedCommittee("9", "Cabinet (former)", expired=True)
        site.committee_list = [CABINET, renamed]
        read(TODAY + timedelta(days=60))
        assert {one.committee for one in read.record.meetings().values()} == {CABINET.title}


class TestWanted:
    committees = tuple(
        Committee("ashmere", key, title, expired)
        for key, title, expired in (
            ("1", "Planning Committee", False),
            ("2", "Planning Committee (North)", False),
            ("3", "Cabinet", False),
            ("4", "Old Ferries Panel", True),
        )
    )

    @pytest.mark.parametrize(
        ("named", "found"),
        [
            ((), "1234"),
            (("planning committee",), "1"),
            (("Planning",), "12"),
            (("  CABINET ",), "3"),
            (("north", "planning"), "21"),
            (("ferries",), "4"),
        ],
    )
    def test_whole_titles_go_before_parts_of_them(self, named, found):
        assert "".join(one.key for one in wanted_committees(self.committees, named)) == found

    def test_a_name_of_none_is_answered_with_those_that_meet(self):
        with pytest.raises(UnreadableError) as told:
            wanted_committees(self.committees, ("Cabinet", "Harbour"))
        assert str(told.value) == (
            "there is no committee called 'Harbour'; there are: "
            "Planning Committee, Planning Committee (North), Cabinet"
        )

    def test_only_the_lists_of_wanted_committees_are_read(self, read, site):
        listing = read(committees=("roads",))
        assert (keys(listing), set(listing.committees)) == ({"2", "3"}, {"2"})
        assert read.asked == ["committees", "list 2", "list all"]


def test_a_known_meeting_is_named_as_a_list_would_name_it():
    known = Meeting("ashmere/meeting/7", "ashmere", "Ashmere", "Cabinet", "2026-01-05", BASE, "Confirmed")
    assert as_listed(known) == ListedMeeting(
        "7", ListedCommittee("", "Cabinet"), "2026-01-05", BASE, "Confirmed"
    )
