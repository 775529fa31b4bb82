"""Which lines say how to reach a person: officers' contact lines and home addresses.

They are personal data and no part of what was decided. A line is judged as a whole: the words of a
sentence of minutes are never touched, not even where a telephone number stands among them, because a
quotation is verbatim or nothing. In doubt a line stays. So what counts is how little else a line says: a
label and a name, a number, an address; one verb makes it a statement.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

#: Two officers with their telephones and addresses fit into this; a longer line is a paragraph. It also
#: bounds the work of every pattern below.
LINE_CHARACTERS = 400
#: A name or a post on a line of its own is shorter.
NAME_CHARACTERS = 70
#: Words beside the numbers of a line that has no label: a name, a post, a department.
NAME_WORDS = 12
#: Lines between the label "Contact officer" and the first number: name, post, department.
BLOCK_LINES = 4

_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_PHONE = re.compile(
    r"(?<![\w£€$/.,+-])(?:\+\d{2,3}[ .-]?(?:\(0\)[ .-]?)?\d{1,4}|\(0\d{1,5}\)|0\d{1,5})(?:[ .-]?\d{2,4}){1,4}"
    r"(?![\w/]|[.,-]\d)"
)
#: Digits of a number with its area code, Irish ones being the shortest.
_PHONE_DIGITS = range(9, 14)
_EXTENSION = re.compile(r"\b(?:ext(?:n|ension)?\.?:?|est\.?)\s?\d{3,6}\b", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"[+(]?\d[\d ()/-]{2,20}")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S{1,200}", re.IGNORECASE)
_LINK = re.compile(r"\bmailto:", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
#: Numbers of applications and the like, and that of a house.
_FIGURES = re.compile(r"\d[\d/.:-]*")
_HOUSE = re.compile(r"\d{1,3}")
_NUMBERED = re.compile(r"[@\d]")
_MONEY = re.compile(r"[£€$]\s?\d")
#: The mark or number of a list item; "(020)" is none.
_LIST_MARK = re.compile(
    r"(?:[-•·–—○●▪\uf0b7]\s|\d{1,3}(?:\.\d{1,3}){1,3}[.)]?\s|\(?(?:[1-9]\d?|[a-z]|[ivx]{1,4})[.)]\s)\s*"
)

_REPORT = r"(?:the |this )?(?:report|item|meeting|agenda|matter)"
_WHO = (
    rf"(?:contacts?(?: (?:officers?|details?|names?|persons?|points?|information|numbers?|for {_REPORT}"
    r"|for (?:further|more) information))?"
    r"|(?:officer|author|committee|lead|key|main|press|media|clerk) contacts?(?: details?)?"
    rf"|(?:report|lead) (?:authors?|writers?)|authors? of {_REPORT}|support officers?"
    r"|(?:please )?ask for|(?:all )?enquiries to"
    r"|cyswllt|(?:swyddog(?:ion)?|manylion|enw|pwynt) cyswllt|awdur(?:on)?(?: yr)? adroddiad)(?:\(s\))?"
)
_SEPARATOR = r"(?P<mark>\s*[:|]+|\s+[-–—]+(?=\s)|$|(?=[\s.,(]))[\s.:|–—-]*"
_CONTACT = re.compile(rf"(?P<label>{_WHO}(?:\s*(?:/|&|\band\b|,)\s*{_WHO})?){_SEPARATOR}", re.IGNORECASE)
#: Sentences that only lead to a number. What they are about stands between, without a stop.
_LEAD = re.compile(
    r"(?P<label>(?:(?:(?:for|to obtain) (?:any )?(?:further|more|additional|general)"
    r"|if you (?:have|require|need|want|would like|wish)|further (?:information|details)"
    r"|any (?:further|queries|questions|enquiries)|enquiries|queries)\b[^.:;@\d]{0,100}?"
    r"\b(?:please |kindly )?(?:contact|telephone|phone|call|ring|e-?mail|ask for)\b|please contact\b"
    r"|(?:the )?(?:contact officer|report author|author|contact)s? (?:for|of) [^.:;@\d]{0,80}?\b(?:is|are)\b)"
    rf"(?:\s+by\s+(?:e-?mail|(?:tele)?phone))?){_SEPARATOR}",
    re.IGNORECASE,
)
_NUMBER_OF = r"(?: (?:no|nos|numbers?|address(?:es)?|phone|tel))?\.?"
_LINE = re.compile(
    rf"(?P<label>(?:(?:direct|work|office|home|mobile|contact) )?(?:tel(?:ephone)?|phone|mob(?:ile)?|fax"
    rf"|minicom|textphone|e-?mail|direct (?:dial|line)|switchboard){_NUMBER_OF}"
    rf"|(?:rhif )?ff[oô]n(?: symudol)?|(?:cyfeiriad )?e-?bost|symudol){_SEPARATOR}",
    re.IGNORECASE,
)
_HOME = re.compile(
    rf"(?P<label>(?:home|private|correspondence|contact) address(?:es)?|address for correspondence"
    rf"|cyfeiriad (?:cartref|cyswllt)){_SEPARATOR}",
    re.IGNORECASE,
)
_PLAIN_ADDRESS = re.compile(r"address\s*[:|]", re.IGNORECASE)
#: Who was there, what was done, what it is about: what such a line says is kept, whatever else it holds.
_FACT = re.compile(
    r"(?:(?:also |those )?(?:present|in attendance)|attend|apolog|absent|action|decision|resol|agreed|approv"
    r"|propos|second|moved|vot|for\s*:|against|abst|appl|site|ref|premises|licen[cs]|ward|minute|develop"
    r"|location|descr|complain|correspond|objec)",
    re.IGNORECASE,
)
#: Nobody is reached by a verb. Small letters only: people are called Will and May, and work in IT.
_STATES = re.compile(
    r"\b(?:was|were|had|ha(?:s|ve) been|should|would|could|must|will|shall|that|agreed|resolved|noted"
    r"|reported|stated|advised|asked|requested|said|thanked|recommended|approved|confirmed|proposed|seconded|moved"
    r"|carried|received|considered|RESOLVED|AGREED|NOTED|RECOMMENDED|APPROVED"
    r"|(?:Resolved|Agreed|Noted|Recommended|Approved)(?=:| that\b))\b"
)
_SMALL_WORD = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][^\W\d_]+")
#: Small words of a name, a post or a way to reach somebody; any other makes a line prose.
_NEUTRAL = frozenset(
    "of for and or the on at in to via by near upon de la du van von der den ap ab ac yr ar am neu "
    "tel telephone phone mobile mob fax email mail ext extension number numbers no address addresses details "
    "direct line dial office home work switchboard general enquiries queries further information contact "
    "officer officers clerk team service services manager author report democratic committee council "
    "director councillor ffôn ffon bost est symudol swyddog cyswllt hours please".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_ENDED = re.compile(r"[.!?][\"'”’)\]]*$")
#: A line that ends so is not at the end of its sentence.
_OPEN = re.compile(r"(?:,|\b(?:on|at|to|or|and|by|of|the|with|from|e-?mail|telephone|phone|call|contact))$")


class _Kind(Enum):
    """What a line is when nothing is known of those around it."""

    CONTACT = "a labelled way to reach somebody"
    NUMBERS = "little else than a number or an e-mail address"
    LABEL = "a label with nothing behind it"
    HOME_LABEL = "a label of a home address with nothing behind it"
    ADDRESS = "an address, whoever's"
    OTHER = "anything else"


@dataclass(frozen=True, slots=True)
class _Line:
    index: int
    words: str
    kind: _Kind


def personal_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return which of `lines`, in the order of reading, are contact lines or home addresses.

    Lines are whole: where a sentence runs over several, the parts are told by the lines around them.
    """
    plain = ((index, _plain(line)) for index, line in enumerate(lines))
    read = [_Line(index, words, _kind(words)) for index, words in plain if words]
    found = [line.kind is _Kind.CONTACT or _stands_alone(read, at) for at, line in enumerate(read)]
    for at in reversed(range(len(read))):
        if read[at].kind in (_Kind.LABEL, _Kind.HOME_LABEL) and not found[at]:
            for inner in _block(read, found, at):
                found[inner] = True
    lone = [at for at, line in enumerate(read) if line.kind is _Kind.ADDRESS and _is_persons(read, found, at)]
    return frozenset(line.index for line, gone in zip(read, found, strict=True) if gone) | {
        read[at].index for at in lone
    }


