"""The same council read through its web service and through its pages comes to the same record."""

import re
import sqlite3
import ssl
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Document, Kind, Status
from corpus.site_record import same_issue
from corpus.store import Corpus
from ingest.sites.records import Attachments
from ingest.sites.visit import SiteOptions
from tests.sites.certificates import authority
from tests.sites.council import (
    CONTACT,
    EXEMPT,
    EXEMPT_ITEM,
    EXEMPT_PAPER,
    HIDDEN,
    HOME,
    LAST_DAY,
    NAME,
    PRINTED,
    REPRINTED,
    SALTINGS,
    TOWN_HALL,
    UNNAMED_ITEM,
    council,
)
from tests.sites.long_texts import SALTINGS as SALTINGS_MINUTES
from tests.sites.long_texts import SALTINGS_SLIP, TOWN_HALL_SLIP
from tests.sites.long_texts import TOWN_HALL as TOWN_HALL_MINUTES
from tests.sites.markup import plain
from tests.sites.moderngov import ModernGov
from tests.sites.nights import Nights, source
from tests.sites.serving import Logged
from tests.sites.traits import DECOY, HASTY_ROBOTS, WELSH, AllCommittees, Traits
from tests.sites.visits import Send, Visits

# The two ways are read once, by one worker.
pytestmark = pytest.mark.xdist_group("both ways")

HOST = "ashmere.moderngov.co.uk"
SINCE = date(2024, 1, 1)
#: In these months happens most of what is special; the variants are read for no longer.
WINDOW = date(2025, 11, 1)
PLAIN = Traits(robots=HASTY_ROBOTS)
PUBLISHED = council().on(LAST_DAY)


@dataclass(frozen=True)
class Read:
    """What one way of reading the council came to. `asked` is what the site was asked for."""

    data: Path
    name: str
    documents: dict[str, Document]
    asked: tuple[Logged, ...]
    status: Any

    def document(self, id: str) -> Document:
        return self.documents[f"{self.name}/{id}"]


