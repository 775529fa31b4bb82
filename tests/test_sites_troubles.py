"""Nights on which councils are in trouble: it is said what is wrong with each, and no other one notices.

One data directory lives through all of these nights, with four councils, two of which are in trouble each
night. The sites publish nothing new after the first, so whatever changes in the record has been done by
the trouble. Each night comes so long after the one before that everything is due for a look.
"""

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from corpus.coverage import coverage_of
from corpus.records import Document
from corpus.store import Corpus
from tests.marks import slow
from tests.sites.certificates import authority
from tests.sites.council import council
from tests.sites.moderngov import ModernGov
from tests.sites.nights import Nights, source
from tests.sites.serving import Logged
from tests.sites.traits import HASTY_ROBOTS, NO_ROBOTS, Failure, Pages, Traits, Trouble
from tests.ui.commanding import Result

pytestmark = pytest.mark.xdist_group("troubles")

FIRST_NIGHT = date(2025, 7, 16)
SINCE = date(2025, 6, 1)
#: Nothing rests for longer than 91 days.
BETWEEN = timedelta(days=92)
#: Seconds from one request to the next at the machines of the vendor.
PACE = 0.05
PATIENCE = 5.0

ASHMERE, TARNWICK, BRACKENFORD, LLANFAIR = "ashmere", "tarnwick", "brackenford", "llanfair-y-bryn"
VENDORS_OWN = (ASHMERE, TARNWICK)
PLAIN = Traits(robots=HASTY_ROBOTS)
#: How the sites are when all is well. The last has no web service, and sends every guest into a session.
WELL = {ASHMERE: PLAIN, TARNWICK: PLAIN, BRACKENFORD: PLAIN} | {
    LLANFAIR: replace(PLAIN, service=False, session=True)
}
MEETINGS = r"GetMeeting\?|ieListDocuments"


@dataclass
class World:
    """Four councils, and the nights of one record that follows them."""

    nights: Nights
    sites: dict[str, ModernGov]
    secure: ssl.SSLContext
    certificates: dict[str, str]
    day: date = FIRST_NIGHT - BETWEEN
    reports: int = 0

    def update(self) -> Result:
        """Run the update of the next night, with new logs of requests, and let all be well again."""
        for site in self.sites.values():
            site.forget()
        self.day += BETWEEN
        done = self.nights(self.day, "update", "--json")
        self.reports += 1
        assert len(list((self.nights.data / "updates").iterdir())) == self.reports
        for name, site in self.sites.items():
            site.traits = WELL[name]
        return done

    def record(self) -> tuple[dict[str, Document], list[tuple[object, ...]]]:
        """Return what is published, and every version and miss of it."""
        with Corpus(self.nights.data / "corpus.sqlite3") as corpus:
            query = "SELECT id, version, withdrawn, misses FROM documents ORDER BY id"
            rows = [tuple(row) for row in corpus.connection.execute(query)]
            return {document.id: document for document in corpus.documents()}, rows

    def unread(self) -> dict[str, int]:
        """Return how many meetings of each council have been listed and never read."""
        with Corpus(self.nights.data / "corpus.sqlite3") as corpus:
            covered = coverage_of(corpus)
        return {name: sum(one.unread for one in covered if one.source == name) for name in self.sites}


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("troubles")
    issuer = authority(folder)
    secure = issuer.good()
    issuer.expired()
    certificates = {name: str(folder / f"{name}.pem") for name in ("good", "expired")}
    with ExitStack() as stack:
        stack.enter_context(pytest.MonkeyPatch.context()).setenv("SSL_CERT_FILE", str(issuer.certificate))
        sites = {
            name: ModernGov(
                council(),
                today=FIRST_NIGHT,
                traits=WELL[name],
                ssl_context=secure if name == BRACKENFORD else None,
            )
            for name in WELL
        }
        for site in sites.values():
            stack.enter_context(site)
        hosts = {f"{name}.moderngov.co.uk": "127.0.0.1" for name in VENDORS_OWN}
        nights = Nights(folder / "data", settings_of(sites), pace=PACE, hosts=hosts, timeout=PATIENCE)
        world = World(nights, sites, secure, certificates)
        night = world.update()
        assert night.code == 0, night.err
        assert_well(night, world, world.sites)
        documents, _ = world.record()
        counts = {name: sum(one.source == name for one in documents.values()) for name in sites}
        assert len(set(counts.values())) == 1, counts
        assert counts[ASHMERE] > 10
        assert not any("(S(" in document.url for document in documents.values())
        yield world


