"""Answers of the web service: XML from a stranger."""

from collections.abc import Iterator

from lxml import etree

from corpus.errors import UnreadableError
from ingest.sites.moderngov.wording import clean

_PAGE_MARKS = (b"<html", b"<!doctype html", b"<head", b"<body")
_LOOKED_AT_BYTES = 2000
#: Real keys have four to six.
_KEY_DIGITS = 12


def answer(data: bytes, root: str, what: str) -> etree._Element:
    """Return the root element of an answer.

    Raises UnreadableError, which names `what`, for anything but XML with this root and without a DTD: a page
    in its place, a broken end.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        element = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if any(mark in data[:_LOOKED_AT_BYTES].lower() for mark in _PAGE_MARKS):
            raise UnreadableError(f"{what}: a web page in place of the answer") from None
        raise UnreadableError(f"{what}: broken XML ({error})") from None
    if element.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(f"{what}: the answer declares a document type, which is never read")
    name = etree.QName(element).localname
    if name != root:
        raise UnreadableError(f"{what}: the answer is <{name[:50]}> where <{root}> was expected")
    return element


def elements(of: etree._Element, path: str) -> Iterator[etree._Element]:
    """Yield the elements at `path` ("agendaitems/agendaitem") below `of`, whatever their namespace."""
    found: Iterator[etree._Element] = of.iterfind("/".join(f"{{*}}{name}" for name in path.split("/")))
    return found


def raw(of: etree._Element, name: str) -> str:
    """Return the text of the child `name` as it is, "" when it has none."""
    child = next(elements(of, name), None)
    return "" if child is None else child.text or ""


def value(of: etree._Element, name: str) -> str:
    """Return the text of the child `name` on one line: an empty one holds a newline, a count a blank."""
    return clean(raw(of, name))


def key(of: etree._Element, name: str) -> str:
    """Return the number in the child `name`, "" when there is none or it is 0."""
    text = raw(of, name).strip()
    is_number = len(text) <= _KEY_DIGITS and text.isascii() and text.isdigit()
    return text if is_number and int(text) else ""


def is_true(of: etree._Element, name: str) -> bool:
    """Return whether the child `name` says True."""
    return raw(of, name).strip().lower() == "true"


def is_false(of: etree._Element, name: str) -> bool:
    """Return whether the child `name` says False."""
    return raw(of, name).strip().lower() == "false"
