"""What a question names: what somebody put in quotes, references, names, and the words of its matter.

Words in which people ask about anything ("what was decided", "how much did it cost") name nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from index.answering.spelling import edits
from index.families import root
from index.follow_up import OF_ANY_MATTER
from index.lexical import STOP_WORDS, terms
from index.query import ParsedQuery
from index.question import weight
from index.references import days_in, find_references
from index.topic import ASKING, BEING, BODIES, DOING, HAVING, INTO, ORDERING, VERBS, topic_of

#: What stands in front of a name or behind it, days, and what is asked for of any matter.
_NO_NAMES = frozenset(
    "cllrs mr mrs ms miss dr sir lord lady dame rev reverend alderman mayor leader chair chairman chairwoman "
    "chairperson clerk officer director pc tc bc cc dc mbc cbc lbc rbc udc "
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday today yesterday tomorrow week weeks month months years "
    "cost price fee charge budget grant number percentage percent proportion name names kind type size "
    "length start cause background purpose role contractor supplier location place area value rate share "
    "local recent latest past current future main exact approximate following various people public "
    "english british compare contrast versus safe available possible necessary".split()
)
_COMMON = STOP_WORDS | _NO_NAMES | ASKING | BEING | DOING | HAVING | ORDERING | INTO | BODIES
_COMMON_TERMS = frozenset(term for word in _COMMON for term in terms(word))
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_OWNER = re.compile(r"[’']s?$", re.IGNORECASE)
#: The long ones among the words of questions, by which mistyped ones are known.
_OFTEN_MISTYPED = (
    "accepted agenda agreed agreement amendment application appointed approved approval committee "
    "council councillor councillors decided decision decisions discussed discussion happened meeting "
    "meetings minutes opposed planning proposal proposed reason reasons recommendation recommended "
    "refused rejected resolution resolved supported through voted"
).split()
#: What stands within a name and is no part of another.
_WITHIN_NAMES = frozenset("of the on upon in under le la de".split())
#: A question in which so many words have capitals has them by habit.
_FEWEST_WORDS = 3
_SMALL = _WITHIN_NAMES | frozenset("a an and at by for in is it or to with".split())


class Kind(Enum):
    """How a thing is named, which tells what must stand in minutes that mention it."""

    PHRASE = auto()  # these words in this order
    REFERENCE = auto()  # this number
    NAME = auto()  # these words, each as it is or in another spelling
    MATTER = auto()  # these words, or others of their families


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a question names, as it was typed; `words` are those of `text` that are not common."""

    text: str
    words: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.word[0].isupper()

    @property
    def common(self) -> bool:
        return is_common(self.word)


def things_in(parsed: ParsedQuery) -> tuple[Thing, ...]:
    """Return what a question names, each once, in the order of kinds."""
    text = parsed.words
    taken: list[tuple[int, int]] = []
    things: list[Thing] = []
    for words in parsed.phrases:
        things.append(Thing(words, (words,), Kind.PHRASE))
        taken += _places(words, text)
    for choices in parsed.alternatives:  # one of them is enough
        for words in choices:
            taken += _places(words, text)
    references = find_references(text)
    for reference in references:
        if any(other.startswith(reference.rpartition(" ")[2]) for other in references if other != reference):
            continue  # "resolution R2024" of "resolution R2024-128"
        if not days_in(reference):  # a day limits, and names nothing
            things.append(Thing(reference, (reference,), Kind.REFERENCE))
        taken += _places(reference, text)
    tokens = [one for one in _tokens(text) if not any(a < one.end and one.start < b for a, b in taken)]
    names = list(_names(tokens, text))
    things += [_thing(name, text, Kind.NAME) for name in names]
    named = {one.start for name in names for one in name}
    topic = _places(topic_of(text), text)
    rest = [
        one
        for one in tokens
        if one.start not in named and any(a <= one.start < b for a, b in topic) and _is_matter(one)
    ]
    things += [_thing(run, text, Kind.MATTER) for run in _runs(rest, text)]
    return tuple(dict.fromkeys(things))


def _thing(run: Sequence[_Token], text: str, kind: Kind) -> Thing:
    return Thing(text[run[0].start : run[-1].end], tuple(one.word for one in run), kind)


def is_common(word: str) -> bool:
    """Tell whether a word is one in which people ask about anything."""
    return all(
        term in _COMMON_TERMS or weight(root(term)) < 1 or root(term) in OF_ANY_MATTER for term in terms(word)
    )


def is_mistyped(word: str) -> bool:
    """Tell whether a word is within one edit of one in which people ask about anything."""
    low = word.casefold()
    return any(edits(low, other, 1) is not None for other in _OFTEN_MISTYPED)


def _is_matter(one: _Token) -> bool:
    word = one.word.casefold()
    said = word in VERBS or word.removeprefix("re") in VERBS or word.endswith(("ed", "ly"))
    return not (one.common or said or any(map(str.isdigit, word))) and len(word) > 2


def _tokens(text: str) -> Iterator[_Token]:
    for match in _WORD.finditer(text):
        word = _OWNER.sub("", match[0])
        if word:
            yield _Token(word, match.start(), match.start() + len(word))


def _places(words: str, text: str) -> list[tuple[int, int]]:
    """Return where `words` stand in `text`, in any case, as a list of none or one."""
    place = text.casefold().find(words.casefold()) if words else -1
    return [(place, place + len(words))] if place >= 0 else []


def _names(tokens: Sequence[_Token], text: str) -> Iterator[list[_Token]]:
    """Yield the names, each as its words without the common ones; capitals by habit make none."""
    telling = [one for one in tokens if one.word not in _SMALL]
    if len(telling) >= _FEWEST_WORDS and all(one.capital for one in telling):
        return
    run: list[_Token] = []
    for one in tokens:
        if one.word in _WITHIN_NAMES:
            continue
        joined = run and all(part in _WITHIN_NAMES for part in text[run[-1].end : one.start].split())
        if run and not (one.capital and joined):
            yield from _name(run)
            run = []
        if one.capital:
            run.append(one)
    if run:
        yield from _name(run)


def _name(run: Sequence[_Token]) -> Iterator[list[_Token]]:
    words = [one for one in run if not one.common and len(one.word) > 1]
    # A capital at the very beginning alone makes no name.
    if words and not (len(words) == 1 and words[0].start == 0):
        yield words


def _runs(tokens: Sequence[_Token], text: str) -> Iterator[list[_Token]]:
    """Yield words that stand side by side together."""
    run: list[_Token] = []
    for one in tokens:
        if run and text[run[-1].end : one.start].strip():
            yield run
            run = []
        run.append(one)
    if run:
        yield run
