"""minutebook feedback list and export: what readers said of answers."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import UsageError
from ui.feedback.records import Verdict
from ui.options import Data, Json
from ui.output import say, show, show_json
from ui.settings import data_directory

app = typer.Typer(
    help="List what readers said of answers, and make questions of it that measure.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_feedback(
    verdict: Annotated[Verdict | None, typer.Option(help="Only what was called so.")] = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """List what readers said, newest first."""
    from ui.feedback.listing import as_dict, feedback_text
    from ui.feedback.store import FeedbackStore
    from ui.library import Library

    library = Library.at(data_directory(data))
    said = [one for one in FeedbackStore(library.feedback).all() if verdict in (None, one.verdict)]
    said.reverse()
    if as_json:
        show_json([as_dict(one) for one in said])
    else:
        show(feedback_text(said))


@app.command()
def export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; it is printed without one.")
    ] = None,
    data: Data = None,
) -> None:
    """Write the questions in the format of `minutebook evaluate`, as JSON Lines."""
    from ui.feedback.export import export
    from ui.feedback.listing import exported_text
    from ui.feedback.store import FeedbackStore
    from ui.library import Library

    library = Library.at(data_directory(data))
    feedback = FeedbackStore(library.feedback).all()
    if library.record.exists():
        with library.corpus() as corpus:
            exported = export(feedback, corpus.document)
    else:
        exported = export(feedback, lambda document_id: None)
    if output is not None:
        _write(output, exported.lines)
    elif exported.lines:
        show(exported.lines.rstrip("\n"))
    say(exported_text(exported))


def _write(path: Path, lines: str) -> None:
    try:
        path.write_text(lines, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
