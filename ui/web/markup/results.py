"""Search results: how the query was understood, the list in its order, and by what it can be narrowed."""

from dataclasses import replace

from index.query import parse_query
from index.records import Facet, FacetValue, Filters, Hit, Listing, Result, Sort
from ui.web.handlers.records import Results
from ui.web.markup.escape import text
from ui.web.markup.feed import feed_link
from ui.web.markup.giving import take_list
from ui.web.markup.links import address, at_document, in_place, within
from ui.web.markup.marking import marked
from ui.web.markup.notices import notice
from ui.web.markup.searched import searched
from ui.web.markup.shown import beginning
from ui.web.markup.sources import about, also_in, listed, ways_to
from ui.web.markup.words import counted, kind_in_words, sentence, titled
from ui.web.snippet import snippet
from ui.web.state import State

FACETS = {"council": "Council", "committee": "Committee", "year": "Year", "kind": "Kind of paper"}
ORDERS = {Sort.RELEVANCE: "most relevant", Sort.NEWEST: "newest", Sort.OLDEST: "oldest"}
#: So many values of a facet are shown at once; the others are folded away.
VALUES = 8


def results(record: Results, *, root: str) -> str:
    """Return a page of results with its facets."""
    listing, state = record.listing, record.state
    found = counted(listing.total, "passage") if listing.total else "No passage"
    words = parse_query(state.text).words
    more = " These are the best of them; narrow the list to see others." if listing.more else ""
    notes = "".join(notice(sentence(note)) for note in listing.notes)
    items = "".join(f"<li>{_result(one, words, root=root)}</li>" for one in listing.results)
    return (
        f'{beginning(state)}<div class="mb-found"><section class="mb-results" aria-labelledby="mb-said">'
        f'<div data-spoken><h1 id="mb-said" tabindex="-1">{found} found</h1>'
        f'<p class="mb-about">Searched for {text(listing.interpreted)}.{more}</p>{notes}</div>'
        + (f"{_orders(state, listing, root=root)}<ol>{items}</ol>" if listing.results else _nothing())
        + f"{_pages(state, listing, root=root)}{take_list(state, root=root) if listing.results else ''}"
        f"{feed_link(state, root=root)}"
        f"{searched(record.searched, root=root, opened=not listing.results)}</section>"
        f"{_facets(state, listing, root=root)}</div></div>"
    )


def _result(result: Result, words: str, *, root: str) -> str:
    hit = result.hit
    title = within(root, at_document(hit.document_id, hit.start, hit.end), titled(hit.title), anchor="quote")
    ways = ways_to(result, hit.start, hit.end, name=f"result {hit.rank}", root=root)
    return (
        f'<article class="mb-source"><h2>{title}</h2>{about(result.header, hit.section, root=root)}'
        f"{_part(hit, words)}{also_in(result, root=root)}{listed(ways)}</article>"
    )


def _part(hit: Hit, words: str) -> str:
    """Return the part of a passage that a list shows."""
    part = snippet(hit.text, words)
    before, after = "… " if part.start else "", " …" if part.end < len(hit.text) else ""
    shown = marked(hit.text[part.start : part.end], part.found)
    return f'<blockquote class="mb-passage mb-snippet mb-record">{before}{shown}{after}</blockquote>'


def _nothing() -> str:
    return (
        '<p class="mb-silence">Nothing that was searched fits. Fewer words or fewer filters find more; a '
        "question in your own words can be asked under “Ask”.</p>"
    )


def _orders(state: State, listing: Listing, *, root: str) -> str:
    """Return the orders in which the list can stand."""
    ways = "".join(
        f"<li>{_choice(root, replace(state, sort=sort, page=1), words, chosen=sort is listing.sort)}</li>"
        for sort, words in ORDERS.items()
    )
    return (
        f'<nav class="mb-orders" aria-label="Order"><span>Order:</span><ul>{ways}</ul>'
        '<a class="mb-to-facets" href="#mb-narrow" data-jump>Narrow the list</a></nav>'
    )


def _choice(root: str, state: State, words: str, *, chosen: bool) -> str:
    return in_place(root, state, words, more=' aria-current="true"' if chosen else "")


def _pages(state: State, listing: Listing, *, root: str) -> str:
    """Return the ways to the pages before and behind this one."""
    if listing.pages < 2:
        return ""
    ways = []
    if listing.page > 1:
        before = replace(state, page=listing.page - 1)
        ways.append(in_place(root, before, "← Previous", more=' rel="prev" data-top'))
    ways.append(f"<span>Page {listing.page:,} of {listing.pages:,}</span>")
    if listing.page < listing.pages:
        behind = replace(state, page=listing.page + 1)
        ways.append(in_place(root, behind, "Next →", more=' rel="next" data-top'))
    items = "".join(f"<li>{way}</li>" for way in ways)
    return f'<nav class="mb-pages" aria-label="Pages"><ul>{items}</ul></nav>'


def _facets(state: State, listing: Listing, *, root: str) -> str:
    """Return by what the list can be narrowed, and what it is narrowed by."""
    shown = [facet for facet in listing.facets if facet.values]
    if not shown:
        return ""
    parts = "".join(_facet(state, facet, root=root) for facet in shown)
    return (
        '<aside class="mb-facets" aria-labelledby="mb-narrow">'
        f'<h2 id="mb-narrow" tabindex="-1">Narrow the list</h2>{parts}</aside>'
    )


def _facet(state: State, facet: Facet, *, root: str) -> str:
    lines = [f"<li>{_value(state, facet.name, value, root=root)}</li>" for value in facet.values]
    # What is chosen is never folded away.
    shown = max(VALUES, *(n for n, value in enumerate(facet.values, start=1) if value.chosen), 0)
    first, rest = lines[:shown], lines[shown:]
    folded = (
        f"<details><summary>{len(rest):,} more</summary><ul>{''.join(rest)}</ul></details>" if rest else ""
    )
    without = f'<p class="mb-about">{facet.without:,} without one</p>' if facet.without else ""
    return (
        f"<section><h3>{text(FACETS.get(facet.name, facet.name))}</h3>"
        f"<ul>{''.join(first)}</ul>{folded}{without}</section>"
    )


def _value(state: State, name: str, value: FacetValue, *, root: str) -> str:
    """Return the way to the list with this value, or without it where it is chosen."""
    words = kind_in_words(value.value) if name == "kind" else value.value
    count = f'<span class="mb-count">{value.count:,}<span class="mb-unseen"> passages</span></span>'
    filters = narrowed(state.filters, name, "" if value.chosen else value.value)
    target = replace(state, filters=filters, page=1)
    if value.chosen:
        if filters == state.filters:  # it was typed into the query, and only there it can be taken out
            return f"<strong>{text(words)}</strong> {count}"
        return (
            f'<a href="{address(root, target)}" data-in-place aria-current="true">{text(words)}'
            '<span aria-hidden="true"> ✕</span><span class="mb-unseen"> (chosen; show all again)</span></a> '
            f"{count}"
        )
    return f"{in_place(root, target, words)} {count}"


def narrowed(filters: Filters, name: str, value: str) -> Filters:
    """Return `filters` with the field of a facet set to `value`, "" for any."""
    match name:
        case "council":
            return replace(filters, council=value)
        case "committee":
            return replace(filters, committee=value)
        case "kind":
            return replace(filters, kind=value)
        case "year":
            days = (f"{value}-01-01", f"{value}-12-31") if value else ("", "")
            return replace(filters, date_from=days[0], date_to=days[1])
        case _:
            return filters
