import pytest

from corpus.look import Look
from corpus.records import SourceState
from corpus.store import Corpus, DocumentChange
from corpus.versions import MISSES_BEFORE_WITHDRAWAL, Outcome
from tests.factories import NOW, make_document, make_source, put_documents, raw_of

POND = make_document("ashmere/pond", "The pond was dredged.")
BRIDGE = make_document("ashmere/bridge", "The bridge was closed.")
BRIDGE_AGAIN = make_document("ashmere/bridge", "The bridge was opened again.")


def ids(corpus: Corpus) -> list[str]:
    return [document.id for document in corpus.documents()]


def owner(corpus: Corpus, document_id: str) -> str:
    document = corpus.document(document_id)
    assert document is not None
    return document.source


def complete(corpus: Corpus, *documents, source: str = "ashmere") -> None:
    put_documents(corpus, documents, source=source, complete=True)


def stock(corpus: Corpus, *documents, whole: bool = True, source: str = "ashmere"):
    """Look once and return what `finish` says of the missing."""
    look = Look(corpus, make_source(source))
    for document in documents:
        look.put(document, input_hash="h", raw=raw_of(document), media_type="text/plain")
    return look.finish(now=NOW, state=SourceState.OK, complete=whole)


def test_what_is_found_for_the_first_time_is_new(corpus):
    assert put_documents(corpus, [POND, BRIDGE]) == [Outcome.NEW, Outcome.NEW]
    assert (ids(corpus), corpus.revision) == (["ashmere/bridge", "ashmere/pond"], 2)


def test_the_same_content_changes_nothing(corpus):
    put_documents(corpus, [BRIDGE])
    later = make_document(BRIDGE.id, BRIDGE.text, fetched_at="2026-04-01T00:00:00+00:00")
    assert put_documents(corpus, [later]) == [Outcome.UNCHANGED]
    assert corpus.revision == 1
    assert list(corpus.versions(BRIDGE.id)) == [BRIDGE]


def test_changed_content_makes_a_version_and_the_old_one_stays_readable(corpus):
    put_documents(corpus, [BRIDGE])
    assert put_documents(corpus, [BRIDGE_AGAIN]) == [Outcome.CHANGED]
    assert corpus.document(BRIDGE.id) == BRIDGE_AGAIN
    assert list(corpus.versions(BRIDGE.id)) == [BRIDGE, BRIDGE_AGAIN]
    assert (corpus.revision, corpus.counts().versions) == (2, 2)


def test_content_that_changes_back_is_a_version_of_its_own(corpus):
    for document in (BRIDGE, BRIDGE_AGAIN, BRIDGE):
        put_documents(corpus, [document])
    assert list(corpus.versions(BRIDGE.id)) == [BRIDGE, BRIDGE_AGAIN, BRIDGE]
    assert corpus.document(BRIDGE.id) == BRIDGE


def test_a_document_is_withdrawn_after_three_complete_looks_in_a_row(corpus):
    complete(corpus, POND, BRIDGE)
    said = [stock(corpus, POND) for _ in range(MISSES_BEFORE_WITHDRAWAL)]
    assert [(one.missing, one.withdrawn) for one in said] == [(1, 0), (1, 0), (1, 1)]
    assert ids(corpus) == [POND.id]
    assert corpus.document(BRIDGE.id) is None
    assert list(corpus.versions(BRIDGE.id)) == [BRIDGE]
    assert list(corpus.changes(2)) == [DocumentChange(BRIDGE.id, 3, withdrawn=True)]
    assert (corpus.counts().documents, corpus.counts().withdrawn) == (1, 1)


def test_what_is_withdrawn_is_not_missed_again(corpus):
    complete(corpus, BRIDGE)
    for _ in range(MISSES_BEFORE_WITHDRAWAL):
        stock(corpus)
    assert stock(corpus).missing == 0
    assert corpus.revision == 2


@pytest.mark.parametrize("whole", [True, False])
def test_a_sighting_breaks_the_row(corpus, whole):
    complete(corpus, BRIDGE)
    for _ in range(MISSES_BEFORE_WITHDRAWAL - 1):
        stock(corpus)
    put_documents(corpus, [BRIDGE], complete=whole)
    for _ in range(MISSES_BEFORE_WITHDRAWAL - 1):
        assert stock(corpus).withdrawn == 0
    assert stock(corpus).withdrawn == 1


def test_an_incomplete_look_counts_nothing_as_missing(corpus):
    complete(corpus, BRIDGE)
    for _ in range(MISSES_BEFORE_WITHDRAWAL + 1):
        assert stock(corpus, whole=False).missing == 0
    assert stock(corpus).withdrawn == 0
    assert ids(corpus) == [BRIDGE.id]


def test_a_look_that_never_finished_counts_nothing(corpus):
    complete(corpus, BRIDGE)
    for _ in range(MISSES_BEFORE_WITHDRAWAL + 1):
        Look(corpus, make_source())
    assert ids(corpus) == [BRIDGE.id]
    assert stock(corpus).withdrawn == 0


