"""Ways to other places: within the page, and out to the council's own."""

from ui.web.markup.escape import attribute, text, web_address
from ui.web.state import State, View, write_address

#: What opens elsewhere says so: to the eye by a sign, to the ear in words.
_ELSEWHERE = '<span aria-hidden="true">&nbsp;↗</span><span class="mb-unseen"> (opens in a new tab)</span>'


def address(root: str, state: State, anchor: str = "") -> str:
    """Return where the page is in `state`, ready for an attribute; `root` is the path that a proxy serves."""
    query = write_address(state)
    return attribute(f"{root}/{query if query != '?' else ''}" + (f"#{anchor}" if anchor else ""))


def within(root: str, state: State, words: str, *, anchor: str = "", more: str = "") -> str:
    """Return a link to another state of the page; `more` are attributes of it."""
    return f'<a href="{address(root, state, anchor)}"{more}>{text(words)}</a>'


def in_place(root: str, state: State, words: str, *, more: str = "") -> str:
    """Return a link that changes the list or answer on the same page without loading it anew."""
    return within(root, state, words, more=f" data-in-place{more}")


def outside(url: str, words: str, *, about: str = "") -> str:
    """Return a link to the council's page, nothing where `url` is none.

    `about` is said to those who hear the link without what stands round it.
    """
    target = web_address(url)
    if not target:
        return ""
    told = f'<span class="mb-unseen"> ({text(about)})</span>' if about else ""
    return (
        f'<a href="{attribute(target)}" target="_blank" rel="noopener noreferrer external">'
        f"{text(words)}{told}{_ELSEWHERE}</a>"
    )


def at_document(document_id: str, start: int = 0, end: int = 0) -> State:
    """Return the state in which a document is open with some of its words marked."""
    return State(view=View.BROWSE, document=document_id, start=start, end=end)


def beside(
    before: tuple[State, str] | None, after: tuple[State, str] | None, label: str, *, root: str
) -> str:
    """Return the ways to what stands before and after what is open, each a state and what it is called."""
    ways = ""
    if before:
        ways += f"<li>{within(root, before[0], f'← {before[1]}', more=' rel=prev')}</li>"
    if after:
        ways += f"<li>{within(root, after[0], f'{after[1]} →', more=' rel=next')}</li>"
    if not ways:
        return ""
    return f'<nav aria-label="{attribute(label)}"><ul class="mb-links mb-beside">{ways}</ul></nav>'
