"""Who speaks where in a verbatim record: "Name: words" at the beginning of a line, as Hansard prints it."""

import re
from bisect import bisect_right
from dataclasses import dataclass

#: A record is verbatim if so many of its lines, and such a share of them, name a speaker.
MIN_TURNS = 8
MIN_SHARE = 0.4

_NAME = r"(?:[A-Z][\w.'’-]*|of|the|and|de|van|von|der|ap|ab|ferch|y)"
_PLACE = r"\([^()\n]{1,80}(?:\([^()\n]{1,40}\)[^()\n]{0,40})?\)"
_TURN = re.compile(rf"^(?P<name>[A-Z][\w.'’-]*(?: {_NAME}| {_PLACE}){{0,7}}):[ \t]+(?=\S)", re.MULTILINE)
_BRACKETS = re.compile(r"\s*\(.*\)$")


@dataclass(frozen=True, slots=True)
class Turn:
    """Someone begins to speak at `start` (characters)."""

    start: int
    speaker: str


def turns_of(text: str) -> tuple[Turn, ...]:
    """Return the turns of a verbatim record in order, () for any other text."""
    turns = tuple(Turn(match.start(), _BRACKETS.sub("", match["name"])) for match in _TURN.finditer(text))
    if len(turns) < MIN_TURNS:
        return ()
    lines = sum(1 for line in text.splitlines() if line.strip())
    # In a record people speak again and again; labels such as "Present:" and "Apologies:" stand once.
    again = 2 * len({turn.speaker for turn in turns}) <= len(turns)
    return turns if again and len(turns) >= MIN_SHARE * lines else ()


def speaker_at(turns: tuple[Turn, ...], offset: int) -> str:
    """Return who speaks at `offset` without being named there, "" where a turn begins and before any."""
    place = bisect_right(turns, offset, key=lambda turn: turn.start) - 1
    return turns[place].speaker if place >= 0 and turns[place].start < offset else ""
