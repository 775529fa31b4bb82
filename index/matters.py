"""Which matter an item is about, as far as its title tells: items of several meetings share it."""

import re

#: Words of the titles that stand in every agenda, English and Welsh.
_ROUTINE = frozenset(
    "a absence agenda an and announcement announcements any apologies apology approval arising as at "
    "attendance business by chair chairman chairperson chairs committee committees communications "
    "confidential confirmation council councillor councillors date dates declaration declarations "
    "deputation deputations disclosable disclosure disclosures emergency excluded exclusion exempt for "
    "forward from future held if in information interest interests introduction introductions item items "
    "last leader mayor matter matters mayors meeting meetings member members membership minutes next note "
    "noted notes of on open or other pecuniary petition petitions plan present press previous procedural "
    "programme public question questions record received report reports resolution roll s session "
    "statement statements substitute substitutes substitutions the time to update urgent welcome work "
    "january february march april may june july august september october november december st nd rd th "
    "absenoldeb am arall blaenorol brys buddiannau busnes chofnodion cofnodion croeso cyfarfod datgan "
    "datganiadau fuddiannau fusnes mater materion o unrhyw y ymddiheuriadau yn yr".split()
)
_WORD = re.compile(r"[^\W_]+")
_NOTHING_TELLING = re.compile(r"[0-9]+(?:st|nd|rd|th)?")


def matter_of(title: str, number: str) -> str:
    """Return what the titles of items about one matter share, "" where a title names no matter.

    `number` is that of the item, which many sites print before its title. Apologies, minutes, questions and
    the like are on every agenda and are no matter.
    """
    words = _WORD.findall(title.casefold())
    printed = _WORD.findall(number.casefold())
    if words[:1] == ["item"] and words[1 : len(printed) + 1] == printed:
        words = words[1:]
    if words[: len(printed)] == printed:
        words = words[len(printed) :]
    if all(word in _ROUTINE or _NOTHING_TELLING.fullmatch(word) for word in words):
        return ""
    return " ".join(words)
