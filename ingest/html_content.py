"""What of a saved page are the words of the minutes: its main part, without menus, forms and hidden text."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

#: What a page says about itself.
ABOUT = frozenset({"title", "meta", "link"})
#: Never words of the page.
_UNSEEN = ABOUT | frozenset(
    "script style noscript template svg math canvas iframe object embed audio video map "
    "input select textarea button option datalist".split()
)
_CHROME = frozenset({"nav", "aside", "footer"})
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_HIDDEN_CLASSES = frozenset(
    "mgHide mgFileSize sr-only visually-hidden visuallyhidden govuk-visually-hidden "
    "screen-reader-text".split()
)
#: Links of a ModernGov page round its text: papers, help, attendance.
_SITE_CLASSES = frozenset({"mgLinks", "mgActionList", "mgHelpLine", "mgFooter"})
_SITE_LINKS = re.compile(r"^mgLocationDetails\.aspx|^mgListRecordedVotesShort\.aspx", re.IGNORECASE)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MEDIA = re.compile(r"\s*(?:webcast\s*:.*|media)\s*", re.IGNORECASE | re.DOTALL)
_WHOLE_TEXT = re.compile(
    r"view the full\b.*\btext for item\s*(?P<item>.*?)\.?\s*$", re.IGNORECASE | re.DOTALL
)

#: A main part shorter than this is looked at with suspicion: its page may keep the text elsewhere.
MAIN_CHARACTERS = 200
#: The words of a link that is a site's own are fewer than these.
LINK_CHARACTERS = 500


def drop_unseen(soup: BeautifulSoup) -> None:
    """Remove scripts and whatever else a reader of the page does not see; what `<head>` says of it stays."""
    about = {id(tag) for tag in soup.find_all(ABOUT) if tag.parent is not None and tag.parent.name == "head"}
    _drop(tag for tag in soup.find_all(True) if id(tag) not in about and _is_unseen(tag))


def main_part(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the text of the page.

    The whole page if it names none: one that leaves out `<body>` is parsed with its words in `<head>`.
    """
    if (modgov := soup.find(id="modgov")) is not None:
        return modgov
    named = (soup.find("main"), soup.find(role="main"), _only(soup.find_all("article")))
    for tag in named:
        if tag is not None and (_has(tag, MAIN_CHARACTERS) or not _has(soup, 2 * _length(tag) + 1)):
            return tag
    return soup


def drop_chrome(part: Tag) -> tuple[str, ...]:
    """Remove menus, search forms and a site's own links; return notes on text that is missing."""
    notes = tuple(_cut(part))
    own = "modgov" if part.get("id") == "modgov" else ""
    _drop(tag for tag in part.find_all(True) if _is_chrome(tag))
    _drop(tag for tag in part.find_all("form") if not _has(tag, MAIN_CHARACTERS))
    if own:
        _drop(_around_content(part))
        _drop(tag for tag in part.find_all(["p", "h2"]) if _MEDIA.fullmatch(tag.get_text()))
    return notes


def classes(tag: Tag) -> frozenset[str]:
    """Return the classes of `tag`."""
    value = tag.get("class") or ()
    return frozenset(value.split() if isinstance(value, str) else value)


def flat(tag: Tag) -> str:
    """Return the words of `tag` on one line; the parts of a word that inline tags divide stay together."""
    parts: list[str] = []
    for node in tag.descendants:
        if isinstance(node, Tag):
            if not is_inline(node):
                parts.append(" ")
        elif type(node) is NavigableString:
            parts.append(node)
    return tidy("".join(parts))


def tidy(words: str) -> str:
    """Collapse white space and drop the characters that only steer line breaks."""
    return " ".join(_STEERING.sub("", words).split())


_STEERING = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]")
#: Tags that do not end a word; every other tag does.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)


def is_inline(tag: Tag) -> bool:
    """Return whether `tag` stands within a line of text."""
    return tag.name in _INLINE or ":" in tag.name


def _is_unseen(tag: Tag) -> bool:
    if tag.name in _UNSEEN or tag.has_attr("hidden") or classes(tag) & _HIDDEN_CLASSES:
        return True
    style = tag.get("style")
    return isinstance(style, str) and _HIDING_STYLE.search(style) is not None


def _is_chrome(tag: Tag) -> bool:
    if tag.name in _CHROME or tag.get("role") in _CHROME_ROLES or classes(tag) & _SITE_CLASSES:
        return True
    if tag.name == "header":
        # The header of an article holds its title, the header of a page its menu.
        return tag.find("h1") is None
    return tag.name == "a" and _SITE_LINKS.match(str(tag.get("href") or "")) is not None


def _cut(part: Tag) -> Iterator[str]:
    """Remove the links to the whole of a text that the site has cut, and say so."""
    for link in part.find_all("a"):
        words = link.get_text()
        if len(words) < LINK_CHARACTERS and (match := _WHOLE_TEXT.search(words)):
            link.decompose()
            yield tidy(
                f"the page holds only the beginning of item {match['item']}: fetch the item's own page"
            )


def _around_content(part: Tag) -> list[Tag]:
    """What a council has put between the heading of its page and the content."""
    if part.find(class_="mgContent", recursive=False) is None:
        return []
    return part.find_all(["p", "a"], recursive=False)


def _drop(tags: "Iterator[Tag] | list[Tag]") -> None:
    for tag in list(tags):
        if not tag.decomposed:
            tag.decompose()


def _only(tags: "list[Tag]") -> Tag | None:
    return tags[0] if len(tags) == 1 else None


def _length(tag: Tag) -> int:
    return sum(len(string) for string in tag.stripped_strings)


def _has(tag: Tag, characters: int) -> bool:
    """Return whether `tag` holds so many characters, without reading all of a long one."""
    return len(_beginning(tag, characters)) >= characters


def _beginning(tag: Tag, characters: int) -> str:
    """Return the first strings of `tag` until they have so many characters."""
    words = ""
    for string in tag.stripped_strings:
        words += f" {string}"
        if len(words) >= characters:
            break
    return words.strip()


def saved_from(soup: BeautifulSoup) -> str:
    """Return the address that a browser notes in a page that it saves, "" if there is none."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        if match := re.search(r"saved from url=\(\d+\)(\S+)", comment):
            return match[1]
    return ""
