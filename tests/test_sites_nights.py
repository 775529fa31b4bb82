"""Twelve weeks of nights at a council's site: what changes there is followed, what rests is left in peace.

The weeks end ten days after the last day of Ashmere's story, because looks thin out: minutes that appear
twelve days after a meeting are seen within three days, and whatever is corrected after a month within a
week or so. All that happens, happens between the third week and the eighth; the last meeting is held in the
tenth week, and its minutes come out five days before the end.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Document, Status
from corpus.site_record import SiteRecord
from corpus.store import Corpus
from ingest.sites.lists import WITHDRAWN as GONE
from ingest.sites.records import Attachments
from ingest.sites.schedule import is_due
from ingest.sites.visit import SiteOptions
from tests.sites.council import (
    CABINET_ID,
    CANCELLED,
    CLOSED_ITEM,
    MOVED,
    NAME,
    PLANNING_ID,
    PRINTED,
    REPLACED_PAPER,
    REPRINTED,
    SALTINGS,
    TOWN_HALL,
    WITHDRAWN,
    council,
    item_id,
    meeting_id,
)
from tests.sites.long_texts import SALTINGS_SLIP, TOWN_HALL_SLIP
from tests.sites.markup import plain
from tests.sites.moderngov import ModernGov
from tests.sites.nights import Nights, source
from tests.sites.publishing import Council, Dropped
from tests.sites.traits import HASTY_ROBOTS, Traits
from tests.sites.visits import Visits

# Living through the weeks counts for the first test of each way.
pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]

HOST = "ashmere.moderngov.co.uk"
SOURCE = "ashmere"
#: The meeting with printed minutes is the first that is read.
SINCE = date(2025, 9, 16)
FIRST = date(2026, 1, 17)
LAST = FIRST + timedelta(83)
#: In these nights, the last included, the real command looks and indexes: with the night without change that
#: follows, a dozen times for both ways. The other looks are made in this process, at a tenth of the cost.
REAL = range(11, 84, 18)
OPTIONS = SiteOptions(NAME, SINCE, attachments=Attachments.ALL)
#: An item with a report that disappears from an agenda which stays.
DROPPED_MEETING = meeting_id(PLANNING_ID, "2026-02-19")
DROPPED = item_id(DROPPED_MEETING, 4)
DROPPED_DAY = date(2026, 3, 8)
(DROPPED_PAPER,) = (
    paper.id
    for meeting in council().meetings
    for item in meeting.items
    if item.id == DROPPED
    for paper in item.papers
)
#: Requests that a night costs beside one for each thing that is due: robots.txt, the committees (weekly), the
#: register of decisions of the last weeks, and the list of meetings: one for all committees by the service,
#: by the pages one for each of the five that meet.
LISTS = {"service": 1 + 1 + 1 + 1, "pages": 1 + 1 + 1 + 5}


@dataclass(frozen=True)
class Night:
    """What one night came to: the numbers of its look, what is published after it, the meetings looked at."""

    day: date
    looked: dict[str, Any]
    published: frozenset[str]
    visited: frozenset[str]


@dataclass(frozen=True)
class Weeks:
    """The nights of twelve weeks, the site as it stands after them, and a fresh full look at it."""

    way: str
    site: ModernGov
    nights: tuple[Night, ...]
    data: Path
    fresh: Path

    @property
    def location(self) -> str:
        return self.site.base.replace("127.0.0.1", HOST)

    def real(self, data: Path) -> Nights:
        table = source(SOURCE, self.location, council=NAME, since=SINCE, attachments="all")
        return Nights(data, table, hosts={HOST: "127.0.0.1"})

    def of(self, meeting: int) -> frozenset[str]:
        """Return the ids of the documents that a meeting ever had."""
        with closing(sqlite3.connect(self.data / "corpus.sqlite3")) as db:
            rows = db.execute("SELECT id FROM documents WHERE meeting = ?", (f"{SOURCE}/meeting/{meeting}",))
            return frozenset(row[0] for row in rows)


def story() -> Council:
    dropped = Dropped(DROPPED_DAY, DROPPED_MEETING, DROPPED)
    return replace(council(), events=(*council().events, dropped))


@pytest.fixture(
    scope="module",
    # The weeks of each way are lived through once, by one worker.
    params=[
        pytest.param(way, marks=pytest.mark.xdist_group(f"nights through the {way}"))
        for way in ("service", "pages")
    ],
)
def weeks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weeks]:
    way = request.param
    folder = tmp_path_factory.mktemp(way)
    traits = Traits(service=way == "service", robots=HASTY_ROBOTS)
    with ModernGov(story(), today=FIRST, traits=traits) as site:
        lived = Weeks(way, site, (), folder / "nights", folder / "fresh")
        real = lived.real(lived.data)
        visits = Visits(lived.data, SOURCE, lived.location, OPTIONS)
        nights = []
        for number in range(84):
            site.today = FIRST + timedelta(number)
            if number in REAL:
                done = real(site.today, "update", "--json")
                assert done.code == 0, done.err
                (looked,) = done.json["sources"]
            else:
                looked = asdict(visits(site.today))
            nights.append(night(lived.data, site.today, looked))
        lived.fresh.mkdir()
        assert Visits(lived.fresh, SOURCE, lived.location, OPTIONS)(LAST).state == "ok"
        yield replace(lived, nights=tuple(nights))


def night(data: Path, day: date, looked: dict[str, Any]) -> Night:
    with closing(sqlite3.connect(data / "corpus.sqlite3")) as db:
        published = db.execute("SELECT id FROM documents WHERE NOT withdrawn").fetchall()
        visited = db.execute(
            "SELECT id FROM watches WHERE id LIKE ? AND last_look LIKE ?",
            (f"{SOURCE}/meeting/%", f"{day.isoformat()}%"),
        ).fetchall()
    return Night(day, looked, frozenset(row[0] for row in published), frozenset(row[0] for row in visited))


def published(data: Path) -> dict[str, str]:
    with Corpus(data / "corpus.sqlite3") as corpus:
        return {document.id: document.content_hash for document in corpus.documents()}


def held(data: Path) -> dict[str, tuple[str, str, str]]:
    with Corpus(data / "corpus.sqlite3") as corpus:
        return {
            one.id: (one.date, one.committee, one.status) for one in corpus.meetings() if one.status != GONE
        }


def document(data: Path, id: str) -> Document:
    with Corpus(data / "corpus.sqlite3") as corpus:
        found = corpus.document(f"{SOURCE}/{id}")
    assert found is not None, id
    return found


def versions(data: Path, id: str) -> list[Document]:
    with Corpus(data / "corpus.sqlite3") as corpus:
        return list(corpus.versions(f"{SOURCE}/{id}"))


def documents_among(weeks: Weeks, ids: frozenset[str]) -> list[Document]:
    with Corpus(weeks.data / "corpus.sqlite3") as corpus:
        return [one for one in map(corpus.document, sorted(ids)) if one is not None]


def test_every_night_goes_well(weeks: Weeks) -> None:
    assert len(weeks.nights) == 84
    assert weeks.nights[-1].day == LAST
    for one in weeks.nights:
        assert (one.looked["state"], one.looked["failed"], one.looked["blocked"]) == ("ok", 0, 0), one.day


def test_the_end_is_what_a_fresh_full_look_gives(weeks: Weeks) -> None:
    assert len(published(weeks.fresh)) > 100
    assert published(weeks.data) == published(weeks.fresh)
    assert held(weeks.data) == held(weeks.fresh)


def test_all_that_happened_was_noticed(weeks: Weeks) -> None:
    town_hall, saltings = (document(weeks.data, f"item/{item}") for item in (TOWN_HALL, SALTINGS))
    for found, (old, new) in ((town_hall, TOWN_HALL_SLIP), (saltings, SALTINGS_SLIP)):
        assert new in found.text
        assert old not in found.text
        assert any(old in version.text for version in versions(weeks.data, found.id.partition("/")[2]))
    # One of them stands beyond the words that a meeting's page shows, the other within.
    assert len(town_hall.text[: town_hall.text.index(TOWN_HALL_SLIP[1])].split()) > 500
    assert len(saltings.text[: saltings.text.index(SALTINGS_SLIP[1])].split()) < 500
    exchanged = versions(weeks.data, f"paper/{REPLACED_PAPER}")
    assert ["as replaced on 2 March" in version.text for version in exchanged] == [False, True]
    assert held(weeks.data)[f"{SOURCE}/meeting/{MOVED}"][0] == "2026-02-25"
    assert {one.meeting_date for one in documents_among(weeks, weeks.of(MOVED))} == {"2026-02-25"}
    assert held(weeks.data)[f"{SOURCE}/meeting/{CANCELLED}"][2] == "Cancelled"
    printed = [id for id in published(weeks.data) if "/minutes/" in id or id.endswith(f"/{REPRINTED}7")]
    assert printed == [f"{SOURCE}/minutes/{PRINTED + 1009}"]


def test_minutes_are_first_a_draft_and_then_final(weeks: Weeks) -> None:
    stages = [version.status for version in versions(weeks.data, f"item/{TOWN_HALL}")]
    assert list(dict.fromkeys(stages)) == [Status.UNKNOWN, Status.DRAFT, Status.FINAL]
    assert stages == sorted(stages, key=[Status.UNKNOWN, Status.DRAFT, Status.FINAL].index)
    ends = {
        one.status
        for one in documents_among(weeks, weeks.of(meeting_id(CABINET_ID, "2026-01-14")))
        if one.kind == "minutes"
    }
    assert ends == {Status.FINAL}


@pytest.mark.parametrize(
    ("since", "meeting", "items"),
    [
        pytest.param(date(2026, 2, 27), WITHDRAWN, (), id="a withdrawn meeting"),
        pytest.param(date(2026, 3, 13), CANCELLED, (), id="the items of a cancelled meeting"),
        pytest.param(
            DROPPED_DAY,
            DROPPED_MEETING,
            (f"item/{DROPPED}", f"paper/{DROPPED_PAPER}"),
            id="an item and its report",
        ),
    ],
)
def test_what_is_gone_is_withdrawn_after_three_misses(
    weeks: Weeks, since: date, meeting: int, items: tuple[str, ...]
) -> None:
    lost = frozenset(f"{SOURCE}/{item}" for item in items) or weeks.of(meeting)
    assert lost
    before = [one for one in weeks.nights if one.day < since]
    assert lost <= before[-1].published
    looks = [one for one in weeks.nights if one.day >= since and f"{SOURCE}/meeting/{meeting}" in one.visited]
    first, second, third, *later = looks
    # What was missed once is looked for in the following nights.
    assert [one.day - first.day for one in (second, third)] == [timedelta(1), timedelta(2)]
    assert lost <= first.published
    assert lost <= second.published
    assert not lost & third.published
    assert not any(lost & one.published for one in later)
    for one in (first, second, third):
        assert one.looked["missing"] == len(lost)
    assert [one.looked["withdrawn"] for one in (first, second, third)] == [0, 0, len(lost)]
    for id in lost:
        assert versions(weeks.data, id.removeprefix(f"{SOURCE}/"))[-1].text


def test_an_item_that_is_closed_is_erased_at_the_next_look(weeks: Weeks) -> None:
    closed = date(2026, 2, 24)
    found = council().on(closed - timedelta(1)).found_item(CLOSED_ITEM)
    assert found is not None
    item = found[1]
    lost = {f"item/{item.id}", *(f"paper/{paper.id}" for paper in item.papers)}
    assert len(lost) > 1
    ids = {f"{SOURCE}/{each}" for each in lost}
    before = [one for one in weeks.nights if one.day < closed]
    assert ids <= before[-1].published
    look = next(
        one for one in weeks.nights if one.day >= closed and f"{SOURCE}/meeting/{REPRINTED}" in one.visited
    )
    assert look.day < closed + timedelta(7)
    assert not any(ids & one.published for one in weeks.nights if one.day >= look.day)
    for each in lost:
        assert all(not version.text and not version.title for version in versions(weeks.data, each))
    with Corpus(weeks.data / "corpus.sqlite3") as corpus:
        others = "\n".join(one.text for one in corpus.documents())
        assert all(corpus.raw(id) == b"" for id in ids)
    # What only this item said is in no file any more, neither in the record nor in what is made from it.
    sentences = [line for line in plain(item.minutes).split("\n") if len(line) > 60 and line not in others]
    assert sentences
    for file in weeks.data.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        assert not [line for line in sentences if line.encode() in data], file


def test_a_night_without_change_costs_one_request_for_what_is_due_and_writes_nothing(
    weeks: Weeks, tmp_path: Path
) -> None:
    data = tmp_path / "quiet"
    shutil.copytree(weeks.data, data)
    real, visits = weeks.real(data), Visits(data, SOURCE, weeks.location, OPTIONS)
    before = written(data)
    spared = 0
    # The site stays as it is on the last day; nights at it go on.
    for number in range(1, 8):
        day = LAST + timedelta(number)
        expected, known = due(data, day)
        if number < 7:
            looked = asdict(visits(day))
        else:
            update = real(day, "update", "--json").json
            (looked,) = update["sources"]
            assert (update["embedded"], update["is_new"]) == (0, False)
        requests = looked["requests"]
        assert requests <= expected + LISTS[weeks.way], day
        assert [looked[key] for key in ("state", "new", "changed", "missing", "withdrawn", "failed")] == [
            "ok",
            0,
            0,
            0,
            0,
            0,
        ]
        spared += known - expected
        assert written(data) == before
    assert spared > 50, "most meetings rest on most nights"
    # What was looked at rests now: robots.txt is asked for, and the list that tells of new meetings.
    again = visits(day)
    assert again.requests < requests
    assert again.requests <= 2
    assert (again.state, again.new, again.changed, again.missing) == ("ok", 0, 0, 0)
    assert written(data) == before


def written(data: Path) -> tuple[int, int]:
    """Return the revision of the record and how many versions it holds."""
    with Corpus(data / "corpus.sqlite3") as corpus:
        return corpus.revision, corpus.counts().versions


def due(data: Path, day: date) -> tuple[int, int]:
    """Return how many meetings and decisions are to be looked at on `day`, and how many are known.

    The schedule tells; a meeting is due when it or one of its files and long items is.
    """
    with Corpus(data / "corpus.sqlite3") as corpus:
        record = SiteRecord(corpus, SOURCE)
        watches = record.watches()
        happened = {id: date.fromisoformat(one.date) for id, one in record.meetings().items()}
        for id in watches:
            if id.startswith(f"{SOURCE}/decision/") and (found := corpus.document(id)) is not None:
                happened[id] = date.fromisoformat(found.meeting_date or day.isoformat())
    asked = {id for id, when in happened.items() if is_due(watches.get(id), when, day)}
    asked |= {
        one.meeting for one in watches.values() if one.meeting and is_due(one, happened[one.meeting], day)
    }
    return len(asked), len(happened)
