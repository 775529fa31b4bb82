"""Every state has an address: filtered, bookmarked, reloaded, gone back to; lists; the shelves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.ui.web.browsing import PAGES, ask, open_page, settled
from tests.ui.web.fake import BANDSTAND, COMMITTEE, COUNCIL, EXAMPLES, FENLOW, REASON

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(browser, site) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


def test_filters_stand_in_the_address_and_come_back_out_of_it(browser, page, site):
    open_page(page, site.url)
    page.get_by_text("Filters").click()
    page.get_by_label("Council").select_option(COUNCIL)
    page.get_by_label("Meetings from").fill("2026-01-01")
    ask(page, EXAMPLES[0])
    assert page.url.endswith(
        "?q=Why+was+the+bandstand+kept%3F&council=Ashmere+Borough+Council&from=2026-01-01"
    )
    for again in (page.reload, lambda: page.goto(page.url)):
        again()
        expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)
        expect(page.get_by_label("Council")).to_have_value(COUNCIL)
        expect(page.get_by_label("Meetings from")).to_have_value("2026-01-01")
        expect(page.get_by_label("Your question")).to_have_value(EXAMPLES[0])
    with browser.new_context() as other:
        shared = other.new_page()
        shared.goto(page.url)
        expect(shared.locator("#quote-1 .mb-record")).to_have_text(REASON)
        expect(shared.get_by_label("Council")).to_have_value(COUNCIL)


def test_the_committees_follow_the_council_that_is_chosen_in_place(page, site):
    open_page(page, site.url)
    page.get_by_text("Filters").click()
    offered = page.get_by_label("Committee").locator("option")
    expect(offered).to_have_text(["All", "Cabinet", COMMITTEE])
    page.get_by_label("Committee").select_option(COMMITTEE)
    page.get_by_label("Council").select_option(FENLOW.council)
    expect(offered).to_have_text(["All"])
    page.get_by_label("Council").select_option(COUNCIL)
    expect(page.get_by_label("Committee")).to_have_value("")
    page.get_by_label("Committee").select_option(COMMITTEE)
    ask(page, EXAMPLES[0])
    page.get_by_label("Council").select_option(FENLOW.council)
    ask(page, EXAMPLES[1])
    page.go_back()
    expect(page.get_by_label("Committee")).to_have_value(COMMITTEE)
    expect(offered).to_have_text(["All", "Cabinet", COMMITTEE])


def test_the_own_questions_are_at_hand_on_the_shelves(page, site):
    open_page(page, site.url)
    ask(page, EXAMPLES[0])
    page.get_by_role("link", name="Browse").click()
    page.get_by_text("Your questions").click()
    page.locator("#mb-history").get_by_role("link", name=EXAMPLES[0]).click()
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)


def test_back_and_forth_lead_through_the_questions_with_their_filters(page, site):
    open_page(page, site.url)
    page.evaluate("window.stayed = true")
    ask(page, EXAMPLES[0])
    page.get_by_text("Filters").click()
    page.get_by_label("Kind of paper").select_option("minutes")
    ask(page, EXAMPLES[2])
    expect(page.get_by_role("heading", level=1)).to_have_text("The minutes do not say")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the minutes say")
    expect(page.get_by_label("Your question")).to_have_value(EXAMPLES[0])
    expect(page.locator("#mb-kind")).to_have_value("")
    page.go_back()
    expect(page.get_by_role("heading", name="For example")).to_be_visible()
    expect(page.get_by_role("heading", name="What did the council decide, and why?")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("The minutes do not say")
    expect(page.locator("#mb-kind")).to_have_value("minutes")
    assert page.evaluate("window.stayed")


def test_a_list_is_narrowed_sorted_and_turned_over_in_place(page, site):
    open_page(page, site.url + PAGES["search"])
    page.evaluate("window.stayed = true")
    facets = page.locator(".mb-facets")
    expect(page.get_by_role("heading", level=1)).to_have_text("8 passages found")
    facets.get_by_role("link", name="Fenlow Parish Council").click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("1 passage found")
    expect(page.get_by_role("link", name=FENLOW.title)).to_be_visible()
    expect(page.locator("#mb-council")).to_have_value("Fenlow Parish Council")
    expect(page.get_by_text("Filters: Fenlow Parish Council")).to_be_visible()
    facets.get_by_role("link", name="Fenlow Parish Council").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("8 passages found")
    page.get_by_role("link", name="oldest").click()
    expect(page.locator(".mb-results h2").first).to_have_text(FENLOW.title)
    page.get_by_role("link", name="Next →").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert "sort=oldest&page=2" in page.url
    page.go_back()
    expect(page.get_by_text("Page 1 of 2")).to_be_visible()
    assert page.evaluate("window.stayed")


def test_the_question_goes_along_from_asking_to_searching_and_back(page, site):
    open_page(page, site.url + PAGES["answer"])
    ways = page.get_by_role("navigation", name="Pages")
    ways.get_by_role("link", name="Search").click()
    expect(page.get_by_label("Words to search for")).to_have_value(EXAMPLES[0])
    expect(page.get_by_text("Searched for passages about")).to_be_visible()
    expect(page.get_by_text("these words in this order")).to_be_visible()
    ways.get_by_role("link", name="Ask").click()
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)


def test_from_the_shelves_to_an_item_and_its_history(page, site):
    open_page(page, site.url)
    page.get_by_role("link", name="Browse").click()
    expect(page.get_by_role("row", name="fenlow council site")).to_contain_text("now blocked")
    page.get_by_role("link", name=COUNCIL).click()
    page.get_by_role("link", name=COMMITTEE).click()
    page.get_by_role("link", name="15 January 2026").click()
    page.get_by_role("link", name=BANDSTAND.title).click()
    expect(page.get_by_role("heading", name=BANDSTAND.title, level=1)).to_be_visible()
    expect(page.locator("article")).to_contain_text(REASON)
    expect(page.get_by_role("heading", name="Resolved")).to_be_visible()
    page.get_by_role("link", name="20 November 2025").click()
    expect(page.locator("article")).to_contain_text("asked for a survey of the bandstand")
    page.get_by_label("Your question").fill(EXAMPLES[0])
    page.keyboard.press("Enter")
    expect(page.get_by_label("Committee")).to_have_value("")
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)
