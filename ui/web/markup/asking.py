"""The box to ask or search in, with its filters; what a question was understood as; and the next question."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.browse import Holdings
from index.query import MAX_CHARACTERS
from index.records import Filters
from ui.web.markup.browse import NAMELESS_COUNCIL
from ui.web.markup.escape import attribute, text
from ui.web.markup.links import in_place
from ui.web.markup.searched import filters_in_words
from ui.web.markup.words import kind_in_words
from ui.web.state import State, View

#: A list of more names than this is no help; they are typed then, and met by their words.
CHOICES = 150
#: The box takes no more than the server does.
LONGEST = MAX_CHARACTERS

#: The signs of search, in one line.
OPERATORS = (
    "<code>“mill bridge”</code> these words in this order · <code>-ferry</code> without this word · "
    "<code>bridge OR ferry</code> either · also <code>council:</code> <code>committee:</code> "
    "<code>kind:</code> <code>from:2024</code> <code>to:2025-06</code>"
)


def asking(state: State, holdings: Holdings | None, *, root: str, scripted: bool = True) -> str:
    """Return the box to ask in; without `holdings` there is nothing to choose from in its filters.

    `scripted` tells that the page has a script: by itself a box of several lines does not send at Enter.
    """
    searching = state.view is View.SEARCH
    label, word = ("Words to search for", "Search") if searching else ("Your question", "Ask")
    view = '<input type="hidden" name="view" value="search">' if searching else ""
    hint = f'<p class="mb-hint" id="mb-hint">{OPERATORS}</p>' if searching else ""
    described = ' aria-describedby="mb-hint"' if searching else ""
    return (
        '<form class="mb-asking mb-wide" id="mb-asking" role="search" method="get" '
        f'action="{attribute(root)}/" data-in-place>{view}<div class="mb-welcome">'
        "<h1>What did the council decide, and why?</h1><p>Ask in your own words. The answer is given in the "
        "words of the minutes, with the place where they stand.</p></div>"
        f'<div class="mb-box"><div><label for="mb-q">{label}</label>'
        f"{_words(state.text, described, scripted=scripted)}</div>"
        f'<button class="mb-primary">{word}</button></div>{hint}'
        f'<div class="mb-extras">{_filters(state.filters, holdings)}{_history(root)}</div></form>'
    )


def understood(state: State, *, root: str) -> str:
    """Return how a question that leant on the one before was completed, and how to take it by itself."""
    if not state.typed:
        return ""
    alone = in_place(root, replace(state, text=state.typed, typed=""), "ask it just as you typed it")
    return (
        f'<p class="mb-about mb-understood">Your “{text(state.typed)}” was understood as '
        f"<strong>{text(state.text)}</strong>, with words of your last question. "
        "You can change it in the box above, "
        f"or {alone}.</p>"
    )


def follow_up(state: State, *, root: str) -> str:
    """Return the box for the next question, which keeps the filters and may lean on this one."""
    within = filters_in_words(state.filters)
    kept = f" Still limited to: {within}." if within else ""
    return (
        f'<form class="mb-follow" method="get" action="{attribute(root)}/" data-in-place>'
        f'{_hidden(state.filters)}<input type="hidden" name="after" value="{attribute(state.text)}">'
        '<div class="mb-box"><div>'
        '<label for="mb-next">Ask a follow-up question</label>'
        f'<textarea id="mb-next" name="q" rows="1" maxlength="{LONGEST}" required enterkeyhint="search" '
        'aria-describedby="mb-next-hint"></textarea></div><button>Ask</button></div>'
        '<p class="mb-hint" id="mb-next-hint">It may lean on this one: “and recommendation 9?”'
        f"{text(kept)}</p></form>"
    )


def examples(questions: Sequence[str], *, root: str) -> str:
    """Return questions that can be asked of the minutes that are loaded."""
    if not questions:
        return ""
    items = "".join(f"<li>{in_place(root, State(text=one), one)}</li>" for one in questions)
    return f'<section class="mb-examples"><h2>For example</h2><ul>{items}</ul></section>'


def _history(root: str) -> str:
    """Return where the script lists the reader's own questions, which no server keeps."""
    return (
        '<details class="mb-scripted" id="mb-history" hidden><summary>Your questions</summary><ol></ol>'
        f'<template id="mb-past"><li><a href="{attribute(root)}/" data-in-place></a></li></template>'
        '<p class="mb-about">Kept in this browser only. '
        '<button type="button" class="mb-plain" data-forget>Clear the list</button></p></details>'
    )


