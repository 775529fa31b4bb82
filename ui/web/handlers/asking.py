"""A question and its answer, step by step."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.errors import MinutebookError, UsageError
from corpus.records import Kind, Status
from index.answering.silence import with_unread
from index.follow_up import understand_follow_up
from index.records import Answer, Found, Header, Hit, Quote, Result
from ui.web.backend import Backend
from ui.web.handlers.records import Answered, AskStep, Reading, Refused, Source
from ui.web.handlers.searched import what_was_searched
from ui.web.handlers.settled import refusal, settled
from ui.web.state import State, View

_WANTING = "Write a question first, for example what was decided about something, and why."


def ask(backend: Backend, state: State) -> Iterator[AskStep]:
    """Yield what is to be shown while `state.text` is answered: where it is read, then the answer, whole.

    A question that cannot be answered yields `Refused`, and nothing after it. Filters that are typed into the
    question stand among those of the state that is given back.
    """
    state = settled(state)
    if refused := refusal(state, _WANTING):
        yield refused
        return
    notes: tuple[str, ...] = ()
    try:
        for step in backend.asking(state.text, filters=state.filters):
            if isinstance(step, Found):
                notes = step.notes
                yield Reading(state, tuple(_documents(backend, step.hits)), step.interpreted)
            else:
                yield _answered(backend, state, step, notes)
    except MinutebookError as error:
        yield Refused(state, str(error), hint=isinstance(error, UsageError))


def answer(backend: Backend, state: State) -> Answered | Refused:
    """Return the last step of `ask`."""
    *_, last = ask(backend, state)
    assert not isinstance(last, Reading)
    return last


def follow_up(state: State, typed: str) -> State:
    """Return the state in which `typed` is asked after `state`, with its filters.

    Where it leans on the question before, its text is completed with the words of that one; a reader who
    meant it by itself asks `replace(state, text=state.typed, typed="")`.
    """
    typed = " ".join(typed.split())
    previous = state.text if state.view is View.ASK else ""
    understood = understand_follow_up(typed, previous)
    return State(text=understood, typed=typed if understood != typed else "", filters=state.filters)


def number_sources(quotes: Sequence[Quote], hits: Sequence[Hit]) -> tuple[tuple[Hit, tuple[int, ...]], ...]:
    """Return passages as a reader meets them, those cited first, each with the numbers of its quotes.

    A quote cites the passage that holds most of it; where none does, its own words are the passage.
    """
    cited: dict[Hit, list[int]] = {}
    for number, quote in enumerate(quotes, start=1):
        cited.setdefault(_home(quote, hits), []).append(number)
    return (
        *((hit, tuple(numbers)) for hit, numbers in cited.items()),
        *((hit, ()) for hit in hits if hit not in cited),
    )


def _documents(backend: Backend, hits: Iterable[Hit]) -> Iterator[Header]:
    for document_id in dict.fromkeys(hit.document_id for hit in hits):
        if header := backend.header(document_id):
            yield header


def _answered(backend: Backend, state: State, given: Answer, notes: tuple[str, ...]) -> Answered:
    cited = dict(number_sources(given.quotes, given.hits))
    known = {result.hit: result for result in backend.results(tuple(cited))}
    shown = [known.get(hit) or _as_quoted(hit) for hit in cited if hit in known or cited[hit]]
    sources = tuple(
        Source(number, _opened_on_quote(result, cited[result.hit], given.quotes), cited[result.hit])
        for number, result in enumerate(shown, start=1)
    )
    searched = what_was_searched(backend, state, given.generation)
    return Answered(
        state,
        with_unread(given, searched.warnings),
        sources,
        frozenset(quote for source in sources if source.result.header.draft for quote in source.cited_by),
        searched,
        notes,
    )


def _as_quoted(hit: Hit) -> Result:
    """Return what a quote itself tells of its document, which was withdrawn since the question was asked."""
    header = Header(
        id=hit.document_id,
        source="",
        kind=Kind.OTHER,
        title=hit.title,
        url=hit.url,
        council=hit.council,
        committee=hit.committee,
        meeting_date=hit.meeting_date,
        item_number="",
        status=Status.UNKNOWN,
    )
    return Result(hit, header, hit.url)


def _opened_on_quote(result: Result, numbers: Sequence[int], quotes: Sequence[Quote]) -> Result:
    return replace(result, link=quotes[numbers[0] - 1].link) if numbers else result


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
