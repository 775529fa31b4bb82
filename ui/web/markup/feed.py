"""An entry of a feed, and the ways from the page to the feed of a search."""

from index.records import Result
from ui.web.markup.escape import attribute, text, web_address
from ui.web.markup.links import at_document, within
from ui.web.markup.marking import in_paragraphs
from ui.web.markup.words import (
    capitalised,
    counted,
    date_in_words,
    day_or_none,
    place_in_words,
    titled,
)
from ui.web.state import State, View, write_address

MEDIA_TYPE = "application/atom+xml"
#: Notices stand in the minutes of every meeting.
_ALSO = 10
_DRAFT = "These are draft minutes; the words may still change before they are agreed."


def feed_address(state: State, *, root: str) -> str:
    """Return where the feed of a search is, not escaped yet."""
    return f"{root}/feed.atom{write_address(State(text=state.text, filters=state.filters))}"


def feed_link(state: State, *, root: str) -> str:
    """Return the way from a list of results to its feed; the script tells the browser of it, too."""
    target = attribute(feed_address(state, root=root))
    return (
        f'<p class="mb-away"><a href="{target}" rel="alternate" type="{MEDIA_TYPE}">'
        "Feed of this search (Atom)</a></p>"
    )


def feed_in_head(state: State, *, root: str) -> str:
    """Return what tells a browser or feed reader of the feed, nothing where the page shows no search."""
    if state.view is not View.SEARCH or not state.text:
        return ""
    target = attribute(feed_address(state, root=root))
    return f'<link rel="alternate" type="{MEDIA_TYPE}" title="Feed of this search" href="{target}">'


def entry_title(result: Result) -> str:
    """Return the title of an entry, in one line, not escaped: what it is, which body, and when."""
    header = result.header
    day = day_or_none(header.meeting_date)
    body = ", ".join(part for part in (header.committee or header.council, day) if part)
    draft = " (draft)" if header.draft else ""
    return " ".join(f"{titled(header.title)}{draft}{f' · {body}' if body else ''}".split())


def entry_content(result: Result, item: str, *, root: str) -> str:
    """Return an entry as HTML: where the words stand, the words, the ways to them, and where else they stand.

    `item` is the whole address of the item on this page, `root` that of the page without its last slash.
    """
    header, hit = result.header, result.hit
    place = place_in_words(header.council, header.committee, header.meeting_date)
    section = f", {text(capitalised(hit.section))}" if hit.section else ""
    public = web_address(result.link)
    ways = f'<a href="{attribute(public)}">Open in the council’s minutes</a> · ' if public else ""
    return (
        f"<p>{text(place)}{section}</p>"
        + (f"<p>{_DRAFT}</p>" if header.draft else "")
        + f"<blockquote>{in_paragraphs(hit.text)}</blockquote>"
        f'<p>{ways}<a href="{attribute(item)}">Show in context</a></p>'
        f"{_also_in(result, root=root)}"
    )


def _also_in(result: Result, *, root: str) -> str:
    """Return where the same words stand, too."""
    if not result.also:
        return ""
    lines = [
        f"<li>{within(root, at_document(header.id), titled(header.title))}, "
        f"{text(date_in_words(header.meeting_date))}</li>"
        for header in result.also[:_ALSO]
    ]
    if more := len(result.also) - len(lines):
        lines.append(f"<li>and {more:,} more</li>")
    told = counted(len(result.also), "other document")
    return f"<p>The same words stand in {told}:</p><ul>{''.join(lines)}</ul>"
