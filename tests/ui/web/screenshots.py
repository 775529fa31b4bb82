"""Takes the pictures of the page over its sample: `python -m tests.ui.web.screenshots [FOLDER]`, docs/page.

The faces are those of the machine: a serif for the record's words, a sans for the page's own.
"""

import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.ui.commanding import Minutebook
from tests.ui.web.browsing import ask, open_page
from ui.web.serving import SAMPLE_QUESTIONS
from ui.web.state import State, View, write_address

WHY, WHAT, _, SILENT = SAMPLE_QUESTIONS
CONTEXT = "show in context (source 1)"
DESK = ViewportSize(width=1280, height=860)
PHONE = ViewportSize(width=360, height=760)


@dataclass(frozen=True, slots=True)
class Picture:
    """A state of the page, and how it is looked at.

    `next` is a follow-up question that is asked there, `link` what is clicked then.
    """

    name: str
    state: State
    width: str = "desk"
    dark: bool = False
    next: str = ""
    link: str = ""


PICTURES = (
    Picture("home", State()),
    Picture("answer", State(text=WHY)),
    Picture("answer-dark", State(text=WHY), dark=True),
    Picture("answer-phone", State(text=WHY), width="phone"),
    Picture("follow-up", State(text=WHY), next="And recommendation 9?"),
    Picture("silence", State(text=SILENT)),
    Picture("search", State(View.SEARCH, "autism assessment waiting")),
    Picture("search-phone", State(View.SEARCH, "autism assessment waiting"), width="phone"),
    Picture("search-dark", State(View.SEARCH, "autism assessment waiting"), dark=True),
    Picture("browse", State(View.BROWSE)),
    Picture("item", State(text=WHY), link=CONTEXT),
    Picture("item-phone", State(text=WHY), width="phone", link=CONTEXT),
)


@contextmanager
def demo(data: Path) -> Iterator[str]:
    """Serve the sample with the real model, and yield the address of the page."""
    process = Minutebook(data, model="all-MiniLM-L6-v2").start("demo", "--port", "0")
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[3]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def take(browser: Browser, url: str, picture: Picture, folder: Path) -> None:
    """Take one picture of what is seen without scrolling."""
    on_phone = picture.width == "phone"
    with browser.new_context(
        viewport=PHONE if on_phone else DESK,
        device_scale_factor=2 if on_phone else 1,
        color_scheme="dark" if picture.dark else "light",
        locale="en-GB",
    ) as context:
        page = context.new_page()
        open_page(page, f"{url}/{write_address(picture.state)}")
        if picture.next:
            ask(page, picture.next, "Ask a follow-up question")
        if picture.link:
            page.get_by_role("link", name=picture.link).click()
            page.wait_for_load_state()
        _without_traces(page)
        page.screenshot(path=folder / f"{picture.name}.png", animations="disabled")


def _without_traces(page: Page) -> None:
    """Take the focus and what was asked before out of the picture."""
    page.evaluate("document.activeElement.blur(); document.querySelector('#mb-history').hidden = true")


def main(folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as data, demo(Path(data)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        for picture in PICTURES:
            take(browser, url, picture, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(*sys.argv[1:]) if sys.argv[1:] else Path(__file__).parents[3] / "docs" / "page")
