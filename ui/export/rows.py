"""Documents, passages and results as rows, one after the other, in the order in which the index has them."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from corpus.records import Document
from index.generation import Generation
from index.lexical import Scope
from index.links import link_to
from index.passage_table import date_number
from index.records import Header, Result

#: Passages that are read together.
TOGETHER = 200
_ABOUT = ("kind", "status", "council", "committee", "meeting_date", "item_number", "title", "url")


def documents(generation: Generation, scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield the documents that `scope` allows."""
    for header in generation.table.headers():
        if allows(scope, header) and (document := generation.table.document(header.id)):
            yield {
                "document_id": document.id,
                "source": document.source,
                **_about(document),
                "text": document.text,
                "sections": [asdict(section) for section in document.sections],
                "pages": [asdict(page) for page in document.pages],
                "content_hash": document.content_hash,
                "fetched_at": document.fetched_at,
                "generation": generation.name,
            }


def passages(generation: Generation, scope: Scope) -> Iterator[dict[str, Any]]:
    """Yield the passages that `scope` allows; each is `text[start:end]` of its document."""
    rows = np.flatnonzero(generation.table.allowed(scope)).tolist()
    for first in range(0, len(rows), TOGETHER):
        for passage in generation.table.passages(rows[first : first + TOGETHER]):
            yield {
                "passage_id": passage.id,
                "document_id": passage.document.id,
                "start": passage.start,
                "end": passage.end,
                "text": passage.text,
                "section": passage.section,
                "heading": passage.heading,
                **_about(passage.document),
                "link": link_to(passage.document, passage.start, passage.end),
                "generation": generation.name,
            }


def results(found: Iterable[Result], generation: str) -> Iterator[dict[str, Any]]:
    """Yield what a search has found."""
    for one in found:
        hit = one.hit
        yield {
            "rank": hit.rank,
            "score": hit.score,
            "passage_id": hit.passage_id,
            "document_id": hit.document_id,
            "start": hit.start,
            "end": hit.end,
            "text": hit.text,
            "section": hit.section,
            **_about(one.header),
            "link": one.link,
            "also_in": [
                {"document_id": other.id, "title": other.title, "url": other.url} for other in one.also
            ],
            "generation": generation,
        }


def allows(scope: Scope, header: Header) -> bool:
    """Tell whether a document is within `scope`, as `PassageTable.allowed` tells of its passages."""
    named = (
        (scope.councils, header.council), (scope.committees, header.committee), (scope.kinds, header.kind),
    )  # fmt: skip
    if any(values is not None and value not in values for values, value in named):
        return False
    if scope.first_date is None and scope.last_date is None:
        return True
    return (scope.first_date or 1) <= date_number(header.meeting_date) <= (scope.last_date or 99_999_999)


def _about(document: Document | Header) -> dict[str, str | None]:
    return {name: getattr(document, name) for name in _ABOUT}
