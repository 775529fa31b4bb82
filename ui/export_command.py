"""minutebook export: the data itself, for those who want more than answers."""

import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.records import Sort
from ui.library import Library
from ui.options import Committee, Council, Data, Force, From, Kind, Named, Output, To, filters_of
from ui.output import say, say_notes
from ui.settings import data_directory
from ui.tables.columns import Column
from ui.tables.formats import STREAM, Format, format_of

if TYPE_CHECKING:
    from index.generation import Generation
    from index.lexical import Scope
    from index.reader import Reader
    from index.records import Filters

    #: What is exported, out of the published generation.
    Rows = Callable[[Reader, Generation], Iterable[dict[str, Any]]]

app = typer.Typer(
    help="Write documents, passages, or what a search finds, as CSV, JSON Lines or Parquet.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def documents(
    output: Output,
    council: Council = "",
    committee: Committee = "",
    date_from: From = "",
    date_to: To = "",
    kind: Kind = "",
    named: Named = None,
    force: Force = False,
    data: Data = None,
) -> None:
    """Write whole documents, with their sections and pages."""
    from ui.export.columns import DOCUMENTS
    from ui.export.rows import documents

    filters = filters_of(council, committee, date_from, date_to, kind)
    rows = _within(filters, documents)
    _export("documents", DOCUMENTS, rows, output, named, asdict(filters), force=force, data=data)


@app.command()
def passages(
    output: Output,
    council: Council = "",
    committee: Committee = "",
    date_from: From = "",
    date_to: To = "",
    kind: Kind = "",
    named: Named = None,
    force: Force = False,
    data: Data = None,
) -> None:
    """Write passages, as they are searched: each is text[start:end] of its document."""
    from ui.export.columns import PASSAGES
    from ui.export.rows import passages

    filters = filters_of(council, committee, date_from, date_to, kind)
    rows = _within(filters, passages)
    _export("passages", PASSAGES, rows, output, named, asdict(filters), force=force, data=data)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words, "a phrase", -without, OR, council:, from:2019 …')],
    output: Output,
    council: Council = "",
    committee: Committee = "",
    date_from: From = "",
    date_to: To = "",
    kind: Kind = "",
    sort: Annotated[Sort, typer.Option(help="The order.")] = Sort.RELEVANCE,
    named: Named = None,
    force: Force = False,
    data: Data = None,
) -> None:
    """Write all that the list of a search holds, the 150 best passages at most."""
    from index.listing import LISTED, list_results
    from index.query import parse_query
    from ui.export.columns import RESULTS
    from ui.export.rows import results
    from ui.export.run import scope_of
    from ui.terminal import printable

    filters = filters_of(council, committee, date_from, date_to, kind)

    def rows(reader: "Reader", generation: "Generation") -> Iterable[dict[str, Any]]:
        scope_of(generation, parse_query(query, filters).filters)
        listing = list_results(
            generation,
            reader.embedder,
            query,
            filters=filters,
            sort=sort,
            per_page=LISTED,
            reranker=reader.reranker,
        )
        say(printable(f"Searched: {listing.interpreted}"))
        for note in listing.notes:
            say(printable(note))
        if listing.more:
            say(f"Note: more may fit; no more than the {LISTED} best are listed")
        return results(listing.results, generation.name)

    options = {"query": query, **asdict(filters), "sort": sort}
    _export("search", RESULTS, rows, output, named, options, force=force, data=data)


def _within(
    filters: "Filters", exported: Callable[["Generation", "Scope"], Iterable[dict[str, Any]]]
) -> "Rows":
    """Return the rows of what is `exported` within `filters`; it is said where these hold nothing."""
    from ui.export.run import scope_of

    def rows(_: "Reader", generation: "Generation") -> Iterable[dict[str, Any]]:
        scope, notes = scope_of(generation, filters)
        for note in notes:
            say(note)
        return exported(generation, scope)

    return rows


def _export(
    what: str,
    columns: tuple[Column, ...],
    rows: "Rows",
    output: Path,
    named: Format | None,
    options: dict[str, Any],
    *,
    force: bool,
    data: Path | None,
) -> None:
    from ui.export.run import Export, check_output, write_file, write_stream
    from ui.tables.streams import standard_output

    to = format_of(output, named)
    check_output(output, force=force)
    library = Library.at(data_directory(data))
    with library.reader() as reader, reader.opened() as generation:
        if output == STREAM:
            with standard_output(to) as out:
                count = write_stream(rows(reader, generation), out, to, columns)
        else:
            command = shlex.join(["minutebook", *sys.argv[1:]])
            export = Export(what, columns, reader.provenance, options, command)
            count = write_file(rows(reader, generation), output, to, export)
    say(f"{'' if output == STREAM else f'{output}: '}{count:,} row{'s' if count != 1 else ''}")
    say_notes(library.warnings())
