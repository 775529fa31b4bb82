"""Small words of a site: titles, printed numbers, days, states of a meeting; English and Welsh."""

import re
from datetime import date
from html import unescape

from corpus.blocks import find_label
from ingest.dates import find_meeting_date
from ingest.html_content import tidy

#: Texts are seen encoded twice; more rounds would only unravel what somebody wrote on purpose.
_ROUNDS = 3
#: No title is as long as this, and no more of one is looked into.
TITLE_CHARACTERS = 1000
#: A label is a few words.
_LABEL_CHARACTERS = 100
#: Diaries are planned a year or two ahead; the site names its own days, so that none is too late.
_LAST_DAY = date(9998, 12, 31)
_NUMERIC_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_CANCELLED = re.compile(r"\bcancel|\bgansl|\bcansl", re.IGNORECASE)
#: What the web service says of a meeting that takes place as planned.
_AS_PLANNED = frozenset({"confirmed", "scheduled"})
_MINUTES = re.compile(r"\bminutes\b|\b[cg]h?ofnodion\b", re.IGNORECASE)
_DRAFT = re.compile(r"\bdraff?t\b|\bddraff?t\b", re.IGNORECASE)
_RECORDED_VOTE = re.compile(r"pleidlais(?: a)? (?:wedi'i chofnodi|gofnodwyd|gofnodedig)", re.IGNORECASE)

MINUTES = "minutes"
DECISION = "decision"
RECORDED_VOTE = "recorded vote"


def clean(words: str) -> str:
    """Return a title on one line, unescaped as often as it was escaped, and no longer than a title.

    Apostrophes become straight: answers have them so where pages have curly ones.
    """
    for _ in range(_ROUNDS):
        plain = unescape(words)
        if plain == words:
            break
        words = plain
    return tidy(words).replace("’", "'")[:TITLE_CHARACTERS].rstrip()


def printed_number(words: str) -> str:
    """Return the number of an item as printed, without the full stop; "" for the 0 of a section heading."""
    number = clean(words).rstrip(".").strip()
    return "" if number == "0" else number


def label_of(words: str) -> str:
    """Return the label of a part: the canonical name, or its own words when it is none of those."""
    words = clean(words)
    if _RECORDED_VOTE.match(words):
        return RECORDED_VOTE
    return find_label(words) or words[:_LABEL_CHARACTERS].rstrip(": ").lower()


def day(words: str) -> str | None:
    """Return the ISO day in "15/01/2026" or "Thursday 15 January 2026 7:30 pm", None when there is none."""
    if not (match := _NUMERIC_DAY.search(words)):
        return find_meeting_date(words, "", today=_LAST_DAY)
    try:
        if match[3]:
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        return date.fromisoformat(match[0]).isoformat()
    except ValueError:
        return None


def asked_day(iso: str) -> str:
    """Return an ISO day as the site wants it asked: "15/01/2026"."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def status(words: str) -> str:
    """Return what is unusual about a meeting ("Cancelled"), "" when it takes place as planned."""
    if _CANCELLED.search(words):
        return "Cancelled"
    states = [clean(part) for part in words.split(";")]
    return "; ".join(state for state in states if state and state.lower() not in _AS_PLANNED)


def speaks_of_minutes(words: str) -> bool:
    """Return whether a heading or link names minutes."""
    return _MINUTES.search(words) is not None


def speaks_of_drafts(words: str) -> bool:
    """Return whether a heading or link names draft minutes."""
    return speaks_of_minutes(words) and _DRAFT.search(words) is not None
