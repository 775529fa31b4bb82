"""What ModernGov itself puts into the words of a part: links to the whole of it, and recorded votes."""

import re

from bs4.element import NavigableString, Tag

from ingest.sites.fragments import written
from ingest.sites.moderngov.addresses import number_of, page_of
from ingest.sites.moderngov.wording import RECORDED_VOTE, label_of

_DOTS = ("...", "…")
_WHOLE_TEXT = re.compile(r"view the full\b.*\btext for item", re.IGNORECASE | re.DOTALL)
_VOTES_PAGE = "mglistrecordedvotesshort.aspx"


def write(tag: Tag) -> str:
    """Return the markup of what `tag` holds, "" when there are no words; `tag` loses what is left out."""
    for link in tag.find_all("a"):
        if page_of(str(link.get("href") or "")) == _VOTES_PAGE:
            (link.find_parent("li") or link).decompose()
    return written(tag)


def drop_cut(tag: Tag, item: str) -> bool:
    """Remove the links to the whole of a text that the page has cut; return whether there was one."""
    links = [link for link in tag.find_all("a") if _leads_to_whole(link, item)]
    for link in links:
        if before := _string_before(link, tag):
            before.replace_with(_without_dots(before))
        link.decompose()
    return bool(links)


def take_votes(tag: Tag) -> list[Tag]:
    """Take the tables of recorded votes out of `tag`; their caption goes, it is the label of the part."""
    votes = []
    for caption in tag.find_all("caption"):
        table = caption.find_parent("table")
        if table is not None and label_of(caption.get_text()) == RECORDED_VOTE:
            caption.decompose()
            votes.append(table.extract())
    return votes


def _leads_to_whole(link: Tag, item: str) -> bool:
    address = str(link.get("href") or "")
    if page_of(address) != "mgai.aspx":
        return False
    # The link is worded in the language of the site; minutes link to other items, hardly to their own.
    return number_of(address, "id") == item or _WHOLE_TEXT.search(link.get_text()) is not None


def _without_dots(words: str) -> str:
    words = words.rstrip()
    for dots in _DOTS:
        words = words.removesuffix(dots)
    return words.rstrip()


def _string_before(link: Tag, within: Tag) -> NavigableString | None:
    """Return the last string before `link` that is not blank, so long as it stands in `within`."""
    for node in link.previous_elements:
        if node is within:
            return None
        if type(node) is NavigableString and node.strip():
            return node
    return None
