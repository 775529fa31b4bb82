"""The passages beside an answer: where each stands, its words, those quoted marked, and the ways to it."""

from collections.abc import Sequence

from index.records import Header, Hit, Quote, Result
from ui.web.handlers.records import Source
from ui.web.markup.citing import citation
from ui.web.markup.escape import attribute, text
from ui.web.markup.links import at_document, outside, within
from ui.web.markup.marking import Span, clipped, marked
from ui.web.markup.places import day, meeting
from ui.web.markup.words import capitalised, kind_in_words, titled
from ui.web.snippet import around

#: What a draft is called where it is cited, and what that means.
MAY_CHANGE = "The words may still change before they are agreed."
DRAFT = '<span class="mb-draft" title="' + MAY_CHANGE + '">Draft</span>'


def source(source: Source, quotes: Sequence[Quote], *, root: str) -> str:
    """Return one source, to which citations lead and from which a way leads back."""
    result = source.result
    hit = result.hit
    cited = [quotes[number - 1] for number in source.cited_by]
    here = [quote for quote in quotes if quote.document_id == hit.document_id]
    spans = clipped([(quote.start, quote.end) for quote in here], hit.start, hit.end)
    start, end = (cited[0].start, cited[0].end) if cited else (hit.start, hit.end)
    back = [f'<a href="#quote-{number}" data-jump>back to quote {number}</a>' for number in source.cited_by]
    ways = [*ways_to(result, start, end, name=f"source {source.number}", cited=cited, root=root), *back]
    return (
        f'<li id="source-{source.number}" class="mb-source" tabindex="-1">'
        f'<h3><span class="mb-number">{source.number}</span> {text(titled(hit.title))}</h3>'
        f"{about(result.header, hit.section, root=root)}{passage(hit, spans)}{also_in(result, root=root)}"
        f"{listed(ways)}</li>"
    )


def about(header: Header, section: str = "", *, root: str) -> str:
    """Return which body met and when, with the way to that meeting, and what kind of words these are."""
    # "Minutes · Minutes" would say nothing more.
    kind = " · ".join(dict.fromkeys(filter(None, (kind_in_words(header.kind), capitalised(section)))))
    return (
        f'<p class="mb-about">{meeting(header.council, header.committee, header.meeting_date, root=root)}</p>'
        f'<p class="mb-about">{text(kind)}{" " + DRAFT if header.draft else ""}</p>'
    )


def passage(hit: Hit, spans: Sequence[Span] = ()) -> str:
    """Return the words of a passage around `spans` (counted from its start), which are marked."""
    start, end = around(hit.text, spans)
    before, after = "… " if start else "", " …" if end < len(hit.text) else ""
    shown = marked(hit.text[start:end], [(a - start, b - start) for a, b in spans])
    return f'<blockquote class="mb-passage mb-record">{before}{shown}{after}</blockquote>'


def ways_to(
    result: Result, start: int, end: int, *, name: str, root: str, cited: Sequence[Quote] = ()
) -> list[str]:
    """Return the ways from a passage: out to the council, into its document, into the reader's own paper.

    `name` tells those who hear the links which passage they belong to.
    """
    told = f'<span class="mb-unseen"> ({text(name)})</span>'
    link = result.link or result.header.url
    parts: Sequence[Quote | Hit] = cited or [result.hit]
    words = "\n\n".join(citation(part, link, draft=result.header.draft) for part in parts)
    context = at_document(result.hit.document_id, start, end)
    return [
        outside(link, "open in the council’s minutes", about=name)
        or outside(result.header.url, "open in the council’s minutes", about=name),
        within(
            root, context, "show in context", anchor="quote", more=f' aria-label="show in context ({name})"'
        ),
        to_copy(words, told),
    ]


def to_copy(words: str, told: str = "") -> str:
    """Return the button that copies `words`, for who has scripts; `told` is HTML for those who hear it."""
    return (
        f'<button type="button" class="mb-plain mb-scripted" data-copy="{attribute(words)}">'
        f"copy with citation{told}</button>"
    )


def listed(ways: Sequence[str]) -> str:
    """Return ways to go on from something, side by side."""
    items = "".join(f"<li>{way}</li>" for way in ways if way)
    return f'<ul class="mb-links">{items}</ul>' if items else ""


def also_in(result: Result, *, root: str) -> str:
    """Return where the same words stand, too."""
    if not result.also:
        return ""
    places = "".join(
        f"<li>{within(root, at_document(header.id), titled(header.title))}, {day(header.meeting_date)}</li>"
        for header in result.also
    )
    number = len(result.also)
    told = "in one other document" if number == 1 else f"in {number} other documents"
    return f'<details class="mb-also"><summary>The same words {told}</summary><ul>{places}</ul></details>'
