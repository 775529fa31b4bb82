import asyncio
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from filelock import FileLock

from corpus.errors import BusyError, UnreadableError, UsageError
from corpus.records import Source, SourceState
from ingest.report import Listener, Looked
from ingest.sites.manners import Manners
from ingest.sites.records import Attachments
from ingest.sites.visit import SiteOptions
from tests.ingest.sites.scripted import ScriptedSite, item, meeting
from ui.settings import SitesSettings, SourceSettings
from ui.sites import (
    EVERYTHING,
    Narrowed,
    SiteTarget,
    is_within,
    look_at_sites,
    new_site,
    site_name,
    site_target,
)

ASHMERE = "https://democracy.ashmere.gov.uk/"


def named(address: str, *taken: str) -> str:
    return site_name(address, taken.__contains__)


class TestNames:
    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("https://democracy.ashmere.gov.uk/", "ashmere"),
            ("https://www.ashmere.gov.uk/cmis5/", "ashmere"),
            ("http://ASHMERE.moderngov.co.uk/ieDocHome.aspx", "ashmere"),
            ("https://committee.ashmere.gov.uk/", "ashmere"),
            ("https://democratiaeth.llanfair.llyw.cymru/", "democratiaeth-llanfair"),
            ("https://cmis.ashmere.gov.wales/", "ashmere"),
            ("https://tarnwick.cmis.uk.com/tarnwick/", "tarnwick"),
            ("https://www.west-ashmere.gov.uk/", "west-ashmere"),
            ("https://minutes.ashmere-town.org.uk/", "ashmere-town"),
            ("https://ashmere.example/", "ashmere-example"),
            ("http://127.0.0.1:8080/", "127-0-0-1-8080"),
            ("https://müllbach.example/", "m-llbach-example"),
            ("https://-/", "site"),
        ],
    )
    def test_a_site_is_called_after_what_is_its_own_in_the_host(self, address, name):
        assert named(address) == name

    def test_a_name_that_is_taken_is_numbered(self):
        assert named(ASHMERE, "ashmere") == "ashmere-2"
        assert named(ASHMERE, "ashmere", "ashmere-2", "ashmere-3") == "ashmere-4"

    @pytest.mark.parametrize("host", ["a" * 200, "---", "x.y.z." * 20, "_a_"])
    def test_every_name_may_stand_in_the_settings(self, host):
        address = f"https://{host}.example/"
        name = named(address, named(address))
        assert SourceSettings(name=name, location=ASHMERE).name == name


@pytest.mark.parametrize(
    ("address", "location", "within"),
    [
        (ASHMERE, ASHMERE, True),
        ("https://democracy.ashmere.gov.uk", ASHMERE, True),
        (f"{ASHMERE}ieListMeetings.aspx?CId=7", ASHMERE, True),
        (f"{ASHMERE}moderngov/mgAi.aspx?ID=7", ASHMERE, True),
        ("HTTPS://DEMOCRACY.Ashmere.gov.uk/X", ASHMERE, True),
        ("http://democracy.ashmere.gov.uk/", ASHMERE, True),
        (ASHMERE, f"{ASHMERE}mgListCommittees.aspx?bcr=1", True),
        (f"{ASHMERE}moderngov", f"{ASHMERE}moderngov/", True),
        (f"{ASHMERE}moderngov/x", f"{ASHMERE}moderngov/", True),
        (ASHMERE, f"{ASHMERE}moderngov/", False),
        (f"{ASHMERE}moderngov-old/x", f"{ASHMERE}moderngov/", False),
        ("https://ashmere.gov.uk/", ASHMERE, False),
        ("https://democracy.ashmere.gov.uk:8443/", ASHMERE, False),
        (ASHMERE, "/srv/minutes", False),
    ],
)
def test_an_address_is_within_a_site_in_its_directory_or_beside_its_page(address, location, within):
    assert is_within(address, location) is within


