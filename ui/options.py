"""Options that commands take."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UsageError
from ui.tables.formats import Format

if TYPE_CHECKING:
    from index.records import Filters

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The data directory (else MINUTEBOOK_DATA, else the user's data directory)."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

Output = Annotated[
    Path,
    typer.Option("-o", "--output", help="Where to write: .csv, .jsonl or .parquet; - is standard output."),
]
Named = Annotated[
    Format | None, typer.Option("--format", help="The format of standard streams, and of other endings.")
]
Force = Annotated[bool, typer.Option("--force", help="Write over an output that is there already.")]

Council = Annotated[str, typer.Option(help="Only minutes of this council.")]
Committee = Annotated[str, typer.Option(help="Only minutes of this committee.")]
From = Annotated[str, typer.Option("--from", help="Only meetings from this day, month or year on.")]
To = Annotated[str, typer.Option("--to", help="Only meetings up to this day, month or year.")]
Kind = Annotated[str, typer.Option(help="Only minutes, decision, report, agenda or other.")]


class Grouping(StrEnum):
    """By what questions with known answers can be put together."""

    COUNCIL = "council"
    KIND = "kind"


By = Annotated[
    Grouping | None, typer.Option("--by", help="Show the figures of each council, or kind of question, too.")
]

#: What is said to who writes a date in another way.
FORMS_OF_DATES = "write 2019, 2019-05, 2019-05-31 or 31/05/2019 (the day first)"


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
            raise UsageError(f"--{name}: {value!r} is not a date; {FORMS_OF_DATES}")
    return Filters(council.strip(), committee.strip(), days["from"] or "", days["to"] or "", kind.strip())
