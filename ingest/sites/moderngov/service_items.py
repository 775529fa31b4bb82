"""An agenda item as the web service has it: flags, texts escaped once more, documents."""

from collections.abc import Iterator

from lxml import etree

from ingest.sites.fragments import fragment
from ingest.sites.moderngov.addresses import absolute, item_url, paper_url
from ingest.sites.moderngov.answers import elements, is_false, is_true, key, raw, value
from ingest.sites.moderngov.markup import take_votes, write
from ingest.sites.moderngov.papers import paper_kind
from ingest.sites.moderngov.parts import in_order
from ingest.sites.moderngov.withholding import is_marked
from ingest.sites.moderngov.wording import DECISION, MINUTES, RECORDED_VOTE, printed_number
from ingest.sites.records import Item, Paper, Part


def read_item(element: etree._Element, base: str) -> Item | None:
    """Return the item that `element` holds, None when it has no number of its own.

    Nothing of a restricted item is read but its key and its number.
    """
    own = key(element, "agendaitemid")
    if not own:
        return None
    number = printed_number(raw(element, "fulldisplaynumberformat"))
    withheld = Item(own, number, "", item_url(base, own), withheld=True)
    if is_true(element, "isrestricted") or not is_true(element, "isdisplayallowed"):
        return withheld
    title = value(element, "agendaitemtitle")
    body = fragment(raw(element, "agendatext"))
    agenda = "" if body is None else write(body)
    if is_marked(title, agenda):
        return withheld
    return Item(
        own,
        number,
        title,
        item_url(base, own),
        parts=in_order((Part("", agenda), *_bodies(element))),
        papers=tuple(_papers(element, base, own, title)),
    )


def named_files(meeting: etree._Element) -> tuple[str, ...]:
    """Return the keys of all files that the answer names below the items of a meeting."""
    documents = elements(meeting, "agendaitems/agendaitem/linkeddocuments/linkeddoc")
    return tuple(key(one, "attachmentid") for one in documents if _is_file(one))


def _is_file(document: etree._Element) -> bool:
    """Links to elsewhere have a number, too."""
    return bool(key(document, "attachmentid")) and not is_true(document, "isurl")


def _bodies(element: etree._Element) -> Iterator[Part]:
    for name, published, label in (
        ("decisionnonemptyhtmlbody", "isdecisionpublished", DECISION),
        ("minutesnonemptyhtmlbody", "", MINUTES),
    ):
        if published and is_false(element, published):
            continue
        body = fragment(raw(element, name))
        if body is not None:
            votes = take_votes(body)
            yield Part(label, write(body))
            yield from (Part(RECORDED_VOTE, f"<table>{write(table)}</table>") for table in votes)


def _papers(element: etree._Element, base: str, item: str, item_title: str) -> Iterator[Paper]:
    for one in elements(element, "linkeddocuments/linkeddoc"):
        number, title = key(one, "attachmentid"), value(one, "title")
        if not _is_file(one) or _is_restricted(one) or is_marked(title):
            continue
        if title.casefold() == item_title.casefold():
            # The page shows the item's title in its place.
            title = item_title
        url = paper_url(base, number)
        address = absolute(base, raw(one, "url")) if raw(one, "url").strip() else ""
        yield Paper(
            number, title, paper_kind(title), address or url, url, item, value(one, "publicationdate")
        )


def _is_restricted(document: etree._Element) -> bool:
    return (
        is_true(document, "isrestricted")
        or is_false(document, "isdisplayallowed")
        or bool(value(document, "restrictionsRef"))
    )
