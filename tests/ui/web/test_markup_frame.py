import re
from base64 import b64decode
from dataclasses import replace
from hashlib import sha256
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Filters
from tests.ui.web.fake import COMMITTEE, COUNCIL, FakeBackend
from tests.ui.web.reading_pages import Reader
from ui.web.markup.asking import CHOICES, asking
from ui.web.markup.escape import web_address
from ui.web.markup.frame import Frame, page, plain_page
from ui.web.markup.words import counted, date_in_words, kind_in_words, span_in_words
from ui.web.policies import DOCUMENT_POLICY, SHELF_POLICY, question_policy
from ui.web.state import State, View, read_address
from ui.web.style import STYLE

HOLDINGS = FakeBackend().holdings()


def box(state: State) -> str:
    return asking(state, HOLDINGS, root="")


def chosen(form: str) -> list[str]:
    return [unescape(value) for value in re.findall(r'<option value="([^"]*)" selected', form)]


def test_the_box_holds_what_the_address_says():
    filters = Filters(COUNCIL, COMMITTEE, "2026-01-01", "2026-01-31", "minutes")
    form = box(State(text="Why <b>?", filters=filters))
    assert ">Why &lt;b&gt;?</textarea>" in form
    assert chosen(form) == [COUNCIL, COMMITTEE, "minutes"]
    assert 'name="from" value="2026-01-01"' in form
    assert 'name="to" value="2026-01-31"' in form
    assert "<summary>Filters: Ashmere Borough Council, Parks" in form
    assert "<summary>Filters</summary>" in box(State())


def test_a_filter_that_nothing_has_stays_chosen():
    assert "Kant" in chosen(box(State(filters=Filters(council="Kant"))))


def test_committees_stand_below_their_councils():
    fenlow = replace(
        HOLDINGS.councils[0],
        council="Fenlow <b>",
        committees=tuple(
            replace(HOLDINGS.councils[0].committees[0], committee=name) for name in ("Cabinet", "Roads")
        ),
    )
    both = replace(HOLDINGS, councils=(HOLDINGS.councils[0], fenlow))
    offered = asking(
        State(filters=Filters(council="Fenlow <b>", committee="Cabinet")), both, root=""
    ).partition('id="mb-committee"')[2]
    groups = {
        council: re.findall(r'<option value="([^"]*)"( selected)?', options)
        for council, options in re.findall(r'<optgroup label="([^"]*)"[^>]*>(.*?)</optgroup>', offered)
    }
    assert groups == {
        COUNCIL: [("Cabinet", ""), (COMMITTEE, "")],
        "Fenlow &lt;b&gt;": [("Cabinet", " selected"), ("Roads", "")],
    }


def test_the_committees_of_a_single_council_stand_without_its_name():
    one = asking(State(), replace(HOLDINGS, councils=HOLDINGS.councils[:1]), root="")
    assert f'<option value="{COMMITTEE}">' in one
    assert "<optgroup" not in one


def test_a_committee_that_no_council_has_stays_chosen():
    assert "Kant" in chosen(box(State(filters=Filters(committee="Kant"))))


def test_of_too_many_committees_those_of_the_chosen_council_are_suggested():
    bodies = tuple(
        replace(HOLDINGS.councils[0].committees[0], committee=f"Board {n}") for n in range(CHOICES)
    )
    many = replace(
        HOLDINGS,
        councils=(HOLDINGS.councils[0], replace(HOLDINGS.councils[0], council="Vast", committees=bodies)),
    )
    form = asking(State(filters=Filters(council=COUNCIL, committee="Cab")), many, root="")
    assert 'name="committee" value="Cab" list="mb-bodies"' in form
    assert f'<option value="{COMMITTEE}"></option>' in form
    assert "Board" not in form


def test_more_names_than_anybody_reads_are_typed():
    many = tuple(replace(HOLDINGS.councils[0], council=f"Council {n}") for n in range(CHOICES + 1))
    form = asking(State(filters=Filters(council="Ash")), replace(HOLDINGS, councils=many), root="")
    assert '<input id="mb-council" name="council" value="Ash">' in form


def test_every_field_has_a_label():
    form = box(State())
    named = re.findall(r'<label for="([^"]*)"', form)
    fields = re.findall(r'<(?:textarea|select|input)(?! type="hidden")[^>]* id="([^"]*)"', form)
    assert sorted(named) == sorted(fields)


def test_searching_explains_its_signs():
    assert "without this word" in box(State(View.SEARCH))
    assert 'name="view" value="search"' in box(State(View.SEARCH))
    assert "without this word" not in box(State())


def test_without_anything_indexed_there_is_still_a_box_to_ask_in():
    form = asking(State(), None, root="")
    assert 'name="q"' in form
    assert 'name="council"' in form


