"""The command line. Results go to stdout, everything else to stderr; heavy imports wait until needed."""

import os
import sys
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from corpus.errors import MinutebookError
from ui.batch_command import batch
from ui.export_command import app as export_app
from ui.feedback_command import app as feedback_app
from ui.library import Library
from ui.mcp_command import mcp
from ui.options import By, Committee, Council, Data, From, Json, Kind, To, filters_of
from ui.output import say, say_notes, show, show_json
from ui.settings import data_directory
from ui.sources_command import app as sources_app
from ui.web_command import Host, Port, serve_page
from ui.web_command import app as web_app

if TYPE_CHECKING:
    from rich.console import Console

    from index.build import Built
    from ui.jobs import Ingested
    from ui.updates import Update

app = typer.Typer(
    name="minutebook",
    help="Answers questions over council minutes and shows the exact words it relies on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(sources_app, name="sources")
app.add_typer(feedback_app, name="feedback")
app.add_typer(export_app, name="export")
app.add_typer(web_app, name="web")
app.command()(batch)
app.command()(mcp)


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    WITH_FAILURES = 1
    WRONG_USE = 2
    NOTHING_DONE = 3
    INTERRUPTED = 130


Most = Annotated[int, typer.Option("-k", min=1, max=1_000, help="How many passages.")]


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        show(f"minutebook {version('minutebook')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def demo(data: Data = None, host: Host = None, port: Port = None) -> int:
    """Load the sample minutes, index them, open the web page."""
    from ui.jobs import index, ingest
    from ui.sources import SAMPLE

    library = Library.at(data_directory(data))
    ingest(library, [SAMPLE.name], _console())
    _say_built(index(library, _console()))
    serve_page(library, host, port, None, opened=True)
    return Exit.DONE


@app.command()
def ingest(
    source: Annotated[
        list[str], typer.Argument(help="A source, a council, a site's address, a folder, or files.")
    ],
    since: Annotated[
        str, typer.Option(help="Sites: the first day, month or year to read; 90 days back without it.")
    ] = "",
    committee: Annotated[
        list[str] | None, typer.Option(help="Sites: only this committee; may be given again.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Sites: look at what is not due for a look, too.")
    ] = False,
    data: Data = None,
) -> int:
    """Take in a source, a council's site, a folder, or files."""
    from ui.jobs import ingest
    from ui.new_source import first_day
    from ui.sites import Narrowed

    narrowed = Narrowed(first_day(since), tuple(committee or ()), everything)
    return _code(ingest(Library.at(data_directory(data)), source, _console(), narrowed))


@app.command()
def index(data: Data = None) -> int:
    """Build, verify and publish the next generation."""
    from ui.jobs import index

    _say_built(index(Library.at(data_directory(data)), _console()))
    return Exit.DONE


@app.command()
def update(as_json: Json = False, data: Data = None) -> int:
    """Look at every source, then index: the nightly job, with one report at its end."""
    from ui.jobs import update
    from ui.terminal import printable
    from ui.updates import update_text

    report = update(Library.at(data_directory(data)), _console())
    if as_json:
        show_json(report.as_dict())
    else:
        show(printable(update_text(report)))
    return _code(report)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words, "a phrase", -without, OR, council:, from:2019 …')],
    council: Council = "",
    committee: Committee = "",
    date_from: From = "",
    date_to: To = "",
    kind: Kind = "",
    k: Most = 10,
    as_json: Json = False,
    data: Data = None,
) -> int:
    """Find passages."""
    from ui.terminal import found_text, printable

    filters = filters_of(council, committee, date_from, date_to, kind)
    library = Library.at(data_directory(data))
    with library.reader() as reader:
        found = reader.search(query, filters=filters, k=k)
    say(printable(f"Searched: {found.interpreted}"))
    say_notes(library.warnings())
    for note in found.notes:
        say(printable(note))
    if as_json:
        show_json([hit.as_dict() for hit in found.hits])
    else:
        show(found_text(found))
    return Exit.DONE


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in plain words; the operators of search work.")],
    council: Council = "",
    committee: Committee = "",
    date_from: From = "",
    date_to: To = "",
    kind: Kind = "",
    k: Most = 10,
    as_json: Json = False,
    data: Data = None,
) -> int:
    """Answer a question in the minutes' own words, or say that they do not say."""
    from index.answering.silence import with_unread
    from ui.terminal import answer_text

    filters = filters_of(council, committee, date_from, date_to, kind)
    library = Library.at(data_directory(data))
    with library.reader() as reader:
        answer = reader.ask(question, filters=filters, k=k)
    unread = library.warnings()
    answer = with_unread(answer, unread)
    say_notes(unread)
    if as_json:
        show_json(answer.as_dict())
    else:
        show(answer_text(answer, filters))
    return Exit.DONE


@app.command()
def evaluate(
    questions: Annotated[
        Path, typer.Argument(help="Questions with their answers' places: JSON Lines or CSV.")
    ],
    ablate: Annotated[
        bool, typer.Option("--ablate", help="Measure what each stage of the search adds, too.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Measure the plain recipe, too; everything is embedded once more.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only so many of the questions, spread over the file.")
    ] = None,
    by: By = None,
    as_json: Json = False,
    data: Data = None,
) -> int:
    """Measure search and answers with questions whose answers are known."""
    from index.evaluation.questions import read_questions
    from ui.evaluation import evaluation_text, measure, spread
    from ui.terminal import printable

    read = read_questions(questions)
    for problem in read.problems:
        say(printable(problem).replace("\n", " "))
    library = Library.at(data_directory(data))
    chosen = spread(read.questions, limit)
    evaluation = measure(library, chosen, _console(), ablation=ablate, plain=plain)
    if as_json:
        show_json(evaluation.as_dict())
    else:
        show(printable(evaluation_text(evaluation, by)))
    return Exit.WITH_FAILURES if read.problems else Exit.DONE


@app.command()
def status(as_json: Json = False, data: Data = None) -> int:
    """Show what is stored, what is indexed, and how fresh each source is."""
    from ui.state import state_of, state_text

    state = state_of(Library.at(data_directory(data)))
    if as_json:
        show_json(state.as_dict())
    else:
        show(state_text(state))
    return Exit.DONE


def main() -> None:
    """Run the command line; a foreseen error is one line on stderr and an exit code, never a traceback."""
    _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except MinutebookError as error:
        say(str(error))
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = Exit.INTERRUPTED
    except TyperException as error:
        said = error.format_message() if hasattr(error, "format_message") else str(error)
        say(f"{said.rstrip('.')}; see --help")
        code = error.exit_code
    sys.exit(int(code or 0))


def _fill_closed_streams() -> None:
    """Let no file that is opened later take the number of a standard stream, and what is meant for that."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (until the end)


def _code(done: "Ingested | Update") -> int:
    if done.blind:
        return Exit.NOTHING_DONE
    return Exit.WITH_FAILURES if done.failed else Exit.DONE


def _say_built(built: "Built") -> None:
    if built.changed:
        say(
            f"generation {built.name}: {built.documents:,} documents, {built.passages:,} passages, "
            f"{built.embedded:,} embedded"
        )
    else:
        say(f"generation {built.name} is up to date: {built.passages:,} passages, nothing to do")


def _console() -> "Console":
    from rich.console import Console

    return Console(stderr=True)
