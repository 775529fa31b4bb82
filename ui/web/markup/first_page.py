"""The question page as it is sent first: Gradio's own, with what a reader sees before Gradio is there.

Gradio's page is empty until its script runs. So the box to ask in and the answer are sent with it, in the
order in which they are ready; the script takes them over.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ui.web.markup.answer import looking
from ui.web.markup.feed import feed_in_head
from ui.web.markup.frame import Frame, body_tag, head, top
from ui.web.style import SCRIPT

_HEAD = re.compile(r"<!doctype.*?<head>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"<body.*?>", re.DOTALL)
_APP = re.compile(r"<gradio-app.*?>", re.DOTALL)
#: Gradio's base address would lead links within the page to another one; the rest speaks of Gradio, or to it.
_NOT_OURS = re.compile(r"<base[^>]*>|<meta[^>]*>|<link rel=\"manifest\"[^>]*>|<title>.*?</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The parts of the page between which the answer comes: `opening`, then it, then `closing`."""

    opening: str
    closing: str


def first_page(gradio: str, frame: Frame, words: str, *, nonce: str) -> FirstPage:
    """Return the page round an answer; `gradio` is the page that Gradio sends, `words` name it in its tab.

    Scripts run only if they carry the `nonce` of this very response: none that came out of the minutes does.

    Raises:
        ValueError: Gradio's page has no place where this can stand.
    """
    found = _HEAD.search(gradio), _BODY.search(gradio), _APP.search(gradio)
    at_head, at_body, at_app = found
    if not at_head or not at_body or not at_app:
        raise ValueError("the page that this version of Gradio sends is not known")
    theirs = _NOT_OURS.sub("", gradio[at_head.end() : at_body.start()])
    opening = (
        f'<!doctype html><html lang="en-GB"><head>'
        f"{head(words, root=frame.root, more=feed_in_head(frame.state, root=frame.root))}"
        f"<script>{SCRIPT}</script>{theirs}"
        f'{body_tag(frame)}{top(frame, scripted=True)}<main id="mb-main" class="mb-wide" tabindex="-1">'
    )
    closing = (
        '</main><p id="mb-status" class="mb-unseen" role="status"></p><div class="mb-wide">'
        '<p id="mb-slow" class="mb-notice" hidden>There is no answer yet. '
        '<button type="button" class="mb-plain" data-reload>Load the page anew</button></p></div>'
        f"{gradio[at_body.end() : at_app.start()]}"
        f'<gradio-app embed="false" eager="true">{gradio[at_app.end() :]}'
    )
    return FirstPage(_named(opening, nonce), _named(closing, nonce))


def as_it_is_ready(parts: FirstPage, answer: Callable[[], str], *, asked: bool) -> Iterator[str]:
    """Yield the page piece by piece: what stands round the answer does not wait for it."""
    yield parts.opening + (looking() if asked else "")
    yield answer()
    yield parts.closing


def _named(page: str, nonce: str) -> str:
    return re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', page)
