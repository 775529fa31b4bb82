"""The real command; what it prints is tested with the functions that make it."""

import subprocess
import tomllib

import pytest

from ingest.sites.directory import council_at, councils
from tests.ui.commanding import COMMAND, Minutebook

#: One whose site is its own.
SOME = [council for council in councils() if council_at(council.base)][100]
ADDRESS = "https://democracy.ashmere.example/"


@pytest.fixture
def minutebook(tmp_path) -> Minutebook:
    return Minutebook(tmp_path / "data")


def test_a_source_comes_is_shown_and_goes(minutebook):
    settings = minutebook.data / "minutebook.toml"
    before = settings.read_text()
    added = minutebook(
        "sources", "add", "ashmere", ADDRESS, "--since", "2015",
        "--committee", "Cabinet", "--committee", "Roads", "--attachments", "reports", "--pace", "2.5",
        "--contact", "clerk@ashmere.example", "--council", "Ashmere", "--host", "minutes.ashmere.example",
    )  # fmt: skip
    assert (added.code, added.err) == (0, "")
    assert added.out == f"added ashmere ({ADDRESS}) to {settings}; run: minutebook ingest ashmere\n"
    assert settings.read_text().startswith(before)
    shown = minutebook("sources", "show", "ashmere", "--json").json
    assert shown["settings"] == {
        "name": "ashmere",
        "location": ADDRESS,
        "council": "Ashmere",
        "since": "2015-01-01",
        "committees": ["Cabinet", "Roads"],
        "attachments": "reports",
        "pace": 2.5,
        "contact": "clerk@ashmere.example",
        "hosts": ["minutes.ashmere.example"],
        "decisions": True,
    }
    assert minutebook("sources", "list", "--json").json == [shown]
    assert minutebook("sources", "list").out.startswith(f"ashmere  {ADDRESS}  never fetched")
    assert minutebook("sources", "show", "ashmere").out.startswith("name         ashmere\n")

    again = minutebook("sources", "add", "ashmere", ADDRESS)
    assert (again.code, again.out, len(again.lines)) == (2, "", 1)
    assert "minutebook sources remove ashmere" in again.err

    removed = minutebook("sources", "remove", "ashmere")
    assert (removed.code, removed.err) == (0, "")
    assert "what was ingested from it stays in the record" in removed.out
    assert settings.read_text() == before
    assert minutebook("sources", "remove", "ashmere").code == 2


def test_a_council_that_is_known_needs_no_address(minutebook):
    assert minutebook("sources", "add", f"{SOME.name} Council").code == 0
    (source,) = tomllib.loads((minutebook.data / "minutebook.toml").read_text())["sources"]
    assert source == {"name": SOME.key, "location": SOME.base, "council": SOME.name}


def test_the_directory_is_listed_for_people_and_programs(minutebook):
    everything = minutebook("sources", "list", "--known")
    assert (everything.code, everything.err) == (0, "")
    assert len(everything.out.splitlines()) == len(councils())
    expected = {"key": SOME.key, "name": SOME.name, "software": "moderngov", "base": SOME.base}
    assert expected in minutebook("sources", "list", "--known", SOME.key, "--json").json
    assert minutebook("sources", "show", SOME.key, "--json").json == expected
    assert f"minutebook sources add {SOME.key}" in minutebook("sources", "show", SOME.key).out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "brackenford"), "no council is called 'brackenford'"),
        (("add", "ashmere", "ftp://ashmere.example"), "neither a folder nor an address"),
        (("add", "ashmere", ADDRESS, "--since", "soon"), "--since: 'soon' is not a date"),
        (("add", "ashmere", ADDRESS, "--pace", "-1"), "--pace"),
        (("add", "ashmere", ADDRESS, "--pace", "nan"), "pace"),
        (("add", "ashmere", ADDRESS, "--attachments", "some"), "--attachments"),
        (("add", "ashmere", ADDRESS, "--contact", "Clerk <clerk@ashmere.example>"), "without brackets"),
        (("add", "ashmere", ADDRESS, "--host", "https://ashmere.example"), "is no host"),
        (("add", "ashmere", ".", "--committee", "Cabinet"), "committees is for sites"),
        (("remove", "brackenford"), "has no source called 'brackenford'"),
        (("show", "brackenford"), "no source and no council is called 'brackenford'"),
    ],
)
def test_wrong_use_is_one_clear_line_and_changes_nothing(minutebook, arguments, reason):
    before = (minutebook.data / "minutebook.toml").read_bytes()
    done = minutebook("sources", *arguments)
    assert (done.code, done.out) == (2, "")
    assert reason in done.err
    assert len(done.lines) <= 4  # the command line's own parser adds how it is used
    assert (minutebook.data / "minutebook.toml").read_bytes() == before


def test_who_has_seen_enough_may_stop_reading(minutebook):
    running = minutebook.start("sources", "list", "--known")
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    try:
        assert running.wait(timeout=60) == 0
        assert running.stderr.read() == ""
    finally:
        running.kill()
        running.stderr.close()


def test_nothing_heavy_is_loaded(minutebook):
    assert minutebook("sources", "add", "ashmere", ADDRESS).code == 0
    script = (
        "import sys\nfrom ui.command import main\n"
        "try: main()\nfinally: sys.stderr.write('loaded: ' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", script, "sources", "list"],
        env=minutebook._environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    heavy = {"torch", "chromadb", "gradio", "sentence_transformers", "numpy", "tantivy", "bs4", "scrapy"}
    assert not heavy & set(done.stderr.rpartition("loaded: ")[2].split())
