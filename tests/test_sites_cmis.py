"""A CMIS council, by the real command and over half a year of nights."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.records import Document, Kind
from corpus.store import Corpus
from ingest.report import Looked
from ingest.sites.records import Attachments
from ingest.sites.visit import SiteOptions
from tests.sites.cmis import Cmis
from tests.sites.nights import Nights
from tests.sites.visits import Visits

FIRST, LAST = date(2026, 1, 20), date(2026, 9, 1)
SINCE = date(2026, 1, 1)
EVERYTHING = SiteOptions(since=SINCE, attachments=Attachments.ALL)


def published(data: Path) -> dict[str, Document]:
    with Corpus(data / "corpus.sqlite3") as corpus:
        return {document.id: document for document in corpus.documents()}


def hashes(data: Path) -> dict[str, str]:
    return {name: document.content_hash for name, document in published(data).items()}


def test_an_address_is_all_that_the_command_needs(tmp_path):
    nights = Nights(tmp_path / "data")
    with Cmis(today=date(2026, 6, 1)) as site:
        first = nights(site.today, "ingest", site.base, "--since", "2026")
        again = nights(site.today + timedelta(days=1), "update", "--json")
    assert first.code == 0, first.err
    assert "now a source in" in first.err
    (looked,) = again.json["sources"]
    assert (looked["state"], looked["new"], looked["changed"], looked["failed"]) == ("ok", 0, 0, 0)
    documents = nights.documents().values()
    minutes = [one for one in documents if one.kind is Kind.MINUTES]
    assert minutes
    for one in minutes:
        assert one.pages, "printed minutes know their pages"
        assert one.meeting_date
        assert one.committee
        assert one.url.startswith(site.base), (
            "a reader lands on the meeting: the file's own address does not last"
        )
        assert "Document.ashx" not in one.url
    (nights.data / "generations").exists()
    coverage = nights(site.today + timedelta(days=1), "status", "--json").json["coverage"]
    assert {one["committee"] for one in coverage} >= {one.committee for one in minutes}


@pytest.fixture(scope="module")
def half_a_year(tmp_path_factory) -> tuple[Path, list[tuple[date, Looked, list[str]]], dict[str, str]]:
    """Every other night: the record, each look with what was asked, and what a fresh full look gives."""
    folder = tmp_path_factory.mktemp("cmis")
    looks = []
    with Cmis(today=FIRST) as site:
        visits = Visits(folder / "nights", "brackenford", site.base, EVERYTHING)
        for number in range(0, (LAST - FIRST).days + 1, 2):
            site.today = FIRST + timedelta(days=number)
            before = len(site.requests)
            looked = visits(site.today)
            looks.append((site.today, looked, [request.path for request in site.requests[before:]]))
        Visits(folder / "fresh", "brackenford", site.base, EVERYTHING)(LAST)
    return folder / "nights", looks, hashes(folder / "fresh")


@pytest.mark.slow
def test_half_a_year_of_nights_ends_with_what_a_fresh_look_gives(half_a_year):
    data, looks, fresh = half_a_year
    assert {looked.state for _, looked, _ in looks} == {"ok"}
    assert sum(looked.changed for _, looked, _ in looks) > 0
    with Corpus(data / "corpus.sqlite3") as corpus:
        statuses = {meeting.status for meeting in corpus.meetings()}
    assert {"Cancelled", "Withdrawn"} <= statuses
    assert len(fresh) > 10
    assert hashes(data) == fresh


@pytest.mark.slow
def test_settled_meetings_are_left_alone_although_their_files_have_other_addresses_each_time(half_a_year):
    _, looks, _ = half_a_year

    def asked(nights: list[tuple[date, Looked, list[str]]]) -> int:
        return sum("viewmeetingpublic" in path.lower() for _, _, paths in nights for path in paths)

    # Nothing is held or published in the last weeks: what is looked at then rests already.
    assert asked(looks[-14:]) < asked(looks[-84:]) / 6
    assert sum(looked.changed + looked.new for _, looked, _ in looks[-14:]) == 0
