"""minutebook export: the data itself, for those who want more than answers."""

import os
import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UsageError
from index.records import Sort
from ui.library import Library
from ui.options import Committee, Council, Data, From, Kind, To, filters_of
from ui.output import say, say_notes
from ui.settings import data_directory
from ui.tables.columns import Column
from ui.tables.formats import STREAM, Format, format_of

if TYPE_CHECKING:
    from index.generation import Generation
    from index.reader import Reader

app = typer.Typer(
    help="Write documents, passages, or what a search finds, as CSV, JSON Lines or Parquet.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Output = Annotated[
    Path,
    typer.Option("-o", "--output", help="Where to write: .csv, .jsonl or .parquet; - is standard output."),
]
Named = Annotated[
    Format | None, typer.Option("--format", help="The format of standard output, and of other endings.")
]
Force = Annotated[bool, typer.Option("--force", help="Write over an output that is there already.")]


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
    from ui.export.run import scope_of

    filters = filters_of(council, committee, date_from, date_to, kind)

    def rows(_: "Reader", generation: "Generation") -> Iterable[dict[str, Any]]:
        return documents(generation, scope_of(generation, filters))

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
    from ui.export.run import scope_of

    filters = filters_of(council, committee, date_from, date_to, kind)

    def rows(_: "Reader", generation: "Generation") -> Iterable[dict[str, Any]]:
        return passages(generation, scope_of(generation, filters))

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
    from ui.export.columns import RESULTS
    from ui.export.rows import results
    from ui.terminal import printable

    filters = filters_of(council, committee, date_from, date_to, kind)

    def rows(reader: "Reader", generation: "Generation") -> Iterable[dict[str, Any]]:
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


def _export(
    what: str,
    columns: tuple[Column, ...],
    rows: Callable[["Reader", "Generation"], Iterable[dict[str, Any]]],
    output: Path,
    named: Format | None,
    options: dict[str, Any],
    *,
    force: bool,
    data: Path | None,
) -> None:
    from ui.export.run import Export, check_output, write

    to = format_of(output, named)
    if to is Format.PARQUET and output == STREAM and sys.stdout.isatty():
        raise UsageError("Parquet is nothing for a terminal; write it to a file")
    check_output(output, force=force)
    library = Library.at(data_directory(data))
    with library.reader() as reader, reader.opened() as generation:
        export = Export(what, columns, reader.provenance, options, shlex.join(["minutebook", *sys.argv[1:]]))
        try:
            count = write(rows(reader, generation), output, to, export, sys.stdout.buffer)
        except BrokenPipeError:
            # Whoever reads it has seen enough; there is nowhere left to flush to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
    say(f"{'' if output == STREAM else f'{output}: '}{count:,} row{'s' if count != 1 else ''}")
    say_notes(library.warnings())
