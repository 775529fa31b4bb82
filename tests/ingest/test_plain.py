import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from ingest.plain import parse_plain

MINUTES = """\
Ashmere Borough Council

Roads Committee

1\\. Apologies

• None –\fpage two\t“quoted”   blanks

RESOLVED:

That the **old** bridge be closed. <b>Not a tag</b>
"""


def test_text_is_kept_exactly_as_it_was_written():
    assert parse_plain(MINUTES.encode()).text == MINUTES


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\f\x85"), max_size=200
    )
)
def test_only_the_mark_and_carriage_returns_are_dropped(text):
    text = f"A{text}"
    assert parse_plain(text.encode()).text == text
    assert parse_plain(codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode()).text == text
    assert parse_plain(text.replace("\n", "\r").encode()).text == text


def test_title_and_sections_are_found_in_the_words():
    parsed = parse_plain(MINUTES.encode())
    assert parsed.title == "Ashmere Borough Council – Roads Committee"
    assert [section.role for section in parsed.sections][-1] == "resolved"
    assert parsed.text[parsed.sections[-1].start :].startswith("RESOLVED:")
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("cp1252", ("not UTF-8; read as Windows-1252",)),
        ("utf-16", ("not UTF-8; read as UTF-16",)),
        ("utf-16-be", ("not UTF-8; read as UTF-16",)),
    ],
)
def test_other_encodings_are_read_with_a_note(encoding, note):
    parsed = parse_plain(MINUTES.encode(encoding))
    assert parsed.text == MINUTES
    assert parsed.notes == note


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8 + b"\n", bytes(range(256)) * 10])
def test_nothing_and_binary_data_are_unreadable(data):
    with pytest.raises(UnreadableError):
        parse_plain(data)
