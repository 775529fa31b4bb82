"""What a council has marked as not for the public, although a page or answer shows something of it."""

import re

from bs4.element import Tag

from ingest.html_content import classes
from ingest.sites.moderngov.wording import TITLE_CHARACTERS

_MARK = r"(?:exempt|not for publication|confidential|restricted|eithriedig|cyfrinachol)"
_TITLE = re.compile(
    rf"^\W*{_MARK}\s*[-–—:]"
    rf"|^\W*{_MARK} (?:minutes|reports?|appendix|appendices|annexe?s?|papers?|decisions?|item\b.*[-–—:])"
    rf"|[(\[](?:part (?:2|ii|b)\b\W*)?{_MARK}\b[^)\]]*[)\]]"
    rf"|\s[-–—:]\s*(?:part (?:2|ii|b)\b\W*)?{_MARK}\W*$"
    r"|\bnot for publication\b",
    re.IGNORECASE,
)
#: Whether the public is sent out is itself decided in public.
_ABOUT_EXCLUSION = re.compile(
    r"\bexclu(?:sion|de|ding)\b|\bpress and (?:the )?public\b|\bwahardd|\bgwahardd", re.IGNORECASE
)
_TEXT = re.compile(
    r"^\W*(?:not for publication\b"
    r"|this (?:item|report|matter|paper|document) is "
    r"(?:exempt|confidential|restricted|not for publication)\b)",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^<>]*>")
_CLASS = "mgrestricted"
_SIGN = "restricted"


def is_marked(title: str, agenda: str = "") -> bool:
    """Return whether a title, or the beginning of the agenda's markup, says that the matter is not public.

    An item about the exclusion of the public is public, and so is a report with one exempt appendix.
    """
    title = title[:TITLE_CHARACTERS]
    if _ABOUT_EXCLUSION.search(title):
        return False
    return _TITLE.search(title) is not None or _TEXT.match(_TAGS.sub("", agenda)) is not None


def is_restricted(tag: Tag) -> bool:
    """Return whether the page shows `tag` itself as restricted."""
    return any(name.lower().startswith(_CLASS) for name in classes(tag))


def has_sign(heading: Tag) -> bool:
    """Return whether the sign of what is restricted stands beside a title."""
    return any(str(image.get("alt") or "").strip().casefold() == _SIGN for image in heading.find_all("img"))
