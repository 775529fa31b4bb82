"""A document in full, its sections headed, the words that were asked for marked, and its history."""

from corpus.records import Document, Section, Status
from index.browse import History, Kinship
from index.records import Header
from ui.web.handlers.records import DocumentShown
from ui.web.markup.browse import trail
from ui.web.markup.citing import citation_from
from ui.web.markup.escape import text
from ui.web.markup.links import at_document, beside, outside, within
from ui.web.markup.marking import clipped, marked
from ui.web.markup.places import place
from ui.web.markup.sources import DRAFT, MAY_CHANGE, to_copy
from ui.web.markup.words import (
    capitalised,
    date_in_words,
    day_or_none,
    kind_in_words,
    titled,
)


def document(record: DocumentShown, *, root: str) -> str:
    """Return a document whole."""
    one = record.document
    draft = f'<p class="mb-notice">{DRAFT} {MAY_CHANGE}</p>' if one.status is Status.DRAFT else ""
    fetched = day_or_none(one.fetched_at)
    seen = " · ".join(part for part in (kind_in_words(one.kind), fetched and f"fetched {fetched}") if part)
    meeting = (one.council, one.committee, one.meeting_date or "")
    asked = record.start < record.end
    ways = [
        '<a href="#quote">Go to the words that were asked for</a>' if asked else "",
        outside(record.link, "open in the council’s minutes"),
        to_copy(citation_from(one, record.start, record.end, record.link)) if asked else "",
    ]
    links = "".join(f"<li>{way}</li>" for way in ways if way)
    return (
        f'{trail(meeting, root=root)}<article class="mb-document"><h1>{text(titled(one.title))}</h1>'
        f'<p class="mb-about">{place(one.council, one.committee, one.meeting_date)}</p>'
        f'<p class="mb-about">{text(seen)}</p>'
        + (f'<ul class="mb-links">{links}</ul>' if links else "")
        + f"{draft}{_words(one, record.start, record.end)}</article>"
        f"{_history(record.history, root=root)}{_neighbours(record, root=root)}"
    )


def _words(document: Document, start: int, end: int) -> str:
    asked = [(start, end)] if 0 <= start < end else []
    sections = parts_of(document)
    first = next((one for one in sections if clipped(asked, one.start, one.end)), None)
    shown = []
    for section in sections:
        heading = f"<h2>{text(capitalised(section.label))}</h2>" if section.label else ""
        spans = clipped(asked, section.start, section.end)
        words = marked(
            document.text[section.start : section.end], spans, anchor="quote" if section is first else ""
        )
        shown.append(f'<section>{heading}<div class="mb-record">{words}</div></section>')
    return "".join(shown)


def parts_of(document: Document) -> tuple[Section, ...]:
    """Return the sections of a document, and what stands between them as sections without a label."""
    parts: list[Section] = []
    last = 0
    for section in (*document.sections, Section("", len(document.text), len(document.text))):
        if document.text[last : section.start].strip():
            parts.append(Section("", last, section.start))
        if section.end > section.start:
            parts.append(section)
        last = section.end
    return tuple(parts)


def _history(history: History, *, root: str) -> str:
    """Return the same matter at other meetings."""
    if not history.documents:
        return ""
    known = (
        "The council’s own site names these as the same matter."
        if history.kinship is Kinship.ISSUE
        else "Items with the same title at other meetings of this council."
    )
    lines = "".join(f"<li>{_other(header, root=root)}</li>" for header in history.documents)
    return (
        '<section class="mb-history"><h2>The same matter at other meetings</h2>'
        f'<p class="mb-about">{known}</p><ul class="mb-bodies">{lines}</ul></section>'
    )


def _other(header: Header, *, root: str) -> str:
    about = ", ".join(part for part in (header.committee, kind_in_words(header.kind)) if part)
    link = within(
        root, at_document(header.id), f"{date_in_words(header.meeting_date)}: {titled(header.title)}"
    )
    return f'{link} <span class="mb-about">{text(about)}</span>{" " + DRAFT if header.draft else ""}'


def _neighbours(record: DocumentShown, *, root: str) -> str:
    """Return the items before and behind this one in its meeting."""
    before, after = (
        (at_document(header.id), titled(header.title)) if header else None
        for header in (record.before, record.after)
    )
    return beside(before, after, "Items before and after", root=root)
