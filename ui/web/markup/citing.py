"""What is copied with its citation: words of the record, and where they stand, as plain text."""

from corpus.records import Document, Status
from index.records import Hit, Quote
from ui.web.markup.escape import web_address
from ui.web.markup.words import capitalised, date_in_words, titled


def citation(part: Hit | Quote, link: str, *, draft: bool) -> str:
    """Return `part` in quotation marks, and below it who said it, when and where."""
    return _cited(part.text, part, part.section, link, draft=draft)


def citation_from(document: Document, start: int, end: int, link: str) -> str:
    """Return the words of `document` from `start` to `end` in the same form."""
    section = next((one.label for one in document.sections if one.start <= start < one.end), "")
    draft = document.status is Status.DRAFT
    return _cited(document.text[start:end], document, section, link, draft=draft)


def _cited(words: str, at: Hit | Quote | Document, section: str, link: str, *, draft: bool) -> str:
    place = [at.council, at.committee, date_in_words(at.meeting_date), f"“{titled(at.title)}”"]
    if section:
        place.append(capitalised(section))
    if draft:
        place.append("draft minutes")
    return f"“{words.strip()}”\n— {', '.join(filter(None, place))}\n{web_address(link)}".rstrip()
