from datetime import date

import pytest

from corpus.errors import UsageError
from ingest.sites.directory import council_at, councils
from ui.new_source import first_day, new_source

#: One whose site is its own.
SOME = [council for council in councils() if council_at(council.base)][100]


def test_a_council_of_the_directory_needs_no_location():
    expected = {"name": SOME.key, "location": SOME.base, "council": SOME.name}
    assert new_source(SOME.key, "", {}) == expected
    assert new_source(f"{SOME.name.upper()} COUNCIL", "", {}) == expected


def test_what_is_said_goes_before_the_directory_and_what_is_empty_is_left_out():
    said = {
        "council": "Brackenford",
        "since": date(2015, 1, 1),
        "committees": ["Cabinet"],
        "attachments": None,
        "pace": 0.0,
        "contact": "",
        "hosts": [],
    }
    assert new_source(SOME.key, "", said) == {
        "name": SOME.key,
        "location": SOME.base,
        "council": "Brackenford",
        "since": date(2015, 1, 1),
        "committees": ["Cabinet"],
        "pace": 0.0,
    }


def test_a_site_that_is_not_in_the_directory_needs_its_address():
    address = "https://democracy.ashmere.example/"
    assert new_source("ashmere", address, {}) == {"name": "ashmere", "location": address}


def test_an_address_of_the_directory_brings_the_name_of_its_council():
    assert new_source("mine", SOME.base, {})["council"] == SOME.name


def test_a_folder_is_named_from_where_the_person_is(tmp_path, monkeypatch):
    (tmp_path / "minutes").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for written in ("minutes", "./minutes/", "~/minutes"):
        assert new_source("old", written, {}) == {"name": "old", "location": str(tmp_path / "minutes")}


@pytest.mark.parametrize(
    ("named", "location", "said"),
    [
        ("ashmere", "", "no council is called 'ashmere', and no location is given"),
        (f"{SOME.key[:-2]}{SOME.key[-1]}{SOME.key[-2]}", "", f"did you mean .*{SOME.key}"),
        ("qqqqqq", "", "see: minutebook sources list --known"),
        ("https://ashmere.example/", "", "run: minutebook sources add NAME https://ashmere.example/"),
        ("Ashmere", "https://ashmere.example/", "'Ashmere' cannot name a source"),
        ("ashmere\n", "https://ashmere.example/", "cannot name a source"),
        (
            "ashmere",
            "democracy.ashmere.example",
            "no such file or folder; a site's address begins with https://",
        ),
    ],
)
def test_what_cannot_be_added_is_said_with_the_remedy(named, location, said):
    with pytest.raises(UsageError, match=said):
        new_source(named, location, {})


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("", None),
        (" ", None),
        ("2015", date(2015, 1, 1)),
        ("2015-04", date(2015, 4, 1)),
        ("2015-04-09", date(2015, 4, 9)),
        ("9/4/2015", date(2015, 4, 9)),
    ],
)
def test_the_first_day_may_be_a_month_or_a_year(written, day):
    assert first_day(written) == day


@pytest.mark.parametrize("written", ["soon", "2015-13", "2015-02-30", "15"])
def test_what_is_no_day_is_said(written):
    with pytest.raises(UsageError, match="is not a date; write 2019"):
        first_day(written)