def is_label(line: str) -> bool:
    """Return whether `line` is a label alone, whose contact follows ("Contact officer:", "Tel")."""
    return _kind(_plain(line)) in (_Kind.LABEL, _Kind.HOME_LABEL)


def _plain(line: str) -> str:
    """The words of `line` without marks of emphasis, padding and the number of a list item."""
    words = " ".join(line.replace("*", "").replace("__", "").replace("#", "").split())
    mark = _LIST_MARK.match(words)
    return words[mark.end() :] if mark else words


def _kind(words: str) -> _Kind:
    if len(words) > LINE_CHARACTERS:
        return _Kind.OTHER
    match = _HOME.match(words) or _LEAD.match(words) or _CONTACT.match(words) or _LINE.match(words)
    if not (match or _NUMBERED.search(words)) or _STATES.search(words):
        return _Kind.OTHER
    kind = _of_label(words, match) if match else _Kind.OTHER
    if kind is _Kind.OTHER and _is_mostly_numbers(words):
        return _Kind.NUMBERS
    if kind is _Kind.OTHER and _PLAIN_ADDRESS.match(words) and _POSTCODE.search(words):
        return _Kind.ADDRESS
    return kind


def _of_label(words: str, match: re.Match[str]) -> _Kind:
    if match.re is _HOME:
        return _of_home(words, match)
    if match.re is _LINE:
        return _of_numbers(words, match)
    # Within a sentence that an upper line began, such words are no label.
    return _of_contact(words, match) if not words[0].islower() or ":" in match["mark"] else _Kind.OTHER


