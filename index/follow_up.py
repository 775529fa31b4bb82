"""A question that leans on the one before: "and recommendation 9?", "why was it rejected?", "who voted against?".

It is understood with the words of both, by rules that a reader can follow: what is put in the place of a
pronoun is what the question before was about; what is asked "and …?" is put in the place of its like. Where
the rules do not see that a question leans, it is left as it is: to ask something else than was typed is worse
than to find nothing.
"""

import re
from collections.abc import Iterable

from index.lexical import STOP_WORDS, terms
from index.query import MAX_CHARACTERS
from index.question import root, weight

_Span = tuple[int, int]


def _any(words: str) -> str:
    return "|".join(re.escape(word.replace("_", " ")) for word in words.split())


#: Words in which people ask about any matter; a question of nothing else asks about the one before.
_OF_ANY_MATTER = frozenset(
    root(term)
    for term in terms(
        "vote voted votes voting voter against favour favor abstain abstained abstention support supported "
        "supporter oppose opposed opposition opponent object objected objection objector reject rejected "
        "rejection refuse refused refusal accept accepted acceptance second seconded seconder proposer proposal "
        "move moved mover carry carried lose lost pass passed defer deferred amend amended amendment motion "
        "recommend recommended recommendation outcome result results next after before instead then later "
        "earlier yet still cost costs costing pay paid payment price total amount money fund funded funding "
        "argue argued argument comment view views change changed last first end ended start started begin "
        "finish finished else different same implement implemented background timescale deadline speak spoke "
        "spoken matter item issue case down through up again ever also both either all none every"
    )
)
_STOPS = frozenset(term for word in STOP_WORDS for term in terms(word))

_ASKING = _any("what who whom whose which when where why how")
_BE = _any("was were is are be been isn't wasn't aren't weren't")
_DO = _any(
    "did does do will would can could should shall has have had may might must didn't doesn't don't won't "
    "wouldn't can't couldn't shouldn't hasn't haven't hadn't"
)
_ORDER = _any("tell show list give explain describe summarise summarize find please")
_INTO = _any("in for at on by under during since from within with to near after before until")
_GENERIC = _any(
    "decision decisions meeting meetings report reports item proposal proposals motion motions vote votes "
    "application applications plan plans scheme schemes project projects change changes matter matters issue "
    "issues amendment amendments recommendation recommendations resolution option options policy contract "
    "question debate discussion point suggestion idea review site building"
)
_BODY = _any(
    "council committee cabinet board executive authority panel members councillors officers they it he she we "
    "you people residents anyone anybody someone everyone"
)
_VERB = _any(
    "approve agree reject refuse decide resolve recommend note cost happen open close start begin end last "
    "include support oppose vote say ask want need plan change receive spend pay get make give take put set cut "
    "sell buy build keep remain fail become go come object think discuss consider adopt award grant appoint "
    "commission defer amend withdraw review raise propose mean affect do report respond reply promise fund "
    "increase reduce repair replace introduce stop cancel"
)
#: What ends the noun of "was the mill bridge closed": a participle, an adverb, what is said of it.
_SAID_OF_IT = (
    r"(?:\w{3,}ed|" + _any(
        "only not partially fully unanimously still ever never being so too already also such by given made kept "
        "held put set sold built bought cut taken withdrawn spent paid shut chosen brought found left lost met "
        "read sent seen shown thrown told won written done begun broken drawn going due likely worth necessary "
        "over under late ready supposed"
    ) + r")"
)  # fmt: skip

_LEAD = re.compile(r"\s*(?:(?:and|but|or|so|then|also|ok|okay)\b[\s,]*)+", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"(?:what|how)\s+about\s+", re.IGNORECASE)
_CLAUSE = re.compile(rf"\b(?:{_ASKING}|{_BE}|{_DO}|{_ORDER})\b", re.IGNORECASE)
_PREPOSITION = re.compile(rf"(?:{_INTO})\s+", re.IGNORECASE)
_END = re.compile(r"[\s?.!,;:]*$")
_NUMBER = r"[A-Za-z]{0,3}\d+(?:\.\d+)*[a-z]?"
_NUMBERED = re.compile(
    rf"\b([a-z]{{3,}}?)(?:s|ices)?\s+(?:no\.?\s*|number\s+)?({_NUMBER}(?:(?:,|\s+and|\s+or|\s*&)\s*{_NUMBER})*)\b",
    re.IGNORECASE,
)  # noqa: E501
_BARE_NUMBER = re.compile(rf"(?:(?:number|no\.?)\s+)?({_NUMBER})", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?\b")
_MONTH = _any("January February March April May June July August September October November December")
_NAME = re.compile(
    rf"(?!(?:{_MONTH}|I)\b)[A-Z][\w’'-]*(?:\s+(?:(?:and|of|the|&|on)\s+)?(?!(?:{_MONTH}|I)\b)[A-Z][\w’'-]*)*"
)  # noqa: E501
_PERSON = re.compile(r"\b(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Mayor)\.?\s+[A-Z][\w’'-]*")


def understand_follow_up(question: str, previous: str) -> str:
    """Return `question` as it is understood after `previous`."""
    return question
