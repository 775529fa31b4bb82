"""The councils whose sites are known by name, so that nobody has to look an address up.

councils.csv beside this file holds names and addresses only. They were collected by volunteers in 2023–24;
some have moved since, and an address in minutebook.toml goes before the one here. Councils that share a site
have a row each.
"""

import csv
import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

#: Suggestions for a name that is not known.
_MOST = 5
#: How alike a misspelt name has to be, from 0 to 1: one wrong letter in five passes, another name does not.
_ALIKE = 0.75

_WORD = re.compile(r"[^\W_]+")
#: Words that say what kind of council it is; "London Borough of Ashmere" is Ashmere.
_KINDS = frozenset(
    "borough city council county district london metropolitan royal of the cyngor isle".split()
)


class Family(StrEnum):
    """Whose software a council's site runs; which part of it answers is found out at the site."""

    MODERNGOV = "moderngov"
    CMIS = "cmis"


@dataclass(frozen=True, slots=True)
class Council:
    """A council and its site: `base` is the address of the directory that its pages lie in, with "/"."""

    key: str
    name: str
    software: Family
    base: str


@cache
def councils() -> tuple[Council, ...]:
    """Return all known councils by key."""
    table = files("ingest.sites").joinpath("councils.csv").read_text(encoding="utf-8")
    return tuple(
        Council(row["key"], row["name"], Family(row["software"]), row["base"])
        for row in csv.DictReader(table.splitlines())
    )


def find_council(named: str) -> Council | None:
    """Return the council of this key or name; case, punctuation and the kind of council do not matter."""
    return _by_words().get(_words(named))


def near(named: str) -> tuple[Council, ...]:
    """Return the councils that may be meant by a name that is not known, the likeliest first."""
    words = _words(named)
    if not words:
        return ()
    known = _by_words()
    holding = [each for each in known if set(words.split()) <= set(each.split())]
    alike = get_close_matches(words, known, n=_MOST, cutoff=_ALIKE)
    return tuple(known[each] for each in dict.fromkeys([*holding, *alike]))[:_MOST]


def council_at(base: str) -> Council | None:
    """Return the council whose site lies at `base`, None when none is known or several share it.

    The scheme, case and a "/" at the end do not matter.
    """
    there = _by_place().get(_place(base), ())
    return there[0] if len(there) == 1 else None


@cache
def _by_place() -> dict[str, list[Council]]:
    found: dict[str, list[Council]] = {}
    for council in councils():
        found.setdefault(_place(council.base), []).append(council)
    return found


@cache
def _by_words() -> dict[str, Council]:
    known = {_words(council.name): council for council in councils()}
    return known | {_words(council.key): council for council in councils()}


def _words(named: str) -> str:
    text = re.sub("['’]", "", named.casefold()).replace("&", " and ")
    return " ".join(word for word in _WORD.findall(text) if word not in _KINDS)


def _place(address: str) -> str:
    try:
        parts = urlsplit(address.strip().casefold())
    except ValueError:  # an address that cannot be one
        return address
    return f"{parts.netloc}{parts.path.rstrip('/')}"
