"""Feeds over a real server, as a feed reader takes them."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from time import strftime

import feedparser
import pytest
from lxml import etree

from corpus.records import Document, Section
from index.records import Filters, Listing
from tests.factories import build, make_document, put_documents
from tests.ui.web.around import HASH, PASSWORD, PERSON, around
from tests.ui.web.fake import (
    BANDSTAND,
    BANDSTAND_BEFORE,
    CABINET,
    DOCUMENTS,
    FENLOW,
    HOSTILE,
    LETTER,
    OBJECTION,
    FakeBackend,
    document,
)
from tests.ui.web.reading_pages import harmless
from ui.library import Library
from ui.web.feed_entries import ENTRIES
from ui.web.library_backend import LibraryBackend
from ui.web.markup.links import at_document
from ui.web.state import Sort, State, View, read_address

ATOM = "{http://www.w3.org/2005/Atom}"
#: What RFC 4287 wants of every feed and entry.
WANTED = ("id", "title", "updated")
CONTROLS = "".join(map(chr, range(32))) + "\x7f\x85\ufffe\uffff"


def read(content: bytes) -> feedparser.FeedParserDict:
    """Return a feed as a feed reader understands it; fail if it has anything to complain about."""
    feed = feedparser.parse(content, sanitize_html=False)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    root = etree.fromstring(content)
    for part in (root, *root.iter(f"{ATOM}entry")):
        for name in WANTED:
            (found,) = part.findall(f"{ATOM}{name}")
            assert found.text
        assert part.findall(f"{ATOM}link[@rel='alternate']")
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids))
    assert feed.feed.id not in ids
    return feed


class Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.quoted: list[str] = []
        self.all: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._inside = self._inside or tag == "blockquote"
        self.handle_data(" ")

    def handle_endtag(self, tag):
        self._inside = self._inside and tag != "blockquote"
        self.handle_data(" ")

    def handle_data(self, data):
        self.all.append(data)
        if self._inside:
            self.quoted.append(data)


def words(html: str) -> str:
    return " ".join("".join(Words(html).all).split())


def quoted(html: str) -> str:
    return " ".join("".join(Words(html).quoted).split())


def links(part: feedparser.FeedParserDict) -> dict[str, str]:
    return {link.rel: link.href for link in part.links}


def opened(entry: feedparser.FeedParserDict, url: str) -> State:
    """Return what the page shows where an entry leads to."""
    ways = links(entry)
    address = ways.get("related", ways["alternate"])
    assert address.startswith(f"{url}/?")
    assert address.endswith("#quote")
    return read_address(address.removeprefix(f"{url}/").removesuffix("#quote"))


def content_of(content: bytes) -> str:
    """Return the HTML of the first entry as it was sent."""
    return etree.fromstring(content).findtext(f"{ATOM}entry/{ATOM}content") or ""


def test_a_search_is_a_feed_of_its_passages_newest_meetings_first():
    with around() as site:
        answer = site.get("/feed.atom?q=bandstand&view=search&sort=oldest&page=2")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = read(answer.content)
        url = site.url
    listed = FakeBackend().listing("bandstand", sort=Sort.NEWEST, per_page=ENTRIES).results
    assert [opened(entry, url) for entry in feed.entries] == [
        at_document(one.hit.document_id, one.hit.start, one.hit.end) for one in listed
    ]
    days = [strftime("%Y-%m-%d", entry.published_parsed) for entry in feed.entries if "published" in entry]
    assert days == ["2026-02-03", "2026-01-15", "2025-11-20", "2024-06-06"]
    assert feed.entries[-1].title == "A letter about the bandstand · Ashmere Borough Council"
    assert "published" not in feed.entries[-1]
    assert feed.feed.title == "bandstand · Minutebook"
    assert "The newest minutes first. Searched for passages about “bandstand”." in feed.feed.subtitle
    assert feed.feed.updated == "2026-02-03T02:10:00+00:00"
    assert feed.feed.author == "Minutebook"
    assert links(feed.feed)["self"] == f"{url}/feed.atom?q=bandstand"
    page = read_address(links(feed.feed)["alternate"].partition("?")[2])
    assert page == State(View.SEARCH, "bandstand", sort=Sort.NEWEST)


def test_an_entry_carries_the_passage_and_where_it_stands():
    with around() as site:
        feed = read(site.get("/feed.atom?q=survey").content)
    entry = next(one for one in feed.entries if "7. The bandstand" in one.title)
    assert entry.title == "7. The bandstand in Wellow Park · Parks and Open Spaces Committee, 15 January 2026"
    assert entry.author == "Ashmere Borough Council"
    assert [tag.term for tag in entry.tags] == ["Parks and Open Spaces Committee", "minutes"]
    assert links(entry)["alternate"].startswith(f"{BANDSTAND.url}#:~:text=")
    (content,) = entry.content
    assert content.type == "text/html"
    assert quoted(content.value) == " ".join(BANDSTAND.text.split())
    shown = words(content.value)
    assert shown.startswith(
        "Ashmere Borough Council, Parks and Open Spaces Committee, 15 January 2026, Minutes"
    )
    assert shown.endswith("Open in the council’s minutes · Show in context")
    assert entry.updated == BANDSTAND.fetched_at
    assert "draft" not in shown


def test_words_of_a_draft_are_told_from_others():
    with around() as site:
        (entry,) = read(site.get("/feed.atom?q=objector").content).entries
    assert "(draft)" in entry.title
    assert "These are draft minutes" in words(entry.content[0].value)


def test_filters_hold_and_stand_in_the_title():
    with around() as site:
        feed = read(site.get("/feed.atom?q=bandstand&council=Fenlow&from=2024").content)
        typed = read(site.get("/feed.atom?q=bandstand+council:Fenlow+from:2024").content)
    assert [entry.title.partition(" ·")[0] for entry in feed.entries] == [FENLOW.title]
    assert feed.feed.title == "bandstand (Fenlow, from 1 January 2024) · Minutebook"
    assert (typed.feed.id, links(typed.feed)["self"]) == (feed.feed.id, links(feed.feed)["self"])


def test_a_filter_that_matches_nothing_gives_an_empty_feed_that_says_so():
    with around() as site:
        feed = read(site.get("/feed.atom?q=bandstand&council=Kant").content)
    assert feed.entries == []
    assert "no council is called 'Kant'" in feed.feed.subtitle
    assert feed.feed.updated == "2026-02-03T02:20:00+00:00"


def test_sources_that_could_not_be_looked_at_are_named_and_change_the_tag():
    with around(FakeBackend(unseen=("fenlow <b>is</b> blocked",))) as site, around() as other:
        answer = site.get("/feed.atom?q=bandstand")
        feed = feedparser.parse(answer.content)
        assert "Not all sources could be looked at" in feed.feed.subtitle
        assert "fenlow <b>is</b> blocked" in etree.fromstring(answer.content).findtext(f"{ATOM}subtitle")
        here = {"Host": "127.0.0.1"}
        assert (
            site.get("/feed.atom?q=a", headers=here).headers["ETag"]
            != other.get("/feed.atom?q=a", headers=here).headers["ETag"]
        )


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("", 400, "/feed.atom?q=bridge"),
        ("?q=+&council=Ashmere", 400, "/feed.atom?q=bridge"),
        ("?q=council:Ashmere", 400, "/feed.atom?q=bridge"),
        ("?q=broken", 503, "minutebook index"),
    ],
)
def test_where_there_is_no_feed_one_line_says_why(query, status, reason):
    with around() as site:
        refused = site.get(f"/feed.atom{query}")
        assert refused.status_code == status
        assert reason in refused.json()["detail"]
        page = site.get(f"/feed.atom{query}", headers=PERSON)
        assert (page.status_code, "There is no feed" in page.text) == (status, True)


def test_who_has_the_feed_is_told_so_until_something_is_published():
    backend = FakeBackend()
    with around(backend) as site:
        first = site.get("/feed.atom?q=bandstand")
        tag, since = first.headers["ETag"], first.headers["Last-Modified"]
        assert since == "Tue, 03 Feb 2026 02:20:00 GMT"
        assert first.headers["Cache-Control"] == "private, no-cache"
        for headers in (
            {"If-None-Match": tag},
            {"If-None-Match": f'"other", W/{tag}'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": since},
            {"If-Modified-Since": "Wed, 04 Feb 2026 00:00:00 GMT"},
        ):
            known = site.get("/feed.atom?q=bandstand", headers=headers)
            assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", tag)
        for headers in (
            {"If-None-Match": '"other"'},
            {"If-None-Match": '"other"', "If-Modified-Since": since},  # the tag goes before the time
            {"If-Modified-Since": "Mon, 02 Feb 2026 00:00:00 GMT"},
            {"If-Modified-Since": "yesterday"},
            {"If-Modified-Since": "Wed, 04 Feb 2026 00:00:00"},
        ):
            assert site.get("/feed.atom?q=bandstand", headers=headers).status_code == 200
        assert site.get("/feed.atom?q=pond", headers={"If-None-Match": tag}).status_code == 200
        assert site.get("/feed.atom?page=3&q=bandstand", headers={"If-None-Match": tag}).status_code == 304
        head = site.client.head("/feed.atom?q=bandstand")
        assert (head.status_code, head.headers["ETag"], head.content) == (200, tag, b"")
        backend.generation = "000008"
        assert site.get("/feed.atom?q=bandstand", headers={"If-None-Match": tag}).status_code == 200


class Publishing(FakeBackend):
    """Publishes a generation while the first feed is made."""

    listed: int = 0

    def listing(self, query: str, **options) -> Listing:
        self.listed += 1
        if self.listed == 1:
            self.generation = "000008"
        return super().listing(query, **options)


def test_a_feed_and_its_tag_are_of_one_generation():
    backend = Publishing()
    with around(backend) as site:
        tag = site.get("/feed.atom?q=bandstand").headers["ETag"]
        assert backend.listed == 2
        assert site.get("/feed.atom?q=bandstand", headers={"If-None-Match": tag}).status_code == 304


def test_hostile_minutes_stay_words():
    evil = document(
        "ashmere-evil",
        f"9. <script>alert(1)</script> ]]> & {CONTROLS}\n<b>bold</b>",
        [("minutes", f"The otters said {CONTROLS}: {HOSTILE} ]]> &#x0; <![CDATA[ 𝔬tters")],
        council=f'<img src=x onerror="alert(1)">{CONTROLS}',
        committee="\" onmouseover='x'",
        url="javascript:alert(1)",
    )
    with around(FakeBackend(documents=(*DOCUMENTS, evil, OBJECTION))) as site:
        content = site.get("/feed.atom?q=otters").content
        base = site.url
    feed = read(content)
    (entry,) = feed.entries
    assert set(links(entry)) == {"alternate"}
    assert opened(entry, base).document == "ashmere-evil"
    assert "\n" not in etree.fromstring(content).findtext(f"{ATOM}entry/{ATOM}title")
    html = content_of(content)
    harmless(html)
    assert "&lt;script&gt;window.broken = 1" in html
    assert "𝔬tters" in html
    assert quoted(html).count("\ufffd") == len([c for c in CONTROLS if ord(c) < 32 and c not in "\t\n\r"]) + 2
    found = etree.fromstring(content).find(f"{ATOM}entry/{ATOM}category")
    assert found.get("term") == "\" onmouseover='x'"


def test_a_hostile_question_stays_words():
    with around() as site:
        answer = site.get("/feed.atom", params={"q": f"<otter> ]]> & {CONTROLS}", "council": "<x"})
    assert answer.status_code == 200
    feed = read(answer.content)
    assert "<otter> ]]> &" in etree.fromstring(answer.content).findtext(f"{ATOM}title")
    assert feed.entries == []


@pytest.mark.parametrize("root", ["", "/minutes"])
def test_addresses_lead_back_to_where_the_page_is_reached(root):
    headers = {"Host": "minutes.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    with around(root=root, allowed_hosts=["minutes.example.org"]) as site:
        path = f"{root}/feed.atom?q=bandstand"
        feed = read(site.get(path, headers=headers).content)
        base = f"https://minutes.example.org{root}"
        assert links(feed.feed) == {
            "self": f"{base}/feed.atom?q=bandstand",
            "alternate": f"{base}/?q=bandstand&view=search&sort=newest",
        }
        for entry in feed.entries:
            assert links(entry)["related"].startswith(f"{base}/?view=browse&document=")
            assert f'href="{base}/?view=browse&amp;document=' in entry.content[0].value
        assert site.get(path, headers={"Host": "evil.example"}).status_code == 421


def test_feeds_are_for_those_who_have_signed_in_and_counted():
    with around(users={"fenn": HASH}, requests_at_once=5, requests_per_minute=1) as site:
        refused = site.get("/feed.atom?q=bandstand")
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Basic ")  # as feed readers sign in
        assert site.get("/feed.atom?q=bandstand", auth=("fenn", PASSWORD)).status_code == 200
        site.sign_in()
        assert site.get("/feed.atom?q=bandstand").status_code == 200
        assert site.get("/feed.atom?q=bandstand").headers["Cache-Control"] == "private, no-cache"
        assert site.get("/feed.atom?q=bandstand").status_code == 429


class CutOff(FakeBackend):
    """Lists no more than the two best of all years."""

    def listing(self, query: str, *, filters: Filters, **options) -> Listing:
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
    return make_document(f"ashmere/{number}", text, **({"meeting_date": day} | fields))


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
