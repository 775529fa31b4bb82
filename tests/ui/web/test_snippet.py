import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.web.snippet import BESIDE, SHOWN, SLACK, around, snippet

FILLING = "The Committee went on to other business of the day. " * 30


def shown(text: str, words: str) -> str:
    found = snippet(text, words)
    return text[found.start : found.end]


def marked(text: str, words: str) -> list[str]:
    found = snippet(text, words)
    return [text[found.start + a : found.start + b] for a, b in found.found]


@settings(deadline=None)
@given(st.text(max_size=2000), st.text(min_size=1, max_size=30))
def test_what_is_shown_is_a_part_of_the_passage_and_so_are_its_marks(text, words):
    found = snippet(text, words)
    assert 0 <= found.start <= found.end <= len(text)
    assert found.end - found.start <= SHOWN + SLACK + 1
    assert all(0 <= a < b <= found.end - found.start for a, b in found.found)


def test_a_short_passage_is_shown_whole():
    assert shown("The pond would be dredged.", "bandstand") == "The pond would be dredged."


def test_words_are_marked_whatever_their_ending():
    assert marked("The roofs were painted. A roof, Roof and roofing.", "roof paint") == [
        "roofs", "painted", "roof", "Roof", "roofing",
    ]  # fmt: skip


def test_words_that_stand_in_every_question_are_not_marked():
    assert marked("Why was the bandstand kept?", "why was the bandstand") == ["bandstand"]


def test_the_part_with_most_of_the_words_is_shown_from_the_beginning_of_its_sentence():
    text = (
        f"The roof leaks. {FILLING}The survey of the bandstand found its roof sound. {FILLING}The roof again."
    )
    assert shown(text, "roof of the bandstand survey").startswith("The survey of the bandstand")
    assert text.startswith(shown(text, "roof")[:20])


def test_the_end_is_shown_where_little_is_left():
    assert shown(f"{FILLING}The bandstand was kept.", "bandstand").endswith("The bandstand was kept.")


@pytest.mark.parametrize("place", range(600, 640))
def test_no_word_is_cut(place):
    letters = "Motions concerning considerations " * 60
    text = f"{letters[:place]} bandstand {letters[place:]}"
    part = f" {shown(text, 'bandstand')} "
    assert f" {part.split()[0]} " in f" {text} "
    assert f" {part.split()[-1]} " in f" {text} "


@pytest.mark.parametrize("text", [FILLING, "a" * 5_000, " " * 5_000, "\n" * 5_000])
def test_without_any_of_the_words_the_beginning_is_shown(text):
    found = snippet(text, "zebra")
    assert (found.start, found.found) == (0, ())
    assert found.end <= SHOWN + 1


@settings(deadline=None)
@given(st.text(max_size=3_000), st.data())
def test_around_what_is_quoted_nothing_of_it_is_lost(text, data):
    edges = sorted(
        data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True)) if text else [0]
    )
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    start, end = around(text, spans)
    assert 0 <= start <= end <= len(text)
    if spans:
        assert start <= spans[0][0]
        assert spans[-1][1] <= end
        assert spans[0][0] - start <= BESIDE + 2 * SLACK
        assert end - spans[-1][1] <= BESIDE + SLACK


def test_around_a_quote_stand_the_sentences_beside_it():
    words = "The bandstand was kept."
    text = f"{FILLING}{words} {FILLING}"
    start = text.index(words)
    begin, end = around(text, [(start, start + len(words))])
    assert text[begin:end].startswith("The Committee went on")
    assert 200 < start - begin < 400
    assert text[begin:end].count(words) == 1
    assert around(text, []) == (0, len(text))
