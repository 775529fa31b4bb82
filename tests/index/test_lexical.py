from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import GenerationError
from index.lexical import (
    STOP_WORDS,
    LexicalIndex,
    LexicalRow,
    LexicalWriter,
    Scope,
    Wanted,
    content_terms,
    terms,
)

EVERYTHING = Scope()

TEXTS = (
    "The mill bridge was closed to vehicles.",
    "A bridge over the mill race was not thought of.",
    "Allotment rents were raised, and the rents of garages too.",
    "The café kiosk on the promenade stays open; the mill is shut.",
    "Cynhaliwyd y cyfarfod ym Môn.",
)


def row(number: int, text: str, **fields) -> LexicalRow:
    defaults: dict[str, Any] = {
        "heading": "",
        "council": "Ashmere",
        "committee": "Roads",
        "kind": "minutes",
        "date": 20260115,
    }
    return LexicalRow(row=number, text=text, **(defaults | fields))


@pytest.fixture
def index_of(tmp_path) -> Callable[[Iterable[LexicalRow]], LexicalIndex]:
    def make(rows: Iterable[LexicalRow]) -> LexicalIndex:
        with ExitStack() as stack:
            writer = LexicalWriter(tmp_path / "lexical")
            stack.callback(writer.close)
            for one in rows:
                writer.add(one)
        return LexicalIndex(tmp_path / "lexical")

    return make


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> LexicalIndex:
    """`TEXTS`, each in a row of its own, under headings that share no word with any of them."""
    folder = tmp_path_factory.mktemp("lexical") / "lexical"
    writer = LexicalWriter(folder)
    for number, text in enumerate(TEXTS):
        writer.add(row(number, text, heading=f"Ashmere {number}"))
    writer.close()
    return LexicalIndex(folder)


def wanted(text: str) -> Wanted:
    return Wanted(terms=tuple(content_terms(text)))


def phrase(text: str) -> tuple[str, ...]:
    return tuple(terms(text))


def found(index: LexicalIndex, wish: Wanted, scope: Scope = EVERYTHING, limit: int = 10) -> list[int]:
    return index.best(wish, scope, limit)[0].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bridges BRIDGE bridging", ["bridg", "bridg", "bridg"]),
        ("Café Môn Ŵyn", ["cafe", "mon", "wyn"]),
        ("24/00108 £1.2m item-7", ["24", "00108", "1", "2m", "item", "7"]),
        ("the chairman's", ["the", "chairman", "s"]),
        ("", []),
        ("— … !?", []),
        ("x" * 61, []),
    ],
)
def test_terms_are_lower_case_without_accents_and_stemmed(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did the committee say about the bridge?", ["committe", "bridg"]),
        ("Why was it closed?", ["close"]),
        ("what was it", ["what", "was", "it"]),
        ("", []),
    ],
)
def test_words_that_stand_in_every_question_are_left_out_unless_nothing_else_is_there(text, expected):
    assert content_terms(text) == expected


def test_no_stop_word_is_content():
    assert content_terms(" ".join([*STOP_WORDS, "bridge"])) == ["bridg"]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("bridge", {0, 1}),
        ("BRIDGES", {0, 1}),
        ("cafe", {3}),
        ("CAFÉS", {3}),
        ("mon", {4}),
        ("renting", {2}),
        ("cathedral", set()),
    ],
)
def test_words_are_found_in_every_form(index, words, rows):
    assert set(found(index, wanted(words))) == rows


def test_more_and_rarer_words_score_higher(index):
    rows, scores = index.best(wanted("mill bridge vehicles"), EVERYTHING, 10)
    assert rows.tolist()[0] == 0
    assert set(rows.tolist()) == {0, 1, 3}
    assert np.all(np.diff(scores) <= 0)
    assert (rows.dtype, scores.dtype) == (np.int64, np.float32)


def test_no_more_come_than_are_asked_for(index):
    assert found(index, wanted("mill bridge vehicles"), limit=1) == [0]


def test_a_heading_is_searched_but_counts_less_than_the_text(index_of):
    index = index_of([row(0, "Nothing else.", heading="The bridge"), row(1, "The bridge.", heading="Other")])
    rows, scores = index.best(wanted("bridge"), EVERYTHING, 10)
    assert rows.tolist() == [1, 0]
    assert scores[1] < 0.6 * scores[0]


