import sqlite3
from contextlib import closing

import pytest

from corpus.records import Committee, Meeting, Site, Watch
from corpus.site_record import SiteRecord, same_issue
from corpus.versions import Missing, Outcome
from tests.factories import make_document

MEETING = "ashmere/meeting/7"


@pytest.fixture
def record(corpus) -> SiteRecord:
    return SiteRecord(corpus, "ashmere")


def put(record: SiteRecord, document_id: str, text: str = "It was agreed.", meeting: str = MEETING, **fields):
    document = make_document(id=document_id, source="ashmere", text=text, **fields)
    return record.put(
        document, input_hash=str(len(text)), raw=text.encode(), media_type="text/html", meeting=meeting
    )


def test_what_answers_there_is_remembered(record):
    assert record.site() is None
    site = Site("ashmere", "CMIS", "https://ashmere.example/", "2026-01-01")
    record.put_site(site)
    assert record.site() == site


def test_committees_keep_the_days_that_were_listed(record):
    record.put_committees(
        [Committee("ashmere", "7", "Cabinet", listed_from="2026-01-01", listed_to="2026-03-01")]
    )
    record.put_committees([Committee("ashmere", "7", "The Cabinet", expired=True)])
    assert record.committees() == (
        Committee("ashmere", "7", "The Cabinet", True, "2026-01-01", "2026-03-01"),
    )


def test_sites_do_not_see_each_other(corpus, record):
    other = SiteRecord(corpus, "tarnwick")
    record.put_watch(Watch(MEETING, "ashmere"))
    record.put_meeting(Meeting(MEETING, "ashmere", "Ashmere", "Cabinet", "2026-03-01"))
    record.put_committees([Committee("ashmere", "7", "Cabinet")])
    assert (other.watches(), other.meetings(), other.committees()) == ({}, {}, ())
    assert (list(record.watches()), list(record.meetings())) == ([MEETING], [MEETING])


def test_a_document_of_a_meeting_is_found_with_it(record):
    assert put(record, "ashmere/item/1") is Outcome.NEW
    assert put(record, "ashmere/item/1") is Outcome.UNCHANGED
    assert put(record, "ashmere/item/1", "It was not agreed.") is Outcome.CHANGED
    put(record, "ashmere/item/2", meeting="ashmere/meeting/8")
    assert [document.id for document in record.documents_of(MEETING)] == ["ashmere/item/1"]


def test_three_looks_in_a_row_that_miss_a_document_withdraw_it(record):
    put(record, "ashmere/item/1")
    put(record, "ashmere/item/2")
    seen = ["ashmere/item/2", "ashmere/item/of-another-meeting"]
    assert record.count_missing(MEETING, seen) == Missing(1, 0)
    assert record.count_missing(MEETING, seen) == Missing(1, 0)
    assert record.count_missing(MEETING, seen) == Missing(1, 1)
    assert record.count_missing(MEETING, seen) == Missing(0, 0)
    assert record.document("ashmere/item/1") is None
    assert record.document("ashmere/item/2") is not None


def test_a_document_that_is_seen_in_between_begins_anew(record):
    put(record, "ashmere/item/1")
    for seen in ([], [], ["ashmere/item/1"], [], []):
        record.count_missing(MEETING, seen)
    assert record.document("ashmere/item/1") is not None


def test_what_is_withheld_now_is_forgotten_in_every_version(corpus, record):
    put(record, "ashmere/item/1", "The first confidential figure.")
    put(record, "ashmere/item/1", "The second confidential figure.")
    put(record, "ashmere/item/2", "A public figure.")
    revision = corpus.revision
    assert record.erase("ashmere/item/1") is True
    assert record.document("ashmere/item/1") is None
    assert [version.text for version in corpus.versions("ashmere/item/1")] == ["", ""]
    assert [change.withdrawn for change in corpus.changes(revision)] == [True]
    assert record.erase("ashmere/item/1") is False
    assert record.erase("ashmere/item/never-seen") is False
    assert corpus.raw("ashmere/item/2") == b"A public figure."
    with closing(sqlite3.connect(corpus.path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"confidential" not in corpus.path.read_bytes()


def test_bytes_that_another_document_shares_stay(corpus, record):
    put(record, "ashmere/item/1", "The same words.")
    put(record, "ashmere/item/2", "The same words.")
    record.erase("ashmere/item/1")
    assert corpus.raw("ashmere/item/2") == b"The same words."


def test_what_was_withheld_may_be_published_again(record):
    put(record, "ashmere/item/1", "The figure.")
    record.erase("ashmere/item/1")
    assert put(record, "ashmere/item/1", "The figure.") is Outcome.CHANGED
    document = record.document("ashmere/item/1")
    assert document is not None
    assert document.text == "The figure."


def test_items_of_one_matter_know_each_other_newest_first(corpus, record):
    for number, (meeting, day) in enumerate((("7", "2026-01-05"), ("8", "2026-02-05"), ("9", "2026-03-05"))):
        document_id = f"ashmere/item/{number}"
        put(record, document_id, meeting=f"ashmere/meeting/{meeting}", meeting_date=day)
        record.put_issue(document_id, "ashmere/issue/4")
    put(record, "ashmere/item/alone")
    record.put_issue("ashmere/item/alone", "ashmere/issue/5")
    assert same_issue(corpus, "ashmere/item/1") == ("ashmere/item/2", "ashmere/item/0")
    assert same_issue(corpus, "ashmere/item/alone") == ()
