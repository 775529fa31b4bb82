"""Words from outside made harmless. Minutes are scraped: scripts, links, Markdown in them are hostile.

Every word that a page shows went through `text` or `attribute`; every address out of the minutes through
`web_address`. Nothing else here or elsewhere makes HTML out of words.
"""

from html import escape
from urllib.parse import quote, urlsplit


def text(words: str) -> str:
    """Return `words` to stand between tags."""
    return escape(words, quote=False)


def attribute(value: str) -> str:
    """Return `value` to stand between the double quotes of an attribute."""
    return escape(value, quote=True)


def web_address(url: str) -> str:
    """Return `url` where it leads to a web page, and nothing where it could do anything else.

    Signs that nobody sees (line ends, what reverses the direction of writing) are percent-encoded, as a
    browser does with most of them: an address stands in one line and reads as it is.
    """
    # Encoded before it is judged: `urlsplit` drops line ends, and would judge another address than this one.
    address = "".join(map(_seen, url.strip()))
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc and "%" not in parts.netloc else ""


def _seen(sign: str) -> str:
    return sign if sign.isprintable() else quote(sign, errors="replace")
