"""What the public is excluded from: told by the title of an item or a document, or by a mark beside it."""

import re

from bs4.element import Tag

from ingest.html_content import flat

#: Words of a title. "Local Plan Part 2" and "exempt accommodation" are public business.
_TITLE = re.compile(
    r"\bexempt\b(?!\s+(?:accommodation|from|persons?|vehicles?))"
    r"|\brestricted\b(?!\s+(?:byways?|parking|roads?|zones?))"
    r"|\bconfidential\b(?!\s+reporting)"
    r"|\bnot for (?:publication|release)\b"
    r"|(?:^|[(\[–:-]\s*|\b(?:agenda|reports?|minutes|pack|items?)\s+)part\s+(?:2|ii|two|b)\b",
    re.IGNORECASE,
)
#: Whether the public is sent out is itself decided in public.
_EXCLUSION = re.compile(r"\bexclu(?:sion|de|ding)\b.*\bpublic\b", re.IGNORECASE)
#: Words beside it, where a plan's second part or an exemption can be what the matter is about.
_TEXT = re.compile(r"\bnot for publication\b", re.IGNORECASE)
_MARK = re.compile(r"exempt|restricted|confidential", re.IGNORECASE)


def is_withheld(title: str, part: Tag) -> bool:
    """Return whether what `part` of a page shows under `title` is none of the public's."""
    if _TITLE.search(title) and not _EXCLUSION.search(title):
        return True
    if _TEXT.search(flat(part)):
        return True
    return any(_is_mark(tag) for tag in (part, *part.find_all(True)))


def _is_mark(tag: Tag) -> bool:
    """A class, or the words of a picture, that say so."""
    values = tag.get("class") or ()
    names = values.split() if isinstance(values, str) else list(values)
    if tag.name == "img":
        names.append(str(tag.get("alt") or ""))
    return any(_MARK.search(name) for name in names)