@dataclass(frozen=True)
class Both:
    service: Read
    pages: Read

    def __iter__(self) -> Iterator[Read]:
        return iter((self.service, self.pages))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Ashmere read in full by the real command: as a new site by its service, as a known one by its pages."""
    folder = tmp_path_factory.mktemp("both")
    with ModernGov(council(), today=LAST_DAY, traits=PLAIN) as site:
        address = site.base.replace("127.0.0.1", HOST)
        nights = Nights(folder / "service", 'attachments = "all"\n', hosts={HOST: "127.0.0.1"})
        done = nights(LAST_DAY, "ingest", address, "--since", "2024")
        assert done.code == 0, done.err
        service = read(nights, site)
        site.forget()
        site.traits = replace(PLAIN, service=False)
        table = source(service.name, address, since=SINCE, attachments="all")
        nights = Nights(folder / "pages", table, hosts={HOST: "127.0.0.1"})
        done = nights(LAST_DAY, "update", "--json")
        assert done.code == 0, done.err
        assert done.json["sources"][0]["requests"] == len(site.requests)
        return Both(service, read(nights, site))


def read(nights: Nights, site: ModernGov) -> Read:
    with Corpus(nights.data / "corpus.sqlite3") as corpus:
        (known,) = corpus.sources()
    asked = tuple(site.requests)
    return Read(nights.data, known.name, nights.documents(), asked, nights(LAST_DAY, "status", "--json").json)


def seen(documents: Iterable[Document]) -> dict[str, Document]:
    """Return documents by id, without the time at which they were fetched."""
    return {one.id: replace(one, fetched_at="") for one in documents}


def said(document: Document, label: str) -> str:
    """Return the words of the sections that are `label` or within it."""
    parts = [
        document.text[one.start : one.end] for one in document.sections if one.label.split(" · ")[0] == label
    ]
    return " ".join(" ".join(parts).split())


def spoken(text: str) -> list[str]:
    """Return the words of a text without the marks of lists, which browsers make and clerks do not write."""
    return [word for word in text.split() if not re.fullmatch(r"\d+\.|[a-z]\.", word)]


@pytest.mark.slow
def test_both_ways_give_the_same_documents(both: Both) -> None:
    assert seen(both.service.documents.values()) == seen(both.pages.documents.values())
    items = {id for id in both.service.documents if "/item/" in id}
    assert items == {
        f"{both.service.name}/item/{item.id}"
        for meeting in PUBLISHED.meetings
        for item in meeting.items
        if meeting.displayed
        and item.displayed
        and not item.restricted
        and (item.agenda or item.decision or item.minutes)
    }
    kinds = {document.kind for document in both.service.documents.values()}
    assert kinds == {Kind.MINUTES, Kind.DECISION, Kind.REPORT, Kind.AGENDA}
    statuses = {document.status for document in both.service.documents.values()}
    assert statuses == set(Status)


@pytest.mark.slow
def test_each_way_was_read_as_it_should(both: Both) -> None:
    by_service = [one.path for one in both.service.asked if "mgWebService.asmx/GetMeeting?" in one.path]
    assert len(by_service) == len(PUBLISHED.meetings)
    assert not [one.path for one in both.service.asked if "ieListDocuments.aspx" in one.path]
    by_pages = [one.path for one in both.pages.asked if "ieListDocuments.aspx" in one.path]
    assert len(by_pages) == len(PUBLISHED.meetings)
    assert all(one.status == 404 for one in both.pages.asked if "mgWebService.asmx" in one.path)
    assert all(one.host.startswith(HOST) for way in both for one in way.asked)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("item", "written", "slip"),
    [
        (TOWN_HALL, TOWN_HALL_MINUTES, TOWN_HALL_SLIP),
        (SALTINGS, SALTINGS_MINUTES, SALTINGS_SLIP),
    ],
)
def test_minutes_of_nine_hundred_words_are_whole(
    both: Both, item: int, written: str, slip: tuple[str, str]
) -> None:
    words = spoken(plain(written.replace(*slip)))
    assert len(words) > 850
    for way in both:
        assert spoken(said(way.document(f"item/{item}"), "minutes")) == words


@pytest.mark.slow
def test_no_minutes_lose_a_word(both: Both) -> None:
    compared = 0
    for meeting in PUBLISHED.meetings:
        for item in meeting.items:
            document = both.service.documents.get(f"{both.service.name}/item/{item.id}")
            # Cells of tables are set apart by marks that the clerk did not write.
            if document is not None and item.minutes and "|" not in item.minutes:
                assert spoken(said(document, "minutes")) == spoken(plain(item.minutes)), document.id
                compared += 1
    assert compared > 100


@pytest.mark.slow
def test_the_fields_of_a_document(both: Both) -> None:
    for way in both:
        hall = way.document(f"item/{TOWN_HALL}")
        assert hall.title == "Town Hall Restoration: Award of Contract"
        assert (hall.committee, hall.meeting_date) == ("Cabinet", "2026-01-14")
        assert (hall.item_number, hall.kind, hall.status) == ("28", Kind.MINUTES, Status.FINAL)
        assert hall.url.endswith(f"/mgAi.aspx?ID={TOWN_HALL}")
        labels = [section.label for section in hall.sections]
        assert labels[:3] == ["agenda", "decision", "minutes"]
        assert labels[3:] == ["minutes · reasons for decision", "minutes · alternative options considered"]


@pytest.mark.slow
def test_the_recorded_vote_is_a_section(both: Both) -> None:
    for way in both:
        vote = said(way.document(f"item/{SALTINGS}"), "recorded vote")
        assert "To grant outline permission" in vote
        assert "Carried" in vote
        assert "To defer the application" in vote
        assert "Lost" in vote


@pytest.mark.slow
def test_printed_minutes_and_their_reprint_are_one_document_of_their_own_meeting(both: Both) -> None:
    printed = PUBLISHED.meeting(PRINTED)
    assert printed is not None
    for way in both:
        same = [one for one in way.documents.values() if "minutes/" in one.id or f"/{REPRINTED}7" in one.id]
        assert [one.id for one in same] == [f"{way.name}/minutes/{printed.agenda_id}"]
        assert same[0].kind is Kind.MINUTES
        assert (same[0].committee, same[0].meeting_date) == (printed.committee.title, "2025-09-16")
        assert same[0].pages
        with closing(sqlite3.connect(way.data / "corpus.sqlite3")) as db:
            rows = db.execute(
                "SELECT meeting, withdrawn FROM documents WHERE id = ?", (same[0].id,)
            ).fetchall()
        assert rows == [(f"{way.name}/meeting/{PRINTED}", 0)]


@pytest.mark.slow
def test_status_tells_how_much_of_each_committee_is_read(both: Both) -> None:
    for way in both:
        covered = {one["committee"]: one for one in way.status["coverage"]}
        for committee in PUBLISHED.committees:
            held = [one for one in PUBLISHED.meetings if one.committee is committee]
            if not held:
                assert committee.title not in covered
                continue
            # Only the pages list the meeting that was brought over from older software; it has no words.
            imported = 1 if way is both.pages and committee is PUBLISHED.committees[0] else 0
            minuted = [one for one in held if one.has_minutes and one.displayed]
            assert covered[committee.title] == {
                "source": way.name,
                "committee": committee.title,
                "first": SINCE.isoformat(),
                "last": LAST_DAY.isoformat(),
                "meetings": len(held) + imported,
                "unread": 0,
                "minuted": len(minuted),
            }


@pytest.mark.slow
def test_what_is_closed_or_personal_is_nowhere_in_the_data(both: Both) -> None:
    for way in both:
        for file in way.data.rglob("*"):
            if file.is_file():
                assert_free(file.read_bytes(), str(file))
        with closing(sqlite3.connect(way.data / "corpus.sqlite3")) as db:
            packed = [row[0] for row in db.execute("SELECT zlib FROM raw")]
            told = [str(row) for row in db.execute("SELECT * FROM versions")]
        assert len(packed) > 100
        for raw in packed:
            assert_free(zlib.decompress(raw), "raw")
        for row in told:
            assert_free(row.encode(), row[:40])


def assert_free(data: bytes, where: str) -> None:
    for mark in (EXEMPT, CONTACT, HOME):
        assert mark.encode() not in data, f"{mark} in {where}"


@pytest.mark.slow
def test_what_is_closed_was_never_asked_for(both: Both) -> None:
    for way in both:
        paths = [one.path for one in way.asked]
        assert any(f"/s{EXEMPT_PAPER - 1}/" in path or f"ID={EXEMPT_PAPER - 1}" in path for path in paths)
        for number in (EXEMPT_PAPER, EXEMPT_ITEM, UNNAMED_ITEM):
            assert not [path for path in paths if str(number) in path]
    hidden = council().on(LAST_DAY).meeting(HIDDEN)
    assert hidden is not None
    papers = {str(paper.id) for item in hidden.items for paper in item.papers}
    assert papers
    assert not [one for way in both for one in way.asked if any(number in one.path for number in papers)]


@pytest.mark.slow
def test_items_of_one_matter_know_each_other_when_read_through_pages(both: Both) -> None:
    way = both.pages
    matters: dict[int, set[str]] = {}
    for meeting in PUBLISHED.meetings:
        for item in meeting.items:
            if item.issue:
                matters.setdefault(item.issue, set()).add(f"{way.name}/item/{item.id}")
    for ruling in PUBLISHED.rulings:
        if ruling.issue:
            matters.setdefault(ruling.issue, set()).add(f"{way.name}/decision/{ruling.id}")
    assert len(matters) > 3
    with Corpus(way.data / "corpus.sqlite3") as corpus:
        for documents in matters.values():
            known = documents & way.documents.keys()
            assert len(known) > 1
            for document in known:
                assert set(same_issue(corpus, document)) == known - {document}


@pytest.fixture(scope="module")
def ashmere() -> Iterator[ModernGov]:
    with ModernGov(council(), today=LAST_DAY, traits=PLAIN) as site:
        yield site


@pytest.fixture(scope="module")
def plainly(ashmere: ModernGov, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The window, read from the most obliging site through its service; addresses without their base."""
    ashmere.traits = PLAIN
    return window(ashmere, tmp_path_factory.mktemp("plain"))