class TestTargets:
    settings = SourceSettings(
        name="ashmere",
        location=ASHMERE,
        council="Ashmere Borough Council",
        since=date(2024, 1, 1),
        committees=("Cabinet",),
        hosts=("minutes.ashmere.gov.uk",),
    )

    def target(
        self, settings: SourceSettings | None = None, narrowed: Narrowed = EVERYTHING, **named: object
    ):
        return site_target(
            settings or self.settings,
            SitesSettings(pace=2.0, contact="clerk@ashmere.example", attachments=Attachments.REPORTS),
            None,
            narrowed,
            is_new=bool(named.get("is_new")),
        )

    def test_what_is_said_of_all_sites_holds_where_a_source_says_nothing(self):
        target = self.target()
        assert target.source == Source("ashmere", ASHMERE)
        assert target.options == SiteOptions(
            "Ashmere Borough Council", date(2024, 1, 1), ("Cabinet",), Attachments.REPORTS
        )
        assert target.manners == Manners(
            ASHMERE, frozenset({"minutes.ashmere.gov.uk"}), 2.0, "clerk@ashmere.example"
        )
        assert target.new is None

    def test_what_a_source_says_goes_before_it(self):
        own = self.settings.model_copy(
            update={
                "attachments": Attachments.NONE,
                "pace": 0.0,
                "contact": "me@x.example",
                "decisions": False,
            }
        )
        target = self.target(own)
        assert (target.options.attachments, target.options.decisions) == (Attachments.NONE, False)
        assert (target.manners.pace, target.manners.contact) == (0.0, "me@x.example")

    def test_what_is_said_of_one_look_goes_before_both(self):
        narrowed = Narrowed(date(2015, 1, 1), ("Roads",), everything=True)
        options = self.target(narrowed=narrowed).options
        assert (options.since, options.committees, options.everything) == (date(2015, 1, 1), ("Roads",), True)
        assert self.target().options.everything is False
        assert options.is_lasting is False, "a backfill of one committee is no wish for that of all"
        assert self.target(narrowed=Narrowed(date(2015, 1, 1))).options.is_lasting is True

    def test_what_the_record_knows_stays_and_the_location_is_that_of_the_settings(self):
        known = Source("ashmere", "https://old.example/", SourceState.OK, "", "2026-01-01", "2026-01-01")
        target = site_target(self.settings, SitesSettings(), known, EVERYTHING, is_new=False)
        assert target.source == Source("ashmere", ASHMERE, SourceState.OK, "", "2026-01-01", "2026-01-01")

    def test_a_new_source_has_a_table_of_what_was_said(self):
        new = new_site("ashmere", ASHMERE, "Ashmere Borough Council")
        assert self.target(new, is_new=True).new == {
            "name": "ashmere",
            "location": ASHMERE,
            "council": "Ashmere Borough Council",
        }
        narrowed = Narrowed(date(2015, 1, 1), ("Roads",), everything=True)
        assert self.target(new_site("ashmere", ASHMERE, ""), narrowed, is_new=True).new == {
            "name": "ashmere",
            "location": ASHMERE,
            "since": date(2015, 1, 1),
            "committees": ["Roads"],
        }

    @pytest.mark.parametrize(
        "address", ["https://", "https://a b/", "https://u:p@ashmere.example/", "http://[x/"]
    )
    def test_what_is_no_address_is_said_in_one_line(self, address):
        with pytest.raises(UsageError) as told:
            new_site("ashmere", address, "")
        assert str(told.value).startswith(f"{address}: ")
        assert "\n" not in str(told.value)


class TestLooks:
    @pytest.fixture
    def sites(self, monkeypatch) -> dict[str, ScriptedSite | Exception]:
        """Sites by location, in place of the network; each visit counts seven requests."""
        sites: dict[str, ScriptedSite | Exception] = {}

        async def find(address: str, _: object):
            site = sites[address]
            if isinstance(site, Exception):
                raise site
            return site, address

        def crawl(visits):
            async def all_of_them():
                await asyncio.gather(*(visit(SimpleNamespace(requests=7)) for _, visit in visits))

            asyncio.run(all_of_them())

        monkeypatch.setattr("ingest.sites.site_look.find_site", find)
        monkeypatch.setattr("ingest.sites.crawl.crawl", crawl)
        return sites

    def look(self, corpus, *targets: SiteTarget) -> tuple[dict[str, Looked], dict[str, str]]:
        looked: dict[str, Looked] = {}
        found: dict[str, str] = {}
        look_at_sites(
            corpus,
            targets,
            Listener(lambda _: None, lambda _: None),
            now=datetime(2026, 3, 2, tzinfo=UTC),
            found=lambda target, base: found.update({target.source.name: base}),
            looked=lambda one: looked.update({one.source: one}),
        )
        return looked, found

    def target(self, name: str, *, is_new: bool = False) -> SiteTarget:
        settings = new_site(name, f"https://{name}.example/", "")
        return site_target(settings, SitesSettings(), None, EVERYTHING, is_new=is_new)

    def test_each_is_reported_with_its_requests_and_none_stops_another(self, corpus, sites):
        sites["https://ashmere.example/"] = ScriptedSite()
        sites["https://ashmere.example/"].publish(meeting("1", "2026-02-01", item("11")))
        sites["https://tarnwick.example/"] = UnreadableError("nothing answers")
        looked, found = self.look(corpus, self.target("tarnwick"), self.target("ashmere"))
        assert {name: (one.state, one.new, one.requests) for name, one in looked.items()} == {
            "ashmere": (SourceState.OK, 1, 7),
            "tarnwick": (SourceState.FAILING, 0, 7),
        }
        assert found == {"ashmere": "https://ashmere.example/"}

    def test_what_stands_in_the_settings_is_remembered_and_a_mistyped_address_is_not(self, corpus, sites):
        for name in ("old", "new"):
            sites[f"https://{name}.example/"] = UnreadableError("nothing answers")
        self.look(corpus, self.target("old"), self.target("new", is_new=True))
        assert [one.name for one in corpus.sources()] == ["old"]

    def test_two_processes_never_look_at_sites_at_once(self, corpus, sites):
        with (
            FileLock(corpus.path.parent / "sites.lock"),
            pytest.raises(BusyError, match="another process is looking at sites"),
        ):
            self.look(corpus)
        assert self.look(corpus) == ({}, {})
