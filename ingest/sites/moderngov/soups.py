"""From bytes to a page of ModernGov, whatever frame the council has put round it."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.errors import UnreadableError
from ingest.decoding import decode
from ingest.soup import declared_charset, parse_markup

#: No real page is without either; one that is has been cut off on its way.
_END = re.compile(r"</(?:body|html)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a site: `part` is what ModernGov has put into the council's own frame."""

    soup: BeautifulSoup
    part: Tag

    @property
    def heading(self) -> str:
        """What the page calls itself ("Agenda and draft minutes")."""
        found = self.part.find("h1")
        return found.get_text() if found is not None else ""

    @property
    def content(self) -> Tag:
        """The part without the site's own links, or all of it where the page does not set it apart."""
        return self.part.find(class_="mgContent") or self.part


def shown(data: bytes, what: str) -> Shown:
    """Return the page in `data`; scripts and hidden text are still in it.

    Raises UnreadableError, which names `what`, for anything that is no page of ModernGov.
    """
    try:
        text, _ = decode(data, declared=declared_charset(data))
        soup = parse_markup(text)
    except UnreadableError as error:
        raise UnreadableError(f"{what}: {error}") from None
    part = soup.find(id="modgov")
    if part is None:
        raise UnreadableError(f"{what}: no page of ModernGov, but something else in its place")
    if not _END.search(text):
        raise UnreadableError(f"{what}: the page breaks off before its end")
    return Shown(soup, part)
