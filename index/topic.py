"""What a question is about, in its own words: "Why was the mill bridge closed?" is about "the mill bridge".

There is no grammar here, only where English questions keep their matter: behind "about", between "was" and
what is said of it, behind the verb of "did the council refuse …".
"""

import re

#: Words that begin a question, and those by which one is told apart from a mere phrase.
ASKING = frozenset("what who whom whose which when where why how".split())
BEING = frozenset("was were is are be been isn't wasn't aren't weren't".split())
HAVING = frozenset("has have had hasn't haven't hadn't".split())
DOING = frozenset(
    "did does do will would can could should shall may might must didn't doesn't don't won't wouldn't can't "
    "couldn't shouldn't".split()
)
ORDERING = frozenset("tell show list give explain describe summarise summarize find please".split())
INTO = frozenset(
    "in into for at on by under during since from within with to near after before until over against of "
    "about regarding concerning".split()
)
#: Those who decide and are asked about: not what a question is about.
BODIES = frozenset(
    "council committee cabinet board executive authority panel assembly members councillors officers they "
    "it he she we you people anyone anybody someone everyone".split()
)
_DETERMINERS = frozenset(
    "the a an this that these those our their its his her any some no every each".split()
)
#: What may stand behind a verb and is nothing that is acted on.
_ADVERBS = frozenset(
    "more less so much too again only not also then now well there here first finally ever".split()
)
_SPEAKING = frozenset(
    "say said think thought vote voted ask asked talk talked decide decided respond responded object "
    "objected agree agreed report reported reply replied resolve resolved".split()
)
VERBS = _SPEAKING | frozenset(
    "accept adopt affect allow allocate amend announce apply appoint approve ask award ban become begin "
    "build buy cancel cause change choose close come commission consider consult continue cost create cut "
    "defer delay demolish deliver discuss do drop end endorse establish exclude expect extend fail fall "
    "fund get give go grant happen hold improve include increase install introduce invest join keep last "
    "launch lead lease leave let lose maintain make mean merge move need note offer open oppose overturn "
    "pay plan postpone promise propose protect provide publish purchase put raise receive recommend reduce "
    "refuse reject remain remove repair replace require review run save sell set shut spend start stop "
    "submit support suspend take turn uphold want withdraw work".split()
)
#: Participles and adverbs, by which "was the mill bridge closed" says something of its noun.
_SAID_OF_IT = frozenset(
    "only not partially fully unanimously still ever never being so too already also such by given made "
    "kept held put set sold built bought cut taken withdrawn spent paid shut chosen brought found left lost "
    "met read sent seen shown thrown told won written done begun broken drawn going due likely worth "
    "necessary late ready supposed been dealt let run".split()
)
_ABOUT = re.compile(r"\b(?:about|regarding|concerning|in relation to|with regard to)\s+(.+)", re.IGNORECASE)
_LED = re.compile(r"\s*(?:(?:and|but|or|so|then|also|ok|okay)\b[\s,]*)+", re.IGNORECASE)
_ENDING = re.compile(r"[\s?.!,;:]+$")


def bare(question: str) -> str:
    """Return a question without "and" before it and marks behind it."""
    return _ENDING.sub("", question[led.end() :] if (led := _LED.match(question)) else question.lstrip())


def is_clause(text: str) -> bool:
    """Tell whether a text asks in a sentence rather than by a phrase."""
    return any(word in ASKING | BEING | DOING | HAVING | ORDERING for word in lowered(text))


def lowered(text: str) -> list[str]:
    """Return the words of a text as they stand in the lists here."""
    return [word.strip("“”\"'(),;:.?!").replace("’", "'").casefold() for word in text.split()]


def topic_of(question: str) -> str:
    """Return what a question is about, as it stands there; "" where that cannot be told."""
    text = bare(question)
    if about := _ABOUT.search(text):
        return about[1]
    words, low = text.split(), lowered(text)
    turn = next((n for n, word in enumerate(low) if word in BEING | DOING | HAVING), None)
    if not low or (low[0] not in ASKING | ORDERING and turn != 0):
        return text if turn is None else " ".join(words[:turn])
    if turn is None or turn > 4:
        return _behind_who(words, low)
    before = [word for word, same in zip(words[:turn], low[:turn], strict=True) if same not in _FRAME]
    rest, low_rest = words[turn + 1 :], low[turn + 1 :]
    if low_rest[:1] == ["there"]:
        rest, low_rest = rest[1:], low_rest[1:]
    said = _first_said(low_rest, low[turn])
    if said == 0:
        return " ".join([*before, *rest[1:]]) if before else " ".join(_without_into(rest[1:]))
    subject, verb = rest[:said], low_rest[said] if said < len(low_rest) else ""
    acted_on = _acted_on(rest[said + 1 :], low_rest[said + 1 :], verb)
    if low[turn] in BEING or verb in ("be", "have") or not acted_on:
        return "" if set(lowered(" ".join(subject))) <= BODIES | _DETERMINERS else " ".join(subject)
    return " ".join(acted_on)


_FRAME = ASKING | frozenset("much many long often far big soon and or".split())


def _behind_who(words: list[str], low: list[str]) -> str:
    """Return what stands behind the verb of "who voted against the ferry", or behind an order."""
    place = 1 if low[0] in ORDERING else 3 if low[0] == "which" else 2
    while place < len(low) and low[place] in INTO | {"me", "us", "favour"}:
        place += 1
    return " ".join(words[place:])


def _first_said(low: list[str], turn: str) -> int:
    """Return the place of the word that says something of the noun before it."""
    for place, word in enumerate(low):
        if place and low[place - 1] in _DETERMINERS:
            continue
        if turn not in DOING and (word in _SAID_OF_IT or (len(word) > 4 and word.endswith("ed"))):
            return place
        if turn in DOING and place and (word in VERBS or word in ("be", "have")):
            return place
    return len(low)


def _acted_on(words: list[str], low: list[str], verb: str) -> list[str]:
    """Return what a verb acts on, without "to close" or "on" before it."""
    place = 0
    while place < len(low) and low[place] in _ADVERBS:
        place += 1
    if low[place : place + 1] == ["to"] and low[place + 1 : place + 2] and low[place + 1] in VERBS:
        place += 2
    elif place < len(low) and (low[place] in INTO) and verb in _SPEAKING:
        place += 1
    if place >= len(low) or low[place] in INTO | BODIES | {"last", "next", "that", "whether", "if"}:
        return []
    return words[place:]


def _without_into(words: list[str]) -> list[str]:
    place = 1 if words and lowered(words[0])[0] in INTO else 0
    return words[place:]
