import pytest

from index.matters import matter_of


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("The bandstand in Wellow Park", "7"),
        ("7. The bandstand in Wellow Park", "7"),
        ("Item 7: The Bandstand in Wellow Park", "7."),
        ("12/2026 THE BANDSTAND, IN WELLOW PARK.", "12/2026"),
        ("7a) The bandstand in Wellow-Park", "7a"),
    ],
)
def test_a_matter_is_the_same_under_any_number_and_in_any_case(title, number):
    assert matter_of(title, number) == "the bandstand in wellow park"


@pytest.mark.parametrize(
    "title",
    [
        "",
        "5.",
        "Apologies for Absence",
        "Declarations of Members' Interests",
        "Minutes of the Meeting held on 3rd March 2026",
        "Public Question Time",
        "Exclusion of the Press and Public",
        "Mayor's Announcements",
        "Any Other Urgent Business",
        "Ymddiheuriadau am absenoldeb",
        "Datgan buddiannau",
    ],
)
def test_what_is_on_every_agenda_is_no_matter(title):
    assert matter_of(title, "5") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2025 budget", "2026 budget"),
        ("Budget, quarter 1", "Budget, quarter 2"),
        ("Ward 5 parking", "Ward 6 parking"),
    ],
)
def test_numbers_tell_matters_apart(one, other):
    assert matter_of(one, "5") != matter_of(other, "6")
