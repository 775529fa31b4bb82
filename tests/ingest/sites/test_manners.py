import re

import pytest

from corpus.errors import SettingsError
from ingest.sites.manners import Manners, user_agent


def test_the_user_agent_names_the_program_and_whom_to_turn_to():
    assert re.fullmatch(r"Minutebook/\d+\.\d+\.\d+", user_agent(""))
    assert user_agent("clerk@ashmere.example").endswith(" (+clerk@ashmere.example)")
    assert user_agent("https://ashmere.example/bot").endswith(" (+https://ashmere.example/bot)")


def test_a_contact_cannot_add_a_header_or_leave_its_brackets():
    agent = user_agent("a@b.example)\r\nCookie: x=(ü")

    assert agent.endswith(" (+a@b.exampleCookie:x=)")


@pytest.mark.parametrize(
    ("base", "hosts", "pace", "reason"),
    [
        ("ftp://ashmere.example/", (), 1, "is not an http or https address"),
        ("ashmere.example", (), 1, "is not an http or https address"),
        ("https:///mgWhatsNew.aspx", (), 1, "names no host"),
        ("https://ashmere.example:seven/", (), 1, "names a host or port that cannot be"),
        ("https://[ashmere/", (), 1, "is not an address"),
        ("https://ashmere.example/", ("other:99999",), 1, "names a host or port that cannot be"),
        ("https://ashmere.example/", (), -1, "a pace of -1 is no number of seconds"),
        ("https://ashmere.example/", (), float("nan"), "a pace of nan is no number of seconds"),
    ],
)
def test_manners_that_make_no_sense_are_a_wrong_setting(base, hosts, pace, reason):
    with pytest.raises(SettingsError, match=reason):
        Manners(base, frozenset(hosts), pace)
