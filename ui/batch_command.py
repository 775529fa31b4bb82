"""minutebook batch: a table of questions answered, so that every row can be borne out later."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UsageError
from ui.library import Library
from ui.options import Data, Named, Output
from ui.output import say, say_notes
from ui.settings import data_directory
from ui.tables.formats import STREAM, Format, ending_tells, format_of

if TYPE_CHECKING:
    from ui.batch.meta import Counts


def batch(
    questions: Annotated[
        Path,
        typer.Argument(
            help="A table with a column 'question', and council, committee, from, to, kind as filters: "
            ".csv, .jsonl or .parquet; - is standard input."
        ),
    ],
    output: Output,
    search: Annotated[bool, typer.Option("--search", help="Search: hits in place of answers.")] = False,
    k: Annotated[
        int | None,
        typer.Option(
            "-k",
            min=1,
            max=1_000,
            help="With --search, how many passages (10); else how many stand beside a "
            "question that the minutes do not answer (3).",
        ),
    ] = None,
    long: Annotated[bool, typer.Option("--long", help="A row for each quote, or hit.")] = False,
    carry: Annotated[
        list[str] | None,
        typer.Option(help="This column is carried through and filters nothing; may be given again."),
    ] = None,
    named: Named = None,
    input_format: Annotated[
        Format | None, typer.Option("--input-format", help="The format of the input, if it is not --format.")
    ] = None,
    batch_size: Annotated[
        int,
        typer.Option(
            "--batch-size", min=1, max=100_000, help="How many answers are kept on the disk together."
        ),
    ] = 64,
    threads: Annotated[
        int | None,
        typer.Option(
            min=1, max=1_000, help="How many questions are worked on at a time; one for each core without it."
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Write over an output that is there already; begin anew where another was begun."
        ),
    ] = False,
    data: Data = None,
) -> int:
    """Answer a table of questions; interrupted, the same command goes on, if it writes into a file.

    The columns of the table are carried through. The answers are the same another time, whatever --batch-size
    and --threads: the index, the model, the settings and the version that they depend on stand in every row,
    and with the command line in OUTPUT.meta.json.
    """
    from rich.console import Console

    from ui.batch.manner import Input, Manner
    from ui.batch.order import CLOSEST, FOUND, Order
    from ui.batch.to_file import to_file
    from ui.batch.to_stream import to_stream
    from ui.progress import asking
    from ui.tables.streams import standard_input, standard_output

    read_as = _input_format(questions, named, input_format)
    to = format_of(output, named)
    if named and all(ending_tells(path) for path in (questions, output)):
        raise UsageError("--format is for standard streams; the endings of these files say what they are")
    order = Order(search, long, k or (FOUND if search else CLOSEST), tuple(carry or ()))
    given = Input(questions, read_as, standard_input() if questions == STREAM else None)
    library = Library.at(data_directory(data))
    with asking(Console(stderr=True)) as report:
        how = Manner(
            command=shlex.join(["minutebook", *sys.argv[1:]]),
            report=report,
            say=say,
            batch_size=batch_size,
            threads=threads,
        )
        if output == STREAM:
            with standard_output(to) as out:
                counts = to_stream(library, given, out, to, order, how)
        else:
            counts = to_file(library, given, output, to, order, how, force=force)
    _say_done(library, counts, "" if output == STREAM else f"{output}: ", search=search)
    return 1 if counts.errors else 0


def _input_format(questions: Path, named: Format | None, own: Format | None) -> Format:
    if own and ending_tells(questions):
        raise UsageError("--input-format is for standard input; the ending of this file says what it is")
    return format_of(questions, own or named, "--format or --input-format")


def _say_done(library: Library, counts: "Counts", output: str, *, search: bool) -> None:
    from ui.terminal import printable

    say(printable(f"{output}{counts.said(search=search)}").replace("\n", " "))
    say_notes(library.warnings())
