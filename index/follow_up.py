"""A question that leans on the one before: "and recommendation 9?", "why was it rejected?".

It is understood with the words of both, by rules that a reader can follow: a pronoun stands for what the
question before was about; what is asked with "and …?" takes the place of its like. Where no rule sees that a
question leans, it is left as it is: to ask something else than was typed is worse than to find nothing.
"""

import re
from collections.abc import Iterable, Iterator

from index.families import root
from index.lexical import STOP_WORDS, terms
from index.pronouns import Stands, find_pronoun
from index.query import MAX_CHARACTERS
from index.question import weight
from index.topic import ASKING, BEING, DOING, HAVING, INTO, bare, is_clause, lowered, topic_of

#: Words in which people ask about any matter: a question of nothing else is about the one before.
OF_ANY_MATTER = frozenset(
    root(term)
    for term in terms(
        "vote voted votes voting voter against favour favor abstain abstained abstention support supported "
        "supporter oppose opposed opposition opponent object objected objection objector reject rejected "
        "rejection refuse refused refusal accept accepted acceptance second seconded seconder proposer "
        "proposal move moved mover carry carried lose lost pass passed defer deferred amend amended "
        "amendment motion recommend recommended recommendation outcome result results next after before "
        "instead then later earlier yet still cost costs costing pay paid payment price total amount money "
        "fund funded funding argue argued argument comment view views change changed last first end ended "
        "start started begin finish finished else different same implement implemented background timescale "
        "deadline speak spoke spoken matter item issue case again ever also both either all none every "
        "effect impact"
    )
)
_STOPS = frozenset(term for word in STOP_WORDS for term in terms(word))
_WHAT_ABOUT = re.compile(r"(?:what|how)\s+about\s+", re.IGNORECASE)
#: "In 2019?", "for the old library?"; longer ones are no such fragment.
MOST_WORDS_INSIDE = 4
#: What one question has at its head and another may have instead.
_HEADS = frozenset("when where why how".split())
_PERSON = re.compile(r"\b(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Mayor)\.?\s+[A-Z][\w’'-]*")
_NUMBER = r"[A-Za-z]{0,3}\d+(?:[./]\d+)*[a-z]?"
_NUMBERS = rf"{_NUMBER}(?:(?:,|\s+and|\s+or|\s*&)\s*{_NUMBER})*"
_NUMBERED = re.compile(rf"\b([a-z]{{3,}})\s+(?:no\.?\s*|number\s+)?({_NUMBERS})\b", re.IGNORECASE)
_BARE_NUMBERS = re.compile(rf"(?:(?:numbers?|no\.?)\s+)?({_NUMBERS})", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:(?:in|for|of|since|during|before|after|from|until|by)\s+)?((?:19|20)\d\d(?:[/–-](?:\d\d)?\d\d)?)\b"
)
_NAMED = r"[A-Z][\w’'-]*"
_NAME = re.compile(rf"{_NAMED}(?:\s+(?:(?:and|of|the|on)\s+)?{_NAMED})*")
_NO_NAMES = frozenset(
    "i january february march april may june july august september october november december".split()
) | (ASKING | BEING | DOING | HAVING)


def understand_follow_up(question: str, previous: str) -> str:
    """Return `question` as it is understood after `previous`, unchanged where it stands alone.

    It is made of the words of both, so that whoever asked can see it and change it.
    """
    core, previous = bare(question), " ".join(previous.split())
    if not core or not bare(previous):
        return question
    if (alike := _asked_of(question, core)) is not None:
        understood = _put_in_place(alike, previous)
    elif not is_clause(core):
        understood = _as_phrase(core, previous)
    elif _leans(core):
        understood = _completed(core, previous)
    else:
        return question
    if understood and question.rstrip().endswith("?") and not understood.endswith("?"):
        understood += "?"
    return understood if understood and len(understood) <= MAX_CHARACTERS else question


def _asked_of(question: str, core: str) -> str | None:
    """Return what is asked with "what about …", "and …" or "in …?", None where nothing is asked so."""
    if about := _WHAT_ABOUT.match(core):
        return core[about.end() :]
    if is_clause(core):
        return None
    led = not question.lstrip().startswith(core)
    inside = lowered(core)[0] in INTO and len(core.split()) <= MOST_WORDS_INSIDE
    return core if led or inside else None


def _put_in_place(alike: str, previous: str) -> str:
    """Return the question before with `alike` where it asked about the like of it."""
    into, thing = _split_into(alike)
    if (numbered := _NUMBERED.fullmatch(thing)) and (
        same := _last(m for m in _numbered(previous) if _noun(m[1]) == _noun(numbered[1]))
    ):
        return _replaced(previous, same.span(), thing)
    if (bare_numbers := _BARE_NUMBERS.fullmatch(thing)) and not _YEAR.fullmatch(thing):
        place = _last(_numbered(previous))
        return _replaced(previous, place.span(2), bare_numbers[1]) if place else ""
    if _YEAR.fullmatch(thing):
        if year := _last(_YEAR.finditer(previous)):
            return _replaced(previous, year.span() if into else year.span(1), alike)
        return _added(previous, f"{into or 'in'} {thing}")
    article = len("the ") if thing.startswith("the ") else 0
    if _names(thing) == [(article, len(thing))]:
        return _another_name(into, thing, previous)
    if into:
        return _added(previous, alike)
    topic = topic_of(previous)
    if not topic:
        return ""
    if not _matter(thing):
        return _added(thing, f"about {topic}", like=previous)
    start = previous.find(topic)
    return _replaced(previous, (start, start + len(topic)), thing) if start >= 0 else ""


