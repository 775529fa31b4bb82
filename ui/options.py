"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The data directory (else MINUTEBOOK_DATA, else the user's data directory)."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
