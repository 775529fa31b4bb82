from collections.abc import Callable, Sequence

import pytest

from corpus.records import Document, Kind
from index.facets import days_of, facets_of
from index.records import Facet, FacetValue, Filters
from tests.factories import make_document

PARKS, ROADS = "Parks Committee", "Roads Committee"


def make(
    council: str, committee: str = PARKS, day: str | None = "2026-01-15", kind: Kind = Kind.MINUTES
) -> Document:
    return make_document(council=council, committee=committee, meeting_date=day, kind=kind)


LISTED = [
    make("Ashmere"),
    make("Ashmere", ROADS, "2025-02-01"),
    make("Ashmere", ROADS, "2025-03-01", Kind.REPORT),
    make("Brackwater", "", None),
]


def facets(
    filters: Filters, listed: Sequence[Document], within: Callable[[Filters], Sequence[Document]]
) -> dict[str, Facet]:
    return {facet.name: facet for facet in facets_of(filters, listed, within)}


def counts(facet: Facet) -> list[tuple[str, int]]:
    return [(value.value, value.count) for value in facet.values]


def test_values_are_counted_the_most_frequent_first_and_years_newest_first():
    found = facets(Filters(), LISTED, lambda _: LISTED)
    assert list(found) == ["council", "committee", "year", "kind"]
    assert counts(found["council"]) == [("Ashmere", 3), ("Brackwater", 1)]
    assert counts(found["committee"]) == [(ROADS, 2), (PARKS, 1)]
    assert counts(found["year"]) == [("2026", 1), ("2025", 2)]
    assert counts(found["kind"]) == [("minutes", 3), ("report", 1)]
    assert [facet.without for facet in found.values()] == [0, 1, 1, 0]
    assert not any(value.chosen for facet in found.values() for value in facet.values)


@pytest.mark.parametrize(
    ("filters", "name", "wider"),
    [
        (Filters("Ashmere", PARKS), "council", Filters("", PARKS)),
        (Filters("Ashmere", PARKS), "committee", Filters("Ashmere", "")),
        (Filters("Ashmere", "", "2026-01-01", "2026-12-31"), "year", Filters("Ashmere")),
        (Filters("Ashmere", kind="minutes"), "kind", Filters("Ashmere")),
    ],
)
def test_the_alternatives_to_what_is_chosen_are_counted_without_its_own_filter(filters, name, wider):
    listed = [make("Ashmere")]
    asked = []

    def within(other: Filters) -> Sequence[Document]:
        asked.append(other)
        return LISTED if other == wider else listed

    found = facets(filters, listed, within)
    assert wider in asked
    narrowed = {facet.name for facet in found.values() if any(value.chosen for value in facet.values)}
    assert name in narrowed
    chosen = [value for value in found[name].values if value.chosen]
    assert [value.count for value in chosen] == [1], "as many as are listed, and not as many as elsewhere"
    assert len(found[name].values) == 2
    for other in found.values():
        if other.name != name:
            assert len(other.values) == 1


@pytest.mark.parametrize(
    ("filters", "name", "chosen"),
    [
        (Filters("ashmere"), "council", ["Ashmere"]),
        (Filters("mere"), "council", ["Ashmere"]),
        (Filters(committee="committee"), "committee", [PARKS, ROADS]),
        (Filters(kind="MINUTES"), "kind", ["minutes"]),
    ],
)
def test_a_part_of_a_name_chooses_all_that_it_allows(filters, name, chosen):
    facet = facets(filters, LISTED, lambda _: LISTED)[name]
    assert sorted(value.value for value in facet.values if value.chosen) == chosen


@pytest.mark.parametrize(
    ("filters", "name", "value"),
    [
        (Filters("Nowhere"), "council", "Nowhere"),
        (Filters(kind="min"), "kind", "min"),
        (Filters(date_from="1901-01-01", date_to="1901-12-31"), "year", "1901"),
    ],
)
def test_what_was_chosen_in_vain_is_shown_beside_what_could_be_chosen(filters, name, value):
    def within(wider: Filters) -> Sequence[Document]:
        return LISTED if wider == Filters() else []

    facet = facets(filters, [], within)[name]
    assert FacetValue(value, 0, chosen=True) in facet.values
    assert [one.chosen for one in facet.values].count(True) == 1
    assert len(facet.values) == 3


def test_part_of_a_year_and_several_years_choose_no_year():
    for filters in (Filters(date_from="2025-01-01"), Filters(date_from="2025-01-01", date_to="2026-12-31")):
        facet = facets(filters, LISTED, lambda _: LISTED)["year"]
        assert not any(value.chosen for value in facet.values)


def test_a_year_is_chosen_by_its_days():
    assert days_of("2024") == ("2024-01-01", "2024-12-31")
    facet = facets(Filters(date_from="2025-01-01", date_to="2025-12-31"), LISTED, lambda _: LISTED)["year"]
    assert [value.value for value in facet.values if value.chosen] == ["2025"]
