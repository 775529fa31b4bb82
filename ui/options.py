"""Options that several commands take."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UsageError

if TYPE_CHECKING:
    from index.records import Filters

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The data directory (else MINUTEBOOK_DATA, else the user's data directory)."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

Council = Annotated[str, typer.Option(help="Only minutes of this council.")]
Committee = Annotated[str, typer.Option(help="Only minutes of this committee.")]
From = Annotated[str, typer.Option("--from", help="Only meetings from this day, month or year on.")]
To = Annotated[str, typer.Option("--to", help="Only meetings up to this day, month or year.")]
Kind = Annotated[str, typer.Option(help="Only minutes, decision, report, agenda or other.")]


def filters_of(council: str, committee: str, date_from: str, date_to: str, kind: str) -> "Filters":
    """Return the filters that the options of a command say.

    Raises:
        UsageError: what should be a date is none.
    """
    from index.query import read_date
    from index.records import Filters

    days = {}
    for name, value, last in (("from", date_from, False), ("to", date_to, True)):
        days[name] = read_date(value.strip(), last=last) if value.strip() else ""
        if days[name] is None:
            raise UsageError(f"--{name}: {value!r} is not a date; write 2019, 2019-05 or 2019-05-31")
    return Filters(council.strip(), committee.strip(), days["from"] or "", days["to"] or "", kind.strip())
