import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from ingest.decoding import decode

WORDS = "Café – “£5” for the council’s bridge"


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (WORDS.encode(), ""),
        (codecs.BOM_UTF8 + WORDS.encode(), ""),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "not UTF-8; read as UTF-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "not UTF-8; read as UTF-16"),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), "not UTF-8; read as UTF-32"),
        (codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"), "not UTF-8; read as UTF-32"),
        (WORDS.encode("utf-16-le"), "not UTF-8; read as UTF-16"),
        (WORDS.encode("utf-16-be"), "not UTF-8; read as UTF-16"),
        (WORDS.encode("cp1252"), "not UTF-8; read as Windows-1252"),
    ],
)
def test_text_is_read_in_its_encoding_without_its_mark(data, note):
    assert decode(data) == (WORDS, note)


def test_utf16_needs_no_even_number_of_bytes():
    text, note = decode(codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le") + b"x")
    assert text == f"{WORDS}\ufffd"
    assert note.startswith("damaged UTF-16;")
    text, note = decode(WORDS.encode("utf-16-le")[:-1])
    assert text == f"{WORDS[:-1]}\ufffd"


def test_a_bad_byte_in_utf8_spoils_one_letter_and_not_the_curly_quotes():
    data = WORDS.encode().replace(b"bridge", b"br\xffdge")
    text, note = decode(data)
    assert text == WORDS.replace("bridge", "br\ufffddge")
    assert note == "damaged UTF-8; bad bytes shown as \ufffd"


def test_bytes_that_no_encoding_knows_are_shown_as_such():
    assert decode(b"caf\xe9 \x81 bridge")[0] == "café \ufffd bridge"


@pytest.mark.parametrize(
    ("declared", "text", "note"),
    [
        ("iso-8859-2", "žavý", ""),
        ("ISO-8859-15", "Ÿavý", ""),
        ("windows-1250", "ľavý", ""),
        # Who says Latin-1 means Windows-1252.
        ("iso-8859-1", "¾avý", "not UTF-8; read as Windows-1252"),
        ("windows-1252", "¾avý", "not UTF-8; read as Windows-1252"),
        ("no-such-encoding", "¾avý", "not UTF-8; read as Windows-1252"),
        ("utf-16", "¾avý", "not UTF-8; read as Windows-1252"),
        ("base64", "¾avý", "not UTF-8; read as Windows-1252"),
        ("a\x00b", "¾avý", "not UTF-8; read as Windows-1252"),
    ],
)
def test_a_single_byte_encoding_that_the_content_names_is_believed(declared, text, note):
    assert decode(b"\xbeav\xfd", declared=declared) == (text, note)


def test_utf8_goes_before_what_the_content_names():
    assert decode(WORDS.encode(), declared="iso-8859-2") == (WORDS, "")


@pytest.mark.parametrize(
    "data", [b"", b" \n\r\t\f", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u200b\ufeff \n".encode()]
)
def test_nothing_visible_is_unreadable(data):
    with pytest.raises(UnreadableError, match=r"^empty: nothing to read$"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        random.Random(1).randbytes(5000),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"words " * 100 + b"and a zero \x00 byte",
        b"\x1b\x1b\x1b words",
    ],
)
def test_binary_data_is_unreadable(data):
    with pytest.raises(UnreadableError, match=r"^binary data, not text: convert it"):
        decode(data)


def test_a_stray_control_character_is_no_reason_to_refuse_a_long_text():
    assert decode(b"word " * 100 + b"\x0c\x0b\x02")[0].endswith("\x02")


@given(st.binary(max_size=200))
def test_any_bytes_give_visible_text_or_are_unreadable(data):
    try:
        text, _ = decode(data)
    except UnreadableError:
        return
    assert text.strip()
    assert "\x00" not in text
    # Text with half a surrogate pair could not be stored.
    assert text.encode()


def test_utf16_may_hold_a_letter_that_looks_like_its_other_half():
    text = "Āā" + "Ashmere Borough"
    assert decode(text.encode("utf-16-le"))[0] == text


@given(st.text(min_size=1, max_size=100).filter(lambda text: text.isprintable() and text.strip()))
def test_whatever_is_valid_utf8_is_read_as_it_was_written(text):
    assert decode(f"A{text}".encode()) == (f"A{text}", "")
