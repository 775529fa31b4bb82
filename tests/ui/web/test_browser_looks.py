"""The page on a phone, in the dark, by keyboard alone, heard, printed; and what it never does."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.marks import slow
from tests.ui.web.browsing import PAGES, ask, open_page, settled, sideways
from tests.ui.web.fake import EXAMPLES, HOSTILE, REASON

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GRAVE = {"serious", "critical"}


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as opened:
        yield opened


@pytest.fixture
def page(context) -> Page:
    return context.new_page()


def grave(page: Page, options: Mapping[str, object]) -> list[str]:
    """Return what axe-core takes for a serious barrier, with the elements."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found if one["impact"] in GRAVE
    ]


#: All rules in the light; in the dark only the colours are others.
RULES = {"light": {"resultTypes": ["violations"]}, "dark": {"runOnly": ["color-contrast"]}}


def test_what_can_be_chosen_looks_like_it(page, site):
    open_page(page, site.url + PAGES["answer"])
    assert (
        page.get_by_role("radio", include_hidden=True).first.evaluate("e => getComputedStyle(e).appearance")
        == "auto"
    )


@pytest.mark.parametrize("scheme", ["light", *slow("dark")])
def test_no_page_has_a_serious_barrier(browser, site, scheme):
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        barriers = {}
        for name, path in PAGES.items():
            open_page(page, site.url + path)
            for folded in page.locator("details > summary:visible").all():
                if not folded.evaluate("e => e.parentElement.open"):
                    folded.click()
            barriers[name] = grave(page, RULES[scheme])
        assert {name: found for name, found in barriers.items() if found} == {}


@pytest.mark.parametrize("width", [360, *slow(640, 1000)])
def test_nothing_scrolls_sideways(page, site, width):
    # 640 pixels are what a window of 1280 has at a zoom of 200 %.
    page.set_viewport_size({"width": width, "height": 700})
    wide = {}
    for name, path in PAGES.items():
        open_page(page, site.url + path)
        wide[name] = sideways(page)
    assert {name: by for name, by in wide.items() if by > 0} == {}


def test_on_a_phone_the_sources_stand_below_the_answer_and_on_a_desk_beside_it(page, site):
    open_page(page, site.url + PAGES["answer"])
    said, sources = page.locator(".mb-answer"), page.locator(".mb-sources")
    assert sources.bounding_box()["x"] > said.bounding_box()["x"] + 400
    page.set_viewport_size({"width": 360, "height": 700})
    assert sources.bounding_box()["y"] > said.bounding_box()["y"] + said.bounding_box()["height"]
    assert sources.bounding_box()["y"] < page.locator(".mb-further").bounding_box()["y"]


def test_lines_of_the_record_are_of_a_length_to_read(page, site):
    for name in ("answer", "item"):
        open_page(page, site.url + PAGES[name])
        letters = page.locator(".mb-record").first.evaluate(
            """e => {
                const ruler = document.createElement("span");
                ruler.textContent = "The Head of Parks presented the survey, and answered all questions.";
                ruler.style.whiteSpace = "nowrap";
                e.append(ruler);
                const per = ruler.textContent.length / ruler.getBoundingClientRect().width;
                ruler.remove();
                const most = parseFloat(getComputedStyle(e.closest("p") ?? e).maxWidth);
                return per * most;
            }"""
        )
        assert 60 <= letters <= 78, name


def test_dark_follows_the_reader(browser, site):
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        for name in ("home", "item"):
            open_page(page, site.url + PAGES[name])
            colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert colour == "rgb(23, 26, 26)"


def test_record_and_page_have_faces_of_their_own(page, site):
    for name in ("answer", "item"):
        open_page(page, site.url + PAGES[name])
        face = page.locator(".mb-record").first.evaluate("e => getComputedStyle(e).fontFamily")
        assert face.endswith(" serif")
        assert "sans" in page.locator("h1").first.evaluate("e => getComputedStyle(e).fontFamily")


def test_the_keyboard_alone_is_enough(page, site):
    open_page(page, site.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type(EXAMPLES[0])
    page.keyboard.press("Enter")
    settled(page)
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """(() => {
                const e = document.activeElement, style = getComputedStyle(e);
                return [e.innerText || e.getAttribute("name") || "", style.outlineStyle !== "none"];
            })()"""
        )
        seen.append(focused[0].strip())
        assert focused[1], f"no ring shows where the focus is: {seen}"
        if focused[0].strip() == "[2]":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#source-2")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").startswith("back to quote 2"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#quote-2")).to_be_focused()


def test_the_skip_link_leads_to_the_content(page, site):
    for name in ("answer", "item"):
        open_page(page, site.url + PAGES[name])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()


def test_landmarks_and_headings_tell_where_things_are(page, site):
    open_page(page, site.url)
    ask(page, EXAMPLES[0])
    for role in ("banner", "main", "search"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    expect(page.get_by_role("region", name="What the minutes say")).to_be_visible()
    expect(page.get_by_role("region", name="Sources")).to_be_visible()


def test_on_paper_there_are_the_words_and_where_they_stand(page, site):
    open_page(page, site.url + PAGES["answer"])
    page.emulate_media(media="print")
    expect(page.locator("#quote-1 .mb-record")).to_be_visible()
    expect(page.locator("#source-1")).to_be_visible()
    expect(page.locator("p", has_text=EXAMPLES[0])).to_be_visible()
    for gone in ("#mb-asking", ".mb-follow", ".mb-feedback", ".mb-head"):
        expect(page.locator(gone)).to_be_hidden()


def test_what_is_sent_first_is_what_stays(page, site):
    """Nothing jumps when Gradio takes over."""
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto(site.url + PAGES["answer"])
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)
    script = """[...document.querySelectorAll("h1, h2, .mb-quote, .mb-source, textarea, .mb-links")]
        .filter(e => e.checkVisibility()).map(e => Math.round(e.getBoundingClientRect().top))"""
    before = page.evaluate(script)
    page.unroute("**/assets/*.js")
    open_page(page, site.url + PAGES["answer"])
    assert page.evaluate(script) == before


def test_what_is_typed_before_gradio_is_up_is_kept(page, site):
    page.goto(site.url, wait_until="commit")
    page.get_by_label("Your question").fill("Why was the")
    expect(page.locator("html.mb-ready")).to_be_attached()
    expect(page.get_by_label("Your question")).to_have_value("Why was the")
    expect(page.get_by_label("Your question")).to_be_focused()


def test_no_request_leaves_the_host_and_the_policy_forbids_nothing_that_is_needed(context, page, site):
    requests: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name, path in PAGES.items():
        if name != "missing":
            open_page(page, site.url + path)
    open_page(page, site.url)
    ask(page, EXAMPLES[0])
    page.wait_for_load_state("networkidle")
    assert len(requests) > 30
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(site.url).netloc}
    assert complaints == []


def test_hostile_minutes_stay_text_everywhere(page, site):
    open_page(page, site.url)
    ask(page, EXAMPLES[1])
    expect(page.locator("#quote-1 .mb-record")).to_have_text(HOSTILE)
    expect(page.locator("#source-1 mark")).to_have_text(HOSTILE)
    for path in (
        PAGES["draft"],
        PAGES["hostile item"],
        f"/?q={HOSTILE[:40]}&view=search",
        "/?q=objector&view=search",
    ):
        open_page(page, site.url + path)
        assert (
            page.locator("main").locator("script, img, svg, iframe, [onerror], [href^=javascript]").count()
            == 0
        )
        assert page.evaluate("window.broken") is None
    expect(page.locator(".mb-passage")).to_contain_text(HOSTILE)
