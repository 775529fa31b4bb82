import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.ui.web.fake import DECISION, EXAMPLES, HOSTILE, REASON

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "no Chromium found: install Debian's package chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield started
        started.close()


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def width(request) -> int:
    return request.param


@pytest.fixture
def requests() -> list[str]:
    return []


@pytest.fixture
def page(browser, requests, site) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.on("request", lambda request: requests.append(request.url))
        yield context.new_page()


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#answer h2").first).to_be_visible()


def in_view(page: Page, selector: str) -> bool:
    script = "e => { const r = e.getBoundingClientRect(); return r.top >= -1 && r.top < innerHeight; }"
    return page.locator(selector).evaluate(script)


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_the_quote_is_seen_and_marked_and_its_citation_leads_there_and_back(page, site):
    # The query stands for a bookmarked page: Gradio's base address leaves it out.
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto(f"{site.url}/?from=bookmark")
    ask(page, EXAMPLES[0])
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)
    expect(page.locator("#source-1 mark")).to_have_text(REASON)
    expect(page.locator("#source-2 mark")).to_have_text(DECISION)
    assert not in_view(page, "#source-2")
    page.locator('#quote-2 a[href="#source-2"]').click()
    expect(page.locator("#source-2")).to_be_focused()
    assert in_view(page, "#source-2")
    assert page.url == f"{site.url}/?from=bookmark#source-2"
    page.get_by_role("link", name="back to quote 2").click()
    expect(page.locator("#quote-2")).to_be_focused()
    assert in_view(page, "#quote-2")


def test_the_words_are_shown_in_context(page, site):
    page.goto(site.url)
    ask(page, EXAMPLES[0])
    with page.expect_popup() as opened:
        page.locator("#source-2").get_by_role("link", name="show in context").click()
    address = opened.value.url
    page.set_viewport_size({"width": 360, "height": 300})
    page.goto(address)
    expect(page.locator("mark#quote")).to_have_text(DECISION)
    assert in_view(page, "#quote")
    # The style sheet is let in by its hash alone, so a wrong one would leave the page bare.
    family = page.locator(".mb-record").first.evaluate("e => getComputedStyle(e).fontFamily")
    assert "serif" in family
    assert "Georgia" in family
    assert sideways(page) <= 0


def test_no_request_leaves_the_host(page, requests, site):
    page.goto(site.url)
    for question in EXAMPLES:
        ask(page, question)
    page.goto(f"{site.url}/document/ashmere-8")
    page.wait_for_load_state("networkidle")
    assert len(requests) > 10
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(site.url).netloc}


def test_the_policy_forbids_nothing_that_the_pages_need(page, site):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site.url)
    ask(page, EXAMPLES[0])
    page.goto(f"{site.url}/document/ashmere-9")
    page.wait_for_load_state("networkidle")
    assert complaints == []


def test_hostile_minutes_stay_text(page, site):
    page.goto(site.url)
    ask(page, EXAMPLES[1])
    expect(page.locator("#quote-1 .mb-record")).to_have_text(HOSTILE)
    expect(page.locator("#source-1 mark")).to_have_text(HOSTILE)
    assert page.locator("#answer").locator("script, img, [onerror], [href^=javascript]").count() == 0
    assert page.evaluate("window.broken") is None
    page.goto(f"{site.url}/document/ashmere-8")
    expect(page.locator("article")).to_contain_text(HOSTILE)
    assert page.evaluate("window.broken") is None


def test_an_example_asks_itself(page, site):
    page.goto(site.url)
    page.get_by_role("button", name=EXAMPLES[2]).click()
    expect(page.get_by_label("Your question")).to_have_value(EXAMPLES[2])
    expect(page.get_by_role("heading", name="The minutes do not say")).to_be_visible()
    expect(page.get_by_role("heading", name="Closest passages")).to_be_visible()


def test_the_button_asks_and_an_empty_question_gets_a_hint(page, site):
    page.goto(site.url)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#answer .mb-notice")).to_contain_text("Write a question first")


def test_the_answer_is_announced(page, site):
    page.goto(site.url)
    ask(page, EXAMPLES[0])
    assert page.locator("#answer [aria-live=polite] .mb-answer").count() == 1
    assert page.get_by_role("main").get_by_role("heading", level=1).count() == 1


def test_nothing_scrolls_sideways(page, site, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(site.url)
    for question in EXAMPLES:
        ask(page, question)
        assert sideways(page) <= 0


def test_dark_follows_the_reader_on_both_pages(browser, site):
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        for path in ("/", "/document/ashmere-9"):
            page.goto(site.url + path)
            page.wait_for_load_state("networkidle")
            colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert colour == "rgb(23, 26, 26)"
