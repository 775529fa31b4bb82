"""What stands in a feed, and by what its entries are known from one generation to the next."""

from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Document, Kind, Section
from index.listing import LISTED
from index.records import Filters, Header, Listing
from tests.factories import build, make_document, put_documents
from tests.ui.web.around import around
from tests.ui.web.fake import BANDSTAND, BANDSTAND_BEFORE, CABINET, FENLOW, LETTER, FakeBackend
from tests.ui.web.reading_feeds import opened, quoted, read, words
from tests.ui.web.reading_pages import harmless
from ui.library import Library
from ui.web.backend import EVERYTHING
from ui.web.feed_entries import ENTRIES
from ui.web.library_backend import LibraryBackend
from ui.web.markup.feed import entry_content


def test_the_same_words_are_one_entry_whichever_document_stands_for_them(tmp_path):
    text = "The otters of the mill pond were counted by the warden on three mornings."
    roads = make_document("ashmere/roads", text, committee="Roads Committee", title="4. Otters")
    library = library_of(tmp_path, [roads])
    with library.reader() as reader, around(LibraryBackend(library, reader)) as site:
        address = "/feed.atom?q=otters+counted+parks"
        (was,) = read(site.get(address).content).entries
        parks = replace(
            roads,
            id="ashmere/parks",
            text=text.replace("on three", "(on three").replace("mornings.", "mornings)"),
            committee="Parks Committee",
            title="9. Otters in parks",
        )
        library_of(tmp_path, [parks])
        (now,) = read(site.get(address).content).entries
    assert (opened(was, site.url).document, opened(now, site.url).document) == (roads.id, parks.id)
    assert now.id == was.id
    assert "The same words" not in words(was.content[0].value)
    assert words(now.content[0].value).endswith(
        "The same words stand in 1 other document: 4. Otters , 15 January 2026"
    )
    assert f'href="{site.url}/?view=browse&document=ashmere%2Froads"' in unescape(now.content[0].value)


def test_where_the_same_words_stand_is_not_told_without_end():
    also = tuple(Header.of(replace(LETTER, id=f"letter {n}", title=f"Letter <{n}>")) for n in range(1_234))
    (result,) = FakeBackend().listing("survey", per_page=1).results
    page = entry_content(replace(result, also=also), "https://x.example/item", root="https://x.example")
    harmless(page)
    assert page.count("<li>") == 11
    assert "The same words stand in 1,234 other documents: Letter <0> , date not given" in words(page)
    assert words(page).endswith("and 1,224 more")


class TwoLists(FakeBackend):
    """Has the same words in two documents, and another one of them in the list of the last year."""

    def listing(self, query: str, *, filters: Filters = EVERYTHING, **options: Any) -> Listing:
        found = super().listing(query, filters=filters, **options)
        one = BANDSTAND if filters.date_from else BANDSTAND_BEFORE
        (result,) = (result for result in found.results if result.hit.document_id == one.id)
        result = replace(result, hit=replace(result.hit, text="The same words."))
        return replace(found, results=(result,), more=not filters.date_from)


def test_the_same_words_out_of_two_lists_are_one_entry_the_newest():
    with around(TwoLists()) as site:
        (entry,) = read(site.get("/feed.atom?q=bandstand").content).entries
    assert opened(entry, site.url).document == BANDSTAND.id
    assert "stand in 2 other documents" in words(entry.content[0].value)  # one of them was folded before
    assert BANDSTAND_BEFORE.title in words(entry.content[0].value)


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("otters", {}),
        ("otters counted", {"council": "Ashmere"}),
        ("the otters of pond 7", {"from": "2026-03", "to": "2026-08-02"}),
        ('"counted again" -heron', {"committee": "Roads"}),
        ("otters OR heron", {"kind": "report"}),
        ("otters", {"council": "Kant"}),
    ],
)
def test_a_feed_has_what_the_search_shows_and_no_more(tmp_path, query, filters):
    documents = [otters(number) for number in range(30)]
    documents += [
        otters(number, id=f"fenlow/{number}", council="Fenlow Parish Council", committee="Ponds Committee")
        for number in range(10)
    ]
    documents += [otters(number, id=f"papers/{number}", kind=Kind.REPORT) for number in range(30, 40)]
    documents.append(make_document("ashmere/bridge"))
    library = library_of(tmp_path, documents)
    with library.reader() as reader:
        backend = LibraryBackend(library, reader)
        with around(backend) as site:
            feed = read(site.get("/feed.atom", params={"q": query, **filters}).content)
            found = site.client.post("/api/search", json={"query": query, "k": 100, **days(filters)}).json()
        listed = [opened(entry, site.url) for entry in feed.entries]
    shown = {(hit["document_id"], hit["start"], hit["end"]) for hit in found["hits"]}
    assert len(shown) < ENTRIES
    assert {(one.document, one.start, one.end) for one in listed} == shown
    assert bool(shown) == (filters != {"council": "Kant"})


def days(filters: dict[str, str]) -> dict[str, str]:
    """Return filters with whole days, as the API wants them."""
    return {name: {"2026-03": "2026-03-01"}.get(value, value) for name, value in filters.items()}


def test_the_feed_of_a_broad_search_has_only_what_one_of_its_searches_shows(tmp_path):
    years = [f"{year}-0{month}-01" for year in range(1990, 2027) for month in range(1, 6)]
    library = library_of(tmp_path, [otters(n, meeting_date=day) for n, day in enumerate(years)])
    with library.reader() as reader:
        backend = LibraryBackend(library, reader)
        with around(backend) as site:
            feed = read(site.get("/feed.atom?q=otters+counted").content)
        listed = {opened(entry, site.url).document for entry in feed.entries}
        broad = backend.listing("otters counted", per_page=LISTED)
        last = backend.listing("otters counted", filters=Filters(date_from="2025-05-01"), per_page=LISTED)
    assert broad.more
    assert len(listed) == ENTRIES
    shown = {one.hit.document_id for one in (*broad.results, *last.results)}
    assert listed <= shown
    assert {one.hit.document_id for one in last.results} <= listed