def _filters(filters: Filters, holdings: Holdings | None) -> str:
    councils = [one.council for one in holdings.councils if one.council] if holdings else []
    first, last = (holdings.extent.first, holdings.extent.last) if holdings else (None, None)
    limits = f' min="{attribute(first)}" max="{attribute(last)}"' if first and last else ""
    kinds = holdings.kinds if holdings else ()
    named = filters_in_words(filters)
    return (
        '<details class="mb-filters" id="mb-filters">'
        f"<summary>{'Filters: ' + text(named) if named else 'Filters'}</summary>"
        f'<div class="mb-fields">{_choice("council", "Council", filters.council, councils)}'
        f"{_committees(filters, holdings)}"
        f"{_day('from', 'Meetings from', filters.date_from, limits)}"
        f"{_day('to', 'Meetings to', filters.date_to, limits)}"
        f"{_choice('kind', 'Kind of paper', filters.kind, kinds, kind_in_words)}"
        "</div></details>"
    )


def _committees(filters: Filters, holdings: Holdings | None) -> str:
    """Return the committees to choose from, each below its council.

    The script offers those of the council that is chosen. Where they are too many, a name is typed,
    and those of the chosen council are suggested.
    """
    bodies = {
        council.council: [one.committee for one in council.committees if one.committee]
        for council in (holdings.councils if holdings else ())
    }
    alone = len(bodies) < 2
    bodies = {council: names for council, names in bodies.items() if names}
    chosen = filters.committee
    if alone or not bodies:
        return _choice(
            "committee", "Committee", chosen, [name for names in bodies.values() for name in names]
        )
    label = '<div><label for="mb-committee">Committee</label>'
    if sum(map(len, bodies.values())) > CHOICES:
        suggested = "".join(
            f'<option value="{attribute(name)}"></option>' for name in bodies.get(filters.council, ())
        )
        return (
            f'{label}<input id="mb-committee" name="committee" value="{attribute(chosen)}" list="mb-bodies">'
            f'<datalist id="mb-bodies" data-of="{attribute(filters.council)}">{suggested}</datalist></div>'
        )
    # Many councils have a "Cabinet", and only one option can be the chosen one.
    owner = next(
        (one for one in (filters.council, *bodies) if chosen and chosen in bodies.get(one, ())), None
    )
    groups = "".join(
        f'<optgroup label="{attribute(council or NAMELESS_COUNCIL)}" data-of="{attribute(council)}">'
        f"{_options(names, chosen if council == owner else '')}</optgroup>"
        for council, names in bodies.items()
    )
    unknown = _options([chosen], chosen) if chosen and owner is None else ""
    return (
        f'{label}<select id="mb-committee" name="committee"><option value="">All</option>'
        f"{unknown}{groups}</select></div>"
    )


def _choice(name: str, label: str, chosen: str, values: Sequence[str], words: object = None) -> str:
    """Return a list to choose from; a box to type in where it would be too long."""
    told = f'<div><label for="mb-{name}">{label}</label>'
    if len(values) > CHOICES or not values:
        return f'{told}<input id="mb-{name}" name="{name}" value="{attribute(chosen)}"></div>'
    known = [*([chosen] if chosen and chosen not in values else []), *values]
    options = _options(known, chosen, words)
    return f'{told}<select id="mb-{name}" name="{name}"><option value="">All</option>{options}</select></div>'


def _options(values: Sequence[str], chosen: str, words: object = None) -> str:
    return "".join(
        f'<option value="{attribute(value)}"{" selected" if value == chosen else ""}>'
        f"{text(words(value) if callable(words) else value)}</option>"
        for value in values
    )


def _day(name: str, label: str, day: str, limits: str) -> str:
    return (
        f'<div><label for="mb-{name}">{label}</label>'
        f'<input type="date" id="mb-{name}" name="{name}" value="{attribute(day)}"{limits}></div>'
    )


def _hidden(filters: Filters) -> str:
    given: Iterable[tuple[str, str]] = (
        ("council", filters.council),
        ("committee", filters.committee),
        ("from", filters.date_from),
        ("to", filters.date_to),
        ("kind", filters.kind),
    )
    return "".join(
        f'<input type="hidden" name="{name}" value="{attribute(value)}">' for name, value in given if value
    )


def _words(words: str, described: str, *, scripted: bool) -> str:
    same = f'id="mb-q" name="q" maxlength="{LONGEST}" required enterkeyhint="search"{described}'
    if scripted:
        return f'<textarea rows="1" {same}>{text(words)}</textarea>'
    return f'<input type="text" {same} value="{attribute(words)}">'