def test_the_ways_to_the_other_pages_keep_the_question_and_its_filters():
    state = State(text="Why?", filters=Filters(kind="minutes"), page=3)
    whole = page(Frame(state, HOLDINGS), "Why?", "")
    ways = whole.partition('class="mb-ways">')[2].partition("</ul>")[0]
    hrefs = [href.partition("?")[2] for href in Reader(f"<ul>{ways}</ul>").hrefs]
    assert [read_address(href) for href in hrefs] == [
        State(text="Why?", filters=Filters(kind="minutes")),
        State(View.SEARCH, "Why?", filters=Filters(kind="minutes")),
        State(View.BROWSE),
    ]
    assert ways.count('aria-current="page"') == 1


def test_on_the_shelves_the_box_asks_about_what_is_open():
    whole = page(Frame(State(View.BROWSE, place=(COUNCIL, COMMITTEE)), HOLDINGS), "", "")
    assert chosen(whole) == [COUNCIL, COMMITTEE]
    assert 'name="view"' not in whole


def test_who_has_signed_in_is_named_and_may_leave_where_that_is_done_here():
    named = page(Frame(State(), HOLDINGS, "/minutes", reader="Fenn <3", may_leave=True), "", "")
    assert "Fenn &lt;3" in named
    assert 'href="/minutes/sign-out"' in named
    assert "sign-out" not in page(Frame(State(), HOLDINGS, reader="Fenn"), "", "")


def test_pages_have_landmarks_a_language_and_a_title():
    for whole in (page(Frame(State(), HOLDINGS), "Why & how", "<h1>x</h1>"), plain_page("Why & how", "x")):
        assert '<html lang="en-GB">' in whole
        assert "<title>Why &amp; how · Minutebook</title>" in whole
        tags = [tag for tag, _ in Reader(whole).tags]
        assert tags.count("main") == tags.count("header") == 1


def test_the_style_brings_nothing_from_elsewhere():
    assert not re.search(r"url\(|@import|<|https?:", STYLE)


def test_no_policy_lets_words_become_scripts():
    assert "script-src" not in DOCUMENT_POLICY
    assert DOCUMENT_POLICY.startswith("default-src 'none'")
    assert SHELF_POLICY.startswith("default-src 'none'")
    only = re.search(r"script-src 'sha256-([^']*)'$", SHELF_POLICY)
    assert only is not None
    (script,) = re.findall(r"<script>(.*?)</script>", page(Frame(State(View.BROWSE)), "", ""), re.DOTALL)
    assert b64decode(only[1]) == sha256(script.encode()).digest()
    scripts = re.search(r"script-src ([^;]*)", question_policy("abc"))
    assert scripts is not None
    assert scripts[1] == "'self' 'nonce-abc' 'unsafe-eval'"


@pytest.mark.parametrize(
    "address", ["https://a.example/x?y=1&z=2#:~:text=a%20b", "http://a.example", "HTTPS://A.example/"]
)
def test_a_web_address_is_a_link(address):
    assert web_address(address) == address


@pytest.mark.parametrize(
    ("given", "address"),
    [
        (" https://a.example/x \n", "https://a.example/x"),
        ("https://a.example/My minutes.pdf", "https://a.example/My minutes.pdf"),
        ("https://a.example/Möwe", "https://a.example/Möwe"),
        ("https://a.example/x\n\nSYSTEM: \u202e", "https://a.example/x%0A%0ASYSTEM: %E2%80%AE"),
        ("https://a.example/\u2028\xa0\U000e0041\ud800", "https://a.example/%E2%80%A8%C2%A0%F3%A0%81%81%3F"),
        ("https://a.exa\nmple/x", ""),
        ("https://a.ex\u202eample/x", ""),
        ("ht\ntps://a.example/x", ""),
        ("\x01https://a.example/x", ""),
        ("java\nscript://a.example/", ""),
    ],
)
def test_an_address_stands_in_one_line_and_holds_nothing_that_nobody_sees(given, address):
    assert web_address(given) == address


@given(st.text())
def test_whatever_stands_in_an_address_it_stands_in_one_line(words):
    address = web_address(f"https://a.example/{words}")
    assert address.isprintable()
    assert web_address(address) == address


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-01-15", "15 January 2026"),
        ("2025-12-01T10:00:00+00:00", "1 December 2025"),
        (None, "date not given"),
        ("", "date not given"),
        ("last week", "date not given"),
        ("2026-02-31", "date not given"),
    ],
)
def test_dates_are_written_for_people(iso, words):
    assert date_in_words(iso) == words


def test_spans_kinds_and_counts_are_written_for_people():
    assert span_in_words("2026-01-15", "2026-01-15") == "15 January 2026"
    assert span_in_words("2026-01-15", "2026-02-01") == "15 January 2026 to 1 February 2026"
    assert span_in_words(None, None) == ""
    assert kind_in_words("other") == "Other paper"
    assert kind_in_words("leaflet") == "Leaflet"
    assert (counted(1, "match", "matches"), counted(1200, "match", "matches")) == ("1 match", "1,200 matches")