def _another_name(into: str, name: str, previous: str) -> str:
    """Return the question before, asked of somebody or somewhere else."""
    person = _PERSON.search(name) is not None
    others = [span for span in _names(previous) if (_PERSON.match(previous, span[0]) is not None) == person]
    if len(others) != 1:
        return _added(previous, f"{into or 'for'} {name}")
    start, end = others[0]
    if name.startswith("the ") and previous[:start].casefold().endswith("the "):
        start -= 4
    return _replaced(previous, (start, end), name)


def _as_phrase(core: str, previous: str) -> str:
    """Return what a phrase without a verb asks after the question before, "" where it stands alone."""
    numbered = _NUMBERED.fullmatch(core)
    if numbered and any(_noun(m[1]) == _noun(numbered[1]) for m in _numbered(previous)):
        return _put_in_place(core, previous)
    topic = topic_of(previous)
    return "" if _matter(core) or not topic else _added(core, f"about {topic}", like=previous)


def _leans(core: str) -> bool:
    if not (_matter(core) or _names(core)):
        return True
    pronoun = find_pronoun(core)
    if pronoun is None or pronoun.stands is not Stands.FOR_THING:
        return pronoun is not None
    # "Why was that decided about the bridge" says itself what it means.
    return not _matter(core[pronoun.span[1] :].partition(" about ")[2])


def _completed(core: str, previous: str) -> str:
    """Return a sentence with what it leaves open, "" where the question before does not say it either."""
    topic = topic_of(previous)
    if not topic or not (_matter(topic) or _names(topic)):
        return ""
    if set(lowered(core)) <= _HEADS and (otherwise := _asked_otherwise(core, previous)):
        return otherwise
    spelled_out = core
    if (pronoun := find_pronoun(core)) and pronoun.stands is Stands.FOR_PERSON:
        person = _last(_PERSON.finditer(previous))
        if person is None:
            return ""
        spelled_out = _replaced(core, pronoun.span, person[0])
        pronoun = find_pronoun(spelled_out)
    if pronoun and pronoun.stands in (Stands.FOR_THING, Stands.FOR_OWNER):
        owner = ("’" if topic.endswith("s") else "’s") if pronoun.stands is Stands.FOR_OWNER else ""
        return _ended(_replaced(spelled_out, pronoun.span, f"{topic}{owner}"), previous)
    if pronoun:  # "that decision" is the decision about it
        spelled_out = _replaced(spelled_out, pronoun.span, "the")
    last = lowered(spelled_out)[-1]
    return _added(spelled_out, topic if last in INTO else f"about {topic}", like=previous)


def _asked_otherwise(core: str, previous: str) -> str:
    """Return the question before with another word at its head: "why?" after "When was it closed?"."""
    words = bare(previous).split()
    low = lowered(bare(previous))
    turn = next((n for n, word in enumerate(low) if word in BEING | DOING | HAVING), None)
    if turn is None or (turn and low[0] not in _HEADS | {"what"}):
        return ""
    was_what = low[0] == "what" and low[turn] in BEING
    return _ended(" ".join([core, low[turn], *(["that"] if was_what else []), *words[turn + 1 :]]), previous)


def _matter(text: str) -> set[str]:
    """Return the terms that tell what a text is about."""
    found = {term for term in terms(text) if term not in _STOPS}
    return {term for term in found if weight(root(term)) == 1 and root(term) not in OF_ANY_MATTER}


def _names(text: str) -> list[tuple[int, int]]:
    """Return where names stand; a capital at the beginning alone makes no name."""
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        for word in match[0].split():
            if word.casefold() not in _NO_NAMES:
                break
            start = min(end, start + len(word) + 1)
        one_word = " " not in text[start:end]
        if start < end and not (start == 0 and one_word and len(text) > end):
            found.append((start, end))
    return found


def _numbered(text: str) -> Iterator[re.Match[str]]:
    """Yield where nouns with numbers stand: "recommendation 12", not "since 2012"."""
    return (match for match in _NUMBERED.finditer(text) if match[1].casefold() not in INTO)


def _noun(word: str) -> str:
    return word.casefold().removesuffix("s")


def _split_into(phrase: str) -> tuple[str, str]:
    """Return the preposition that a phrase begins with ("" for none), and the rest."""
    first, _, rest = phrase.partition(" ")
    return (first.casefold(), rest.strip()) if first.casefold() in INTO and rest else ("", phrase)


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    *_, last = (None, *matches)
    return last


def _replaced(text: str, span: tuple[int, int], words: str) -> str:
    return _capitalised(f"{text[: span[0]]}{words}{text[span[1] :]}")


def _added(text: str, words: str, *, like: str = "") -> str:
    """Return a question with words at its end, before its mark; or before the mark of one like it."""
    return _ended(f"{bare(text)} {words}", like or text)


def _ended(text: str, like: str) -> str:
    return _capitalised(text) + ("?" if like.rstrip().endswith("?") else "")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
