"""Minutes that appear twice: as those of their own meeting, and as a paper of the next one."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from ingest.dates import HEAD_CHARACTERS, find_meeting_date

#: Words in a row that two texts share when they are the same minutes. At eight, set phrases make those of
#: different meetings alike by a half; at sixteen, short items between their titles are missed.
RUN_WORDS = 12

_LINE_END_HYPHEN = re.compile(r"[-\u2010\u00ad]\s{0,20}\n\s{0,20}(?=[^\W\d_])")
_JOINS = re.compile("(?<=\\w)['’\u2010\u00ad-](?=\\w)")
_WORD = re.compile(r"[^\W_]+")
#: Numbers of items and pages, letters and small Roman numerals of lists, and the article "a".
_NUMBERING = re.compile(r"\d{1,3}[a-z]?|[ivx]{2,5}|[^\W\d]")
_NUMBERING_LENGTH = 5
#: What names of bodies have in common, and what some lists leave out.
_COMMON = frozenset("the of and for in a meeting full committee ordinary y yr o ar pwyllgor".split())
_ASIDE = re.compile(r"\([^()]{0,200}\)")


def own_meeting(text: str, committee: str, before: str, known: Sequence[tuple[str, str]]) -> str | None:
    """Return the key of the meeting that these minutes are of, None in doubt.

    Args:
        text: The words of a paper that holds minutes.
        committee: The name of the body at whose meeting it was a paper.
        before: The ISO day of that meeting, "" when unknown.
        known: The key and ISO day of each known meeting of that body.
    """
    day = own_day(text, before)
    if day is None or not _names(text[:HEAD_CHARACTERS], committee):
        return None
    keys = {key for key, held in known if held == day}
    return keys.pop() if len(keys) == 1 else None


def own_day(text: str, before: str, title: str = "") -> str | None:
    """Return the ISO day that `title` and the head of minutes name as theirs, None when not `before`."""
    if not before:
        return None
    day = find_meeting_date(title, text, today=date.fromisoformat(before))
    return day if day is not None and day < before else None


def repeats(words: str, of: Iterable[str]) -> float:
    """Return which share of `words` stands in the texts `of`, too, from 0 to 1.

    A word counts when it is one of twelve in a row that the texts have in the same order. Capitals,
    punctuation, line breaks, hyphens and the numbers of lists and pages count for nothing: a paper has
    others than the page of the same minutes. 0 for a text without words.
    """
    told = _words(words)
    size = min(RUN_WORDS, len(told))
    if not size:
        return 0.0
    runs = set(_runs([word for text in of for word in _words(text)], size))
    covered = end = 0  # words covered so far; the end of the last run that was
    for start, run in enumerate(_runs(told, size)):
        if run in runs:
            covered += start + size - max(start, end)
            end = start + size
    return covered / len(told)


def _words(text: str) -> list[str]:
    plain = _LINE_END_HYPHEN.sub("", unicodedata.normalize("NFKC", text).casefold())
    words = _WORD.findall(_JOINS.sub("", plain))
    return [word for word in words if len(word) > _NUMBERING_LENGTH or not _NUMBERING.fullmatch(word)]


def _runs(words: Sequence[str], size: int) -> Iterable[tuple[str, ...]]:
    return zip(*(islice(words, at, None) for at in range(size)), strict=False)


def _names(head: str, committee: str) -> bool:
    """Return whether `head` names the body: minutes of another are attached for information."""
    wanted = _bare(_ASIDE.sub(" ", committee)) or _bare(committee)
    return wanted <= _bare(head)


def _bare(text: str) -> set[str]:
    return set(_WORD.findall(_JOINS.sub("", text.casefold()))) - _COMMON
