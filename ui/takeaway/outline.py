"""What stands in a file that an answer is taken away in, whatever its format: blocks, from top to bottom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.answering import texts
from index.answering.states import Silence, State
from index.answering.texts import MAY_ANSWER_HEADING, UNCERTAIN, heading_of, silence_in_words
from index.records import Filters, Quote, Result
from ui.takeaway.records import TakenAnswer
from ui.takeaway.safe import in_one_line, lines_of, safe_address
from ui.web.markup.words import capitalised, date_in_words, kind_in_words, place_in_words, titled

#: So many passages show what the minutes say instead of an answer.
CLOSEST = 3
DRAFT = "This is a draft: the words may still change before they are agreed."


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the file's title) or 2."""

    words: str
    level: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the file says of itself."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in the file's own words."""

    words: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """The lines of a quote and its number."""

    lines: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a quote stands. `address` opens it, "" if there is none; it holds nothing that no address has."""

    number: int
    place: str
    title: str
    section: str
    offsets: str
    address: str
    draft: bool = False


Block = Heading | Fact | Words | Quotation | Reference


def outline(taken: TakenAnswer) -> Iterator[Block]:
    """Yield the blocks of a file; all words in them are in one line each, and printable."""
    answer = taken.answer
    yield Heading(in_one_line(answer.question), 1)
    yield from facts(answer.question, taken.filters, taken.made, answer.generation)
    if answer.quotes:
        sure = answer.state is State.ANSWERED
        yield Heading("What the minutes say" if sure else MAY_ANSWER_HEADING, 2)
        if not sure:
            yield Words(UNCERTAIN)
        yield from _quotations(answer.quotes)
        yield Heading("Sources", 2)
        for number, quote in enumerate(answer.quotes, start=1):
            yield _of_quote(number, quote, draft=number in taken.drafts)
    elif answer.silence:
        yield Heading(heading_of(answer.silence), 2)
        yield from _silence(answer.silence, taken.closest[:CLOSEST])
    if taken.warnings:
        yield Heading("Not all sources could be looked at lately", 2)
        yield from (Words(in_one_line(warning)) for warning in taken.warnings)


def facts(question: str, filters: Filters, made: date, generation: str) -> tuple[Fact, ...]:
    """Return what every file says of itself."""
    return (
        Fact("Question", in_one_line(question)),
        Fact("Limited to", in_one_line(limits(filters)) or "nothing, all minutes were searched"),
        Fact("Made on", date_in_words(made.isoformat())),
        Fact("Generation", in_one_line(generation)),
    )


def limits(filters: Filters) -> str:
    """Return the filters that are set, in words."""
    named = (
        ("council", filters.council),
        ("committee", filters.committee),
        ("from", date_in_words(filters.date_from) if filters.date_from else ""),
        ("to", date_in_words(filters.date_to) if filters.date_to else ""),
        ("kind", kind_in_words(filters.kind) if filters.kind else ""),
    )
    return "; ".join(f"{name}: {value}" for name, value in named if value)


def _quotations(quotes: Sequence[Quote]) -> Iterator[Block]:
    """Yield the quotes, each run out of one document introduced by who said it, when, and about what."""
    last = None
    for number, quote in enumerate(quotes, start=1):
        place = place_in_words(quote.council, quote.committee, quote.meeting_date)
        introduction = in_one_line(f"{place}: {titled(quote.title)}")
        if introduction != last:
            yield Words(introduction)
            last = introduction
        yield Quotation(lines_of(quote.text), number)
        if quote.points_to:
            pointed = in_one_line(quote.points_to)
            yield Words(f"The minutes point to {pointed}, which is not part of this document.")


def _silence(silence: Silence, closest: Sequence[Result]) -> Iterator[Block]:
    told = in_one_line(silence_in_words(replace(silence, unread=())))  # which has a part of its own
    yield Words(f"{told} {texts.CLOSEST if closest else texts.NOTHING_CLOSE}")
    if not closest:
        return
    yield from (Quotation(lines_of(one.hit.text), number) for number, one in enumerate(closest, start=1))
    yield Heading("Sources", 2)
    for number, one in enumerate(closest, start=1):
        yield _of_result(number, one)


def _of_quote(number: int, quote: Quote, *, draft: bool) -> Reference:
    return Reference(
        number,
        in_one_line(place_in_words(quote.council, quote.committee, quote.meeting_date)),
        in_one_line(titled(quote.title)),
        in_one_line(capitalised(quote.section)),
        _offsets(quote.document_id, quote.start, quote.end),
        safe_address(quote.link) or safe_address(quote.url),
        draft,
    )


def _of_result(number: int, result: Result) -> Reference:
    hit = result.hit
    return Reference(
        number,
        in_one_line(place_in_words(hit.council, hit.committee, hit.meeting_date)),
        in_one_line(titled(hit.title)),
        in_one_line(capitalised(hit.section)),
        _offsets(hit.document_id, hit.start, hit.end),
        safe_address(result.link) or safe_address(hit.url),
        result.header.draft,
    )


def _offsets(document_id: str, start: int, end: int) -> str:
    return in_one_line(f"Characters {start} to {end} of {document_id}")
