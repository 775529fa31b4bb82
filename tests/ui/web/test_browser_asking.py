"""A councillor asks: the answer, its sources, and what can be done with them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.ui.web.browsing import PAGES, ask, open_page, settled
from tests.ui.web.fake import BANDSTAND, COMMITTEE, COUNCIL, DECISION, EXAMPLES, LOST, REASON
from ui.feedback.records import Verdict
from ui.feedback.store import FeedbackStore

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(browser, site) -> Iterator[Page]:
    permissions = ["clipboard-read", "clipboard-write"]
    with browser.new_context(viewport={"width": 1280, "height": 800}, permissions=permissions) as context:
        yield context.new_page()


def test_the_quote_is_seen_and_marked_and_its_citation_leads_there_and_back(page, site):
    page.set_viewport_size({"width": 1280, "height": 420})
    open_page(page, f"{site.url}/?kind=minutes")
    ask(page, EXAMPLES[0])
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)
    expect(page.locator("#source-1 mark")).to_have_text(REASON)
    expect(page.locator("#source-2 mark")).to_have_text(DECISION)
    assert page.title() == f"{EXAMPLES[0]} · Minutebook"
    expect(page.locator("#source-2")).not_to_be_in_viewport()
    page.locator('#quote-2 a[href="#source-2"]').click()
    expect(page.locator("#source-2")).to_be_focused()
    expect(page.locator("#source-2")).to_be_in_viewport()
    assert page.url.endswith("?q=Why+was+the+bandstand+kept%3F&kind=minutes#source-2")
    page.get_by_role("link", name="back to quote 2").click()
    expect(page.locator("#quote-2")).to_be_focused()
    page.go_back()
    page.go_back()
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)


def test_what_is_heard_is_the_answer(page, site):
    open_page(page, site.url)
    status = page.get_by_role("status").filter(has_text=REASON)
    ask(page, EXAMPLES[0])
    expect(status).to_contain_text("What the minutes say")
    expect(status).to_contain_text("15 January 2026")
    expect(page.get_by_label("Your question")).to_be_focused()


def test_silence_shows_what_comes_closest_and_what_was_searched(page, site):
    open_page(page, site.url)
    page.get_by_role("link", name=EXAMPLES[2]).click()
    settled(page)
    expect(page.get_by_label("Your question")).to_have_value(EXAMPLES[2])
    expect(page.get_by_role("heading", name="The minutes do not say", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Closest passages")).to_be_visible()
    expect(page.get_by_text("8 documents, meetings of 6 June 2024 to 3 February 2026")).to_be_visible()
    expect(page.get_by_text("now blocked (its robots.txt <b>forbids</b> it)")).to_be_visible()


def test_a_thing_that_stands_nowhere_is_named_and_what_is_meant_is_one_click_away(page, site):
    open_page(page, site.url)
    ask(page, LOST.question)
    expect(page.get_by_role("heading", name="The minutes do not mention this", level=1)).to_be_visible()
    expect(page.locator(".mb-silence")).to_contain_text("The minutes do not mention “zeppelin” or “dukc”.")
    page.get_by_role("link", name="Did you mean “duck”?").click()
    settled(page)
    expect(page.get_by_label("Your question")).to_have_value("Why was the bandstand kept by the duck pond?")
    expect(page.get_by_role("heading", name="What the minutes say", level=1)).to_be_visible()


def test_the_words_are_shown_in_context_and_back_leads_to_the_answer(page, site):
    open_page(page, site.url)
    ask(page, EXAMPLES[0])
    page.set_viewport_size({"width": 1280, "height": 300})
    page.get_by_role("link", name="show in context (source 2)").click()
    expect(page.locator("mark#quote")).to_have_text(DECISION)
    expect(page.locator("#quote")).to_be_in_viewport()
    expect(page.get_by_role("heading", name=BANDSTAND.title, level=1)).to_be_attached()
    page.go_back()
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)


def test_a_passage_is_copied_with_its_citation(page, site):
    open_page(page, site.url + PAGES["answer"])
    page.locator("#source-2").get_by_role("button", name="copy with citation").click()
    expect(page.get_by_role("status").filter(has_text="Copied with its citation.")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{DECISION}”\n— Ashmere Borough Council, ")


def test_marked_words_of_an_item_are_copied_with_their_citation(page, site):
    open_page(page, site.url + PAGES["answer"])
    page.get_by_role("link", name="show in context (source 2)").click()
    page.get_by_role("button", name="copy with citation").click()
    expect(page.get_by_role("status").filter(has_text="Copied with its citation.")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    place = f"{COUNCIL}, {COMMITTEE}, 15 January 2026, “{BANDSTAND.title}”, Resolved"
    assert copied.splitlines()[:2] == [f"“{DECISION}”", f"— {place}"]


def test_a_question_that_is_too_long_for_an_address_is_not_lost(page, site):
    open_page(page, f"{site.url}/?q={'a' * 2_001}")
    expect(page.get_by_role("heading", level=1)).to_have_text("One thing first")
    expect(page.get_by_text("The question has 2,001 characters, and at most 2,000")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("a" * 2_001)


def test_a_question_that_leans_on_the_last_one_is_shown_as_understood_and_can_be_changed(page, site):
    open_page(page, f"{site.url}/?kind=minutes")
    ask(page, EXAMPLES[0])
    ask(page, "And the roof?", "Ask a follow-up question")
    expect(page.locator(".mb-understood")).to_contain_text("Your “And the roof?” was understood as")
    understood = page.locator(".mb-understood strong").inner_text()
    assert understood == "Why was the roof kept?"
    expect(page.locator("#mb-q")).to_have_value(understood)
    expect(page.get_by_label("Kind of paper")).to_have_value("minutes")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_label("Ask a follow-up question")).to_have_value("")
    bookmark = page.url
    page.get_by_role("link", name="ask it just as you typed it").click()
    settled(page)
    expect(page.locator("#mb-q")).to_have_value("And the roof?")
    expect(page.locator(".mb-understood")).to_have_count(0)
    page.goto(bookmark)
    expect(page.locator(".mb-understood strong")).to_have_text(understood)


@pytest.mark.parametrize(("name", "ending"), [("Text", "txt"), ("Markdown", "md"), ("Word", "docx")])
def test_an_answer_is_taken_away(page, site, name, ending):
    open_page(page, site.url + PAGES["answer"])
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).click()
    assert started.value.suggested_filename.endswith(f".{ending}")
    assert started.value.path().stat().st_size > 200


def test_a_list_is_taken_away(page, site):
    open_page(page, site.url + PAGES["search"])
    with page.expect_download() as started:
        page.get_by_role("link", name="All results as a table (CSV)").click()
    assert started.value.path().read_text(encoding="utf-8-sig").count("\n") > 5


def test_what_a_reader_says_of_an_answer_is_kept(page, site):
    open_page(page, f"{site.url}/?q=Why+was+the+bandstand+kept%3F&kind=minutes")
    page.get_by_text("Was this right?").click()
    page.get_by_role("radio", name="not all there is").check()
    page.get_by_label("What should it be?").fill("The roof <b>matters</b>, too.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. It is kept here")).to_be_visible()
    *_, kept = FeedbackStore(site.feedback).all()
    assert (kept.verdict, kept.question, kept.note) == (
        Verdict.MISSING,
        EXAMPLES[0],
        "The roof <b>matters</b>, too.",
    )
    assert kept.filters.kind == "minutes"
    assert kept.shown.quotes[0].document_id == BANDSTAND.id
    ask(page, EXAMPLES[1])
    page.get_by_text("Was this right?").click()
    expect(page.get_by_role("radio", name="wrong", exact=True)).to_be_enabled()
    expect(page.get_by_text("Thank you. It is kept here")).to_be_hidden()


def test_own_questions_are_remembered_in_this_browser_until_they_are_cleared(page, site):
    open_page(page, site.url)
    expect(page.get_by_text("Your questions")).to_be_hidden()
    ask(page, EXAMPLES[0])
    ask(page, EXAMPLES[1])
    open_page(page, site.url)
    page.get_by_text("Your questions").click()
    own = page.locator("#mb-history")
    assert own.get_by_role("listitem").all_inner_texts() == [EXAMPLES[1], EXAMPLES[0]]
    own.get_by_role("link", name=EXAMPLES[0]).click()
    settled(page)
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)
    page.get_by_role("button", name="Clear the list").click()
    expect(page.get_by_text("Your questions")).to_be_hidden()
    page.reload()
    # What is open counts as asked; the rest is forgotten.
    assert page.evaluate("JSON.parse(localStorage.getItem('minutebook.questions')).length") == 1


def test_an_empty_question_is_not_sent(page, site):
    open_page(page, site.url)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#mb-q:invalid")).to_be_focused()
    assert page.url == f"{site.url}/"


def test_a_broken_index_is_told_in_one_line(page, site):
    open_page(page, site.url)
    ask(page, "What is broken?")
    expect(page.get_by_role("alert")).to_contain_text("build one with: minutebook index")


@pytest.mark.parametrize("status", [429, 500])
def test_who_waits_in_vain_can_load_the_page_anew(page, site, status):
    open_page(page, site.url)
    page.route("**/queue/join*", lambda route: route.fulfill(status=status, json={"detail": "no"}))
    page.get_by_label("Your question").fill(EXAMPLES[0])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Load the page anew").click()
    expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)


def test_who_hears_nothing_for_long_can_load_the_page_anew(page, site):
    page.clock.install()
    open_page(page, site.url)
    page.route("**/queue/join*", lambda route: None)
    page.get_by_label("Your question").fill(EXAMPLES[0])
    page.keyboard.press("Enter")
    expect(page.locator("#shown [aria-busy=true]")).to_be_attached()
    expect(page.locator("#mb-slow")).to_be_hidden()
    page.clock.fast_forward("00:11")
    expect(page.locator("#mb-slow")).to_be_visible()


def test_without_script_the_box_the_answer_and_the_filters_work(browser, site):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url)
        page.get_by_label("Your question").fill(EXAMPLES[0])
        page.get_by_text("Filters").click()
        page.get_by_label("Kind of paper").select_option("minutes")
        page.get_by_role("button", name="Ask", exact=True).click()
        expect(page.locator("#quote-1 .mb-record")).to_have_text(REASON)
        assert "kind=minutes" in page.url
        page.locator('#quote-2 a[href="#source-2"]').click()
        expect(page.locator("#source-2")).to_be_in_viewport()
        assert page.get_by_role("button", name="copy with citation").count() == 0
