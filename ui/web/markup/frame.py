"""The frame of every page: its head, the ways to its views, the box to ask in, and its foot."""

from dataclasses import dataclass, replace

from index.browse import Holdings
from ui.web.markup.asking import asking
from ui.web.markup.escape import attribute, text
from ui.web.markup.links import within
from ui.web.state import State, View
from ui.web.style import SCRIPT, STYLE

WAYS = {View.ASK: "Ask", View.SEARCH: "Search", View.BROWSE: "Browse"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same round everything that a page shows in `state`.

    `holdings` are None where nothing is indexed yet or it cannot be read. `reader` is the name of the person
    who has signed in, "" where nobody needs to; one who signed in here `may_leave`.
    """

    state: State
    holdings: Holdings | None = None
    root: str = ""
    reader: str = ""
    may_leave: bool = False

    @property
    def home(self) -> bool:
        """Whether nothing has been asked yet, so that the page says what it is for."""
        return self.state.view is View.ASK and not self.state.text


def title(words: str) -> str:
    """Return the name of a page for its tab."""
    return f"{text(words)} · Minutebook" if words else "Minutebook"


def head(words: str, *, root: str, more: str = "") -> str:
    """Return what stands in the head of every page; `more` is HTML that only this one has there."""
    return (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title(words)}</title>"
        f'<link rel="icon" type="image/svg+xml" href="{attribute(root)}/favicon.ico">{more}'
        f"<style>{STYLE}</style>"
    )


def body_tag(frame: Frame) -> str:
    """Return the tag that every rule of the style sheet begins at."""
    return '<body id="mb" class="mb-home">' if frame.home else '<body id="mb">'


def top(frame: Frame, *, scripted: bool) -> str:
    """Return what stands above the content of a page."""
    return (
        '<a class="mb-skip" href="#mb-main">Skip to the content</a>'
        f'<header class="mb-head"><div class="mb-wide">{_brand(frame.root)}'
        f'<nav aria-label="Pages"><ul class="mb-ways">{_ways(frame)}</ul></nav>{_reader(frame)}'
        f"</div></header>{asking(_asked(frame.state), frame.holdings, root=frame.root, scripted=scripted)}"
    )


def plain_page(words: str, line: str, *, root: str = "", content: str = "") -> str:
    """Return a whole page that says one thing, headed `words`; it has no box to ask in.

    `content` is HTML that stands below the line, such as a form to sign in.
    """
    return (
        f'<!doctype html><html lang="en-GB"><head>{head(words, root=root)}</head><body id="mb">'
        f'<header class="mb-head"><div class="mb-wide">{_brand(root)}</div></header>'
        f'<main id="mb-main" class="mb-wide mb-plain-page"><h1>{text(words)}</h1><p>{text(line)}</p>'
        f"{content}</main></body></html>"
    )


def page(frame: Frame, words: str, content: str) -> str:
    """Return a whole page that needs no script; with one, it copies words and lists the own questions."""
    return (
        f'<!doctype html><html lang="en-GB"><head>{head(words, root=frame.root)}'
        f"<script>{SCRIPT}</script></head>{body_tag(frame)}{top(frame, scripted=False)}"
        f'<main id="mb-main" class="mb-wide" tabindex="-1"><div class="mb-browsed">'
        f'{content}</div></main><p id="mb-status" class="mb-unseen" role="status"></p></body></html>'
    )


def _brand(root: str) -> str:
    return f'<p class="mb-brand"><a href="{attribute(root)}/">Minutebook</a></p>'


def _reader(frame: Frame) -> str:
    if not frame.reader:
        return ""
    leave = f' · <a href="{attribute(frame.root)}/sign-out">Sign out</a>' if frame.may_leave else ""
    return f'<p class="mb-reader">{text(frame.reader)}{leave}</p>'


def _ways(frame: Frame) -> str:
    return "".join(f"<li>{_way(frame, view, words)}</li>" for view, words in WAYS.items())


def _way(frame: Frame, view: View, words: str) -> str:
    state = frame.state
    here = ' aria-current="page"' if view is state.view else ""
    if view is View.BROWSE:
        return within(frame.root, State(view=view), words, more=here)
    asked = State(view=view, text=state.text, filters=state.filters)
    return within(frame.root, asked, words, more=f'{here} data-view="{view}"')


def _asked(state: State) -> State:
    """Return the state of the box: on the shelves it asks about what is open there."""
    if state.view is not View.BROWSE:
        return state
    council, committee, *_ = (*state.place, "", "")
    filters = replace(state.filters, council=council, committee=committee)
    return State(filters=filters)
