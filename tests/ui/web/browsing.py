"""What a reader does in a browser, and what they see there."""

from playwright.sync_api import Page, expect

#: Every kind of page, by its address.
PAGES = {
    "home": "/",
    "answer": "/?q=Why+was+the+bandstand+kept%3F",
    "silence": "/?q=What+did+the+leisure+centre+cost%3F",
    "draft": "/?q=What+did+the+objector+write%3F",
    "follow-up": "/?q=And+the+roof%3F&after=Why+was+the+bandstand+kept%3F&kind=minutes",
    "search": "/?q=the&view=search",
    "narrowed": "/?q=the&view=search&council=Ashmere+Borough+Council&sort=newest",
    "nothing": "/?q=zebra&view=search",
    "shelves": "/?view=browse",
    "council": "/?view=browse&in=Ashmere+Borough+Council",
    "committee": "/?view=browse&in=Ashmere+Borough+Council&of=Parks+and+Open+Spaces+Committee",
    "meeting": "/?view=browse&in=Ashmere+Borough+Council&of=Parks+and+Open+Spaces+Committee&on=2026-01-15",
    "item": "/?view=browse&document=ashmere%2Fitem+7%3Fx%3D1&start=80&end=140",
    "hostile item": "/?view=browse&document=ashmere-8",
    "missing": "/?view=browse&document=nowhere",
}


def open_page(page: Page, url: str) -> None:
    """Go to `url` and wait until everything there works."""
    page.goto(url)
    if "view=browse" not in url:
        expect(page.locator("html.mb-ready")).to_be_attached()


def ask(page: Page, question: str, label: str = "Your question") -> None:
    """Ask as people do, and wait for the whole answer."""
    page.get_by_label(label).fill(question)
    page.keyboard.press("Enter")
    settled(page)


def settled(page: Page) -> None:
    """Wait until what was asked for is there."""
    expect(page.locator("#shown [data-address], #shown .mb-notice").first).to_be_attached()
    expect(page.locator("#shown [aria-busy]")).to_have_count(0)


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
