"""The ways from the page to the feed of what it shows."""

from collections.abc import Iterator
from html import unescape

import pytest
from playwright.sync_api import Page, expect

from index.records import Filters
from tests.ui.web.browsing import ask, open_page
from tests.ui.web.fake import FakeBackend
from tests.ui.web.reading_pages import harmless
from ui.web.handlers import search
from ui.web.handlers.records import Results
from ui.web.markup.feed import feed_in_head
from ui.web.markup.results import results
from ui.web.state import State, View


@pytest.mark.parametrize("words", ["bandstand", 'zebra "><script>'])
def test_a_list_leads_to_its_feed_though_there_is_nothing_in_it_yet(words):
    state = State(View.SEARCH, words, filters=Filters(council="Ashmere", date_from="2024-01-01"), page=2)
    record = search(FakeBackend(), state)
    assert isinstance(record, Results)
    page = results(record, root="/minutes")
    harmless(page)
    target = unescape(page.partition('rel="alternate"')[0].rpartition('href="')[2].partition('"')[0])
    assert target.startswith("/minutes/feed.atom?q=")
    assert target.endswith("&council=Ashmere&from=2024-01-01")
    head = feed_in_head(state, root="/minutes")
    harmless(head)
    assert (
        unescape(head).count(f'type="application/atom+xml" title="Feed of this search" href="{target}"') == 1
    )


@pytest.mark.parametrize("state", [State(text="why"), State(View.SEARCH), State(View.BROWSE, "x")])
def test_what_is_no_search_has_no_feed(state):
    assert feed_in_head(state, root="") == ""


@pytest.fixture
def page(browser, site) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_browser_is_told_of_the_feed_of_what_is_shown(page, site):
    told = page.locator('head link[rel="alternate"][type="application/atom+xml"]')
    open_page(page, f"{site.url}/?q=bandstand&view=search&council=Ashmere")
    expect(told).to_have_attribute("href", "/feed.atom?q=bandstand&council=Ashmere")
    ask(page, "pond", label="Words to search for")
    expect(told).to_have_attribute("href", f"{site.url}/feed.atom?q=pond&council=Ashmere")
    feed = page.request.get(told.get_attribute("href"))
    assert feed.headers["content-type"].startswith("application/atom+xml")
    page.get_by_role("link", name="Ask", exact=True).click()
    expect(page.get_by_label("Your question")).to_be_visible()
    expect(told).to_have_count(0)
