"""Spellings of a word: British and American ones, and the nearest among the words that are there."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

import numpy as np

from index.families import Families, root

#: Names shorter than this have too many neighbours to be taken for one of them …
SHORTEST = 4
#: … and longer ones than this may be two edits away.
LONG = 8
#: What two edits change of the letters that a word has, at most.
_LETTERS_OF_EDIT = 2

#: One spelling and the other, where they stand in a word.
_PAIRS = (
    ("our", "or"), ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"),
    ("yse", "yze"), ("ysing", "yzing"), ("ysed", "yzed"), ("tre", "ter"), ("tres", "ters"), ("ogue", "og"),
    ("ence", "ense"), ("ll", "l"), ("ae", "e"), ("oe", "e"), ("mme", "m"), ("mould", "mold"),
    ("grey", "gray"), ("tyre", "tire"), ("kerb", "curb"), ("cheque", "check"), ("storey", "story"),
    ("plough", "plow"), ("draught", "draft"), ("ageing", "aging"), ("dgement", "dgment"), ("gaol", "jail"),
    ("aluminium", "aluminum"), ("sulph", "sulf"),
)  # fmt: skip
#: These are other words, not other spellings, or stand at the end of a word only.
_AT_END = frozenset({"tre", "tres", "ise", "ize", "ogue", "og", "mme", "m", "ence", "ense"})


def variants(word: str) -> frozenset[str]:
    """Return the other spellings of a word in small letters ("colour": "color")."""
    found = set()
    for british, american in _PAIRS:
        for one, other in ((british, american), (american, british)):
            end = "$" if one in _AT_END else ""
            for match in re.finditer(f"{one}{end}", word):
                if match.start() > 0 or len(one) > _LETTERS_OF_EDIT + 1:
                    found.add(f"{word[: match.start()]}{other}{word[match.end() :]}")
    return frozenset(found - {word})


def edits(a: str, b: str, most: int) -> int | None:
    """Return how many edits lie between two words, None for more than `most`.

    An edit adds, drops or changes a letter, or swaps two that stand side by side.
    """
    if abs(len(a) - len(b)) > most:
        return None
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(b, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def most_edits(word: str) -> int:
    """Return how many edits away a word may be meant: none for a short one, or one with figures in it."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= LONG else 1


class Vocabulary:
    """The terms of an index, each with the number of passages that hold it; threads may share it."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self.frequencies = frequencies
        self._terms = sorted(frequencies)
        self._lengths = np.asarray([len(term) for term in self._terms], dtype=np.int64)
        self._firsts = np.asarray([ord(term[0]) for term in self._terms], dtype=np.int64)
        self._swapped = np.asarray([_pair(term) for term in self._terms], dtype=np.int64)
        self._letters = np.asarray([_letters(term) for term in self._terms], dtype=np.uint64)

    def near(self, term: str, most: int) -> Iterator[tuple[int, str]]:
        """Yield the terms within `most` edits of `term`, nearest first, of these the commonest first.

        Errors of typing spare the first letter, or swap it with the next. Only a few of all terms are
        compared: those of about the same length and with about the same letters.
        """
        if not self._terms or most < 1:
            return
        likely = (np.abs(self._lengths - len(term)) <= most) & (
            np.bitwise_count(self._letters ^ np.uint64(_letters(term))) <= _LETTERS_OF_EDIT * most
        )
        likely &= (self._firsts == ord(term[0])) | (self._swapped == _pair(term[1::-1]))
        found = []
        for place in np.flatnonzero(likely).tolist():
            other = self._terms[place]
            away = edits(term, other, most)
            if away:
                found.append((away, -self.frequencies[other], other))
        yield from ((away, other) for away, _, other in sorted(found))

    def kin(self, word: str) -> Iterator[str]:
        """Yield the terms of one family with the root `word` ("agreement", "agreed" with "agree")."""
        begins = word[:SHORTEST]
        families = Families((word,))
        for place in range(bisect_left(self._terms, begins), len(self._terms)):
            term = self._terms[place]
            if not term.startswith(begins):
                return
            if families.kin(root(term)):
                yield term


def _pair(word: str) -> int:
    """Return the first two letters of a word as a number."""
    return ord(word[0]) << 24 | (ord(word[1]) if len(word) > 1 else 0)


def _letters(word: str) -> int:
    """Return which letters a word has, as bits; all that are no small Latin ones share the last."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - 97 if "a" <= letter <= "z" else 63)
    return bits
