"""From what a site publishes to documents: an item, a file or a decision each is one."""

from dataclasses import dataclass

from corpus.records import NESTED, Document, Kind, Section, Status
from ingest.parsed import Parsed
from ingest.sites.item_text import AGENDA, compose_parts
from ingest.sites.records import Decision, Item, Paper, PaperKind

_KINDS = {
    PaperKind.MINUTES: Kind.MINUTES,
    PaperKind.DECISIONS: Kind.DECISION,
    PaperKind.FRONTSHEET: Kind.AGENDA,
    PaperKind.PACK: Kind.AGENDA,
}
_OF_THE_MEETING = frozenset(_KINDS)
_MINUTED = frozenset({"minutes", "recorded vote"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What the documents of one meeting share. `status` is that of its minutes."""

    source: str
    council: str
    committee: str
    date: str | None
    status: Status
    now: str


def item_id(source: str, key: str) -> str:
    """Return the id of an item's document, whichever way the item was reached."""
    return f"{source}/item/{key}"


def paper_id(source: str, paper: Paper) -> str:
    """Return the id of a file's document. Files of a meeting share its key, so their kind is part of it."""
    of_the_meeting = not paper.item and paper.kind in _OF_THE_MEETING
    return f"{source}/{paper.kind}/{paper.key}" if of_the_meeting else f"{papers_of(source)}/{paper.key}"


def papers_of(source: str) -> str:
    """Return what the ids of all files begin with that belong to items, up to a "/"."""
    return f"{source}/paper"


def meeting_id(source: str, key: str) -> str:
    """Return the id of a meeting."""
    return f"{source}/meeting/{key}"


def decision_id(source: str, key: str) -> str:
    """Return the id of a decision's document."""
    return f"{source}/decision/{key}"


def issue_id(source: str, key: str) -> str:
    """Return the id of a matter that several items and decisions are about."""
    return f"{source}/issue/{key}"


def item_document(item: Item, setting: Setting) -> Document | None:
    """Return the document that an item is, None when it has no words: a heading, or a file alone."""
    text, sections = compose_parts(item.parts, title=item.title)
    if not text:
        return None
    kind = _kind(sections)
    return Document(
        id=item_id(setting.source, item.key),
        source=setting.source,
        title=item.title,
        text=text,
        url=item.url,
        kind=kind,
        council=setting.council,
        committee=setting.committee,
        meeting_date=setting.date,
        item_number=item.number,
        status=setting.status if kind is Kind.MINUTES else Status.UNKNOWN,
        sections=sections,
        fetched_at=setting.now,
    )


def paper_document(paper: Paper, parsed: Parsed, setting: Setting) -> Document:
    """Return the document that a file is; what the site says of it goes before what it says itself."""
    kind = _KINDS.get(paper.kind, Kind.REPORT)
    return Document(
        id=paper_id(setting.source, paper),
        source=setting.source,
        title=paper.title or parsed.title,
        text=parsed.text,
        url=paper.url,
        kind=kind,
        council=setting.council,
        committee=setting.committee,
        meeting_date=setting.date,
        status=setting.status if kind is Kind.MINUTES else Status.UNKNOWN,
        sections=parsed.sections,
        pages=parsed.pages,
        fetched_at=setting.now,
    )


def decision_document(decision: Decision, setting: Setting) -> Document | None:
    """Return the document that a decision is; its committee is whoever decided."""
    text, sections = compose_parts(decision.parts, title=decision.title)
    if not text:
        return None
    return Document(
        id=decision_id(setting.source, decision.key),
        source=setting.source,
        title=decision.title,
        text=text,
        url=decision.url,
        kind=Kind.DECISION,
        council=setting.council,
        committee=decision.maker,
        meeting_date=decision.date,
        sections=sections,
        fetched_at=setting.now,
    )


def _kind(sections: tuple[Section, ...]) -> Kind:
    """An item is what its parts are: minutes, a decision, or so far only the agenda."""
    labels = {section.label.split(NESTED)[0] for section in sections}
    if labels & _MINUTED:
        return Kind.MINUTES
    return Kind.AGENDA if labels <= {AGENDA} else Kind.DECISION