class CutOff(FakeBackend):
    """Lists no more than the two best of all years."""

    def listing(self, query: str, *, filters: Filters = EVERYTHING, **options: Any) -> Listing:
        self.filtered.append(filters)
        found = super().listing(query, filters=filters, **options)
        best = [one for one in found.results if one.hit.document_id in {FENLOW.id, LETTER.id}]
        return found if filters.date_from else replace(found, results=tuple(best), more=True)


def test_what_is_new_is_not_crowded_out_of_a_broad_search_by_what_is_old():
    backend = CutOff()
    with around(backend) as site:
        feed = read(site.get("/feed.atom?q=bandstand").content)
    assert [filters.date_from for filters in backend.filtered] == ["", "2025-02-03"]
    assert [entry.title.partition(" ·")[0] for entry in feed.entries] == [
        one.title for one in (CABINET, BANDSTAND, BANDSTAND_BEFORE, FENLOW, LETTER)
    ]


def library_of(folder: Path, documents: list[Document]) -> Library:
    (folder / "minutebook.toml").write_text('[model]\nname = "hash"\n')
    library = Library.at(folder)
    with library.corpus() as corpus:
        put_documents(corpus, documents)
        build(corpus, folder)
    return library


def otters(number: int, **fields) -> Document:
    day = f"2026-{number % 12 + 1:02}-{number // 12 + 1:02}"
    text = f"The otters of pond {number} were counted again, and {number * 7} were there."
    return make_document(text=text, **({"id": f"ashmere/{number}", "meeting_date": day} | fields))


def test_ids_last_over_generations_and_only_changed_words_are_new(tmp_path):
    before = [
        make_document("ashmere/1", "The otters were counted by the warden on three mornings."),
        make_document("ashmere/2", "The otters in Fenlow moved to the mill.", meeting_date="2026-02-15"),
        make_document("ashmere/3", "The otters by the bridge were not seen.", meeting_date="2025-12-01"),
    ]
    library = library_of(tmp_path, before)
    with library.reader() as reader, around(LibraryBackend(library, reader)) as site:
        old = read(site.get("/feed.atom?q=otters").content)
        later = "2026-04-01T03:00:00+00:00"
        library_of(
            tmp_path,
            [
                replace(before[1], text="The otters in Fenlow moved to the lock.", fetched_at=later),
                replace(before[2], fetched_at=later),  # fetched again, and nothing is new
                make_document("ashmere/4", "The otters in the park had young.", meeting_date="2026-03-01"),
            ],
        )
        new = read(site.get("/feed.atom?q=otters").content)
    assert old.feed.id == new.feed.id

    was, now = ({opened(entry, site.url).document: entry for entry in feed.entries} for feed in (old, new))
    assert [list(was), list(now)] == [
        ["ashmere/2", "ashmere/1", "ashmere/3"],
        ["ashmere/4", "ashmere/2", "ashmere/1", "ashmere/3"],
    ]
    for same in ("ashmere/1", "ashmere/3"):
        assert was[same] == now[same]
    assert was["ashmere/2"].id != now["ashmere/2"].id
    assert now["ashmere/2"].updated == later
    ids = {entry.id for entry in old.entries}
    assert now["ashmere/4"].id not in ids


def test_words_that_have_only_moved_keep_their_id_and_are_updated(tmp_path):
    said, resolved = "The otters were counted by the warden.\n\n", "That the otters be given a second pond."

    def minutes(said: str) -> Document:
        sections = (Section("minutes", 0, len(said)), Section("resolved", len(said), len(said + resolved)))
        return make_document("ashmere/1", said + resolved, sections=sections)

    library = library_of(tmp_path, [minutes(said)])
    with library.reader() as reader, around(LibraryBackend(library, reader)) as site:
        old = read(site.get("/feed.atom?q=otters").content).entries
        later = "2026-04-01T03:00:00+00:00"
        corrected = minutes(f"{said}The heron was seen, too.\n\n")
        library_of(tmp_path, [replace(corrected, fetched_at=later)])
        new = read(site.get("/feed.atom?q=otters").content).entries
    of_old, of_new = ({quoted(entry.content[0].value): entry for entry in entries} for entries in (old, new))
    assert (len(of_old), len(of_new)) == (2, 2)
    was, now = of_old[resolved], of_new[resolved]
    assert now.id == was.id
    assert (was.updated, now.updated) == (minutes(said).fetched_at, later)
    assert opened(was, site.url).start < opened(now, site.url).start
    assert len({entry.id for entry in (*old, *new)}) == 3


def test_a_feed_has_no_more_entries_than_it_may(tmp_path):
    library = library_of(tmp_path, [otters(number) for number in range(ENTRIES + 20)])
    with library.reader() as reader, around(LibraryBackend(library, reader)) as site:
        feed = read(site.get("/feed.atom?q=otters+counted").content)
    assert len(feed.entries) == ENTRIES
    newest = sorted((otters(number).meeting_date or "" for number in range(ENTRIES + 20)), reverse=True)
    published = [entry.get("published", "")[:10] for entry in feed.entries]
    assert [day for day in published if day] == [day for day in newest[:ENTRIES] if day <= "2026-03-01"]
