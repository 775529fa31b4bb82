"""Pronouns that stand for what another question was about, and not for something in their own."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from index.topic import ASKING, BEING, BODIES, DOING, HAVING, INTO

_TURNING = BEING | DOING | HAVING
_POINTING = frozenset("that this these those".split())
_PERSONS = frozenset("he she him her his hers".split())
_DETERMINERS = frozenset("the a an any some every each our this these those".split())
_THEMSELVES = frozenset("it they he she we you i".split())
#: Nouns that name what the question before was about, whatever that was: "that decision".
_NOUNS = frozenset(
    "decision decisions meeting report reports item proposal proposals motion motions vote application "
    "applications plan plans scheme schemes project projects change changes matter issue amendment "
    "amendments recommendation recommendations resolution option options policy contract question debate "
    "discussion idea review".split()
)
_OWNING = frozenset("its their theirs".split())
_NO_SUBJECTS = (
    _THEMSELVES | _POINTING | _PERSONS | _DETERMINERS | frozenset("its their them not there".split())
)
_WORD = re.compile(r"[\w’'-]+")


class Stands(Enum):
    """What stands in the place of a pronoun when it is spelled out."""

    FOR_THING = auto()
    FOR_OWNER = auto()  # "its"
    FOR_PERSON = auto()
    WITH_NOUN = auto()  # "that decision": nothing


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun in a question: `question[span[0]:span[1]]`."""

    span: tuple[int, int]
    stands: Stands


def find_pronoun(question: str) -> Pronoun | None:
    """Return the first pronoun whose noun is not in `question` itself."""
    found = list(_WORD.finditer(question))
    words = [match[0] for match in found]
    low = [word.replace("’", "'").casefold() for word in words]
    for place, match in enumerate(found):
        stands = _stands(place, low, words)
        if stands is not None:
            return Pronoun(match.span(), stands)
    return None


def _stands(place: int, low: list[str], words: list[str]) -> Stands | None:
    word = low[place]
    if word in _OWNING:
        return None if _subjects_before(place, low, words) else Stands.FOR_OWNER
    if word in _PERSONS:
        return None if _nouns_before(place, low, words) else Stands.FOR_PERSON
    before = low[place - 1] if place else ""
    following = low[place + 1] if place + 1 < len(low) else ""
    if word == "it":
        inside = before not in _TURNING and following in _TURNING  # "… say it would …"
        own = (inside and _subjects_before(place, low, words)) or _says_what_follows(place, low, words)
        return None if own else Stands.FOR_THING
    if word == "them":
        return None if _nouns_before(place, low, words) - BODIES else Stands.FOR_THING
    if word == "they":
        # Who does something are the councillors; to what something is done is the matter.
        return Stands.FOR_THING if before in BEING | HAVING else None
    if word in _POINTING:
        last = place + 2 == len(low) and before in BEING and not words[place + 1][:1].isupper()
        return Stands.FOR_THING if last and following not in _NOUNS else _points(word, before, following)
    return None


def _points(word: str, before: str, following: str) -> Stands | None:
    if following in _NOUNS:
        return Stands.WITH_NOUN
    alone = not following or following in _TURNING | INTO | {"cost", "happen", "mean", "agreed", "decided"}
    joins = word == "that" and not (before in _TURNING | INTO | ASKING or before.endswith("ed"))
    return Stands.FOR_THING if alone and not joins else None


def _says_what_follows(place: int, low: list[str], words: list[str]) -> bool:
    """Tell whether "it" only prepares what follows: "is it true that the …", "did it take to build the …"."""
    behind = low[place + 1 : place + 5]
    joint = next((n for n, word in enumerate(behind) if word in ("to", "that", "whether")), None)
    if joint is None:
        return False
    rest = range(place + 1 + joint, len(low))
    return any(low[n] in _DETERMINERS or words[n][:1].isupper() or words[n][:1].isdigit() for n in rest)


def _subjects_before(place: int, low: list[str], words: list[str]) -> set[str]:
    """Return nouns before a place, and those of which a verb is said: "did residents …"."""
    acting = {low[n] for n in range(1, place) if low[n - 1] in _TURNING and low[n] not in _NO_SUBJECTS}
    return acting | _nouns_before(place, low, words)


def _nouns_before(place: int, low: list[str], words: list[str]) -> set[str]:
    """Return words before a place that a pronoun there may stand for."""
    return {
        low[n]
        for n in range(1, place)
        if low[n] in BODIES - _THEMSELVES or low[n - 1] in _DETERMINERS or words[n][:1].isupper()
    }
