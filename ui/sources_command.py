"""minutebook sources list, add, remove and show: which councils and folders are kept up with."""

from dataclasses import asdict
from typing import Annotated

import typer

from ingest.sites.records import Attachments
from ui.options import Data, Json
from ui.output import show, show_json
from ui.settings import data_directory

app = typer.Typer(
    help="List, add, remove and show sources.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_sources(
    word: Annotated[str, typer.Argument(help="Only those with this in their name or address.")] = "",
    known: Annotated[bool, typer.Option("--known", help="List the councils that are known by name.")] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """List the sources and how each stands."""
    from ui.known_sources import councils_text, councils_with, known_sources, sources_text, with_word
    from ui.library import Library

    if known:
        councils = councils_with(word)
        if as_json:
            show_json([asdict(council) for council in councils])
        else:
            show(councils_text(councils, word))
        return
    library = Library.at(data_directory(data))
    sources = with_word(known_sources(library), word)
    if as_json:
        show_json([source.as_dict(library.settings.sites) for source in sources])
    else:
        show(sources_text(sources, word))


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="A council that is known by name, or a name of your own.")],
    location: Annotated[str, typer.Argument(help="The address of a site, a folder or a file.")] = "",
    since: Annotated[str, typer.Option(help="The first day, month or year to read (sites).")] = "",
    committee: Annotated[
        list[str] | None, typer.Option(help="Read this committee only; may be given again (sites).")
    ] = None,
    attachments: Annotated[
        Attachments | None, typer.Option(help="Which files are read beside the items (sites).")
    ] = None,
    pace: Annotated[
        float | None, typer.Option(min=0, help="Seconds from one request to the next (sites).")
    ] = None,
    contact: Annotated[
        str, typer.Option(help="A mail or web address that the site is told with every request.")
    ] = "",
    council: Annotated[str, typer.Option(help="The council, where documents do not name one.")] = "",
    host: Annotated[
        list[str] | None, typer.Option(help="A further host of the same site; may be given again.")
    ] = None,
    data: Data = None,
) -> None:
    """Put a source into minutebook.toml: `add NAME` for a council that is known, else `add NAME LOCATION`."""
    from ui.new_source import first_day, new_source
    from ui.settings_file import add_source

    said = {
        "council": council,
        "since": first_day(since),
        "committees": committee,
        "attachments": attachments and attachments.value,
        "pace": pace,
        "contact": contact,
        "hosts": host,
    }
    table = new_source(name, location, said)
    path = add_source(data_directory(data), table)
    show(f"added {table['name']} ({table['location']}) to {path}; run: minutebook ingest {table['name']}")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="The name of a source.")], data: Data = None) -> None:
    """Take a source out of minutebook.toml; what was ingested stays in the record."""
    from ui.settings_file import remove_source

    path = remove_source(data_directory(data), name)
    show(f"removed {name} from {path}; what was ingested from it stays in the record")


@app.command("show")
def show_source(
    name: Annotated[str, typer.Argument(help="The name of a source, or of a council that is known.")],
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Show all that is set for a source and how it stands."""
    from ui.known_sources import Known, council_text, source_called, source_text
    from ui.library import Library

    library = Library.at(data_directory(data))
    found, sites = source_called(library, name), library.settings.sites
    if as_json:
        show_json(found.as_dict(sites) if isinstance(found, Known) else asdict(found))
    else:
        show(source_text(found, sites) if isinstance(found, Known) else council_text(found))
