"""Numbers that stand in a cell or a line of their own, left of what they number."""

import re
from collections.abc import Iterable, Iterator

from corpus.blocks import HEADING_CHARACTERS, BlockKind
from ingest.outline import Piece

_NUMBER = re.compile(r"[(\[]?\d{1,3}[a-z]?(?:\.\d{1,3})*[.)\]]?|\([a-z]{1,4}\)", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"'”’)\]]*$")


def is_number(words: str) -> bool:
    """Return whether `words` are the number of an item and nothing else ("54.", "(iv)", "3.2")."""
    return _NUMBER.fullmatch(words) is not None


def join_numbers(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield `pieces` with every loose number put before the words that follow it."""
    number = ""
    for piece in pieces:
        if number:
            joined = _joined(number, piece)
            if joined is None:
                yield Piece(BlockKind.PARAGRAPH, number)
            number, piece = "", joined or piece
        if piece.kind is not BlockKind.ITEM and is_number(piece.text):
            number = piece.text
        else:
            yield piece
    if number:
        yield Piece(BlockKind.PARAGRAPH, number)


def _joined(number: str, piece: Piece) -> Piece | None:
    if piece.kind in (BlockKind.ITEM, BlockKind.LABEL) or is_number(piece.text):
        return None
    title = len(piece.text) <= HEADING_CHARACTERS and not _ENDS_SENTENCE.search(piece.text)
    kind = BlockKind.HEADING if title or piece.kind is BlockKind.HEADING else BlockKind.ITEM
    return Piece(kind, f"{number} {piece.text}")
