"""What a search is as a feed: its newest passages as entries whose ids last.

The id of an entry is made of the words of its passage and of nothing else. Passages with the same words are
folded into one, and which of their documents stands for them may be another one in each generation; so the
id goes by what makes words the same there. It stays the same where something is put in before these words,
too. Corrected words are another entry, so that a feed reader shows them; the rest of a corrected document
keeps its ids and has a later `updated`, which is when the document was last fetched with anything new in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from index.lexical import terms
from index.records import Listing, Result, Sort
from ui.web.backend import Backend
from ui.web.state import State, write_address

#: Entries of a feed; readers keep those that have gone.
ENTRIES = 50
#: Changed, every feed reader would show every entry once more.
_NAMESPACE = UUID("6f1c1a0e-0d7c-5f0b-9c64-8b8f6f5f7a51")


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage. `published` is the day of its meeting, None where it is not known or has yet to come."""

    id: str
    result: Result
    updated: datetime
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A search as a feed; `updated` is that of its newest entry, or of the generation where there is none."""

    id: str
    state: State
    entries: tuple[Entry, ...]
    updated: datetime
    interpreted: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def feed_of(backend: Backend, state: State, built: datetime, warnings: tuple[str, ...]) -> Feed:
    """Return the feed of a settled state; `built` is when the generation was.

    Raises:
        UsageError: it cannot be searched for so.
        GenerationError: nothing can be searched now.
    """
    listing = backend.listing(state.text, filters=state.filters, sort=Sort.NEWEST, per_page=ENTRIES)
    results = [*_recent(backend, state, listing), *listing.results]
    entries = tuple(_entry(backend, result, built) for result in _newest(results))
    return Feed(
        id=_named(write_address(State(text=state.text, filters=state.filters))),
        state=state,
        entries=entries,
        updated=max((entry.updated for entry in entries), default=built),
        interpreted=listing.interpreted,
        notes=listing.notes,
        warnings=warnings,
    )


def _recent(backend: Backend, state: State, listing: Listing) -> Iterable[Result]:
    """Return what the last year has where a list is cut off.

    Of a broad search only the best passages of all years are listed, and what is new may not be among them.
    """
    last = backend.extent(filters=listing.filters).last if listing.more else None
    if not last:
        return ()
    newest = date.fromisoformat(last)
    since = f"{max(1, newest.year - 1):04}{last[4:]}".replace("-02-29", "-02-28")
    within = replace(listing.filters, date_from=max(since, listing.filters.date_from))
    return backend.listing(state.text, filters=within, sort=Sort.NEWEST, per_page=ENTRIES).results


def _newest(results: Iterable[Result]) -> list[Result]:
    """Return the newest of some lists, those with the same words as one."""
    same: dict[str, list[Result]] = {}
    for one in sorted(results, key=lambda one: one.hit.meeting_date or "", reverse=True):
        same.setdefault(_words(one), []).append(one)
    return [_folded(*group) for group in list(same.values())[:ENTRIES]]


def _folded(first: Result, *others: Result) -> Result:
    headers = [*first.also, *(header for one in others for header in (one.header, *one.also))]
    also = {header.id: header for header in headers if header.id != first.header.id}
    return replace(first, also=tuple(also.values()))


def _words(result: Result) -> str:
    """Return what is equal for passages that a search takes for the same words."""
    return " ".join(terms(result.hit.text))


def _entry(backend: Backend, result: Result, built: datetime) -> Entry:
    hit = result.hit
    document = backend.document(hit.document_id)
    day = _instant(hit.meeting_date or "")
    updated = (_instant(document.fetched_at) if document else None) or day or built
    return Entry(
        id=_named(f"words: {_words(result)}"),
        result=result,
        updated=updated,
        published=day if day and day <= updated else None,
    )


def _named(what: str) -> str:
    return uuid5(_NAMESPACE, what.encode("utf-8", "replace").decode()).urn


def _instant(iso: str) -> datetime | None:
    """Return an ISO day or time, None where it is none."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
