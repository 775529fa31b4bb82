"""Read as spreadsheets read it, whatever separates its cells there: nothing begins like a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.takeaway.taking import HOSTILE, LINK, REASON, make_list, make_result
from ui.takeaway.table import cell, results_as_csv

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    '"=1+1"',
    '=HYPERLINK("https://evil.example","click")',
    "=cmd|' /C calc'!A0",
    '",=1+1,"',
    '"\n=1+1',
    "x;=1+1",
    "x; =1+1",
    "x;;=1+1",
    "x\ty\n=1+1;+2",
    "x|=1+1",
    "\uff1d1+1",
    "\u202e=1+1",
    "\x00=1+1",
]
STARTS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def rows(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_list_says_what_it_is_and_where_its_passages_stand():
    content = results_as_csv(make_list(make_result(), make_result("Two\nlines.", document_id="ashmere/8")))
    assert content.startswith("\ufeff".encode())
    assert content.endswith(b'"\r\n')
    header, first, second = rows(content)
    assert dict(zip(header, first, strict=True)) == {
        "rank": "1",
        "council": "Ashmere Borough Council",
        "committee": "Parks Committee",
        "meeting_date": "2026-01-15",
        "kind": "minutes",
        "status": "draft",
        "item_number": "7",
        "title": "7. The bandstand",
        "section": "minutes",
        "passage": REASON,
        "address": LINK,
        "document_id": "ashmere/7",
        "start": "120",
        "end": "170",
        "query": "bandstand",
        "limited_to": "council: Ashmere Borough Council; from: 1 January 2026; kind: Minutes",
        "made_on": "2026-03-02",
        "generation": "000007",
    }
    assert second[header.index("passage")] == "Two lines."


def test_a_list_of_nothing_has_its_header():
    assert len(rows(results_as_csv(make_list()))) == 1


@pytest.mark.parametrize("words", [*FORMULAS, *HOSTILE])
def test_no_cell_is_carried_out(words):
    result = make_result(
        words, title=words, council=words, committee=words, section=words, document_id=words, link=words
    )
    content = results_as_csv(make_list(result, query=words))
    for delimiter in ",;\t|":
        for row in rows(content, delimiter):
            assert not [found for found in row if found.lstrip(' "\ufeff').startswith(STARTS)]
    assert len(rows(content)) == 2


@given(
    st.lists(
        st.sampled_from(["=", "+", "-", "@", ";", "|", ",", '"', "\n", "\r", "\t", " ", "1", "x"]),
        max_size=12,
    )
)
def test_no_row_of_signs_is_carried_out(signs):
    words = "".join(signs)
    content = results_as_csv(make_list(make_result(words, title=words), query=words))
    for delimiter in ",;\t|":
        for row in rows(content, delimiter):
            assert not [found for found in row if found.startswith(STARTS)]


def test_other_cells_stay_as_they_are():
    for words in ("a-b = c", "1,5 – 2", "(=)", "'quoted'", "5; 6", "e@mail.example"):
        assert cell(words) == words
    assert cell("-5") == "'-5"
    assert cell("=SUM(A1)") == "'=SUM(A1)"
    assert cell("a;=b") == "a;'=b"
