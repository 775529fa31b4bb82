"""What is printed: answers, hits and reports as plain text.

Minutes are scraped, so whatever they hold is printed without the characters that steer a terminal.
"""

import re
import shlex
import textwrap
from collections.abc import Iterable, Iterator

from corpus.records import SourceState
from index.answering.states import State
from index.answering.texts import UNCERTAIN
from index.passages import spoken_date
from index.records import Answer, Filters, Found, Hit, Quote
from ingest.report import Looked

WIDTH = 96
EVERYTHING = Filters()
#: Passages that stand in the place of an answer.
CLOSEST = 3
#: Everything that moves the cursor, changes colours or reverses the direction of writing; not the line end.
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return `text` without the characters that steer a terminal."""
    return _STEERING.sub(" ", text)


def answer_text(answer: Answer, filters: Filters = EVERYTHING) -> str:
    """Return an answer with its quotes and numbered citations, or the silence with the closest passages.

    `filters` are those that held.
    """
    lines = [*_wrapped(answer.answer), ""]
    if answer.quotes:
        if answer.state is State.MAYBE:
            lines += [*_wrapped(UNCERTAIN), ""]
        lines += [line for number, quote in enumerate(answer.quotes, 1) for line in _citation(number, quote)]
    elif answer.hits:
        lines += ["The closest passages, which are no answer:", ""]
        lines += [line for hit in answer.hits[:CLOSEST] for line in _hit(hit)]
    if answer.silence and (mentioned := answer.silence.mentioned):
        lines.append(f"All that mention it: {_search_command(mentioned.search, filters)}")
    return "\n".join(lines).rstrip()


def _search_command(query: str, filters: Filters) -> str:
    """Return a command that can be copied: what is asked for may hold signs that a shell obeys."""
    limits = (
        ("--council", filters.council),
        ("--committee", filters.committee),
        ("--from", filters.date_from),
        ("--to", filters.date_to),
        ("--kind", filters.kind),
    )
    options = [part for name, value in limits if value for part in (name, value)]
    return shlex.join(["minutebook", "search", *(printable(part) for part in (query, *options))])


def found_text(found: Found) -> str:
    """Return the hits of a search, each with where it stands."""
    also = found.also_in or {}
    lines = [line for hit in found.hits for line in _hit(hit, len(also.get(hit.passage_id, ())))]
    return "\n".join(lines).rstrip() if lines else "Nothing was found."


def looked_line(looked: Looked) -> str:
    """Return one line about one look at one source."""
    counts = (
        (looked.new, "new"),
        (looked.changed, "changed"),
        (looked.unchanged, "unchanged"),
        (looked.missing, "missing"),
        (looked.withdrawn, "withdrawn"),
        (looked.blocked, "blocked"),
        (looked.failed, "failed"),
        (looked.skipped, "of other kinds skipped"),
    )
    nothing = f"nothing new, {looked.requests:,} requests" if looked.requests else "nothing there"
    said = ", ".join(f"{count:,} {what}" for count, what in counts if count) or nothing
    state = "" if looked.state is SourceState.OK else f"{looked.state}; "
    return printable(f"{looked.source}: {state}{said} ({looked.seconds:.1f} s)")


def _citation(number: int, quote: Quote) -> Iterator[str]:
    where = _place(quote.council, quote.committee, quote.meeting_date, quote.title, quote.section)
    yield from textwrap.wrap(f"[{number}] {printable(where)}", WIDTH, subsequent_indent="    ")
    yield f"    {_address(quote.link)}"


def _hit(hit: Hit, also_in: int = 0) -> Iterator[str]:
    where = _place(hit.council, hit.committee, hit.meeting_date, hit.title, hit.section)
    yield from textwrap.wrap(f"{hit.rank}. {printable(where)}", WIDTH, subsequent_indent="   ")
    yield from _wrapped(hit.text, indent="   ")
    if also_in:
        yield f"   also in {also_in} other document{'s' if also_in > 1 else ''}"
    yield f"   {_address(hit.url)}"
    yield ""


def _address(url: str) -> str:
    """Return an address, or a path, in one line."""
    return " ".join(printable(url).splitlines())


def _place(council: str, committee: str, meeting_date: str | None, title: str, section: str) -> str:
    parts = (council, committee, spoken_date(meeting_date), title, section)
    return " · ".join(part for part in parts if part)


def _wrapped(text: str, indent: str = "") -> Iterable[str]:
    for line in printable(text).splitlines():
        if line.strip():
            yield from textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent)
