"""Which words of a question stand in the minutes that its filters allow, in what spelling, and where."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.answering.spelling import edits, most_edits, variants
from index.answering.things import Kind
from index.families import root
from index.generation import Generation
from index.lexical import Scope, Wanted, terms
from index.references import mentions
from index.vectors import Rows

#: A reference with a common number is looked for in no more passages than this.
MOST_READ = 200
#: In so many passages it is looked up how the minutes write a word.
READ_FOR_SPELLING = 5
_WORD = re.compile(r"[^\W_]+")
_AMOUNT = re.compile(r"[£€$]\s?([\d,]+(?:\.\d+)?)\s?(million|billion|thousand|bn|m|k)?", re.IGNORECASE)
_SCALE = {"": 1, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word, or words side by side, as they can be shown and searched for, and their terms in order."""

    words: str
    terms: tuple[str, ...]

    @classmethod
    def of(cls, words: str) -> "Spelling":
        """Return the spelling that `words` are."""
        return cls(words, tuple(terms(words)))


class Lookup:
    """Looks for words in the passages of a generation that a scope allows, in their texts and headings."""

    def __init__(self, generation: Generation, scope: Scope) -> None:
        self._generation = generation
        self._scope = scope

    def rows(self, *together: Sequence[Spelling]) -> Rows:
        """Return the passages that hold one spelling of each of `together`."""
        return self._generation.lexical.allowed(_wanted(together), self._scope)

    def frequency(self, spelling: Spelling) -> int:
        """Return in how many passages the rarest word of a spelling stands, whatever the scope."""
        return min(map(self._generation.vocabulary.frequencies.__getitem__, spelling.terms))

    def mentions(self, together: Sequence[Spelling]) -> frozenset[int]:
        """Return the numbers of the documents whose text or title mentions all of `together` in one place.

        That a body has such a name ("Roads and Bridges Committee") is no mention.
        """
        choices = [[one] for one in together]
        number_of = self._generation.table.document_of
        inside = replace(_wanted(choices), text_only=True)
        rows = self._generation.lexical.allowed(inside, self._scope)
        found = set(number_of[rows].tolist())
        others = set(number_of[self.rows(*choices)].tolist()) - found
        return frozenset(found | {number for number in others if self._is_titled(number, together)})

    def holds(self, *together: Sequence[Spelling]) -> bool:
        """Tell whether a passage holds one spelling of each of `together`."""
        known = [[one for one in choices if self._is_known(one)] for choices in together]
        return all(known) and self._generation.lexical.any_allowed(_wanted(known), self._scope)

    def spelling_of(self, word: str, kind: Kind) -> Spelling | None:
        """Return the first of the spellings of `word` that occurs, None where none does.

        In this order: as it was typed, in another spelling (British or American, with a hyphen or without),
        and, for what is no name, as another word of its family.
        """
        own = Spelling.of(word)
        low = word.casefold()
        others = [Spelling.of(one) for one in sorted(variants(low))]
        if len(own.terms) > 1:
            others.append(Spelling.of("".join(_WORD.findall(low))))
        if found := next((one for one in (own, *others) if self.holds([one])), None):
            return found
        if split := self._in_two(low):
            return split
        if kind is Kind.MATTER and len(own.terms) == 1:
            for term in self._generation.vocabulary.kin(root(own.terms[0])):
                if self.holds([Spelling(term, (term,))]):
                    return Spelling(self._written(term, low) or term, (term,))
        return None

    def nearest(self, word: str, kind: Kind) -> str:
        """Return the nearest spelling that occurs of a word that does not, as the minutes write it; or "".

        A name has a capital.
        """
        (term, *more) = terms(word) or [""]
        typed, most = word.casefold(), most_edits(word)
        if more:
            return ""
        for _, other in self._generation.vocabulary.near(term, most):
            if not self.holds([Spelling(other, (other,))]):
                continue
            written = self._written(other, typed, most)
            if written and (kind is not Kind.NAME or written[0].isupper()):
                return written
        return ""

    def has_reference(self, reference: str) -> bool:
        """Tell whether a reference may occur: it is said not to only where that is certain."""
        if amount := _AMOUNT.fullmatch(reference):
            return self.holds(_spellings_of_amount(amount))
        whole = Spelling.of(reference)
        if not whole.terms or self.holds([whole]):
            return True
        words = [[Spelling(term, (term,))] for term in whole.terms]
        rows = self.rows(*words).tolist() if self.holds(*words) else []
        if len(rows) > MOST_READ:
            return True
        return any(mentions(reference, one.text) for one in self._generation.table.passages(rows))

    def _is_titled(self, number: int, together: Sequence[Spelling]) -> bool:
        """Tell whether no spelling stands in the names of a document's bodies, and not in its title."""
        header = self._generation.shelves.numbered(number)
        bodies, title = terms(f"{header.council} | {header.committee}"), terms(header.title)
        return all(_within(one.terms, title) or not _within(one.terms, bodies) for one in together)

    def _written(self, term: str, typed: str, most: int = 99) -> str:
        """Return how the minutes write a term most often, in small letters where they do so, too.

        It is no more than `most` edits from what was `typed`, and not the same.
        """
        rows = self.rows([Spelling(term, (term,))])[:READ_FOR_SPELLING].tolist()
        counts: Counter[str] = Counter()
        for passage in self._generation.table.passages(rows):
            counts.update(_WORD.findall(f"{passage.text} {passage.heading}"))
        begin = term[0].casefold()
        for word in [*counts]:
            low = word.casefold()
            if low[0] != begin or low == typed or terms(word) != [term] or edits(typed, low, most) is None:
                del counts[word]
        if not counts:
            return ""
        word = counts.most_common(1)[0][0]
        return word.casefold() if word.casefold() in counts else word

    def _in_two(self, word: str) -> Spelling | None:
        """Return a word as two, where the minutes write it so ("towncentre": "town centre")."""
        if not word.isalpha():
            return None
        for cut in range(2, len(word) - 1):
            two = Spelling.of(f"{word[:cut]} {word[cut:]}")
            if not self.holds([two]):
                continue
            written = re.compile(rf"\b{word[:cut]}[\s-]+{word[cut:]}s?\b", re.IGNORECASE)
            rows = self.rows([two])[:READ_FOR_SPELLING].tolist()
            if any(written.search(one.text) for one in self._generation.table.passages(rows)):
                return two
        return None

    def _is_known(self, spelling: Spelling) -> bool:
        frequencies = self._generation.vocabulary.frequencies
        return bool(spelling.terms) and all(term in frequencies for term in spelling.terms)


def _within(words: Sequence[str], text: Sequence[str]) -> bool:
    """Tell whether `words` stand side by side in `text`."""
    size = len(words)
    return any(tuple(text[place : place + size]) == tuple(words) for place in range(len(text) - size + 1))


def _wanted(together: Sequence[Sequence[Spelling]]) -> Wanted:
    return Wanted(alternatives=tuple(tuple(one.terms for one in choices) for choices in together))


def _spellings_of_amount(amount: re.Match[str]) -> list[Spelling]:
    """Return the ways to write an amount."""
    value = float(amount[1].replace(",", "")) * _SCALE[(amount[2] or "").casefold()]
    places = 0 if value == int(value) else 2
    ways = {amount[0], f"{value:,.{places}f}", f"{value:.{places}f}"}
    for name, scale in _SCALE.items():
        if name and value >= scale:
            number = f"{value / scale:.3f}".rstrip("0").rstrip(".")
            ways |= {f"{number}{name}", f"{number} {name}"}
    return [Spelling.of(way) for way in sorted(ways)]