@pytest.mark.parametrize(("found", "versions"), [(BRIDGE, [BRIDGE]), (BRIDGE_AGAIN, [BRIDGE, BRIDGE_AGAIN])])
def test_a_withdrawn_document_can_return(corpus, found, versions):
    complete(corpus, BRIDGE)
    for _ in range(MISSES_BEFORE_WITHDRAWAL):
        stock(corpus)
    before = corpus.revision
    assert put_documents(corpus, [found]) == [Outcome.CHANGED]
    assert corpus.document(BRIDGE.id) == found
    assert list(corpus.versions(BRIDGE.id)) == versions
    assert list(corpus.changes(before)) == [DocumentChange(BRIDGE.id, before + 1, withdrawn=False)]
    assert [stock(corpus).withdrawn for _ in range(MISSES_BEFORE_WITHDRAWAL)] == [0, 0, 1]


def test_a_withdrawn_document_has_to_be_read_again_to_return(corpus):
    look = Look(corpus, make_source())
    look.put(BRIDGE, input_hash="h", raw=b"", media_type="text/plain")
    for _ in range(MISSES_BEFORE_WITHDRAWAL):
        stock(corpus)
    assert not Look(corpus, make_source()).unchanged(BRIDGE.id, "h")


def test_a_failed_read_leaves_the_stored_words_and_is_no_miss(corpus):
    complete(corpus, POND, BRIDGE)
    for _ in range(MISSES_BEFORE_WITHDRAWAL + 1):
        put_documents(corpus, [POND], complete=True, keep=[BRIDGE.id])
    assert corpus.document(BRIDGE.id) == BRIDGE
    assert corpus.revision == 2


def test_the_same_input_needs_no_second_reading_and_counts_as_seen(corpus):
    look = Look(corpus, make_source())
    look.put(BRIDGE, input_hash="read once", raw=b"", media_type="text/plain")
    look = Look(corpus, make_source())
    assert not look.unchanged(BRIDGE.id, "something else")
    assert not look.seen(BRIDGE.id)
    assert look.unchanged(BRIDGE.id, "read once")
    assert look.seen(BRIDGE.id)
    assert look.finish(now=NOW, state=SourceState.OK).missing == 0


def test_input_that_reads_the_same_is_remembered_as_the_newest_input(corpus):
    look = Look(corpus, make_source())
    for input_hash in ("first", "second"):
        look.put(BRIDGE, input_hash=input_hash, raw=b"", media_type="text/plain")
    assert look.unchanged(BRIDGE.id, "second")
    assert not look.unchanged(BRIDGE.id, "first")


def test_a_new_look_has_seen_nothing_yet(corpus):
    Look(corpus, make_source()).keep(BRIDGE.id)
    assert not Look(corpus, make_source()).seen(BRIDGE.id)


def test_every_put_is_on_disk_at_once(corpus):
    look = Look(corpus, make_source())
    look.put(BRIDGE, input_hash="h", raw=raw_of(BRIDGE), media_type="text/plain")
    with Corpus(corpus.path) as other:
        assert other.document(BRIDGE.id) == BRIDGE
        assert other.raw(BRIDGE.id) == raw_of(BRIDGE)


def test_only_the_documents_of_the_source_itself_are_missing(corpus):
    complete(corpus, POND, source="other")
    complete(corpus, BRIDGE)
    assert stock(corpus, source="other").missing == 1
    assert stock(corpus, POND, BRIDGE).missing == 0


def test_a_complete_look_takes_over_what_it_has_seen(corpus):
    put_documents(corpus, [BRIDGE], source="files")
    assert owner(corpus, BRIDGE.id) == "files"
    before = corpus.revision
    complete(corpus, BRIDGE, source="folder")
    assert owner(corpus, BRIDGE.id) == "folder"
    assert list(corpus.ids_of("folder")) == [BRIDGE.id]
    assert list(corpus.ids_of("files")) == []
    assert corpus.revision == before
    assert stock(corpus, source="files").missing == 0
    assert [stock(corpus, source="folder").withdrawn for _ in range(3)] == [0, 0, 1]


def test_a_complete_look_takes_over_what_it_could_not_read(corpus):
    put_documents(corpus, [BRIDGE], source="files")
    put_documents(corpus, [], source="folder", complete=True, keep=[BRIDGE.id])
    assert owner(corpus, BRIDGE.id) == "folder"


@pytest.mark.parametrize("found", [BRIDGE, BRIDGE_AGAIN])
def test_an_incomplete_look_takes_over_nothing(corpus, found):
    complete(corpus, BRIDGE, source="folder")
    put_documents(corpus, [found], source="files")
    assert owner(corpus, BRIDGE.id) == "folder"
    assert stock(corpus, source="folder").missing == 1


def test_finishing_records_how_the_look_went(corpus):
    source = make_source(last_good="2026-02-01T00:00:00+00:00")
    Look(corpus, source).finish(now=NOW, state=SourceState.FAILING, reason="no route", complete=False)
    (failing,) = corpus.sources()
    assert (failing.state, failing.reason) == (SourceState.FAILING, "no route")
    assert (failing.last_look, failing.last_good) == (NOW, source.last_good)
    Look(corpus, failing).finish(now=NOW, state=SourceState.OK)
    (good,) = corpus.sources()
    assert (good.state, good.reason, good.last_good) == (SourceState.OK, "", NOW)


def test_a_put_that_fails_leaves_nothing_behind(corpus):
    half_a_character = make_document(text="\ud800")
    with pytest.raises(UnicodeEncodeError):
        put_documents(corpus, [half_a_character])
    assert (corpus.revision, corpus.counts().versions) == (0, 0)
    assert put_documents(corpus, [BRIDGE]) == [Outcome.NEW]
