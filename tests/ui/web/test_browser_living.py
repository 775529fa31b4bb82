"""A page that stays open over the night: the next question is answered from what was published meanwhile."""

import pytest
from playwright.sync_api import expect

from tests.ui.commanding import Minutebook
from tests.ui.web.browsing import ask, open_page
from tests.ui.web.test_serving import publish, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.slow
def test_a_generation_that_is_published_while_the_page_is_open_answers_the_next_question(browser, tmp_path):
    minutebook = Minutebook(tmp_path)
    with serving(minutebook, "web") as url, browser.new_context() as context:
        page = context.new_page()
        open_page(page, url)
        expect(page.get_by_role("alert")).to_contain_text("nothing is indexed yet")
        page.evaluate("window.stayed = true")
        for name in ("one", "two"):
            publish(minutebook, name)
            ask(page, f"What was said in {name}?")
            expect(page.locator("#quote-1 .mb-record")).to_contain_text(f"said in {name}")
        assert page.evaluate("window.stayed")
        page.get_by_role("link", name="Browse").click()
        expect(page.get_by_text("index 000002")).to_be_visible()
