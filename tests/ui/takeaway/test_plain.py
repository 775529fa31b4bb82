from dataclasses import replace

import pytest

from index.answering.states import Missing, Reason, Silence
from tests.ui.takeaway.taking import DECISION, HOSTILE, LINK, make_answer, make_quote, make_result
from ui.takeaway.plain import answer_as_text


def test_an_answer_reads_well_and_says_what_it_is():
    taken = make_answer(
        make_quote(),
        make_quote(DECISION, start=300, end=300 + len(DECISION), section="resolved", points_to="Appendix 2"),
        make_quote("It was dry.", committee="Cabinet", title="", link="javascript:alert(1)", url="file:///x"),
        drafts=frozenset({3}),
        warnings=("tarnwick is blocked",),
    )
    assert answer_as_text(taken).decode() == (
        "Why was the bandstand kept?\n"
        "===========================\n"
        "\n"
        "Question: Why was the bandstand kept?\n"
        "Limited to: council: Ashmere Borough Council; from: 1 January 2026; kind: Minutes\n"
        "Made on: 2 March 2026\n"
        "Generation: 000007\n"
        "\n"
        "What the minutes say\n"
        "--------------------\n"
        "\n"
        "Ashmere Borough Council, Parks Committee, 15 January 2026: 7. The bandstand\n"
        "\n"
        "    The bandstand was kept because its frame is sound. [1]\n"
        "\n"
        "    RESOLVED\n"
        "\n"
        "    (1) That the bandstand be repaired;\n"
        "    (2) that £84,000 be spent. [2]\n"
        "\n"
        "The minutes point to Appendix 2, which is not part of this document.\n"
        "\n"
        "Ashmere Borough Council, Cabinet, 15 January 2026: Untitled\n"
        "\n"
        "    It was dry. [3]\n"
        "\n"
        "\n"
        "Sources\n"
        "-------\n"
        "\n"
        "[1] Ashmere Borough Council, Parks Committee, 15 January 2026: 7. The bandstand\n"
        "    Minutes\n"
        "    Characters 120 to 170 of ashmere/7\n"
        f"    {LINK}\n"
        "\n"
        "[2] Ashmere Borough Council, Parks Committee, 15 January 2026: 7. The bandstand\n"
        "    Resolved\n"
        f"    Characters 300 to {300 + len(DECISION)} of ashmere/7\n"
        f"    {LINK}\n"
        "\n"
        "[3] Ashmere Borough Council, Cabinet, 15 January 2026: Untitled\n"
        "    Minutes\n"
        "    This is a draft: the words may still change before they are agreed.\n"
        "    Characters 120 to 131 of ashmere/7\n"
        "\n"
        "\n"
        "Not all sources could be looked at lately\n"
        "-----------------------------------------\n"
        "\n"
        "tarnwick is blocked\n"
    )


def test_silence_shows_the_closest_passages_as_what_they_are():
    text = answer_as_text(make_answer(closest=(make_result(), *[make_result("Other words.")] * 9))).decode()
    assert "The minutes do not say" in text
    assert "The closest passages follow; they are not an answer." in " ".join(text.split())
    assert "    The bandstand was kept because its frame is sound. [1]\n" in text
    assert "[3] Ashmere" in text
    assert "[4]" not in text
    assert text.count("This is a draft") == 3
    assert LINK in text


def test_a_file_says_why_there_is_no_answer():
    taken = make_answer(closest=(make_result(),))
    lost = Silence(
        Reason.NOT_MENTIONED, missing=(Missing("Wello\x1b", "Wellow"),), unread=("fenlow is stale",)
    )
    text = answer_as_text(replace(taken, answer=replace(taken.answer, silence=lost))).decode()
    assert "The minutes do not mention this\n-----" in text
    assert "mention “Wello ”. Did you mean “Wellow”?" in " ".join(text.split())
    assert "fenlow" not in text  # which `warnings` name in their own part


def test_a_file_says_that_an_answer_is_uncertain():
    taken = make_answer(make_quote())
    text = answer_as_text(replace(taken, answer=replace(taken.answer, answered=False))).decode()
    assert "This may answer your question\n-----" in text
    assert "It is not certain that these words answer it." in text


def test_silence_without_any_passage_is_said_so():
    text = answer_as_text(make_answer()).decode()
    assert "No passage comes close to it either." in " ".join(text.split())
    assert "Sources" not in text


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_steers_a_terminal(words):
    quote = make_quote(words, title=words, committee=words, section=words, points_to=words)
    text = answer_as_text(make_answer(quote, question=words, warnings=(words,))).decode()
    assert all(sign == "\n" or sign.isprintable() for sign in text)


def test_long_words_and_addresses_are_not_cut():
    word = "x" * 300
    text = answer_as_text(make_answer(make_quote(word, link=f"https://a.example/{word}"))).decode()
    assert f"    {word} [1]" in text.replace("\n    [1]", " [1]")
    assert f"https://a.example/{word}" in text
