"""The answer: who said it and when, the quotes with their citations, the sources; or that there is none."""

from collections.abc import Sequence

from index.answering.states import State
from index.answering.texts import MAY_ANSWER_HEADING, UNCERTAIN, heading_of
from index.records import Answer, Header, Quote
from ui.web.handlers.records import Answered, Reading, Source
from ui.web.markup.asking import follow_up, understood
from ui.web.markup.escape import text
from ui.web.markup.giving import feedback, take_away
from ui.web.markup.places import place
from ui.web.markup.searched import searched
from ui.web.markup.shown import beginning
from ui.web.markup.silence import silence
from ui.web.markup.sources import DRAFT, MAY_CHANGE, source
from ui.web.markup.words import capitalised, counted, titled

#: So many documents are named while they are read.
NAMED = 3
#: So many passages stand in the place of an answer; the others are folded away.
CLOSEST = 3


def looking() -> str:
    """Return what stands where an answer will be, before anything is known."""
    return '<p class="mb-looking">Looking in the minutes…</p>'


def reading(record: Reading) -> str:
    """Return where an answer is looked for, while it is."""
    named = "".join(f"<li>{_document(header)}</li>" for header in record.documents[:NAMED])
    return f'<div class="mb-shown"><h1>Reading the minutes…</h1><ul class="mb-reading">{named}</ul></div>'


def answered(record: Answered, *, root: str, whole: bool = True, judged: bool = False) -> str:
    """Return the answer; only what is said where it is not `whole` yet.

    `judged` tells that somebody wants to know whether it is right.
    """
    said = _said(record, root=root)
    begun = (
        f'{beginning(record.state)}<div class="mb-columns">'
        '<section class="mb-answer" aria-labelledby="mb-said">'
        f'<h1 id="mb-said" data-spoken>{_heading(record.answer)}</h1>{understood(record.state, root=root)}'
        f"<div data-spoken>{said}</div></section>"
    )
    if not whole:
        return f"{begun}</div></div>"
    return (
        f"{begun}{_sources(record, root=root)}"
        f'<div class="mb-further">{follow_up(record.state, root=root)}'
        f"{take_away(record.state, root=root)}{feedback(record, root=root) if judged else ''}"
        f"{searched(record.searched, root=root, opened=not record.answer.quotes)}</div></div></div>"
    )


def _heading(answer: Answer) -> str:
    if answer.silence:
        return heading_of(answer.silence)
    return "What the minutes say" if answer.state is State.ANSWERED else MAY_ANSWER_HEADING


def _said(record: Answered, *, root: str) -> str:
    answer = record.answer
    if answer.silence:
        return silence(answer.silence, record.state, record.notes, closest=bool(record.sources), root=root)
    quotes = _quotes(answer.quotes, record.sources, record.drafts)
    return quotes if answer.state is State.ANSWERED else f'<p class="mb-about">{UNCERTAIN}</p>{quotes}'


def _quotes(quotes: Sequence[Quote], sources: Sequence[Source], drafts: frozenset[int]) -> str:
    """Return the quotes, each run from one place introduced by who said it, where and when."""
    number_of = {number: source.number for source in sources for number in source.cited_by}
    parts = []
    last: Quote | None = None
    for number, quote in enumerate(quotes, start=1):
        if last is None or _introduction(quote, number in drafts) != _introduction(
            last, number - 1 in drafts
        ):
            parts.append(_introduction(quote, number in drafts))
            last = None
        if quote.section and (last is None or quote.section != last.section):
            parts.append(f'<p class="mb-about">{text(capitalised(quote.section))}</p>')
        parts.append(_quote(quote, number, number_of[number]))
        last = quote
    return "".join(parts)


def _quote(quote: Quote, number: int, source_number: int) -> str:
    pointing = (
        f'<p class="mb-about">The minutes point to {text(quote.points_to)}, which is not part of this '
        "document.</p>"
        if quote.points_to
        else ""
    )
    return (
        f'<blockquote class="mb-quote" id="quote-{number}" tabindex="-1"><p>'
        f'<span class="mb-record">{text(quote.text)}</span>&nbsp;'
        f'<a class="mb-cite" href="#source-{source_number}" data-jump aria-label="source {source_number}">'
        f"[{source_number}]</a></p></blockquote>{pointing}"
    )


def _introduction(quote: Quote, draft: bool) -> str:
    where = place(quote.council, quote.committee, quote.meeting_date)
    note = f'<br><span class="mb-about">{DRAFT} {MAY_CHANGE}</span>' if draft else ""
    return f'<p class="mb-introduction"><strong>{where}</strong><br>{text(titled(quote.title))}{note}</p>'


def _document(header: Header) -> str:
    where = place(header.council, header.committee, header.meeting_date)
    return f"<strong>{where}</strong><br>{text(titled(header.title))}"


def _sources(record: Answered, *, root: str) -> str:
    quotes = record.answer.quotes
    cited = [source(one, quotes, root=root) for one in record.sources if one.cited_by]
    others = [source(one, quotes, root=root) for one in record.sources if not one.cited_by]
    first, rest = (cited, others) if cited else (others[:CLOSEST], others[CLOSEST:])
    if not first:
        return ""
    folded = (
        f'<details class="mb-others"><summary>{counted(len(rest), "other passage")} found</summary>'
        f"<ol>{''.join(rest)}</ol></details>"
        if rest
        else ""
    )
    return (
        '<section class="mb-sources" aria-labelledby="mb-sources">'
        f'<h2 id="mb-sources">{"Sources" if cited else "Closest passages"}</h2>'
        f"<ol>{''.join(first)}</ol>{folded}</section>"
    )