def settings_of(sites: dict[str, ModernGov]) -> str:
    ports = {name: site.base.rstrip("/").rpartition(":")[2] for name, site in sites.items()}
    places = {name: f"http://{name}.moderngov.co.uk:{ports[name]}/" for name in VENDORS_OWN}
    return "".join(
        (
            *(source(name, place, since=SINCE) for name, place in places.items()),
            source(BRACKENFORD, f"https://localhost:{ports[BRACKENFORD]}/", since=SINCE),
            source(LLANFAIR, f"http://127.0.0.1:{ports[LLANFAIR]}/", since=SINCE, pace=0.0),
        )
    )


@dataclass(frozen=True, slots=True)
class Ill:
    """One council in trouble, and what the report must say of it.

    Attributes:
        name: the council.
        failure: what is wrong with all of its site or a part.
        state: of the source after this night.
        reason: the report must have these words for it.
        asked: tells whether what was asked of the site is no more than it should be.
    """

    name: str
    failure: Failure
    state: str
    reason: str
    asked: Callable[[list[Logged]], bool] = lambda asked: len(asked) < 12

    def __str__(self) -> str:
        return f"{self.name}, {self.failure.trouble} {self.failure.where.strip('^')}"


def meetings_asked(asked: list[Logged]) -> int:
    return sum("GetMeeting?" in logged.path for logged in asked)


JUST_A_MOMENT = "shows a challenge page (Just a moment"
#: Two councils a night, each with a trouble of its own.
NIGHTS = (
    (
        Ill(ASHMERE, Failure(Trouble.FORBIDDEN), "blocked", JUST_A_MOMENT, lambda asked: len(asked) == 2),
        Ill(BRACKENFORD, Failure(Trouble.WAF), "blocked", "shows a challenge page (Azure WAF"),
    ),
    (
        Ill(TARNWICK, Failure(Trouble.CHALLENGE), "blocked", JUST_A_MOMENT, lambda asked: len(asked) == 2),
        Ill(LLANFAIR, Failure(Trouble.ERROR_PAGE), "failing", "it leads to the site's error page"),
    ),
    (
        Ill(ASHMERE, Failure(Trouble.BROKEN), "failing", "answers 500, tried 3 times"),
        Ill(
            BRACKENFORD,
            Failure(Trouble.UNAVAILABLE, retry_after=600),
            "failing",
            "answers 503 and asks not to be visited again before 20",
            lambda asked: len(asked) == 2,
        ),
    ),
    (
        Ill(TARNWICK, Failure(Trouble.TOO_MANY, retry_after=0), "blocked", "answers 429, tried 3 times"),
        Ill(LLANFAIR, Failure(Trouble.NOT_FOUND), "failing", "nothing at this address (it answers 404)"),
    ),
    (
        Ill(ASHMERE, Failure(Trouble.DROPPED), "failing", "closes the connection without an answer"),
        Ill(BRACKENFORD, Failure(Trouble.TRUNCATED), "failing", "broken XML"),
    ),
    (
        Ill(
            TARNWICK,
            Failure(Trouble.BROKEN, where="^/robots"),
            "failing",
            "its robots.txt cannot be read (answers 500, tried 3 times), so nothing may be fetched",
            lambda asked: {logged.path for logged in asked} == {"/robots.txt"},
        ),
        Ill(LLANFAIR, Failure(Trouble.TRUNCATED), "failing", "the page breaks off before its end"),
    ),
    (
        Ill(
            ASHMERE,
            Failure(Trouble.FORBIDDEN, where=MEETINGS),
            "blocked",
            JUST_A_MOMENT,
            lambda asked: meetings_asked(asked) == 1,  # whoever is turned away goes
        ),
        Ill(
            BRACKENFORD,
            Failure(Trouble.TRUNCATED, where=MEETINGS),
            "failing",
            "broken XML",
            lambda asked: 1 < meetings_asked(asked) <= 3,
        ),
    ),
    (
        Ill(
            TARNWICK,
            Failure(Trouble.SLOW, where=MEETINGS, seconds=PATIENCE),
            "failing",
            "gives no whole answer within 1.5 s",
            lambda asked: 1 < meetings_asked(asked) <= 3,
        ),
        Ill(
            LLANFAIR,
            Failure(Trouble.ERROR_PAGE, where=MEETINGS),
            "failing",
            "it leads to the site's error page",
            lambda asked: 1 < sum("ieListDocuments" in logged.path for logged in asked) <= 3,
        ),
    ),
)