def test_a_word_said_twice_in_a_question_counts_once(index):
    once, twice = (
        index.best(wanted("mill bridge"), EVERYTHING, 9),
        index.best(wanted("mill bridge mill"), EVERYTHING, 9),
    )
    assert np.array_equal(once[0], twice[0])
    assert np.allclose(once[1], twice[1])


def test_an_exact_reference_outweighs_its_words_standing_apart(index):
    words, reference = wanted("mill race bridge"), Wanted(references=(phrase("mill bridge"),))
    both = Wanted(terms=words.terms, references=reference.references)
    assert found(index, words)[0] == 1
    assert found(index, both)[0] == 0
    assert set(found(index, both)) == {0, 1, 3}, "a reference rules nothing out"


def test_a_phrase_must_be_there_in_its_order(index):
    assert found(index, Wanted(terms=("bridg",), phrases=(phrase("mill bridge"),))) == [0]
    assert found(index, Wanted(terms=("bridg",), phrases=(phrase("bridge mill"),))) == []
    assert index.allowed(Wanted(phrases=(phrase("the mill"),)), EVERYTHING).tolist() == [0, 1, 3]


def test_a_phrase_may_stand_in_the_heading(index_of):
    index = index_of([row(0, "Nothing.", heading="Mill bridge"), row(1, "Nothing.", heading="Bridge, mill")])
    assert index.allowed(Wanted(phrases=(phrase("mill bridge"),)), EVERYTHING).tolist() == [0]


def test_every_phrase_must_be_there(index):
    both = Wanted(phrases=(phrase("mill bridge"), phrase("to vehicles")))
    assert index.allowed(both, EVERYTHING).tolist() == [0]
    assert index.allowed(Wanted(phrases=(*both.phrases, phrase("rents"))), EVERYTHING).tolist() == []


def test_what_is_excluded_is_not_found(index):
    assert found(index, Wanted(terms=("bridg",), excluded=(("vehicl",),))) == [1]
    assert found(index, Wanted(terms=("bridg", "mill"), excluded=(phrase("mill race"),))) == [0, 3]
    assert index.allowed(Wanted(excluded=(("mill",),)), EVERYTHING).tolist() == [2, 4]


def test_one_of_each_group_of_alternatives_must_be_there(index):
    either = ((("rent",), ("kiosk",)),)
    assert sorted(index.allowed(Wanted(alternatives=either), EVERYTHING).tolist()) == [2, 3]
    both = (*either, (("garag",), phrase("mill bridge")))
    assert index.allowed(Wanted(alternatives=both), EVERYTHING).tolist() == [2]


@pytest.mark.parametrize(
    ("wish", "strict"),
    [
        (Wanted(terms=("a",), references=(("b",),)), False),
        (Wanted(phrases=(("a",),)), True),
        (Wanted(excluded=(("a",),)), True),
        (Wanted(alternatives=((("a",),),)), True),
    ],
)
def test_only_some_wishes_rule_passages_out(wish, strict):
    assert wish.strict is strict


FILTERED = (
    row(0, "The bridge.", council="Ashmere", committee="Roads", kind="minutes", date=20251231),
    row(1, "The bridge.", council="Ashmere", committee="Planning", kind="decision", date=20260101),
    row(2, "The bridge.", council="Brackwater Town", committee="Roads", kind="minutes", date=20260131),
    row(3, "The bridge.", council="Brackwater Town", committee="", kind="report", date=20260201),
    row(4, "The bridge.", council="", committee="Roads", kind="minutes", date=0),
)


@pytest.mark.parametrize(
    ("scope", "rows"),
    [
        (Scope(), [0, 1, 2, 3, 4]),
        (Scope(councils=("Ashmere",)), [0, 1]),
        (Scope(councils=("Ashmere", "Brackwater Town")), [0, 1, 2, 3]),
        (Scope(councils=("Brackwater",)), []),
        (Scope(councils=("ashmere",)), []),
        (Scope(councils=()), []),
        (Scope(committees=("Roads",)), [0, 2, 4]),
        (Scope(kinds=("decision", "report")), [1, 3]),
        (Scope(first_date=20260101), [1, 2, 3]),
        (Scope(first_date=20260102), [2, 3]),
        (Scope(last_date=20260131), [0, 1, 2]),
        (Scope(last_date=20260130), [0, 1]),
        (Scope(first_date=20260101, last_date=20260131), [1, 2]),
        (Scope(first_date=20260131, last_date=20260131), [2]),
        (Scope(first_date=20260201, last_date=20260101), []),
        (Scope(councils=("Ashmere",), committees=("Roads",), kinds=("minutes",), last_date=20251231), [0]),
        (Scope(councils=("Ashmere",), kinds=("report",)), []),
    ],
)
def test_a_scope_allows_its_values_and_both_days_at_its_ends(index_of, scope, rows):
    index = index_of(FILTERED)
    assert index.allowed(Wanted(), scope).tolist() == rows
    assert sorted(found(index, Wanted(terms=("bridg",)), scope)) == rows
    assert scope.unlimited is (len(rows) == 5)