def _of_home(words: str, match: re.Match[str]) -> _Kind:
    value = words[match.end() :]
    if not value:
        return _Kind.HOME_LABEL
    named = match["mark"].strip() or _POSTCODE.search(value)
    return _Kind.CONTACT if named and not _is_prose(value) else _Kind.OTHER


def _of_contact(words: str, match: re.Match[str]) -> _Kind:
    value, label, mark = words[match.end() :], match["label"].casefold(), match["mark"].strip()
    if not value:
        return _Kind.LABEL
    rest, reached = _without_numbers(value)
    if mark and reached:
        return _Kind.OTHER if _MONEY.search(rest) else _Kind.CONTACT
    # "Contact - Highways" notes what to do as often as whom to ask.
    named = mark in {":", "|"} or (mark and label not in {"contact", "contacts"})
    # "Further Contact Centres" is a heading, "for further information contact" leads to a name.
    named = named or (match.re is _LEAD and match["label"].split()[-1].islower())
    few = len(_WORD.findall(rest)) <= 2 * NAME_WORDS and not _MONEY.search(rest)
    return _Kind.CONTACT if (named or reached) and few and not _is_prose(rest) else _Kind.OTHER


def _of_numbers(words: str, match: re.Match[str]) -> _Kind:
    value, mark = words[match.end() :], match["mark"].strip()
    if not value:
        return _Kind.LABEL
    if mark and _SHORT_NUMBER.fullmatch(value):
        return _Kind.CONTACT
    rest, reached = _without_numbers(value)
    if not reached or _is_prose(rest) or _MONEY.search(rest):
        return _Kind.OTHER
    return _Kind.CONTACT if mark else _Kind.NUMBERS


def _is_mostly_numbers(words: str) -> bool:
    rest, reached = _without_numbers(words)
    if not reached or _is_prose(rest) or _MONEY.search(rest) or _FACT.match(words):
        return False
    figures = _FIGURES.findall(_POSTCODE.sub("", rest))
    if figures and (len(figures) > 1 or not _POSTCODE.search(rest) or not _HOUSE.fullmatch(figures[0])):
        return False
    return len(_WORD.findall(rest)) <= NAME_WORDS


def _without_numbers(words: str) -> tuple[str, bool]:
    """Return `words` without telephone numbers and addresses of mail, and whether there were any."""
    rest = _EMAIL.sub(" ", _LINK.sub(" ", words))
    numbers = [match for match in _PHONE.finditer(rest) if _digits(match[0]) in _PHONE_DIGITS]
    for match in reversed(numbers):
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    rest = _EXTENSION.sub(" ", rest)
    return _ADDRESS.sub(" ", rest), rest != words


def _digits(words: str) -> int:
    return sum(character.isdecimal() for character in words)


def _is_prose(words: str) -> bool:
    return any(word not in _NEUTRAL for word in _SMALL_WORD.findall(words))


def _stands_alone(read: Sequence[_Line], at: int) -> bool:
    """Whether the numbers of a line are no part of a sentence that the lines around it make."""
    line = read[at]
    if line.kind is not _Kind.NUMBERS:
        return False
    if at and _runs_on(read[at - 1], line):
        return False
    following = read[at + 1] if at + 1 < len(read) else None
    ended = _ENDED.search(line.words) is not None
    return ended or following is None or following.kind is not _Kind.OTHER or not following.words[0].islower()


def _runs_on(above: _Line, line: _Line) -> bool:
    if above.kind is not _Kind.OTHER or _ENDED.search(above.words):
        return False
    if _OPEN.search(above.words) or _STATES.search(above.words):
        return True
    return _is_prose(above.words) and (above.words.endswith(":") or not line.words[0].isupper())


def _block(read: Sequence[_Line], found: Sequence[bool], at: int) -> range:
    """The lines from a label to the number or postcode that it labels; none where they say other things."""
    home = read[at].kind is _Kind.HOME_LABEL
    for end in range(at + 1, min(at + 2 + BLOCK_LINES, len(read))):
        if found[end] or (home and _POSTCODE.search(read[end].words)):
            return range(at, end + 1)
        if not _is_name(read[end].words):
            break
    return range(0)


def _is_name(words: str) -> bool:
    """A name, a post, a part of an address: short, no prose and none of the facts of a matter."""
    if len(words) > NAME_CHARACTERS or _FACT.match(words) or _STATES.search(words) or _MONEY.search(words):
        return False
    return not _is_prose(words)


def _is_persons(read: Sequence[_Line], found: Sequence[bool], at: int) -> bool:
    """Whether an address stands in a person's entry, not in that of a planning application."""
    around = range(max(0, at - 2), min(len(read), at + 3))
    if any(_FACT.match(read[near].words) for near in around):
        return False
    return any(found[near] for near in (at - 1, at + 1) if 0 <= near < len(read))
