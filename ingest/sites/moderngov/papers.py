"""Files of a meeting, known by their numbers; their names are decoration and change."""

import re
from collections.abc import Iterable, Iterator

from bs4.element import Tag

from ingest.sites.moderngov.addresses import absolute, file_number, number_of, page_of, paper_url, printed_url
from ingest.sites.moderngov.wording import TITLE_CHARACTERS, clean
from ingest.sites.records import Paper, PaperKind

_APPENDIX = re.compile(
    r"(?:^|[-–—:,;(]\s*)(?:appendix|appendices|app\.?\s*\d|annexe?s?|enclosures?|attachment|atodiad(?:au)?)\b"
    r"|^(?:(?:site|location|block|floor|elevation)\s+)?plans?(?:\s+\w{1,3})?$",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"(?:\bminutes\b|\bcofnodion\b)"
    r"(?=\W*$|\W*\d|\s*[-–—:(]|\W+(?:of|from|for|held|dated?|part|y|cyfarfod)\b)",
    re.IGNORECASE,
)
#: These speak of minutes and are none.
_ABOUT_MINUTES = re.compile(
    r"\b(?:arising|actions?|responses?|amendments?|extract|to the minutes|\d+\s*minutes|of silence)\b",
    re.IGNORECASE,
)
_REASONS = re.compile(r"mg\w*restrict\w*\.aspx")
_FORMS = {
    "0": (PaperKind.FRONTSHEET, "Agenda frontsheet"),
    "1": (PaperKind.MINUTES, "Printed minutes"),
    "2": (PaperKind.DECISIONS, "Printed decisions"),
    "10": (PaperKind.PACK, "Agenda reports pack"),
}
_MINUTES_FORM = 1


def paper_kind(title: str) -> PaperKind:
    """Return what a paper is by its title: minutes of a meeting, an appendix, otherwise a report."""
    title = title[:TITLE_CHARACTERS]
    if _APPENDIX.search(title):
        return PaperKind.APPENDIX
    if _MINUTES.search(title) and not _ABOUT_MINUTES.search(title):
        return PaperKind.MINUTES
    return PaperKind.REPORT


def linked_paper(base: str, href: str, *, title: str, version: str = "", item: str = "") -> Paper | None:
    """Return the file of an item that a link leads to, None when the link leads elsewhere."""
    key, address = file_key(href), absolute(base, href)
    if not key or not address:
        return None
    return Paper(key, title, paper_kind(title), address, paper_url(base, key), item, version)


def file_key(href: str) -> str:
    """Return the key of the file of an item that a link leads to, "" when it leads elsewhere."""
    if page_of(href) == "mgconvert2pdf.aspx":
        return "" if number_of(href, "t") else number_of(href, "id")
    letter, key = file_number(href)
    return key if letter == "s" else ""


def named_key(href: str) -> str:
    """Return the key of the file that a link leads to, or to the reasons for withholding that file."""
    if _REASONS.fullmatch(page_of(href)):
        return number_of(href, "id")
    return file_key(href)


def printed_paper(base: str, href: str, *, version: str = "") -> Paper | None:
    """Return what is printed of a whole meeting where a link leads to it, None when the link leads elsewhere.

    The number is that of the agenda: neither the meeting's nor that of a paper.
    """
    form = number_of(href, "t")
    letter, key = file_number(href)
    if page_of(href) == "mgconvert2pdf.aspx":
        letter, key = "g", number_of(href, "id")
    address = absolute(base, href)
    if letter != "g" or not key or form not in _FORMS or not address:
        return None
    kind, title = _FORMS[form]
    return Paper(key, title, kind, address, printed_url(base, key, int(form)), version=version)


def printed_minutes(base: str, agenda: str) -> Paper:
    """Return the printed minutes of the meeting that the agenda of this number belongs to."""
    address = printed_url(base, agenda, _MINUTES_FORM)
    kind, title = _FORMS[str(_MINUTES_FORM)]
    return Paper(agenda, title, kind, address, address)


def unique_papers(papers: Iterable[Paper | None]) -> Iterator[Paper]:
    """Yield each paper once: a title and a list can link to the same file."""
    seen: set[str] = set()
    for paper in papers:
        if paper is not None and paper.key not in seen:
            seen.add(paper.key)
            yield paper


def shown_sizes(part: Tag) -> dict[str, str]:
    """Return the sizes that a page shows with its links to files ("PDF 198 KB"), by link.

    They are hidden words for the title, so this comes before those are dropped.
    """
    sizes: dict[str, str] = {}
    for link in part.find_all("a", href=True):
        if size := _shown_size(link):
            sizes.setdefault(str(link["href"]), size)
    return sizes


def _shown_size(link: Tag) -> str:
    size = link.find(class_="mgFileSize")
    if size is None and link.parent is not None and len(link.parent.find_all("a")) == 1:
        size = link.parent.find(class_="mgFileSize")
    return clean(size.get_text()) if size is not None else ""