def window(site: ModernGov, folder: Path, *, trusting: ssl.SSLContext | None = None) -> dict[str, Document]:
    visits = Visits(folder, "ashmere", site.base, OPTIONS, Send(trusting))
    looked = visits(LAST_DAY)
    assert (looked.state, looked.failed, looked.blocked) == ("ok", 0, 0), visits.remarks
    with Corpus(folder / "corpus.sqlite3") as corpus:
        found = seen(corpus.documents())
    assert all(one.url.startswith(site.base) for one in found.values())
    return {id: replace(one, url=one.url.removeprefix(site.base)) for id, one in found.items()}


OPTIONS = SiteOptions(NAME, WINDOW, attachments=Attachments.ALL)


#: How sites differ that publish the same.
VARIANTS = {
    "dates ignored": replace(PLAIN, honours_dates=False),
    "all committees an error": replace(PLAIN, all_committees=AllCommittees.ERROR),
    "all committees in part": replace(PLAIN, all_committees=AllCommittees.PARTIAL),
    "empty committees named": replace(PLAIN, counts_only_when_empty=False),
    "pages": replace(PLAIN, service=False),
    "short lists": replace(PLAIN, service=False, rows=3, rows_cap=4),
    "sessions in addresses": replace(PLAIN, service=False, session=True),
    "Welsh": replace(PLAIN, service=False, chrome=WELSH),
    "decoys": replace(PLAIN, service=False, chrome=DECOY),
    "all minutes printed, too": replace(PLAIN, service=False, printed_everywhere=True),
    "all minutes printed, by the service": replace(PLAIN, printed_everywhere=True),
}
#: The others are tried where all tests are run.
QUICK = {"all committees in part", "pages", "sessions in addresses", "Welsh"}