def of(night: Result, name: str) -> dict[str, Any]:
    (found,) = (one for one in night.json["sources"] if one["source"] == name)
    return found


def assert_well(night: Result, world: World, names: Iterable[str]) -> None:
    """Check that these councils were read in full."""
    unread = world.unread()
    for name in names:
        told = of(night, name)
        assert (told["state"], told["reason"]) == ("ok", "")
        assert (told["failed"], told["blocked"], told["missing"]) == (0, 0, 0)
        assert told["unchanged"] + told["new"] > 10
        assert unread[name] == 0


def assert_ill(night: Result, world: World, name: str, state: str, reason: str) -> None:
    told = of(night, name)
    assert told["state"] == state
    assert reason in told["reason"]
    assert "\n" not in told["reason"]
    assert told["blocked" if state == "blocked" else "failed"] > 0
    assert (told["new"], told["changed"], told["missing"], told["withdrawn"]) == (0, 0, 0, 0)
    assert told["requests"] == len(world.sites[name].requests)


def assert_pace(world: World) -> None:
    """Check by the servers' own clock that no two requests to one slot came closer than the pace."""
    vendors = [logged for name in VENDORS_OWN for logged in world.sites[name].requests]
    for log in (vendors, world.sites[BRACKENFORD].requests):
        times = sorted(logged.time for logged in log)
        assert min((later - earlier for earlier, later in pairwise(times)), default=PACE) >= PACE


@pytest.mark.parametrize(
    "ills",
    [NIGHTS[0], *slow(*((night,) for night in NIGHTS[1:]))],
    ids=lambda ills: " and ".join(map(str, ills)),
)
def test_two_councils_of_four_in_trouble(world, ills):
    before = world.record()
    for ill in ills:
        world.sites[ill.name].traits = replace(WELL[ill.name], failure=ill.failure)
    if any(ill.failure.trouble is Trouble.SLOW for ill in ills):
        world.nights.timeout, world.nights.waits = 1.5, ()
    try:
        night = world.update()
    finally:
        world.nights.timeout, world.nights.waits = PATIENCE, Nights.waits
    assert night.code == 1
    for ill in ills:
        assert_ill(night, world, ill.name, ill.state, ill.reason)
        assert ill.asked(world.sites[ill.name].requests), world.sites[ill.name].requests
    # Those that were in trouble the night before have recovered by now, too.
    assert_well(night, world, set(world.sites) - {ill.name for ill in ills})
    assert world.record() == before
    assert_pace(world)


def test_an_expired_certificate_and_robots_that_want_nobody(world):
    before = world.record()
    world.secure.load_cert_chain(world.certificates["expired"])
    world.sites[ASHMERE].traits = replace(WELL[ASHMERE], robots=NO_ROBOTS)
    night = world.update()
    world.secure.load_cert_chain(world.certificates["good"])
    assert night.code == 1
    expired = of(night, BRACKENFORD)
    assert (expired["state"], expired["failed"]) == ("failing", 1)
    assert "its certificate is not accepted: it has expired; the check is never" in expired["reason"]
    assert world.sites[BRACKENFORD].requests == []
    assert_ill(night, world, ASHMERE, "blocked", "its robots.txt does not allow it")
    assert [logged.path for logged in world.sites[ASHMERE].requests] == ["/robots.txt"]
    assert_well(night, world, {TARNWICK, LLANFAIR})
    assert world.record() == before


