from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.records import Source, SourceState
from ingest.sites.directory import Council, council_at, councils
from ui.known_sources import (
    Known,
    council_text,
    councils_text,
    councils_with,
    known_sources,
    source_called,
    source_text,
    sources_text,
    with_word,
)
from ui.library import Library

#: One whose site is its own.
SOME = [council for council in councils() if council_at(council.base)][100]
SETTINGS = f"""
[sites]
contact = "clerk@minutes.example"
pace = 3

[[sources]]
name = "tarnwick"
location = "https://tarnwick.example/"
council = "Tarnwick"
since = 2015-01-31
committees = ["Cabinet", "Roads & Bridges"]
attachments = "all"

[[sources]]
name = "old"
location = "minutes"
kind = "report"

[[sources]]
name = "{SOME.key}"
location = "https://moved.example/"
"""
SEEN = Source(
    "tarnwick",
    "https://before.example/",
    SourceState.BLOCKED,
    "its robots.txt\nrefuses \x1b[31mus",
    "2026-03-02T01:00:00+00:00",
    "2026-03-01T01:00:00+00:00",
)


@pytest.fixture
def library(tmp_path) -> Library:
    (tmp_path / "minutebook.toml").write_text(SETTINGS)
    library = Library.at(tmp_path)
    with library.corpus() as corpus:
        corpus.put_source(SEEN)
        corpus.put_source(
            Source("/srv/brackenford", "/srv/brackenford", SourceState.OK, last_look="2026-01-01")
        )
    return library


def empty(folder: Path) -> Library:
    return Library.at(folder / "nothing")


def called(library: Library, name: str) -> Known:
    found = source_called(library, name)
    assert isinstance(found, Known)
    return found


def test_configured_sources_come_first_and_each_comes_once(library):
    known = known_sources(library)
    assert [one.source.name for one in known] == ["tarnwick", "old", SOME.key, "/srv/brackenford"]
    assert [one.settings is None for one in known] == [False, False, False, True]
    assert [one.source.state for one in known] == ["blocked", "never fetched", "never fetched", "ok"]


def test_where_a_source_is_now_goes_before_where_it_was(library):
    assert called(library, "tarnwick").source.location == "https://tarnwick.example/"


def test_to_look_makes_no_record(tmp_path):
    library = empty(tmp_path)
    assert known_sources(library) == ()
    assert not library.data.exists()
    assert "no sources yet; run: minutebook sources add" in sources_text(())


def test_the_list_has_a_line_for_each_whatever_a_site_says(library):
    assert sources_text(known_sources(library)).split("\n") == [
        "tarnwick  https://tarnwick.example/  blocked: its robots.txt refuses  [31mus  "
        "(last looked at 2026-03-02T01:00:00+00:00, last in full 2026-03-01T01:00:00+00:00)",
        "old  minutes  never fetched  (never looked at)",
        f"{SOME.key}  https://moved.example/  never fetched  (never looked at)",
        "/srv/brackenford  ok  (last looked at 2026-01-01), not in minutebook.toml",
    ]


def test_the_list_can_be_narrowed_by_name_and_place(library):
    known = known_sources(library)
    assert [one.source.name for one in with_word(known, "TARN")] == ["tarnwick"]
    assert [one.source.name for one in with_word(known, "minutes")] == ["old"]
    assert with_word(known, "") == known
    assert "no source has 'nix'" in sources_text(with_word(known, "nix"), "nix")


def test_all_that_is_set_for_a_site_is_shown_with_what_holds_for_all_sites(library):
    lines = source_text(called(library, "tarnwick"), library.settings.sites).split("\n")
    assert [tuple(line.split(maxsplit=1)) for line in lines[:-1]] == [
        ("name", "tarnwick"),
        ("location", "https://tarnwick.example/"),
        ("council", "Tarnwick"),
        ("since", "2015-01-31"),
        ("committees", "Cabinet; Roads & Bridges"),
        ("attachments", "all"),
        ("pace", "3.0"),
        ("contact", "clerk@minutes.example"),
        ("hosts", "no others"),
        ("decisions", "yes"),
    ]
    assert lines[-1].startswith("state        blocked: its robots.txt refuses")


def test_a_folder_is_shown_without_what_is_for_sites(library):
    lines = source_text(called(library, "old"), library.settings.sites).split("\n")
    assert [line.split()[0] for line in lines] == [
        "name",
        "location",
        "council",
        "committee",
        "kind",
        "state",
    ]
    assert "council    not set" in lines


def test_a_source_that_only_the_record_remembers_is_shown_as_such(library):
    known = called(library, "/srv/brackenford")
    assert "does not stand in minutebook.toml" in source_text(known, library.settings.sites)
    assert known.as_dict(library.settings.sites)["settings"] is None


def test_everything_is_there_for_programs(library):
    assert called(library, "tarnwick").as_dict(library.settings.sites) == {
        "name": "tarnwick",
        "location": "https://tarnwick.example/",
        "state": "blocked",
        "reason": SEEN.reason,
        "last_look": SEEN.last_look,
        "last_good": SEEN.last_good,
        "settings": {
            "name": "tarnwick",
            "location": "https://tarnwick.example/",
            "council": "Tarnwick",
            "since": "2015-01-31",
            "committees": ["Cabinet", "Roads & Bridges"],
            "attachments": "all",
            "pace": 3.0,
            "contact": "clerk@minutes.example",
            "hosts": [],
            "decisions": True,
        },
    }
    assert called(library, "old").as_dict(library.settings.sites)["settings"] == {
        "name": "old",
        "location": "minutes",
        "council": "",
        "committee": "",
        "kind": "report",
    }


def test_a_council_is_shown_from_the_directory_until_it_is_a_source(library, tmp_path):
    assert source_called(empty(tmp_path), SOME.name) is SOME
    assert f"run: minutebook sources add {SOME.key}" in council_text(SOME)
    assert SOME.base in council_text(SOME)
    assert called(library, f"{SOME.name} Council").source.location == "https://moved.example/"


def test_what_is_neither_is_an_error_with_the_nearest_names(library):
    swapped = f"{SOME.key[:-2]}{SOME.key[-1]}{SOME.key[-2]}"
    with pytest.raises(UsageError, match=rf"'{swapped}'; did you mean .*\b{SOME.key}\b.*\?"):
        source_called(library, swapped)
    with pytest.raises(UsageError, match="'qqqqqq'; see: minutebook sources list --known"):
        source_called(library, "qqqqqq")


def test_the_directory_is_searched_by_name_and_address():
    assert councils_with("") == councils()
    assert SOME in councils_with(SOME.name.upper()[1:])
    host = SOME.base.split("/")[2]
    assert councils_with(host) == (SOME,)
    assert SOME in councils_with(f"{SOME.key[:-2]}{SOME.key[-1]}{SOME.key[-2]}")
    assert councils_with("qqqqqq") == ()


def test_the_directory_has_a_line_for_each_council():
    ashmere: tuple[Council, ...] = (SOME,)
    assert councils_text(ashmere) == f"{SOME.key}  {SOME.name}  moderngov  {SOME.base}"
    assert "'qqqqqq'" in councils_text((), "qqqqqq")
