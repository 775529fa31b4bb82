"""The one place where HTML is made. Text from outside goes through `_text` or `_attribute`, always.

Minutes are scraped, so whatever they hold (scripts, links, Markdown) is hostile until it is escaped.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from corpus.records import Document, Section, Status
from index.records import Answer, Hit, Quote
from ui.web.style import STYLE

#: Spelled out here because strftime follows the locale of the server.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as the reader meets it: its number on the page, and the quotes that cite it."""

    number: int
    hit: Hit
    cited_by: tuple[int, ...]


def header() -> str:
    """Return the head of the question page."""
    return (
        '<header class="mb-header"><h1>Minutebook</h1>'
        "<p>Ask what a council decided and why; the answer is given in the minutes’ own words, "
        "with the place where they stand.</p></header>"
    )


def notice(words: str) -> str:
    """Return one line that helps the reader along."""
    return f'<p class="mb-notice">{_text(words)}</p>'


def problem(words: str) -> str:
    """Return one line that says what went wrong."""
    return f'<p class="mb-notice mb-problem" role="alert">{_text(words)}</p>'


def answer_section(answer: Answer, *, warnings: Sequence[str] = (), root: str = "") -> str:
    """Return the quotes that answer, or that there are none, and the passages below.

    `warnings` name the sources that could not be looked at.
    """
    sources = number_sources(answer)
    cited = [source for source in sources if source.cited_by]
    others = [source for source in sources if not source.cited_by]
    if answer.answered and answer.quotes:
        heading, said = "What the minutes say", _quotes(answer.quotes, cited)
    else:
        heading, said = "The minutes do not say", _silence(bool(others))
    return (
        f'<section class="mb-answer" aria-labelledby="mb-said"><h2 id="mb-said">{heading}</h2>'
        f"{said}{_unseen(warnings)}</section>"
        + _source_list("mb-sources", "Sources", cited, answer.quotes, root)
        + _source_list(
            "mb-others", "Other passages found" if cited else "Closest passages", others, answer.quotes, root
        )
        + f'<p class="mb-made">Generation {_text(answer.generation)}, {answer.seconds:.1f} seconds</p>'
    )


def _unseen(warnings: Sequence[str]) -> str:
    """Say which sources may hold more than was searched: not to find is not the same as not to look."""
    if not warnings:
        return ""
    lines = "".join(f"<li>{_text(warning)}</li>" for warning in warnings)
    return (
        '<details class="mb-unseen"><summary>Not all sources could be looked at lately</summary>'
        f"<ul>{lines}</ul></details>"
    )


def document_page(document: Document, start: int, end: int, *, root: str = "") -> str:
    """Return a document as a whole page, its sections headed and `start` to `end` marked."""
    asked = [(start, end)] if 0 <= start < end else []
    sections = tuple(_parts(document))
    first = next((section for section in sections if _clipped(asked, section.start, section.end)), None)
    parts = []
    for section in sections:
        heading = f"<h2>{_text(_capitalised(section.label))}</h2>" if section.label else ""
        spans = _clipped(asked, section.start, section.end)
        words = _marked(
            document.text[section.start : section.end], spans, anchor="quote" if section is first else ""
        )
        parts.append(f'<section>{heading}<div class="mb-record">{words}</div></section>')
    draft = (
        '<p class="mb-notice">This is a draft: the words may still change before they are agreed.</p>'
        if document.status is Status.DRAFT
        else ""
    )
    place = _place(document.council, document.committee, document.meeting_date)
    published = _link(document.url, "open in the council’s minutes")
    seen = f"Fetched {date_in_words(document.fetched_at)}" if document.fetched_at else ""
    about = "".join(
        f'<p class="mb-about">{line}</p>' for line in (_text(place), published, _text(seen)) if line
    )
    title = _titled(document.title)
    return _page(
        title, f"<article><h1>{_text(title)}</h1>{about}{draft}{''.join(parts)}</article>", root=root
    )


