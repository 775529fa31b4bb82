"""Words from outside made harmless. Minutes are scraped: scripts, links, Markdown in them are hostile.

Every word that a page shows went through `text` or `attribute`; every address out of the minutes through
`web_address`. Nothing else here or elsewhere makes HTML out of words.
"""

from html import escape
from urllib.parse import urlsplit


def text(words: str) -> str:
    """Return `words` to stand between tags."""
    return escape(words, quote=False)


def attribute(value: str) -> str:
    """Return `value` to stand between the double quotes of an attribute."""
    return escape(value, quote=True)


def web_address(url: str) -> str:
    """Return `url` where it leads to a web page, and nothing where it could do anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""
