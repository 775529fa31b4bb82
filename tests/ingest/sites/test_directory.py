"""The table of councils is data: what holds for all its rows is tested, and no row by its name."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from ingest.sites.directory import Family, council_at, councils, find_council, near

SOME = councils()[::20]


def test_the_table_is_sorted_and_every_key_can_name_a_source():
    keys = [council.key for council in councils()]
    assert len(keys) > 200
    assert keys == sorted(set(keys))
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or len(key) > 64] == []


def test_every_base_is_a_directory_that_anyone_may_ask_for():
    for council in councils():
        parts = urlsplit(council.base)
        assert parts.scheme in ("http", "https")
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc)
        assert re.fullmatch(r"/([A-Za-z-]+/)*", parts.path)  # no page, no session, nothing encoded
        assert (parts.query, parts.fragment) == ("", "")
        assert council.name.strip() == council.name != ""
        assert council.software in Family


def test_a_site_is_shared_by_two_councils_at_most():
    assert max(Counter(council.base.partition("://")[2] for council in councils()).values()) == 2


def test_no_two_names_mean_the_same_council():
    assert [find_council(council.key) for council in councils()] == list(councils())
    assert [find_council(council.name) for council in councils()] == list(councils())


@pytest.mark.parametrize(
    "written",
    [
        "{}",
        "  {} ",
        "{} Council",
        "{} City Council",
        "{} County Council",
        "{} District Council",
        "{} Metropolitan Borough Council",
        "London Borough of {}",
        "The Royal Borough of {}",
        "the council of {}.",
    ],
)
def test_a_council_is_found_however_people_write_it(written):
    for council in SOME:
        name = written.format(council.name)
        for asked in (name, name.upper(), written.format(council.key)):
            assert find_council(asked) == council


def test_ampersands_and_apostrophes_do_not_matter():
    two = next(council for council in councils() if " and " in council.name)
    assert find_council(two.name.replace(" and ", " & ")) is two
    possessive = next(council for council in councils() if "'" in council.name)
    assert find_council(possessive.name.replace("'", "")) is possessive
    assert find_council(possessive.name.replace("'", "’")) is possessive


@pytest.mark.parametrize(
    "named", ["", "  ", "Council", "Borough of", "Brackenford", "ashmere", "https://a.b/"]
)
def test_what_is_no_council_is_not_found(named):
    assert find_council(named) is None


def test_a_misspelt_council_is_suggested():
    for council in SOME:
        key, middle = council.key, len(council.key) // 2
        swapped = key[: middle - 1] + key[middle] + key[middle - 1] + key[middle + 1 :]
        assert council in near(swapped)


def test_a_part_of_a_name_suggests_the_whole():
    long = max(councils(), key=lambda council: council.name.count(" "))
    assert long in near(long.name.split()[0])


@pytest.mark.parametrize("named", ["", "Council", "qqqqqq"])
def test_nothing_is_suggested_for_what_is_like_no_council(named):
    assert near(named) == ()


def test_suggestions_are_few():
    assert max(len(near(council.name.split()[0])) for council in councils()) <= 5


def test_a_council_is_known_by_where_its_site_lies():
    council = councils()[0]
    host = council.base.removeprefix("https://").rstrip("/")
    for written in (council.base, f"HTTP://{host.upper()}", f"https://{host}/", f" https://{host} "):
        assert council_at(written) is council
    assert council_at(f"https://{host}/elsewhere/") is None
    assert council_at("https://ashmere.example/") is None
    assert council_at("https://[") is None


def test_a_shared_site_belongs_to_no_single_council():
    bases = Counter(council.base for council in councils())
    shared = next(base for base, count in bases.items() if count == 2)
    assert council_at(shared) is None
