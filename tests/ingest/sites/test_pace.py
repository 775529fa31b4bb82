import pytest

from ingest.sites.manners import Manners
from ingest.sites.pace import Paces, slot


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://ashmere.moderngov.co.uk/", "moderngov.co.uk"),
        ("http://Tarnwick.ModernGov.co.uk:8080/x", "moderngov.co.uk"),
        ("https://moderngov.co.uk/", "moderngov.co.uk"),
        ("https://notmoderngov.co.uk/", "notmoderngov.co.uk"),
        ("https://moderngov.co.uk.example/", "moderngov.co.uk.example"),
        ("https://ashmere.cmis.uk.com/ashmere/", "cmis.uk.com"),
        ("https://democracy.ashmere.example:8443/", "democracy.ashmere.example"),
        ("http://127.0.0.1:4711/", "127.0.0.1"),
        ("http://[::1]:4711/", "::1"),
    ],
)
def test_a_vendors_councils_share_a_slot_and_ports_do_not_matter(address, expected):
    assert slot(address) == expected


def test_the_slowest_pace_counts_for_the_whole_slot():
    told = []
    paces = Paces(lambda slot, seconds: told.append((slot, seconds)))

    paces.ask_for(Manners("https://ashmere.moderngov.co.uk/", pace=1))
    paces.ask_for(Manners("https://tarnwick.moderngov.co.uk/", pace=3))
    paces.ask_for(Manners("https://brackenford.moderngov.co.uk/", pace=2))
    paces.ask("moderngov.co.uk", 0.5)

    assert told == [("moderngov.co.uk", 1), ("moderngov.co.uk", 3)]


def test_further_hosts_of_a_source_have_its_pace():
    told: dict[str, float] = {}
    paces = Paces(told.__setitem__)

    paces.ask_for(
        Manners("https://minutes.ashmere.example/", frozenset({"minutes3.ashmere.example:81"}), pace=2)
    )

    assert told == {"minutes.ashmere.example": 2, "minutes3.ashmere.example": 2}


def test_a_pace_of_nothing_is_told_too():
    told: dict[str, float] = {}

    Paces(told.__setitem__).ask("127.0.0.1", 0)

    assert told == {"127.0.0.1": 0}
