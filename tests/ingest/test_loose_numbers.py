import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import BlockKind
from ingest.loose_numbers import is_number, join_numbers
from ingest.outline import Piece

HEADING, LABEL, ITEM, PARAGRAPH = BlockKind.HEADING, BlockKind.LABEL, BlockKind.ITEM, BlockKind.PARAGRAPH


@pytest.mark.parametrize("words", ["54.", "54", "3.2", "3.2.1.", "(iv)", "(a)", "12a.", "[7]", "7)"])
def test_the_number_of_an_item_is_known(words: str):
    assert is_number(words)


@pytest.mark.parametrize("words", ["", "2025", "54. Chapel", "a", "Chapel", "1.2m", "(above)", "£5", "-"])
def test_what_only_resembles_a_number_is_none(words: str):
    assert not is_number(words)


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        ([(PARAGRAPH, "54."), (PARAGRAPH, "Chapel Lane")], [(HEADING, "54. Chapel Lane")]),
        ([(HEADING, "54"), (HEADING, "Chapel Lane")], [(HEADING, "54 Chapel Lane")]),
        ([(PARAGRAPH, "(a)"), (PARAGRAPH, "It was agreed.")], [(ITEM, "(a) It was agreed.")]),
        ([(PARAGRAPH, "1."), (PARAGRAPH, "Long words " * 20)], [(ITEM, "1. " + "Long words " * 20)]),
        ([(PARAGRAPH, "1."), (PARAGRAPH, "2.")], [(PARAGRAPH, "1."), (PARAGRAPH, "2.")]),
        ([(PARAGRAPH, "1."), (ITEM, "• Point")], [(PARAGRAPH, "1."), (ITEM, "• Point")]),
        ([(PARAGRAPH, "1."), (LABEL, "RESOLVED")], [(PARAGRAPH, "1."), (LABEL, "RESOLVED")]),
        ([(ITEM, "1."), (PARAGRAPH, "Chapel Lane")], [(ITEM, "1."), (PARAGRAPH, "Chapel Lane")]),
        ([(PARAGRAPH, "Chapel Lane"), (PARAGRAPH, "9.")], [(PARAGRAPH, "Chapel Lane"), (PARAGRAPH, "9.")]),
        (
            [(PARAGRAPH, "1."), (PARAGRAPH, "2."), (PARAGRAPH, "Chapel Lane")],
            [(PARAGRAPH, "1."), (HEADING, "2. Chapel Lane")],
        ),
        ([], []),
    ],
)
def test_a_loose_number_goes_before_the_words_that_follow(
    pieces: list[tuple[BlockKind, str]], joined: list[tuple[BlockKind, str]]
):
    assert list(join_numbers(Piece(*one) for one in pieces)) == [Piece(*one) for one in joined]


words = st.sampled_from(["54.", "(a)", "3.2", "Chapel Lane", "It was agreed.", "RESOLVED", "• Point"])


@given(st.lists(st.builds(Piece, st.sampled_from(BlockKind), words)))
def test_no_word_is_lost_and_none_changes_its_place(pieces: list[Piece]):
    before = " ".join(piece.text for piece in pieces)
    assert " ".join(piece.text for piece in join_numbers(pieces)) == before