def test_little_troubles_leave_a_site_well(world):
    before = world.record()
    one = str(council().on(FIRST_NIGHT).meetings[-2].id)
    ills = {
        ASHMERE: Failure(Trouble.UNAVAILABLE, times=2),
        BRACKENFORD: Failure(Trouble.BROKEN, where=rf"GetMeeting\?lMeetingId={one}$"),
    }
    for name, failure in ills.items():
        world.sites[name].traits = replace(WELL[name], failure=failure)
    world.sites[TARNWICK].traits = replace(WELL[TARNWICK], pages=Pages.CHALLENGED)
    night = world.update()
    assert night.code == 1
    # Asked to wait for a second, twice, it waits and goes on.
    assert_well(night, world, {ASHMERE, LLANFAIR})
    log = world.sites[ASHMERE].requests
    refused = [place for place, logged in enumerate(log) if logged.status == 503]
    assert len(refused) == 2
    assert all(log[place + 1].time - log[place].time >= 1 for place in refused)
    # One meeting of many is no failing site.
    told = of(night, BRACKENFORD)
    assert (told["state"], told["reason"], told["failed"], told["blocked"]) == ("ok", "", 1, 0)
    assert told["unchanged"] > 5
    (line,) = (line for line in night.lines if "answers 500" in line)
    assert line.startswith(f"{BRACKENFORD}: ")
    assert one in line
    # The web service has the meetings, and only the pages have the register.
    told = of(night, TARNWICK)
    assert (told["state"], told["failed"], told["blocked"]) == ("ok", 0, 1)
    assert told["reason"].startswith("without its register of decisions: ")
    assert JUST_A_MOMENT in told["reason"]
    assert told["unchanged"] > 5
    assert world.unread()[TARNWICK] == 0
    assert world.record() == before
    assert_pace(world)


def test_not_to_have_found_is_not_the_same_as_not_to_have_looked(world):
    world.sites[TARNWICK].traits = replace(WELL[TARNWICK], failure=Failure(Trouble.FORBIDDEN))
    night = world.update()
    good = (world.day - BETWEEN).isoformat()
    status = world.nights.here(world.day, "status").out.splitlines()
    (row,) = (line.strip() for line in status if line.strip().startswith(f"{TARNWICK}  "))
    assert row.startswith(f"{TARNWICK}  blocked: ")
    assert JUST_A_MOMENT in row
    assert f"(last looked at {world.day}" in row
    assert f", last in full {good}" in row
    (row,) = (line.strip() for line in status if line.strip().startswith(f"{ASHMERE}  "))
    assert row.startswith(f"{ASHMERE}  ok  (last looked at {world.day}")
    (row,) = (line for line in status if line.startswith("Update"))
    assert night.json["started"] in row
    assert "3 of 4 sources ok" in row
    for command in (("search", "zeppelin"), ("ask", "Why was the zeppelin hangar refused?", "--json")):
        told = world.nights.here(world.day, *command)
        assert told.code == 0
        (note,) = (line for line in told.lines if line.startswith("Note: "))
        assert note.startswith(f"Note: {TARNWICK} is blocked (")
        assert note.endswith(f"last read in full on {good}")


@pytest.mark.slow
def test_all_is_well_in_the_end(world):
    night = world.update()
    assert night.code == 0
    assert_well(night, world, world.sites)
    told = world.nights(world.day, "search", "zeppelin")
    assert not any(line.startswith("Note: ") for line in told.lines)
    state = world.nights(world.day, "status", "--json").json
    assert state["update"] == night.json
    assert {one["state"] for one in state["sources"]} == {"ok"}