@pytest.mark.parametrize(
    "traits",
    [
        pytest.param(traits, id=name, marks=() if name in QUICK else pytest.mark.slow)
        for name, traits in VARIANTS.items()
    ],
)
def test_variants_give_the_same_documents(
    ashmere: ModernGov, plainly: dict[str, Document], tmp_path: Path, traits: Traits
) -> None:
    ashmere.traits = traits
    assert window(ashmere, tmp_path) == plainly


@pytest.mark.parametrize("service", [True, False])
def test_a_site_in_a_sub_path_gives_the_same_documents(
    plainly: dict[str, Document], tmp_path: Path, service: bool
) -> None:
    traits = replace(PLAIN, service=service)
    with ModernGov(council(), today=LAST_DAY, traits=traits, path="/moderngov/") as site:
        assert window(site, tmp_path) == plainly


def test_papers_written_with_http_are_asked_for_over_https(
    plainly: dict[str, Document], tmp_path: Path
) -> None:
    signed = authority(tmp_path)
    trusting = ssl.create_default_context(cafile=str(signed.certificate))
    traits = replace(PLAIN, http_addresses=True)
    with ModernGov(council(), today=LAST_DAY, traits=traits, ssl_context=signed.good()) as site:
        assert window(site, tmp_path, trusting=trusting) == plainly
        assert any("mgConvert2PDF.aspx" in one.path for one in site.requests)
