"""Feeds over a real server, as a feed reader takes them."""

from time import strftime

import feedparser
import pytest
from lxml import etree

from index.records import Listing, Sort
from tests.ui.web.around import HASH, PASSWORD, PERSON, around
from tests.ui.web.fake import (
    BANDSTAND,
    DOCUMENTS,
    FENLOW,
    HOSTILE,
    OBJECTION,
    FakeBackend,
    document,
)
from tests.ui.web.reading_feeds import ATOM, content_of, links, opened, quoted, read, words
from tests.ui.web.reading_pages import harmless
from ui.web.feed_entries import ENTRIES
from ui.web.markup.links import at_document
from ui.web.state import State, View, read_address

CONTROLS = "".join(map(chr, range(32))) + "\x7f\x85\ufffe\uffff"


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
        ("?q=bandstand&from=2019-13-45", 400, "from: '2019-13-45' is no day; write 2019, 2019-05 or"),
        ("?q=bandstand&to=2021x", 400, "to: '2021x' is no day"),
        ("?q=bandstand&from=&to=+garbage", 400, "to: 'garbage' is no day"),
        (f"?q=bandstand&council={'x' * 1_001}", 400, "council has more than 1,000 characters"),
        (f"?q={'x' * 2_001}", 400, "2,001 characters"),
        ("?q=bandstand&from=2020&to=2019", 400, "from: 2020-01-01 is later than to: 2019-12-31"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_where_there_is_no_feed_one_line_says_why(query, status, reason):
    with around() as site:
        refused = site.get(f"/feed.atom{query}")
        assert refused.status_code == status
        assert reason in refused.json()["detail"]
        assert len(refused.json()["detail"]) < 300
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
            [("If-None-Match", '"other"'), ("If-None-Match", tag)],
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
            {"If-Modified-Since": "Wed, 04 Feb 2026 00:00:00 +99999999999999999999"},
            {"If-Modified-Since": f"Wed, 04 Feb 2026 {'9' * 20}:00:00 GMT"},
            {"If-Modified-Since": f"Wed, 04 Feb {'9' * 5_000} 00:00:00 GMT"},
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