def plain_page(title: str, words: str, *, root: str = "") -> str:
    """Return a whole page that says one thing."""
    return _page(title, f"<h1>{_text(title)}</h1><p>{_text(words)}</p>", root=root)


def date_in_words(iso: str | None) -> str:
    """Return an ISO date or time as a person writes the day: "15 January 2026"."""
    try:
        day = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return "date not given"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number_sources(answer: Answer) -> tuple[Source, ...]:
    """Return the passages in the order in which the reader meets them: those cited first, then the rest.

    A quote cites the passage that holds most of it; where none does, its own words are the passage.
    """
    cited: dict[Hit, list[int]] = {}
    for number, quote in enumerate(answer.quotes, start=1):
        cited.setdefault(_home(quote, answer.hits), []).append(number)
    hits = [*cited, *(hit for hit in answer.hits if hit not in cited)]
    return tuple(Source(n, hit, tuple(cited.get(hit, ()))) for n, hit in enumerate(hits, start=1))


def web_address(url: str) -> str:
    """Return `url` where it leads to a web page, and nothing where it could do anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def _home(quote: Quote, hits: Iterable[Hit]) -> Hit:
    best = max(hits, key=lambda hit: _overlap(quote, hit), default=None)
    if best is not None and _overlap(quote, best) > 0:
        return best
    return Hit(
        rank=0,
        score=0.0,
        passage_id="",
        document_id=quote.document_id,
        url=quote.url,
        title=quote.title,
        council=quote.council,
        committee=quote.committee,
        meeting_date=quote.meeting_date,
        section=quote.section,
        start=quote.start,
        end=quote.end,
        text=quote.text,
    )


def _overlap(quote: Quote, hit: Hit) -> int:
    if quote.document_id != hit.document_id:
        return 0
    return min(quote.end, hit.end) - max(quote.start, hit.start)


def _silence(close: bool) -> str:
    closest = (
        "The closest passages stand below; they are not an answer."
        if close
        else "No passage comes close to it either."
    )
    return (
        '<p class="mb-silence">Nothing in the minutes that were searched answers this question. '
        f"{closest}</p>"
    )


def _quotes(quotes: Sequence[Quote], cited: Sequence[Source]) -> str:
    """Return the quotes, each run from one place introduced by who said it, where and when."""
    number_of = {n: source.number for source in cited for n in source.cited_by}
    parts = []
    last: Quote | None = None
    for n, quote in enumerate(quotes, start=1):
        if last is None or _introduction(quote) != _introduction(last):
            parts.append(_introduction(quote))
            last = None
        if quote.section and (last is None or quote.section != last.section):
            parts.append(f'<p class="mb-about">{_text(_capitalised(quote.section))}</p>')
        parts.append(
            f'<blockquote class="mb-quote" id="quote-{n}" tabindex="-1"><p>'
            f'<span class="mb-record">{_text(quote.text)}</span>&nbsp;'
            f'<a class="mb-cite" href="#source-{number_of[n]}" aria-label="source [{number_of[n]}]">'
            f"[{number_of[n]}]</a></p></blockquote>"
        )
        if quote.points_to:
            parts.append(
                f'<p class="mb-about">The minutes point to {_text(quote.points_to)}, which is not part of '
                "this document.</p>"
            )
        last = quote
    return "".join(parts)


def _introduction(quote: Quote) -> str:
    place = _place(quote.council, quote.committee, quote.meeting_date)
    return f'<p class="mb-introduction"><strong>{_text(place)}</strong><br>{_text(_titled(quote.title))}</p>'


def _source_list(
    element: str, heading: str, sources: Sequence[Source], quotes: Sequence[Quote], root: str
) -> str:
    if not sources:
        return ""
    items = "".join(_source(source, quotes, root) for source in sources)
    # The live region around the answer reads it out; the passages wait until they are asked for.
    return (
        f'<section class="mb-sources" aria-labelledby="{element}" aria-live="off">'
        f'<h2 id="{element}">{heading}</h2><ol>{items}</ol></section>'
    )


def _source(source: Source, quotes: Sequence[Quote], root: str) -> str:
    hit = source.hit
    here = [quote for quote in quotes if _overlap(quote, hit) > 0]
    spans = _clipped([(quote.start, quote.end) for quote in here], hit.start, hit.end)
    cited = [quotes[n - 1] for n in source.cited_by]
    link, start, end = (
        (web_address(cited[0].link) or cited[0].url, cited[0].start, cited[0].end)
        if cited
        else (hit.url, hit.start, hit.end)
    )
    links = [
        _link(link, "open in the council’s minutes"),
        f'<a href="{_attribute(_context_address(hit.document_id, start, end, root))}" target="_blank">'
        "show in context</a>",
        *(f'<a href="#quote-{n}">back to quote {n}</a>' for n in source.cited_by),
    ]
    return (
        f'<li id="source-{source.number}" class="mb-source" tabindex="-1">'
        f'<h3><span class="mb-number">[{source.number}]</span> {_text(_titled(hit.title))}</h3>'
        f'<p class="mb-about">{_text(_place(hit.council, hit.committee, hit.meeting_date))}</p>'
        + (f'<p class="mb-about">{_text(_capitalised(hit.section))}</p>' if hit.section else "")
        + f'<div class="mb-record">{_marked(hit.text, spans)}</div>'
        f'<p class="mb-links">{" ".join(link for link in links if link)}</p></li>'
    )


def _context_address(document_id: str, start: int, end: int, root: str) -> str:
    return f"{root}/document/{percent_encoded(document_id, safe='')}?start={start}&end={end}#quote"


def _link(url: str, words: str) -> str:
    address = web_address(url)
    if not address:
        return ""
    return (
        f'<a href="{_attribute(address)}" target="_blank" rel="noopener noreferrer external">'
        f"{_text(words)}</a>"
    )


def _parts(document: Document) -> list[Section]:
    """Return the sections, and what stands between them as sections without a label."""
    parts: list[Section] = []
    last = 0
    for section in (*document.sections, Section("", len(document.text), len(document.text))):
        if document.text[last : section.start].strip():
            parts.append(Section("", last, section.start))
        if section.end > section.start:
            parts.append(section)
        last = section.end
    return parts


def _clipped(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """Return the parts of `spans` inside `start` to `end`, counted from `start`, merged where they meet."""
    merged: list[Span] = []
    for first, last in sorted((max(a, start) - start, min(b, end) - start) for a, b in spans):
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _marked(text: str, spans: Iterable[Span], *, anchor: str = "") -> str:
    """Return `text` with `spans` marked verbatim; elsewhere blank lines are saved."""
    parts: list[str] = []
    last = 0
    for start, end in spans:
        name = f' id="{anchor}"' if anchor and not parts else ""
        parts.append(_shortened(text[last:start]))
        parts.append(f"<mark{name}>{_text(text[start:end])}</mark>")
        last = end
    parts.append(_shortened(text[last:]))
    return "".join(parts).strip()


def _shortened(text: str) -> str:
    return _text(_BLANK_LINES.sub("\n\n", text))


def _place(council: str, committee: str, meeting_date: str | None) -> str:
    return ", ".join(part for part in (council, committee, date_in_words(meeting_date)) if part)


def _titled(title: str) -> str:
    return title.strip() or "Untitled"


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]


def _page(title: str, body: str, *, root: str) -> str:
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)} · Minutebook</title><style>{STYLE}</style></head>"
        '<body class="mb-page"><nav aria-label="Minutebook">'
        f'<a href="{_attribute(root)}/">Minutebook</a></nav>'
        f"<main>{body}</main></body></html>"
    )


def _text(words: str) -> str:
    return escape(words, quote=False)


def _attribute(value: str) -> str:
    return escape(value, quote=True)
