"""Words of one family: "agreed" and "agreement", "part" and "partially"."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from index.lexical import terms

#: Endings that turn a verb or an adjective into another word of the same family.
_ENDING = re.compile(r"(?:ement|ment|ation|ition|tion|ion|ance|ence|ive|iti|ness|er|or|al|li|y|e)$")
#: These are no mill and no bill.
_NUMBERS = frozenset({"million", "billion"})
#: Of two roots of a family, one begins with the other, which has so many letters at least …
_SHORTEST = 4
#: … and is shorter by so many at most.
_LONGER = 3


@lru_cache(maxsize=65_536)
def root(term: str) -> str:
    """Return what a stemmed term shares with its family ("agreement", "agre" → "agre")."""
    if term in _NUMBERS:
        return term
    shorter = _ENDING.sub("", term)
    return shorter if len(shorter) >= _SHORTEST else term


@lru_cache(maxsize=16_384)
def roots_in(text: str) -> frozenset[str]:
    """Return the roots of the terms that `text` holds; the same sentences answer many questions."""
    return frozenset(root(term) for term in terms(text))


class Families:
    """The families of some roots: those that are equal, or begin with one another ("part", "parti").

    A long text is looked up in a moment, as each root is compared with a few forms instead of every word.
    """

    def __init__(self, roots: Iterable[str]) -> None:
        self._roots = frozenset(roots)
        self._longer: dict[str, set[str]] = defaultdict(set)
        self._seen: set[str] = set()
        self._kin: dict[str, frozenset[str]] = {}
        for word in self._roots:
            for short in _shortened(word):
                self._longer[short].add(word)

    def kin(self, other: str) -> frozenset[str]:
        """Return those of the roots that are of one family with the root `other`."""
        return self._roots.intersection((other, *_shortened(other))).union(self._longer.get(other, ()))

    def met(self, others: frozenset[str]) -> frozenset[str]:
        """Return those of the roots that are of one family with any of the roots `others`.

        The same few hundred words stand in most sentences, and hardly any of them is kin to a question's: so
        each is looked at once, and then whole sentences at a time are compared with those that are.
        """
        for other in others - self._seen:
            self._seen.add(other)
            if kin := self.kin(other):
                self._kin[other] = kin
        return frozenset().union(*(self._kin[other] for other in self._kin.keys() & others))


def same_family(a: str, b: str) -> bool:
    """Tell whether two roots are of one family."""
    return bool(Families((a,)).kin(b))


@lru_cache(maxsize=65_536)
def _shortened(word: str) -> tuple[str, ...]:
    if word in _NUMBERS:
        return ()
    forms = (word[:length] for length in range(max(_SHORTEST, len(word) - _LONGER), len(word)))
    return tuple(form for form in forms if form.isalpha() and form not in _NUMBERS)
