import re

import pytest

from tests.ui.takeaway.taking import HOSTILE
from ui.takeaway.safe import file_name, in_one_line, lines_of, printable, safe_address


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_steers_a_program_stays_and_nothing_else_goes(text):
    kept = printable(text)
    assert len(kept) == len(text)
    assert all(sign == "\n" or sign.isprintable() for sign in kept)
    assert [(a, b) for a, b in zip(text, kept, strict=True) if a != b and (a.isprintable() or b != " ")] == []
    assert kept.encode()  # half a character could not be written
    assert "\n" not in in_one_line(text)


def test_what_people_write_stays_as_it_is():
    words = "Siân’s “Möwe” – £1.2m, 50 % · naïve Ω 🐟 e\u0301 \u00a0x"
    assert printable(words) == words


def test_lines_stay_lines_and_gaps_are_small():
    assert lines_of("\n  one \n\n\n \ntwo\nthree\n") == ("one", "", "two", "three")
    assert lines_of("") == ()


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=%20#:~:text=a,-b", "https://a.example/x?y=1&z=%20#:~:text=a,-b"),
        ("https://a.example/a b)(<>\"[]`\\^{|};", "https://a.example/a%20b%29%28%3C%3E%22%5B%5D%60%5C%5E%7B%7C%7D%3B"),
        ("https://a.example/ü\n", "https://a.example/%C3%BC"),
        (" https://a.example ", "https://a.example"),
        ("javascript:alert(1)", ""),
        ("JavaScript://a.example/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//a.example", ""),
        ("https:", ""),
        ("", ""),
        ("http://[", ""),
    ],
)  # fmt: skip
def test_only_web_addresses_are_links_and_nothing_ends_them_early(url, safe):
    assert safe_address(url) == safe


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Why was the bandstand kept?", "minutebook-why-was-the-bandstand-kept.docx"),
        ("../../etc/passwd", "minutebook-etc-passwd.docx"),
        ("Siân’s Möwe\r\nX: y\x00", "minutebook-sians-mowe-x-y.docx"),
        ("中文?", "minutebook.docx"),
        ("", "minutebook.docx"),
        ("CON", "minutebook-con.docx"),
        ("a" * 500, f"minutebook-{'a' * 60}.docx"),
        ("a" * 59 + " b", f"minutebook-{'a' * 59}.docx"),
    ],
)
def test_names_of_files_are_plain(words, name):
    assert file_name(words, "docx") == name
    assert re.fullmatch(r"[a-z0-9.-]+", name)
