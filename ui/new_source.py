"""What a person says about a new source, turned into its table for minutebook.toml."""

import os
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.errors import UsageError
from index.query import read_date
from ingest.sites.directory import council_at, find_council
from ui.known_sources import nearest
from ui.settings import SOURCE_NAME, is_address


def new_source(named: str, location: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table of a source; without a location, `named` is a council of the directory.

    Whatever is empty in `said`, its further settings, is left out. The location of a folder becomes a whole
    path: in the file, a relative one would count from the data directory.

    Raises:
        UsageError: there is no such council or folder, or no source can be called so.
    """
    council = council_at(location) if location else find_council(named)
    if location:
        name, place = _checked(named), _place(location)
    elif council:
        name, place = council.key, council.base
    elif is_address(named):
        raise UsageError(f"{named} needs a name; run: minutebook sources add NAME {named}")
    else:
        raise UsageError(f"no council is called {named!r}, and no location is given{nearest(named)}")
    table = {"name": name, "location": place, "council": council.name if council else ""}
    table |= {key: value for key, value in said.items() if value not in (None, "", [])}
    return {key: value for key, value in table.items() if value != ""}


def first_day(text: str) -> date | None:
    """Return the day that "2015", "2015-04", "2015-04-01" or "01/04/2015" begins with, None for "".

    Raises:
        UsageError: it is no day.
    """
    if not text.strip():
        return None
    day = read_date(text.strip(), last=False)
    if day is None:
        raise UsageError(f"--since: {text!r} is not a date; write 2019, 2019-05 or 2019-05-31")
    return date.fromisoformat(day)


def _checked(name: str) -> str:
    if not re.fullmatch(SOURCE_NAME, name):
        raise UsageError(
            f"{name!r} cannot name a source; use lower-case letters, digits, - and _, 64 at most"
        )
    return name


def _place(location: str) -> str:
    if "://" in location:
        return location
    path = os.path.abspath(os.path.expanduser(location))
    if not os.path.exists(path):
        raise UsageError(
            f"{location}: there is no such file or folder; a site's address begins with https://"
        )
    return path
