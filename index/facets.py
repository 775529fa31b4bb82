"""By what a list can be narrowed: the councils, committees, years and kinds of its results, counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.records import Document
from index.records import Facet, FacetValue, Filters, Header
from index.search import matching_names

#: A document, or what is known of one besides its words.
Listed = Document | Header


def facets_of(
    filters: Filters, listed: Sequence[Listed], listed_within: Callable[[Filters], Sequence[Listed]]
) -> Iterator[Facet]:
    """Yield the facets of what is listed within `filters`, in the order in which they are shown.

    `listed` holds the document of each result, `listed_within` gives the same for other filters.
    """
    for name, value_of, none in (
        ("council", _council, {"council": ""}),
        ("committee", _committee, {"committee": ""}),
        ("year", _year, {"date_from": "", "date_to": ""}),
        ("kind", _kind, {"kind": ""}),
    ):
        here = Counter(map(value_of, listed))
        # What is chosen is counted where it is chosen: among everything, fewer of it may be listed.
        counts = {**Counter(map(value_of, listed_within(replace(filters, **none)))), **here}
        chosen = _chosen(name, filters, counts)
        counts.update({value: 0 for value in chosen.difference(here)})
        without = counts.pop("", 0)
        values = [FacetValue(value, count, value in chosen) for value, count in counts.items()]
        if name == "year":
            values.sort(key=lambda one: one.value, reverse=True)
        else:
            values.sort(key=lambda one: (-one.count, one.value.casefold()))
        yield Facet(name, tuple(values), without)


def _chosen(name: str, filters: Filters, known: Iterable[str]) -> frozenset[str]:
    """Return the values to which `filters` narrow the list, among them what was asked for in vain."""
    if name == "year":
        year = filters.date_from[:4]
        return frozenset({year} if (filters.date_from, filters.date_to) == days_of(year) else ())
    wanted: str = getattr(filters, name)
    if not wanted:
        return frozenset()
    if name == "kind":
        return frozenset({wanted.casefold()})
    return frozenset(matching_names(filter(None, known), wanted) or {wanted})


def days_of(year: str) -> tuple[str, str]:
    """Return the first and the last day of a year, by which filters narrow to it."""
    return f"{year}-01-01", f"{year}-12-31"


def _council(document: Listed) -> str:
    return document.council


def _committee(document: Listed) -> str:
    return document.committee


def _year(document: Listed) -> str:
    return (document.meeting_date or "")[:4]


def _kind(document: Listed) -> str:
    return document.kind.value
