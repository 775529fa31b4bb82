"""Addresses that open a public page on the very words that are quoted."""

from urllib.parse import quote, urlsplit

from corpus.records import Document

#: A fragment names the first and the last words of a quote; these are enough to be found once.
_WORDS = 5


def link_to(document: Document, start: int, end: int) -> str:
    """Return the address of `document`, opened on `text[start:end]`.

    A PDF is opened on its page, a web page on the words (text fragment, WICG "scroll-to-text-fragment").
    Anything but http(s) is returned as it is: no browser follows fragments there.
    """
    address = document.url
    scheme = urlsplit(address).scheme
    page = document.page_of(start)
    if page is not None and scheme in {"http", "https", "file"}:
        return f"{address.partition('#')[0]}#page={page}"
    if scheme not in {"http", "https"}:
        return address
    base, _, fragment = address.partition("#")
    return f"{base}#{fragment}:~:text={_directive(document.text[start:end])}"


def _directive(text: str) -> str:
    # A fragment must not reach over a paragraph's end: browsers match it inside one block.
    lines = [line for line in text.splitlines() if line.strip()] or [text]
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) <= 2 * _WORDS:
        return _encoded(first)
    return f"{_encoded(first[:_WORDS])},{_encoded(last[-_WORDS:])}"


def _encoded(words: list[str]) -> str:
    # The dash and the comma have a meaning of their own in a text directive.
    return quote(" ".join(words).lstrip("•*- "), safe="").replace("-", "%2D")