def test_a_scope_does_not_change_the_scores(index_of):
    index = index_of(FILTERED)
    wish = Wanted(terms=("bridg",))
    _, everywhere = index.best(wish, EVERYTHING, 5)
    _, limited = index.best(wish, Scope(councils=("Ashmere",), first_date=20250101), 5)
    assert np.allclose(limited, everywhere[0])


def test_the_scores_of_given_rows_are_those_of_a_search(index):
    wish = wanted("mill bridge rents")
    rows, scores = index.best(wish, EVERYTHING, 10)
    everything = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    assert index.scores(wish, range(len(TEXTS))) == pytest.approx(everything)
    assert index.scores(wish, [3, 1]) == pytest.approx({1: everything[1], 3: everything[3]})
    assert index.scores(wish, [4]) == {}
    assert index.scores(wish, []) == {}
    assert index.scores(Wanted(), [1]) == {}


def test_the_frequency_of_a_term_counts_passages_whose_text_holds_it(index):
    assert [index.frequency(term) for term in ("mill", "rent", "ashmer", "cathedr", "")] == [3, 1, 0, 0, 0]


def test_nothing_wanted_is_nothing_found(index):
    rows, scores = index.best(Wanted(), EVERYTHING, 10)
    assert (rows.tolist(), scores.tolist()) == ([], [])


def test_an_empty_index_can_be_opened_and_searched(index_of):
    index = index_of([])
    assert index.count == 0
    assert found(index, wanted("bridge")) == []
    assert index.allowed(Wanted(excluded=(("a",),)), Scope(councils=("Ashmere",))).tolist() == []
    assert (index.scores(wanted("bridge"), [0]), index.frequency("bridg")) == ({}, 0)


def test_rows_stay_rows_when_there_are_many(index_of):
    index = index_of(row(number, f"Item number{number} of many.") for number in range(3_000))
    assert index.count == 3_000
    assert found(index, Wanted(terms=("number2718",))) == [2_718]
    assert sorted(index.allowed(Wanted(), EVERYTHING).tolist()) == list(range(3_000))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=())), other=st.text(max_size=5))
def test_no_words_ever_raise(index, text, other):
    words = terms(text)
    groups = tuple(part for part in (tuple(words), phrase(other)) if part)
    wish = Wanted(tuple(words), groups, groups[:1], groups[1:], (groups,) if groups else ())
    scope = Scope(councils=(other,), kinds=(other, ""), first_date=1, last_date=2)
    for limits in (EVERYTHING, scope):
        index.best(wish, limits, 5)
        index.allowed(wish, limits)
    index.scores(wish, [0, 1])
    content_terms(text)


@pytest.mark.parametrize(
    "text",
    ['"', "AND OR NOT", "title:x", "(a", "a*", "[1 TO 2]", "a~2", "\\", "\x00", "\ud800", "a " * 5_000],
)
def test_what_is_syntax_elsewhere_is_only_words_here(index, text):
    words = tuple(terms(text))
    if words:
        index.best(Wanted(terms=words, phrases=(words,)), EVERYTHING, 5)
    assert found(index, Wanted(terms=(*words, "kiosk")))


def damaged(folder: Path, what: str) -> None:
    (folder / "meta.json").write_text("no JSON") if what == "broken" else (folder / "meta.json").unlink()


@pytest.mark.parametrize("what", ["broken", "missing"])
def test_a_damaged_index_is_one_clear_error(index_of, tmp_path, what):
    index_of([row(0, "The bridge.")])
    damaged(tmp_path / "lexical", what)
    with pytest.raises(GenerationError, match=r"the words in .* cannot be read .*; run: minutebook index"):
        LexicalIndex(tmp_path / "lexical")


def test_no_folder_is_one_clear_error(tmp_path):
    with pytest.raises(GenerationError, match="cannot be read"):
        LexicalIndex(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
