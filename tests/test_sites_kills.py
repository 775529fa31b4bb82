"""A backfill that is killed again and again, or told to end: nothing is lost, doubled or asked for twice."""

import signal
import sqlite3
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest

from tests.marks import slow
from tests.sites.council import AUDIT_ID, LAST_DAY, council, meeting_id
from tests.sites.moderngov import ModernGov
from tests.sites.nights import Nights
from tests.sites.traits import Failure, Traits, Trouble

KILLS = 10
SINCE = "2024-06-01"
#: Without a Crawl-delay: a second between two requests would make minutes of it.
OPEN = Traits(robots=None)
#: All that a run asks for before it comes to what is new: the lists, and the register of decisions.
LISTS = ("robots.txt", "GetCommittees", "GetMeetings", "mgDelegatedDecisions", "mgListOfficerDecisions")

#: What the record holds of a site, without the numbers that tell in which order it came.
_HELD = {
    "documents": "SELECT id, source, version, input_hash, withdrawn, misses, meeting FROM documents",
    "versions": "SELECT document_id, number, content_hash, raw_hash, text, fetched_at FROM versions",
    "meetings": "SELECT * FROM meetings",
    "committees": "SELECT * FROM committees",
    "issues": "SELECT * FROM issues",
    "watches": "SELECT id, meeting, address, shown, last_look FROM watches",
    "sources": "SELECT * FROM sources",
    "sites": "SELECT * FROM sites",
}


@pytest.fixture
def site() -> Iterator[ModernGov]:
    with ModernGov(council(), today=LAST_DAY, traits=OPEN) as site:
        yield site


def backfill(data: Path) -> Nights:
    return Nights(data, settings='attachments = "all"\n')


def test_a_backfill_survives_kills_and_asks_for_nothing_twice(tmp_path, site, scale):
    whole = backfill(tmp_path / "whole")
    assert whole(LAST_DAY, "ingest", site.base, "--since", SINCE).code == 0
    expected, undisturbed = held(whole), asked(site)
    nights, random = backfill(tmp_path / "data"), Random(4)
    runs: list[list[str]] = []
    sizes: list[int] = []
    kills = scale(2, KILLS)
    for _ in range(kills):
        site.forget()
        killed(nights, site, requests=random.randint(9, 22), later=random.uniform(0, 0.04))
        runs.append(asked(site))
        sizes.append(assert_whole_so_far(nights, expected))
    assert sizes == sorted(sizes)
    documents = len(expected["documents"])
    assert sum(0 < size < documents for size in sizes) >= kills / 2, sizes
    site.forget()
    done = nights(LAST_DAY, "ingest", site.base, "--since", SINCE)
    assert done.code == 0, done.err
    runs.append(asked(site))
    assert_nothing_twice(runs)
    assert all(len(run) < len(undisturbed) for run in runs)
    assert {address for run in runs for address in run} == set(undisturbed)
    assert held(nights) == expected


def asked(site: ModernGov) -> list[str]:
    return [logged.path for logged in site.requests]


def killed(nights: Nights, site: ModernGov, *, requests: int, later: float) -> None:
    """Start the backfill, and kill it so many seconds after it has asked for so many things."""
    process = nights.start(LAST_DAY, "ingest", site.base, "--since", SINCE)
    wait_for(process, lambda: len(site.requests) >= requests)
    sleep(later)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def wait_for(process: subprocess.Popen[str], happened: Callable[[], bool]) -> None:
    bound = monotonic() + 60
    while not happened():
        assert process.poll() is None, "it ended too soon: ask for fewer requests"
        assert monotonic() < bound
        sleep(0.002)


def held(nights: Nights) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(nights.data / "corpus.sqlite3")) as record:
        return {name: sorted(record.execute(query).fetchall(), key=repr) for name, query in _HELD.items()}


def assert_whole_so_far(nights: Nights, expected: dict[str, list[tuple[object, ...]]]) -> int:
    """Check that all there is will stay as it is; return the number of documents."""
    tomllib.loads((nights.data / "minutebook.toml").read_text())
    if not (nights.data / "corpus.sqlite3").exists():
        return 0
    documents = nights.documents()  # opens the record as every command does
    with closing(sqlite3.connect(nights.data / "corpus.sqlite3")) as record:
        assert record.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert record.execute("PRAGMA foreign_key_check").fetchall() == []
    now = held(nights)
    assert set(now["versions"]) <= set(expected["versions"])
    # What is published is what its version says, every word of it.
    hashes = {(id, digest) for id, _, digest, *_ in expected["versions"]}
    assert {(id, document.content_hash) for id, document in documents.items()} <= hashes
    return len(now["documents"])


def assert_nothing_twice(runs: list[list[str]]) -> None:
    """Check that nothing was asked for again but the lists, and what a kill had interrupted.

    Sites are read one thing after the other. So whatever was asked for before the last request of a run
    had come to its end, and a meeting before the last meeting of a run, files and all.
    """
    done: set[str] = set()
    for run in runs:
        told = [address for address in run if not any(name in address for name in LISTS)]
        assert not done.intersection(told), done.intersection(told)
        meetings = [address for address in told if "GetMeeting?" in address]
        files = [address for address in told if "GetMeeting?" not in address]
        done.update(meetings[:-1])
        # The last of all requests was under way, or what it brought was just about to be stored.
        done.update(address for address in files if address != run[-1])


@pytest.mark.parametrize("number", [signal.SIGINT, *slow(signal.SIGTERM)])
def test_told_to_end_it_ends_at_once_and_what_was_stored_stays(tmp_path, site, number):
    nights = backfill(tmp_path / "data")
    waiting = f"GetMeeting?lMeetingId={meeting_id(AUDIT_ID, '2026-01-27')}"
    site.traits = Traits(robots=None, failure=Failure(Trouble.SLOW, where=waiting.replace("?", r"\?")))
    nights.timeout = 60.0
    process = nights.start(LAST_DAY, "ingest", site.base, "--since", "2025-12-01")
    wait_for(process, lambda: waiting in site.requests[-1].path if site.requests else False)
    before = nights.documents()
    assert before
    began = monotonic()
    process.send_signal(number)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert monotonic() - began < 4
    assert "Traceback" not in told
    assert nights.documents() == before
    asked_before = {address for address in asked(site) if "GetMeeting?" in address and waiting not in address}
    site.traits = OPEN
    site.forget()
    assert nights(LAST_DAY, "ingest", site.base, "--since", "2025-12-01").code == 0
    assert any(waiting in address for address in asked(site))
    assert not asked_before.intersection(asked(site))
