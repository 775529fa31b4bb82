"""What is wanted of a batch, and the columns that it gives."""

from dataclasses import dataclass, fields

from index.provenance import Provenance
from ui.tables.columns import Column, Type, integers, texts, with_prefix

#: Passages, found or closest, where nobody says how many.
FOUND, CLOSEST = 10, 3

_PLACE = (*texts("document_id", "url", "link"), *integers("start", "end"))
_MEETING = texts("title", "council", "committee", "meeting_date", "section")
_QUOTE = (Column("text"), *_PLACE, *_MEETING)
_HIT = (
    *integers("rank"), Column("score", Type.NUMBER), *texts("passage_id", "text"), *_PLACE, *_MEETING,
)  # fmt: skip
_ANSWERED = (Column("answered", Type.TRUTH), *texts("state", "answer", "reason", "why"))
_SEARCHED = (*integers("found"), *texts("interpreted", "notes"))
_PROVENANCE = tuple(
    Column(one.name, Type.INTEGER if one.type is int else Type.TEXT) for one in fields(Provenance)
)


@dataclass(frozen=True, slots=True)
class Order:
    """Answers, or with `search` hits; with `long`, a row for each quote or hit.

    `k` counts the hits, or the passages beside a silence. The columns `carry` are only carried through, even
    if they are called like filters.
    """

    search: bool = False
    long: bool = False
    k: int = CLOSEST
    carry: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are written beside those of the input."""
        return (*integers("row"), *texts("searched"), *self._results, *texts("error"), *_PROVENANCE)

    @property
    def _results(self) -> tuple[Column, ...]:
        if self.search:
            hits = with_prefix("hit_", _HIT) if self.long else (Column("hits", Type.LIST, _HIT),)
            return (*_SEARCHED, *hits)
        if self.long:
            return (*_ANSWERED, *integers("quote"), *with_prefix("quote_", _QUOTE))
        return (*_ANSWERED, Column("quotes", Type.LIST, _QUOTE), Column("closest", Type.LIST, _HIT))
