import codecs

import pytest

from corpus.errors import UnreadableError
from ingest.reading import media_type, parse

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = b"<!DOCTYPE html><html><body><p>The bridge was closed.</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.html", PAGE, "text/html"),
        ("a.HTM", PAGE, "text/html"),
        ("page", b"  \n" + PAGE, "text/html"),
        ("page.pdf", PAGE, "text/html"),
        ("page.php", codecs.BOM_UTF8 + b"<?xml version='1.0'?><!-- saved -->\n<html>", "text/html"),
        ("a.txt", PAGE, "text/plain"),
        ("notes.MD", b"# Notes", "text/plain"),
        ("a.txt", b"junk before %PDF-1.7", "application/pdf"),
        ("a.pdf", b"nothing of the kind", "application/pdf"),
        ("a.docx", b"nothing of the kind", WORD),
        ("download", b"PK\x03\x04", WORD),
        ("photo.png", b"\x89PNG", "application/octet-stream"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/octet-stream"),
    ],
)
def test_the_first_bytes_say_more_than_the_ending(name, data, kind):
    assert media_type(data, name) == kind


def test_text_is_kept_as_it_is_even_if_it_shows_tags():
    assert parse(PAGE, "a.txt").text == PAGE.decode()


def test_a_page_under_a_wrong_name_is_read_as_a_page():
    assert parse(PAGE, "minutes.pdf").text == "The bridge was closed."


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.pdf", b" \n\t", "empty"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX or PDF"),
        ("letter.rtf", rb"{\rtf1 Dear members}", "save it as DOCX or PDF"),
        ("photo.png", b"\x89PNG\r\n\x1a\n", "give PDF, DOCX, HTML or plain text"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.pdf", b"%PDF-1.7\nand then nothing", "PDF"),
        ("a.docx", b"PK\x03\x04 and then nothing", "Word"),
    ],
)
def test_what_cannot_be_read_says_why_in_one_line(name, data, reason):
    with pytest.raises(UnreadableError) as caught:
        parse(data, name)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
